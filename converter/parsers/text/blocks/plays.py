"""Plays whose speakers stand on a line of their own, as in scripts for stage and screen; and lists of a cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise

from converter.document.model import Block, Line, List, Origin, Paragraph, Speech, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.text.lines.line_joining import Vocabulary, join_rows
from converter.parsers.text.lines.rows import Row, runs_on, starts_lower
from converter.parsers.text.lines.stanzas import LONGEST
from converter.recognisers.lines.dates import is_dateline
from converter.recognisers.marks.typed_marks import Marked

LONGEST_NAME = 40  # characters ("THE SECOND GRAVEDIGGER")
ASIDE = regex(r"\s*\([^()]{1,60}\)\s*\Z", within=120)
DIRECTION = regex(r"[\[(][^\[\]()]{1,300}[\])]\.?\Z")
TRANSITION = regex(
    r"(?:(?:SMASH |MATCH |JUMP )?CUT|FADE|DISSOLVE|WIPE)S?(?: (?:IN|OUT|TO|BACK|UP|FROM))[A-Z' ]{0,20}[:.]?"
)
SCRIPT_INDENT = 10  # columns: so far in stand the names of a script for the screen
TURNS = 4  # of two speakers who return: fewer are a dream, a list, a sign
SHARE = 0.25  # of a play's blocks are speeches, even where much is told between them
LEAST_CAST = 2  # lines of a cast list that name somebody who speaks


def called(text: str) -> str:
    """The name that a line of a script holds alone, in capitals, perhaps with an aside; else ""."""
    name = (ASIDE.sub("", text) if text[-1:] == ")" else text).rstrip(".:").strip()
    if not 1 < len(name) <= LONGEST_NAME or not name.isupper() or name[-1] in "!?,;—-":
        return ""
    return name


def is_transition(text: str) -> bool:
    """Whether a line of a script says how the picture changes: "FADE IN:", "SMASH CUT TO:"."""
    return TRANSITION.fullmatch(text) is not None


def callers(blocks: Sequence[Sequence[Row]]) -> frozenset[str]:
    """The names that stand over what they say, again and again; none where the text is no play."""
    spoken = (rows for rows in blocks if len(rows) > 1 and not is_dateline(rows[1].text))
    names = Counter(name for rows in spoken if (name := called(rows[0].text)))
    again = {name: n for name, n in names.items() if n > 1}
    set_in = all(rows[0].indent >= SCRIPT_INDENT for rows in blocks if called(rows[0].text) in names)
    spoken_by = names if set_in else again
    if len(again) < 2 or sum(spoken_by.values()) < max(TURNS, SHARE * len(blocks)):
        return frozenset()
    return frozenset(names)


def speeches(rows: Sequence[Row], names: Set[str]) -> Iterator[list[Row]]:
    """A block parted where the next speaker's name stands."""
    start = 0
    for i in range(1, len(rows) - 1):
        if called(rows[i].text) in names:
            yield list(rows[start:i])
            start = i
    yield list(rows[start:])


def script_speech(
    rows: Sequence[Row], words: Vocabulary, read: Callable[[str], Marked], name: str
) -> tuple[Block, list[str]]:
    """A name with what stands under it: directions in brackets, lines of verse, else prose; and the tags in it."""
    tags: list[str] = []

    def inlines(text: str) -> Marked:
        marked = read(text)
        tags.extend(marked.tags)
        return marked

    blocks: list[Block] = []
    rest: list[Row] = []

    def close() -> None:
        if not rest:
            return
        origin = Origin(name, rest[0].line)
        if _is_verse(rest):
            blocks.append(Verse((tuple(Line(inlines(r.text).content, 0, Origin(name, r.line)) for r in rest),), origin))
        else:
            blocks.append(Paragraph(inlines(join_rows(rest, words)).content, origin=origin))
        rest.clear()

    for row in rows[1:]:
        if DIRECTION.match(row.text):
            close()
            blocks.append(Paragraph(inlines(row.text).content, "stage-direction", "", Origin(name, row.line)))
        else:
            rest.append(row)
    close()
    return Speech(inlines(rows[0].text).content, tuple(blocks), Origin(name, rows[0].line)), tags


def _is_verse(rows: Sequence[Row]) -> bool:
    """Lines that begin with capitals inside a sentence, too."""
    broken = [(a, b) for a, b in pairwise(rows) if runs_on(a.text, b.text)]
    short = max(len(r.text) for r in rows) <= LONGEST
    return bool(broken) and short and not any(starts_lower(b.text) for _, b in broken)


def name_casts(blocks: Sequence[Block], speakers: Set[str]) -> list[Block]:
    """The blocks before the first speech with the persons of a play as a list."""
    known = {s.casefold() for s in speakers}
    out: list[Block] = []
    for k, block in enumerate(blocks):
        if isinstance(block, Speech):
            return [*out, *blocks[k:]]
        out.extend(_cast(block, known) if isinstance(block, Verse) else (block,))
    return out


def _cast(block: Verse, known: Set[str]) -> Iterator[Block]:
    for stanza in block.stanzas:
        lines = list(stanza)
        texts = [plain_text(line.content).strip() for line in lines]
        if len(lines) > LEAST_CAST and texts[0][-1:] == ":":
            yield Paragraph(lines.pop(0).content, origin=stanza[0].origin)
            del texts[0]
        named = sum(text.partition(",")[0].rstrip(".").casefold() in known for text in texts)
        if named >= max(LEAST_CAST, len(texts) / 2):
            yield List(tuple((Paragraph(line.content, origin=line.origin),) for line in lines), origin=lines[0].origin)
        else:
            yield Verse((tuple(lines),), lines[0].origin)
