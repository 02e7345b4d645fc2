"""The first words of a page of few words, and what the page is instead of a story: in `notices.tsv`, read by an editor.

The first column is a word of the message that a person gets, or "-" for none.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.notices import asks_for_consent, is_loading, notice

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "notices.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("what", "text"), TABLE)
def test_a_notice(what: str, text: str) -> None:
    said = notice(text)
    assert (said is not None and what in said.message) == (what != "-"), said


def test_consent() -> None:
    assert asks_for_consent("If you proceed you have agreed that you are willing to see such content.")
    assert not asks_for_consent("If you proceed, you will see the lamp, and be willing to stay.")


def test_loading() -> None:
    said = (
        "Loading...",
        "Now loading",
        "Please wait.",
        "Wird geladen …",
        "加载中",
        "They were loading",
        "Loading the boat took all day",
    )
    assert [s for s in said if is_loading(s)] == list(said[:5])
