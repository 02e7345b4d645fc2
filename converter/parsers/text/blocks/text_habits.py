"""The habits of a whole file, for the block maker: its layout, marks, words, speakers and breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.text.blocks.plays import (
    ADDRESSES,
    called,
    callers,
    cast_lines,
    cast_name,
    is_of_cast,
    is_screenplay,
    spoken_verse,
)
from converter.parsers.text.blocks.verse_columns import VerseColumns
from converter.parsers.text.blocks.windows import has_windows
from converter.parsers.text.lines.layout import Layout, RowGroup
from converter.parsers.text.lines.line_joining import Vocabulary, hyphenated_rows, join_rows, vocabulary
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.lines.breaks import is_break, learnt_marks, lone_dots
from converter.recognisers.marks.habit import Marks, learn_marks
from converter.recognisers.marks.tags import running_tags

SPEAKER = regex(
    r"([A-Z][\w'’.\-]*(?:,? (?:[A-Z][\w'’.\-]*|and|of|the|&|de|van|von))*)(\s*\([^()]{1,60}\)\s*[:.]|\.?:|\.)"
    r"(\s*[\[(_][^\])]{0,200}[\])_]+\.?:?)?(?:\s+)(?=\S)"
)
NAME_END = regex(r"[:.](?=\s)")
SPEAKER_LONGEST = 40  # characters of a name ("The Second Gravedigger")
SPEAKERS_SHARE = 0.35  # of the paragraphs begin with a returning speaker: it is a play
CAST_SHARE, LEAST_TURNS = 0.2, 3  # the same, and the fewest of them, where a cast list names who speaks
SPEAKER_AGAIN = 4  # times: a name that begins fewer paragraphs is chance
NO_SPEAKERS = frozenset("SCENE SETTING TIME PLACE NOTE INT EXT CURTAIN ACT".split())
LEAST_SPEAKERS = 2
LONGEST_MARKED = 60  # rows; a longer block is prose without blank lines, too long to hold one emphasis
GAP_BREAKS_SHARE = 0.3  # of the paragraphs at most have the wide gap before them, else it is how the text is set
CLEARLY_WIDER = 2  # blank lines more than between paragraphs: beside signs for a break, one such is meant
CLEARLY_WIDER_SHARE = 0.5  # of the paragraphs have such a gap before them at most
BESIDE_SIGNS_LEAST = 2  # gaps wider by one line, where there are signs: fewer may be a slip
HAND_SET_LEAST = 0.01  # of the gaps of a hand-set text: fewer wide ones are slips
BESIDE_SIGNS_SHARE = 0.1  # of the paragraphs at most have a blank line before them, where no other has one
DASH_SPEECH = frozenset(
    "ca cs da el es fi fr hu it nb nn pl pt ro ru sv tr uk".split()
)  # languages whose speech opens with a dash


class TextHabits(NamedTuple):
    """How one file sets its text; `name` is the file's."""

    name: str
    layout: Layout
    marks: Marks
    words: Vocabulary
    weak_breaks: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    callers: frozenset[str] = frozenset()  # those whose names stand on a line of their own
    spoken_verse: VerseColumns | None = None  # a play in verse: the columns of its lines
    cast: frozenset[int] = frozenset()  # the lines of a play's cast list
    screenplay: bool = False
    dash_speech: bool = False  # speech opens with a dash in this language
    structures: bool = True  # letters, verse, speeches and the like are looked for
    windows: bool = False  # a game's system speaks in brackets
    gap_breaks: int = 0  # a gap of this many blank lines is a scene break (0 = none is)
    signed: bool = False  # there are signs for breaks, too


