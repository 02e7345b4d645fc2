"""Verse: whether a whole text is a book of it, and whether the lines of one block are a stanza's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.lines.rows import SLACK, Row, ended_on_purpose, runs_on, starts_lower
from converter.recognisers.metadata.fields import in_head

LONGEST = 64  # characters of a line of verse; an alexandrine has 50, a fourteener 60
BOOK_LINES = 8  # line ends inside blocks: fewer say nothing about a file
POEM_LINES = 2  # the same, in a text of narrow lines over whose ends all sentences run
SURE_LINES = 4  # the same, where some of them end with their line
POEM_FREE = 0.25  # of the line ends of such a text were made though the next word would have fitted: prose 0
BOOK_TIGHT = 0.33  # of the lines of a book of verse follow another without a gap; couplets and their titles: 0.4
BOOK_SHORT = 0.94  # of its lines are short; a title page and a preface have some that are not
BOOK_RUN_ON = 0.3  # of the line ends fall inside a sentence: else each line may be a paragraph (prose has 0.02 to 0.15)
BOOK_FREE = (
    0.12  # of those were made though the next word would have fitted: hendecasyllables 0.22, wrapped prose 0 to 0.07
)
FREE_WIDTH = 0.9  # of the lines are no longer than the measure they are held against
RUN_ON = 0.3  # of the line ends of a stanza in a story in prose fall inside a sentence
HYPHENED = regex(r"[^\W\d_]-\Z")
HYPHENS = 2
BROAD = 56  # columns; verse is seldom as broad as prose broken by hand
NARROW = 40  # characters; no prose is set so narrow by hand, unless all of it is
LONG_LINES = 3  # of a poem in long lines at least
FEW_LONG = 0.75  # of the lines of a stanza set in are short, where some are not
LEAST_NOTE, MOST_NOTE = 2, 10  # lines of a note with the name
SIGNED = regex(
    r"(?:--|[-–—~])\s?(?:(?:[^\W\d_]\.\s?){1,3}|[A-ZÀ-ÞЀ-Я][\w'’.\-]*(?:\s[A-ZÀ-ÞЀ-Я][\w'’.\-]*){0,3}(?<![.!?…,]))"
)
FLOWS = ",;—–"
FLOWING, FLOWING_IN_VERSE = 0.75, 0.5  # of the line ends of such a poem a sentence runs over; in a book of verse
LONG_FLOWING = 0.6  # of the line ends of a text in long lines a comma stands at
CAPITALS = 2  # lines that go on with a sentence and begin with a capital


def is_verse(rows: Sequence[Row], pairs: Sequence[tuple[Row, Row]]) -> bool:
    """Whether most of a text is verse; `pairs` are the lines that nothing stands between."""
    if _is_narrow_verse(rows, pairs):
        return True
    if len(pairs) < max(BOOK_LINES, BOOK_TIGHT * len(rows)):
        return False
    if sum(len(r.text) <= LONGEST for r in rows) < BOOK_SHORT * len(rows):
        return False
    if sum(HYPHENED.search(a.text[-3:]) is not None and starts_lower(b.text) for a, b in pairs) >= HYPHENS:
        return False  # words are parted at line ends as prose is
    near = [(a, b) for a, b in pairwise(rows) if b.gap < 2]
    if sum(runs_on(a.text, b.text) for a, b in near) < BOOK_RUN_ON * len(near):
        return False
    ends = sorted(r.indent + len(r.text) for r in rows)
    width = ends[min(len(ends) - 1, int(len(ends) * FREE_WIDTH))]
    telling = [end for block in _telling(rows, width) for end in pairwise(block)]
    broken = [(a, b) for a, b in telling if runs_on(a.text, b.text)]
    if len(broken) < BOOK_RUN_ON * len(telling):
        return False  # the lines of the blocks are paragraphs; what was short were titles
    free = sum(ended_on_purpose(a, b, width) for a, b in broken)
    return free >= BOOK_FREE * len(broken)


def is_verse_in_long_lines(pairs: Sequence[tuple[Row, Row]]) -> bool:
    """Whether a text is verse, however long its lines are: most lines of its blocks end at a comma, where no paragraph
    ends, and few lines that were broken to fit. `pairs` are the lines that nothing stands between."""
    flowing = sum(len(a.text) > NARROW and a.text[-1] in FLOWS and runs_on(a.text, b.text) for a, b in pairs)
    long = sum(len(a.text) > LONGEST for a, _ in pairs)
    return long >= LONG_LINES and flowing >= LONG_FLOWING * len(pairs)


def _is_narrow_verse(rows: Sequence[Row], pairs: Sequence[tuple[Row, Row]]) -> bool:
    """Whether a text of narrow lines is verse: some of them ended though the next word would have fitted beside the
    longest one. Prose that is broken to a measure has no such line, however narrow it is."""
    width = max((r.indent + len(r.text) for pair in pairs for r in pair), default=0)
    if len(pairs) < max(POEM_LINES, BOOK_TIGHT * len(rows)) or width > NARROW:
        return False
    broken = [(a, b) for a, b in pairs if runs_on(a.text, b.text)]
    if len(broken) < len(pairs) < SURE_LINES:
        return False
    free = sum(ended_on_purpose(a, b, width + SLACK) for a, b in broken)
    if sum(len(r.text) <= NARROW for r in rows) < BOOK_SHORT * len(rows):
        return False
    return len(broken) >= BOOK_RUN_ON * len(pairs) and free >= POEM_FREE * len(broken)


def _telling(rows: Sequence[Row], width: int) -> list[list[Row]]:
    """The blocks that tell how a text is set: without the head's fields, and without addresses and signs in a text as
    broad as prose."""
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or row.gap:
            blocks.append([])
        blocks[-1].append(row)
    blocks = [b for b in blocks if len(b) > 1 and not any(in_head(r.text) for r in b)]
    broad = [b for b in blocks if any(len(r.text) > NARROW for r in b)]
    return broad if width >= BROAD and 2 * sum(map(len, broad)) > sum(map(len, blocks)) else blocks


def is_stanza(rows: Sequence[Row], *, verse: bool) -> bool:
    """Whether lines without a gap are lines of verse (a song, an address, a sign): in a book of `verse` all short ones
    are, in a story whose paragraphs are a line each those that no one measure would have broken so."""
    longest = max(len(r.text) for r in rows)
    if len(rows) < 2 or longest > LONGEST:
        return False
    if verse:
        return True
    ends = list(pairwise(rows))
    broken = [(a, b) for a, b in ends if runs_on(a.text, b.text)]
    if not broken or len(broken) < RUN_ON * len(ends):
        return False
    if longest <= NARROW or all(r.text[0] == r.text[-1] == "/" for r in rows):
        return True
    width = max(r.indent + len(r.text) for r in rows)
    return any(ended_on_purpose(a, b, width) for a, b in broken) or _capitals(broken) or _steps(rows)


def _capitals(broken: Sequence[tuple[Row, Row]]) -> bool:
    """Every line begins with a capital, also inside a sentence."""
    return len(broken) >= CAPITALS and not any(starts_lower(b.text) for _, b in broken)


def _steps(rows: Sequence[Row]) -> bool:
    """Every other line is set in."""
    return len(rows) > 2 and all(a.indent != b.indent for a, b in pairwise(rows))


def is_set_in_stanza(rows: Sequence[Row], margin: int) -> bool:
    """Whether lines set in from the `margin` are a stanza although one or the other is longer than verse mostly is: a
    sentence runs over their ends, as it does in no paragraphs."""
    short = sum(len(r.text) <= LONGEST for r in rows)
    if len(rows) < LONG_LINES or min(r.indent for r in rows) < margin or short < FEW_LONG * len(rows):
        return False
    ends = list(pairwise(rows))
    return sum(runs_on(a.text, b.text) for a, b in ends) >= RUN_ON * len(ends)


def is_signed_note(rows: Sequence[Row]) -> bool:
    """Whether a few short lines are a note that somebody left, signed on the last: "Back by six. / -- P."."""
    short = LEAST_NOTE <= len(rows) <= MOST_NOTE and max(len(r.text) for r in rows) <= LONGEST
    return short and SIGNED.fullmatch(rows[-1].text) is not None and not any(r.text[0] in "-–—" for r in rows[:-1])


def is_long_lined(rows: Sequence[Row], *, verse: bool) -> bool:
    """Whether lines, some of them as long as paragraphs, are a poem's: its sentences run on over their ends, and
    no width would have broken them so."""
    if len(rows) < LONG_LINES or max(len(r.text) for r in rows) <= LONGEST:
        return False
    ends = list(pairwise(rows))
    flowing = sum(runs_on(a.text, b.text) and (a.text[-1] in FLOWS or starts_lower(b.text)) for a, b in ends)
    width = max(r.indent + len(r.text) for r in rows)
    free = sum(ended_on_purpose(a, b, width) for a, b in ends)
    return flowing >= (FLOWING_IN_VERSE if verse else FLOWING) * len(ends) and free >= RUN_ON * len(ends)
