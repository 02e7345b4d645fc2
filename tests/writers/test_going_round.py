"""Text goes round what doesn't fit at the foot of a page: what is chosen, in rows, without an engine."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from converter.writers.pdf.filling import Rule, fill
from converter.writers.pdf.going_round import EMPTY, SMALLEST, Thing, Unit, UnitKind, arranged

ROWS = 30
RULE = Rule(ROWS)


def units(*told: tuple[UnitKind, float]) -> list[Unit]:
    """Pictures, boxes and paragraphs of so many rows."""
    return [
        Unit(
            (at,),
            (Thing(rows, "lines" if kind in ("text", "fixed") else "never", 0.0 if kind == "text" else 1.0),),
            kind,
            rows if kind == "picture" else 0.0,
            alone=0.0 if kind == "text" else 1.0,
        )
        for at, (kind, rows) in enumerate(told)
    ]


def test_a_picture_waits_for_the_paragraphs_that_fill_the_page() -> None:
    asked = arranged(units(("text", 20), ("picture", 15), ("text", 6), ("text", 9), ("text", 8)), RULE, 0.0)
    assert asked.order == (0, 2, 3, 1, 4)
    assert not asked.sizes


def test_one_that_nearly_fits_is_set_smaller_where_it_stands() -> None:
    asked = arranged(units(("text", 20), ("picture", 10), ("text", 9), ("text", 9)), RULE, 0.0)
    assert asked.order == (0, 1, 2, 3)
    assert 0.85 < asked.sizes[1] < 0.9


def test_pictures_keep_their_order() -> None:
    told = units(("text", 20), ("picture", 15), ("picture", 15), ("text", 9), ("text", 9), ("text", 9), ("text", 20))
    order = arranged(told, RULE, 0.0).order
    assert order.index(1) < order.index(2)
    assert order[1] == 3


def test_no_picture_passes_a_heading_or_an_aside() -> None:
    asked = arranged(units(("text", 20), ("picture", 25), ("fixed", 9), ("text", 9)), RULE, 0.0)
    assert asked.nothing


def test_what_fits_is_left_alone() -> None:
    assert arranged(units(("text", 20), ("picture", 9), ("box", 20), ("text", 9)), Rule(60), 0.0).nothing


def test_a_high_box_is_parted_and_a_low_one_only_where_much_would_be_empty() -> None:
    assert arranged(units(("text", 22), ("box", 20)), RULE, 0.0).parted == {1}
    assert arranged(units(("text", 26), ("box", 9)), RULE, 0.0).nothing
    assert arranged(units(("text", 20), ("box", 4), ("text", 2), ("box", 10)), Rule(31), 0.0).nothing
    assert arranged(units(("text", 23), ("box", 9)), Rule(29), 0.0).parted == {1}


def empty_rows(told: Sequence[Unit], order: Sequence[int], sizes: dict[int, float], parted: frozenset[int]) -> float:
    """Rows left over before pictures and boxes."""
    used, empty, after_picture = 0.0, 0.0, False
    for at in order:
        (thing,) = told[at].things
        rows = thing.rows * sizes.get(at, 1.0)
        gap = 1.0 if told[at].kind != "text" or after_picture else 0.0
        filled = fill(RULE, used, gap, 0.0, rows, "rows" if at in parted else thing.parting)
        if used and filled.at_head and filled.left_over and told[at].kind != "text":
            empty += max(0.0, filled.left_over[0] - EMPTY)
        used, after_picture = filled.used, told[at].kind == "picture"
    return empty


KINDS: st.SearchStrategy[UnitKind] = st.sampled_from(["text", "text", "text", "picture", "box"])


@given(st.lists(st.tuples(KINDS, st.integers(2, 20)), min_size=2, max_size=14))
def test_nothing_is_lost_nor_moved_before_its_place_and_no_more_is_left_empty(told: list[tuple[UnitKind, int]]) -> None:
    chapter = units(*told)
    asked = arranged(chapter, RULE, 0.0)
    assert sorted(asked.order) == list(range(len(told)))
    others = [at for at in asked.order if told[at][0] != "picture"]
    pictures = [at for at in asked.order if told[at][0] == "picture"]
    assert others == sorted(others)
    assert pictures == sorted(pictures)
    assert all(asked.order.index(at) >= at - sum(1 for p in pictures if p < at) for at in pictures)
    assert all(SMALLEST <= size < 1 for size in asked.sizes.values())
    before = empty_rows(chapter, range(len(told)), {}, frozenset())
    assert empty_rows(chapter, asked.order, asked.sizes, asked.parted) <= before + ROWS / 3