def learn_habits(
    groups: Sequence[RowGroup], layout: Layout, name: str, language: str, headings: Set[int]
) -> TextHabits:
    """The habits of a file, learnt from all its groups.

    `headings` are the places of headings and of what follows them: the space there says nothing of scene breaks.
    """
    rows = [r for g in groups for r in g.rows]
    words = vocabulary((r.text for r in rows), needed=hyphenated_rows(rows) > 0, typeset=layout.printed)
    marked = [g for g in groups if any(c in r.text for r in g.rows for c in "*_/~|")]
    marks = learn_marks(join_rows(g.rows, words) for g in marked if len(g.rows) < LONGEST_MARKED)
    signs = _signs(groups)
    cast = cast_lines(rows)
    called_by_name = callers([g.rows for g in groups if g.lines])
    return TextHabits(
        name=name,
        layout=layout,
        marks=marks._replace(tags=running_tags(_read_alone(groups))),
        words=words,
        weak_breaks=learnt_marks(g.rows[0].text for g in groups if len(g.rows) == 1)
        | (lone_dots([g.rows[0].text for g in groups]) if language.startswith("pt") else frozenset()),
        speakers=_speakers(groups, cast) | called_by_name,
        callers=called_by_name,
        spoken_verse=_spoken_verse(groups, called_by_name),
        cast=frozenset(map(attrgetter("line"), cast)),
        screenplay=is_screenplay(g.rows for g in groups),
        dash_speech=language.partition("-")[0] in DASH_SPEECH,
        windows=has_windows(groups),
        gap_breaks=_gap_breaks(groups, layout, headings, signs),
        signed=bool(signs),
    )


def _signs(groups: Sequence[RowGroup]) -> Set[int]:
    """The places of the signs for scene breaks."""
    return {i for i, g in enumerate(groups) if len(g.rows) == 1 and is_break(g.rows[0].text)}


def _spoken_verse(groups: Sequence[RowGroup], names: Set[str]) -> VerseColumns | None:
    """The columns of the lines of a play in verse, in which these names stand above what they say."""
    return spoken_verse([g.rows for g in groups if g.lines and called(g.rows[0].text) in names])


def _read_alone(groups: Sequence[RowGroup]) -> Iterator[str]:
    """The texts in which the partner of a tag is looked for: paragraphs, and lines whose ends matter."""
    for group in groups:
        texts = [r.text for r in group.rows]
        yield from texts if group.lines else (" ".join(texts),)
        for footnote in group.notes:
            yield from _read_alone(footnote.groups)


def _speakers(groups: Sequence[RowGroup], cast: Sequence[Row]) -> frozenset[str]:
    """Who speaks in a file; the lines of its cast are no speeches."""
    lines = {row.line for row in cast}
    return find_speakers([g.rows[0].text for g in groups if g.line not in lines], [cast_name(r.text) for r in cast])


def find_speakers(texts: Sequence[str], cast: Sequence[str] = ()) -> frozenset[str]:
    """The names that begin paragraphs again and again, as in a play; empty when the text is none. Those of its `cast`
    need not come again."""
    matches = [m for text in texts if (m := SPEAKER.match(text)) and len(m[1]) <= SPEAKER_LONGEST]
    names = Counter(m[1] for m in matches)
    again = {n: c for n, c in names.items() if c >= SPEAKER_AGAIN}
    listed = Counter(name for m in matches if (name := _name_of_cast(m[0], cast))) if cast else Counter[str]()
    turns = listed + Counter({n: c for n, c in again.items() if n not in listed})
    share = CAST_SHARE if len(listed) >= LEAST_SPEAKERS else SPEAKERS_SHARE
    least = LEAST_TURNS if len(listed) >= LEAST_SPEAKERS else SPEAKER_AGAIN
    if len(turns) < LEAST_SPEAKERS or sum(turns.values()) < max(least, share * len(texts)):
        return frozenset()
    return frozenset(turns) if len(listed) >= LEAST_SPEAKERS or len(again) >= LEAST_SPEAKERS else frozenset()


def _name_of_cast(opening: str, cast: Sequence[str]) -> str:
    """The name in a cast with which the opening of a speech begins, up to one of its stops; else ""."""
    names = (opening[: stop.start()] for stop in NAME_END.finditer(opening))
    capitals = all(map(str.isupper, cast))
    return next((n for n in names if (n.isupper() or not capitals) and is_of_cast(n, cast)), "")


