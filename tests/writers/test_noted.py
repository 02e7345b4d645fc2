"""Pages with notes at their feet: text and notes never take more than a page has, and none of either is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.writers.pdf.filling import BARE, Filled, Foot, Note, Parting, Rule, fill, parted
from converter.writers.pdf.noted import fill_noted, turned

LINE, ABOVE = 0.75, 0.5
RULE = Rule(12, note_line=LINE, above_notes=ABOVE)

rules = st.builds(Rule, st.integers(10, 40), st.booleans(), st.booleans(), st.just(LINE), st.just(ABOVE))
partings = st.sampled_from(("lines", "lines", "lines", "rows", "never"))


@st.composite
def cited(draw: st.DrawFn, rows: int) -> tuple[Note, ...]:
    """Notes of one to six lines, in the order of the rows that cite them; some of the last counted from the end."""
    at = sorted(draw(st.lists(st.integers(0, rows - 1), max_size=5)))
    from_end = draw(st.integers(0, len(at)))
    return tuple(
        Note(row - rows if number >= from_end else row, draw(st.integers(1, 6)) * LINE) for number, row in enumerate(at)
    )


Part = tuple[float, float, int, Parting, tuple[Note, ...]]


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    """Paragraphs, and a block that is not parted now and then: gap, lead, rows, parting, notes."""
    out: list[Part] = []
    for _ in range(draw(st.integers(1, 12))):
        parting: Parting = draw(partings)  # type: ignore[assignment]
        rows = draw(st.integers(1, 6 if parting == "never" else 30))
        gap, lead = draw(st.sampled_from((0.0, 0.0, 1.0, 0.5))), draw(st.sampled_from((0.0, 0.0, 2.0)))
        notes = draw(cited(rows)) if parting != "rows" else ()
        out.append((gap, lead, rows, parting, notes[:1] if parting == "never" else notes))
    return out


def pages_of(rule: Rule, some: list[Part]) -> tuple[list[tuple[float, float]], Foot]:
    """Of each page that ended, the rows of text and those below it, by what was told; and the last foot."""
    used, foot, pages = 0.0, BARE, []
    for gap, lead, rows, parting, notes in some:
        filled = fill_noted(rule, used, gap, lead, rows, parting, notes, foot)
        over, set_ = filled.left_over, 0.0
        ends = list(parted(rule, used, gap, lead, filled))
        if filled.at_head and used:
            pages.append((used, rule.rows - used - over[0]))
            over, start = over[1:], lead
        else:
            start = used + gap + lead if used else lead
        for left_over, end in zip(over, ends, strict=True):
            pages.append((start + end - set_, rule.rows - start - end + set_ - left_over))
            start, set_ = 0.0, end
        assert set_ < rows
        assert start + rows - set_ == pytest.approx(filled.used)
        assert filled.used + filled.foot.rows <= rule.rows + 0.02
        used, foot = filled.used, filled.foot
    return pages, foot


@given(rules, parts())
def test_text_and_notes_never_take_more_than_a_page_and_none_is_lost(rule: Rule, some: list[Part]) -> None:
    pages, foot = pages_of(rule, some)
    assert all(text + below <= rule.rows + 0.02 for text, below in pages)
    assert all(below >= -0.02 for _, below in pages), "no page is higher than it is"
    feet = [below for _, below in pages if below > 0.01] + [foot.rows] * (foot.rows > 0)
    noted = sum(note.rows for *_, notes in some for note in notes)
    assert sum(feet) - ABOVE * len(feet) + foot.over == pytest.approx(noted, abs=0.02)


@given(rules, st.integers(0, 40), st.integers(1, 90), st.sampled_from(("lines", "rows")))
def test_without_notes_pages_are_filled_as_ever(rule: Rule, used: int, rows: int, parting: Parting) -> None:
    used = min(used, rule.rows)
    assert fill_noted(rule, used, 0, 0, rows, parting, (), BARE) == fill(rule, used, 0, 0, rows, parting)
    first = fill(rule, used, 0, 0, rows, parting)
    far = fill_noted(rule, used, 0, 0, rows, parting, (Note(-1, 0.0),), BARE)
    assert far.left_over[: len(first.left_over) - 1] == first.left_over[:-1], "but for the page of the note"


@pytest.mark.parametrize(
    ("used", "rows", "note", "expected"),
    [
        (4, 4, Note(0, LINE), Filled(8, (), False, Foot(1.25), ())),
        (6, 6, Note(0, LINE), Filled(2, (0.75,), False, BARE, (4,))),  # the note takes two rows of the page
        (8, 4, Note(3, LINE), Filled(1, (1,), False, Foot(1.25), (3,), 1)),  # no room for it: its line is torn off
        (8, 4, Note(-1, LINE), Filled(1, (1,), False, Foot(1.25), (3,), 1)),
        (
            9,
            2,
            Note(0, 2 * LINE),
            Filled(2, (1.0,), True, BARE, (), 1),
        ),  # a line of two has no room any more: its note stays
        (4, 6, Note(5, 5 * LINE), Filled(10, (), False, Foot(2.0, 3 * LINE), ())),  # it goes on, two lines of it here
        (
            4,
            6,
            Note(5, 3 * LINE),
            Filled(1, (3,), False, Foot(2.75), (5,), 1),
        ),  # three lines of a note are never parted
    ],
)
def test_a_note_stands_below_its_line_as_far_as_there_is_room(
    used: int, rows: int, note: Note, expected: Filled
) -> None:
    assert fill_noted(RULE, used, 0, 0, rows, "lines", (note,), BARE) == expected


def test_what_is_left_of_a_note_stands_at_the_foot_of_the_next_page() -> None:
    assert turned(RULE, Foot(2.0, 1.5)) == Foot(2.0)
    assert turned(RULE, Foot(2.0)) == BARE
    assert turned(RULE, Foot(2.0, 20.0)) == Foot(11.0, 9.5), "a row of text stands on each"
