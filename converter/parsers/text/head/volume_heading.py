"""The heading of a title page that says which volume of a series a book is, below the series' name: "Book 1: Ember"."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.parsers.text.head.front import TextFront
from converter.parsers.text.head.story_words import StoryWords
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.families import Decision, title_key
from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.volumes import Volume, volume_of
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.names import clean_name


def fill_from_volume(
    groups: list[RowGroup], decisions: list[Decision], front: TextFront, name: str
) -> tuple[list[RowGroup], list[Decision]]:
    """Series, number and title of a volume, as the first heading says them right below the series' name. Above the
    author's name, or where the file is called by both, it belongs to the title page; else it may begin the first of a
    novel's parts. Gives groups and headings without it and without the author's line."""
    volume = _volume(decisions, front)
    if volume is None:
        return groups, decisions
    start, end = decisions[0].at, decisions[0].at + decisions[0].blocks
    author = _author(groups, end, known=bool(front.head.one("author")))
    called = title_key(name.rpartition(".")[0])
    if not author and not all(title_key(part) in called for part in (volume.series, volume.title)):
        return groups, decisions
    front.head.names_volume(volume, groups[start].line)
    front.head.add("author", author, groups[end].line if author else 0)
    end += bool(author)
    rows = [row for group in groups[start:end] for row in group.rows]
    front.omissions += [Omission("head of the file", row.text, Origin(name, row.line)) for row in rows]
    return groups[:start] + groups[end:], [d._replace(at=d.at - (end - start)) for d in decisions[1:]]


def _volume(decisions: Sequence[Decision], front: TextFront) -> Volume | None:
    """The volume that the first heading names and no other does, with nothing but the title above it."""
    first, series = decisions[0] if decisions else None, front.head.one("title")
    if first is None or not first.title or not series or front.head.one("series"):
        return None
    if any(d.depth <= first.depth for d in decisions[1:]) or any(at not in front.used for at in range(first.at)):
        return None
    volume = volume_of(f"{first.label}: {first.title}", lexicon(front.language))
    return volume._replace(series=series) if volume and volume.title and not volume.series else None


def _author(groups: Sequence[RowGroup], at: int, *, known: bool) -> str:
    """The author whom the group at this place names, and nothing else; "" where it names none."""
    if at >= len(groups) or len(groups[at].rows) > 1:
        return ""
    line = groups[at].rows[0].text
    bare = "" if known or not StoryWords(groups).has_author(line) else clean_name(line)
    return signed_by(line) or bare
