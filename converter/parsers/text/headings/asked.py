"""The headings that a person's own patterns name, and what is said of a pattern that finds none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.document.findings.chapters import ChapterPattern
from converter.document.model import ChapterKind, Origin
from converter.limits.own_patterns import OwnPattern
from converter.parsers.text.headings.outline import heading_words
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.families import Decision
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon

ROWS = 5  # lines of a heading at most: label, and a title centred over the others
LINES_SHOWN = 5  # lines shown instead of those that a pattern should have found


def asked_for(
    groups: Sequence[RowGroup], patterns: Sequence[str], lex: Lexicon, looked_like: Sequence[tuple[int, str]], name: str
) -> tuple[list[Decision], list[ChapterPattern]]:
    """The headings that a person's own patterns name, and a warning for each pattern that names none.

    `looked_like` are the lines (number and words, the likeliest first) that look most like headings.
    """
    own = [OwnPattern(p, where=name) for p in patterns]
    return _chosen(groups, own, lex), list(_vain(groups, own, looked_like, name))


def _chosen(groups: Sequence[RowGroup], patterns: Sequence[OwnPattern], lex: Lexicon) -> list[Decision]:
    """The headings a person's own patterns name: every short group that one of them matches."""
    searches = [p.search for p in patterns]
    out: list[Decision] = []
    for at, group in enumerate(groups):
        text = " ".join(heading_words(group))
        if len(group.rows) <= ROWS and any(search(text) for search in searches):
            form = read_form(text, lex)
            label, title = (form.label, form.title) if form else ("", text)
            number = form.number.value if form and form.number else None
            kind: ChapterKind = form.kind if form and form.kind not in ("part", "volume") else "chapter"
            out.append(Decision(at, 1, 1, kind, label, title, number, 1.0, "your own pattern", group.line))
    return out


def _vain(
    groups: Sequence[RowGroup], patterns: Sequence[OwnPattern], looked_like: Sequence[tuple[int, str]], name: str
) -> Iterator[ChapterPattern]:
    """A warning for each pattern that names no heading, with what it matches instead, or the lines (number and words,
    the likeliest first) that look most like headings."""
    for pattern in patterns:
        search = pattern.search
        if any(len(g.rows) <= ROWS and search(" ".join(r.text for r in g.rows)) for g in groups):
            continue
        inside = next((row.line for g in groups for row in g.rows if search(row.text)), 0)
        place = inside or (looked_like[0][0] if looked_like else 1)
        likely = () if inside else tuple(looked_like[:LINES_SHOWN])
        yield ChapterPattern(pattern.source, inside, likely, Origin(name, place))
