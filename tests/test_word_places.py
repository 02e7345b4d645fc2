"""Patterns made of many words: compiled from those that may be in a text, they find what they find as a whole."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.document.far_letters import has_far_letters
from converter.document.patterns import _LONG, _PICKS, regex
from converter.document.word_places import Word, fill, folded, has_places, pick_words, place
from converter.recognisers.vocabulary import _part, either, ended
from tests.test_patterns import ENTRIES, late_patterns, written_out

WORDED = [p for p in late_patterns() if has_places(p._source)]
EVERY = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if not 0xD800 <= ord(c) <= 0xDFFF)
CASED = "".join(c for c in EVERY if c.swapcase() != c or c.casefold() != c)
LEAST = 120  # patterns of the program that are made of words


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, int]:
    """A line with entries of the vocabulary and other things around them, and where the first entry stands."""
    before = draw(st.sampled_from(["", "* ", "[", "— ", "3 ", "Ann Bee ", "the ", "< ", "İ "]))
    entries = [written_out(draw(st.sampled_from(ENTRIES)), draw(st.data())) for _ in range(draw(st.integers(1, 3)))]
    between = draw(st.sampled_from([" ", " | ", ": ", "", ", "]))
    after = draw(st.sampled_from(["", ": Ann Bee", " Ann Bee", " 12", "s", "\n", " by Ann Bee", "]", "!", " >"]))
    return before + between.join(entries) + after, len(before)


@given(lines())
def test_words_that_are_not_in_a_text_are_not_missed(line: tuple[str, int]) -> None:
    text, start = line
    for pattern, whole in zip(WORDED, wholes, strict=True):
        picked = re.compile(fill(pattern._source, pick_words(pattern._source, text)), pattern._flags)
        for ask in ("search", "match", "fullmatch"):
            for at in {0, start}:
                found, wanted = getattr(picked, ask)(text, at), getattr(whole, ask)(text, at)
                assert (found and found.regs) == (wanted and wanted.regs), (whole.pattern[:60], text)


ENDS = r"(?:(?<=[\u3040-\u9fff\uac00-\ud7a3])|(?!\w))"
KINDS = (("interface", "sure"), ("interface", "everyday"), ("ways", "beside"), ("headings", "contents"))


@given(lines(), st.sampled_from(KINDS))
def test_an_ended_word_ends_where_no_letter_stands_but_in_scripts_without_blanks(
    line: tuple[str, int], kind: tuple[str, str]
) -> None:
    text, start = line
    found = re.compile(fill(ended(*kind)), re.IGNORECASE).match(text, start)
    wanted = re.compile(fill(either(*kind)) + ENDS, re.IGNORECASE).match(text, start)
    assert (found and found.span()) == (wanted and wanted.span())


wholes = [re.compile(fill(p._source), p._flags) for p in WORDED]


def test_many_patterns_are_made_of_words() -> None:
    assert len(WORDED) > LEAST
    assert all("(?#" not in whole.pattern for whole in wholes)


@given(st.sampled_from(ENTRIES), st.data())
def test_the_part_of_an_entry_stands_in_all_its_ways(entry: str, data: st.DataObject) -> None:
    assert _part(entry) in folded(written_out(entry, data))


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ("(kind )regards", "regards"),
        ("author('s) note(s)", "author"),
        ("review*", "review"),
        ("d'Orly", "orly"),
        ("(a(n)|the) end", "end"),
        ("(x|y)", ""),
        ("one|other", ""),
        ("Straße", "strasse"),
        ("İyi", "iyi"),
    ],
)
def test_the_longest_part_that_does_not_vary(entry: str, part: str) -> None:
    assert _part(entry) == part


def test_what_is_one_letter_to_a_pattern_is_one_when_folded() -> None:
    for letter in CASED:
        for other in re.findall(re.escape(letter), CASED, re.IGNORECASE):
            assert folded(other) == folded(letter), (letter, other)


def forty_words() -> list[Word]:
    return [Word(f"w{n}x", f"w{n}x") for n in range(40)]


@pytest.mark.parametrize("size", [1, _PICKS // 2, 2 * _PICKS])
def test_a_pattern_finds_the_same_however_many_texts_it_was_asked(size: int) -> None:
    pattern = regex(rf"({place('forty', forty_words, re.escape)})-", re.IGNORECASE)
    for n in range(size):
        text = f"a W{n % 50}X- and w{n % 7}x, w39x-"
        wanted = re.findall(r"\b(w[1-3]?\dx)-", text, re.IGNORECASE)
        assert pattern.findall(text) == wanted
        assert pattern.sub(r"<\1>", text) == re.sub(r"\b(w[1-3]?\dx)-", r"<\1>", text, flags=re.IGNORECASE)
    assert pattern.search("." * _LONG + "w7x-")
    assert pattern.groups == 1


def test_a_text_with_none_of_the_words_has_no_match() -> None:
    pattern = regex(f"{place('forty', forty_words, re.escape)}|!")
    assert (pattern.search("w40x"), pattern.split("a!b")) == (None, ["a", "b"])


NEEDING = [p for p in late_patterns() if p._needs is has_far_letters]


def test_what_needs_far_letters_matches_no_others() -> None:
    near = "".join(c for c in EVERY if not has_far_letters(c))
    assert len(near) > 2_000
    assert len(NEEDING) > 3
    for pattern in NEEDING:
        assert re.findall(pattern.pattern, near, pattern._flags) == [], pattern.pattern
        fresh = regex(pattern.pattern, pattern._flags, needs=has_far_letters)
        assert (fresh.sub("", "naïve"), fresh.findall("‘né’"), fresh.split("né")) == ("naïve", [], ["né"])


def test_a_pattern_that_needs_far_letters_finds_them() -> None:
    pattern = regex("[\u3400-\u9fff]", needs=has_far_letters)
    assert (pattern.search("ox"), pattern.findall("the 灯 was lit")) == (None, ["灯"])
