"""Words at the end of a page: which of a paragraph's are held together, and that they are the same words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.writers.pdf.typst.levelling import Ends
from converter.writers.pdf.typst.page_ends import held
from converter.writers.pdf.typst.runs import last_word_held

WORDS = [f"word{n:03d}" for n in range(100)]  # ten are a line

letters = st.text("abcil mw-'", min_size=1, max_size=80)
runs = st.lists(
    st.one_of(
        letters,
        st.tuples(st.sampled_from(("em", "strong", "caps")), st.lists(letters, min_size=1, max_size=3)).map(list),
        st.tuples(st.just("link"), st.just("https://a.example"), st.lists(letters, min_size=1, max_size=2)).map(list),
        st.just(["br"]),
        st.just(["note", [], ["below, and none of the paragraph"]]),
    ),
    min_size=1,
    max_size=8,
)


def told(run: Any) -> str:
    """The words of runs, without their kinds."""
    if isinstance(run, str):
        return run
    return "".join(told(one) for one in run[-1]) if len(run) > 1 and run[0] != "note" else ""


def words_held(runs: Any) -> str:
    return " ".join("".join(map(told, run[1])) for run in runs if isinstance(run, list) and run[0] == "held")


@given(runs, st.integers(2, 40), st.data())
def test_the_words_are_the_same(some: list[Any], lines: int, data: st.DataObject) -> None:
    rows = tuple(sorted(data.draw(st.sets(st.integers(1, lines), min_size=1, max_size=3))))
    after = held({"k": "p", "b": some}, Ends(lines + 0.5, rows))["b"]
    assert "".join(map(told, after)) == "".join(map(told, some))
    again = [run for run in after if isinstance(run, list) and run[0] == "note"]
    assert again == [run for run in some if isinstance(run, list) and run[0] == "note"]


def test_those_are_held_that_may_stand_at_the_end_of_the_line_and_no_others() -> None:
    after = held({"k": "p", "b": [" ".join(WORDS)]}, Ends(10.0, (3, 7)))["b"]
    first, second = ([*run[1][0].split()] for run in after if isinstance(run, list))
    assert {"word029", "word030"} <= set(first) <= set(WORDS[26:35])
    assert {"word069", "word070"} <= set(second) <= set(WORDS[66:75])


def test_words_of_other_looks_are_held_in_them() -> None:
    some = [" ".join(WORDS[:20]) + " ", ["em", [" ".join(WORDS[20:40])]], " " + " ".join(WORDS[40:])]
    _, (kind, inside), _ = held({"k": "p", "b": some}, Ends(10.0, (3,)))["b"]
    assert kind == "em"
    assert "word029" in words_held(inside)


@pytest.mark.parametrize(("word", "whole"), [("well-known,", True), ("wellknown", False), ("-known", False), ("a" * 15 + "-" + "b" * 15, False)])  # fmt: skip
def test_a_word_with_a_hyphen_of_its_own_is_one_word(word: str, whole: bool) -> None:
    some = [*WORDS[:29], word, *WORDS[30:]]
    after = held({"k": "p", "b": [" ".join(some)]}, Ends(10.0, (3,)))["b"]
    (run,) = (run for run in after if isinstance(run, list))
    assert (["whole", [word]] in run[1]) == whole


def test_beside_a_drop_cap_the_words_that_follow_it_are_counted_too() -> None:
    opening = {"k": "drop", "cap": "W", "quote": "", "words": [["", [word]] for word in WORDS[1:30]]}
    after = held({**opening, "rest": [" " + " ".join(WORDS[30:])]}, Ends(10.3, (5,)))
    assert set(after) == {"rest"}
    assert {"word047", "word048"} <= set(words_held(after["rest"]).split())


def test_a_word_with_a_hyphen_is_whole_and_a_line_may_end_behind_the_dash_after_it() -> None:
    some = " ".join((*WORDS[:28], "well-worn\u2060\u2014hard", *WORDS[29:]))
    _, (_, inside), _ = held({"k": "p", "b": [some]}, Ends(10.0, (3,)))["b"]
    at = inside.index(["whole", ["well-worn"]])
    assert inside[at + 1].startswith("\u2060\u2014hard ")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (["x" * 50 + " and went homeward."], ["x" * 50 + " and went ", ["held", ["homeward."]]]),
        (["x" * 50 + " the well-worn."], ["x" * 50 + " the ", ["whole", ["well-worn."]]]),
        (["x" * 50 + " away\u2060\u2014forever."], ["x" * 50 + " away\u2060\u2014", ["held", ["forever."]]]),
        (["x" * 50 + " to it."], ["x" * 50 + " to it."]),
        (["One line, homeward."], ["One line, homeward."]),
        (["x" * 50 + " ", ["em", ["homeward"]]], ["x" * 50 + " ", ["em", ["homeward"]]]),
        ([["em", ["The whole of it"]], " stood homeward."], [["em", ["The whole of it"]], " stood ", ["held", ["homeward."]]]),
        ([], []),
    ],
)  # fmt: skip
def test_a_last_word_is_in_one_piece(runs: list[Any], expected: list[Any]) -> None:
    assert last_word_held(runs, 40) == expected


@given(runs, st.integers(0, 60))
def test_holding_the_last_word_changes_none(some: list[Any], characters: int) -> None:
    assert "".join(map(told, last_word_held(some, characters))) == "".join(map(told, some))
