"""Laws of the passes: no letter or digit changes, once is enough, and no input takes long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.passes import improve

LANGUAGES = ("en", "fr", "de", "es", "it", "ru", "sv", "nl", "zh", "")
MARKS = st.text(alphabet="aB'\"-. —…,!?`´“”‘’«»(x9s:;", max_size=40)
PROSE = st.lists(
    st.sampled_from(
        ["Tom", "said", "'tis", "the", "dogs'", '"Yes', 'no,"', "--", " - ", "...", "goin'", "'", '"', "—", "1914-1918",
         "6'2\"", "“", "”", "don't", "!", "?", ".", ",", "´", "``", "''", "it-", " .", "I-I", "« Oui »", "\u00a0", "  "]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LANGUAGES), st.lists(MARKS | PROSE, min_size=1, max_size=4))
def test_letters_and_digits_stay(language: str, paragraphs: list[str]) -> None:
    after, _, _ = improve(language, *paragraphs)
    for old, new in zip(paragraphs, after, strict=True):
        assert [c for c in new if c.isalnum()] == [c for c in old if c.isalnum()]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(("en", "fr", "de", "ru")), st.lists(PROSE, min_size=1, max_size=4))
def test_once_is_enough(language: str, paragraphs: list[str]) -> None:
    once, _, _ = improve(language, *paragraphs)
    twice, changes, _ = improve(language, *once)
    assert twice == once, changes


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "'" * 10_000,
        '"a ' * 10_000,
        "'a " * 10_000,
        "a' " * 10_000,
        "- " * 10_000,
        ". " * 10_000,
        " " * 100_000,
        "-" * 100_000,
        "word 'em \"and -- so... " * 50_000,
        "a" * 5_000_000,
        "`" * 10_000,
        "''" * 5_000,
        "\" ' " * 5_000,
    ],
    ids=lambda t: t[:12],
)
def test_no_input_takes_long(text: str) -> None:
    after, _, _ = improve("en", text)
    assert [c for c in after[0] if c.isalnum()] == [c for c in text if c.isalnum()]
