"""What stands around a change is told in whole words, however long these are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.build.batch import build, plan
from converter.catalogue.catalogue import Catalogue
from converter.document.words import AROUND, around

TALE = """Title: The Weathervane

The weathercock creaked unceasingly -- nobody remembered why -- and thunderclouds gathered.

"Understandably," said Bartholomew, "everybody's grandmother's disappointed."

He'd arrived on the 21st of September, notwithstanding considerable objections.
"""


@given(st.lists(st.text("aé'灯 ", min_size=1, max_size=40), min_size=1), st.data())
def test_no_word_is_cut_where_there_is_a_gap(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = around(text, start, end)
    places = [at for at in range(len(text) - len(found) + 1) if text.startswith(found, at)]
    whole = [at for at in places if at <= start and at + len(found) >= end]
    assert whole, "it holds what was changed"
    assert len(found) <= end - start + 2 * AROUND

    def cut(at: int) -> bool:
        return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()

    gaps_before, gaps_behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    assert any(
        not (cut(at) and " " in gaps_before) and not (cut(at + len(found)) and " " in gaps_behind) for at in whole
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Understandably extraordinary -- whatever; nevertheless everybody", "extraordinary -- whatever; nevertheless"),
        ("short -- text", "short -- text"),
        ("x" * 60 + "--" + "y" * 60, "x" * AROUND + "--" + "y" * AROUND),
        ("灯" * 60 + "--" + "灯" * 60, "灯" * AROUND + "--" + "灯" * AROUND),
    ],
)
def test_the_words_around(text: str, wanted: str) -> None:
    at = text.index("--")
    assert around(text, at, at + 2).strip() == wanted


def test_what_a_book_s_page_tells_is_in_whole_words(tmp_path: Path) -> None:
    story = tmp_path / "a.txt"
    story.write_text(TALE, "utf-8")
    for outcome in build(plan([story], {"to": ("txt",)}, tmp_path / "books"), tmp_path / "books"):
        assert outcome.written
    with Catalogue(tmp_path / "books") as catalogue:
        told = json.loads(catalogue.account_of("../a.txt"))
    contexts = [one[3] for _, _, _, shown in told["changes"] for one in shown]
    assert len(contexts) > 4
    words = set(re.findall(r"\w+", TALE))
    assert [word for context in contexts for word in re.findall(r"\w+", context) if word not in words] == []