def speaks(name: str, habits: TextHabits) -> bool:
    """Whether a name that begins a paragraph is a speaker's: a returning one, or set in capitals as all of them are."""
    if name in habits.speakers:
        return True
    if habits.callers or name.rstrip(".") in NO_SPEAKERS or name.rstrip(".").casefold() in ADDRESSES:
        return False
    return name.isupper() and len(name) > 1 and all(s.isupper() for s in habits.speakers)


def speaker_end(text: str, habits: TextHabits) -> int:
    """Where the name of a speaker ends with which a text begins, and the sign behind it; 0 where none does. One that
    seems to go on ("SIR HUGO. The Rev. Dr. Ash, ...") ends at the first of its stops with which it is known."""
    m = SPEAKER.match(text)
    if m is None or m[1] in habits.speakers:
        return m.end(2) if m else 0
    for stop in NAME_END.finditer(m[0]):
        if text[: stop.start()] in habits.speakers:
            return stop.end()
    return m.end(2) if speaks(m[1], habits) else 0


def _gap_breaks(groups: Sequence[RowGroup], layout: Layout, headings: Set[int], signs: Set[int]) -> int:
    """The least wide gap that is a scene break here; 0 where wide gaps are how it is set.

    The `signs` for a break (their places) take nothing from the gaps: a greater pause is marked, a lesser one left
    white. Where paragraphs follow each other without a blank line, though, only a few gaps are breaks beside signs.
    Where they have blank lines between them, a gap that is wider by one line and stands but once may be a slip; in a
    hand-set text wide gaps also set off letters, mottos and notes, and only those between prose count.
    """
    beside = headings | signs | {i + 1 for i in signs}
    pairs = [
        (a, b)
        for i, (a, b) in enumerate(pairwise(groups), 1)
        if i not in beside and not set_apart(a, layout) and not set_apart(b, layout)
    ]
    hand_set = bool(signs) and layout.wrapped and layout.usual_gap > 0
    wider, clearly = layout.usual_gap + 1, layout.usual_gap + CLEARLY_WIDER
    if not signs:
        steps = [(wider, GAP_BREAKS_SHARE, 1)]
    elif layout.usual_gap == 0:
        steps = [(wider, BESIDE_SIGNS_SHARE, 1)]
    elif hand_set:
        steps = [(wider, GAP_BREAKS_SHARE, max(BESIDE_SIGNS_LEAST, ceil(HAND_SET_LEAST * len(pairs))))]
    else:
        steps = [(wider, GAP_BREAKS_SHARE, BESIDE_SIGNS_LEAST), (clearly, CLEARLY_WIDER_SHARE, 1)]
    for least, share, times in steps:
        wide = sum(b.gap >= least and (not hand_set or between_prose(a, b, layout)) for a, b in pairs)
        if times <= wide <= share * len(pairs):
            return least
    return 0


def set_apart(group: RowGroup, layout: Layout) -> bool:
    """Whether a group is set apart for what it is: its line ends matter, or marks say that it is quoted."""
    return group.lines or group.line in layout.quoted


def between_prose(before: RowGroup, here: RowGroup, layout: Layout) -> bool:
    """Whether two groups of a hand-set text are paragraphs of its prose: no motto, signature or line above a letter,
    and no note stood between them."""
    return (
        here.line - before.rows[-1].line - 1 <= here.gap
        and all(_is_prose(g, layout) for g in (before, here))
        and not before.rows[-1].text.strip("_\"'”’").isupper()
        and here.rows[0].text[0] != "_"
        and may_end_paragraph(before.rows[-1].text)
        and may_end_paragraph(here.rows[-1].text)
    )


def _is_prose(group: RowGroup, layout: Layout) -> bool:
    """Whether a group stands in the columns of ordinary paragraphs, and is no footnote."""
    first, *others = group.rows
    return (
        first.indent in (layout.base, layout.first)
        and all(r.indent == layout.base for r in others)
        and first.text[0] != "["
    )
