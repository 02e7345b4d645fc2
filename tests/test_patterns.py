"""Patterns that are compiled late: what they give is what `re` gives, and each of them can be compiled."""

from __future__ import annotations

import importlib
import pkgutil
import re

from hypothesis import given
from hypothesis import strategies as st

import converter
from converter.document.patterns import _Pattern, regex
from converter.recognisers.vocabulary import language_table, languages


def test_a_late_pattern_is_a_pattern() -> None:
    late, real = regex(r"(\w)(\w+)", re.I), re.compile(r"(\w)(\w+)", re.I)
    assert (late.pattern, late.flags, late.groups) == (real.pattern, real.flags, real.groups)
    assert late.findall("two words") == real.findall("two words")
    assert late.sub(r"\2\1", "two words") == "wot ordsw"
    assert [m.span() for m in late.finditer("a bc")] == [m.span() for m in real.finditer("a bc")]
    assert (late.match("  x"), late.split("ab, cd")) == (None, real.split("ab, cd"))
    assert late.fullmatch("ab")
    assert late.search("...ab")
    assert late.subn("", "ab")[1] == 1


def test_every_late_pattern_can_be_compiled() -> None:
    patterns = late_patterns()
    assert all(pattern.pattern for pattern in patterns)
    assert len(patterns) > 100


def test_a_late_pattern_finds_nothing_in_what_is_longer_than_it_may_be() -> None:
    short, long = "ab ab", "ab ab ab"
    late = regex(r"ab", within=len(short))
    assert late.search(short)
    assert late.match(short)
    assert regex(r"[ab ]+", within=len(short)).fullmatch(short)
    assert (late.search(long), late.match(long), regex(r"[ab ]+", within=len(short)).fullmatch(long)) == (None,) * 3
    assert (late.sub("c", short), late.sub("c", long)) == ("c c", long)
    assert (late.subn("c", short, count=1), late.subn("c", long)) == (("c ab", 1), (long, 0))
    assert (late.split(short), late.split(long)) == (["", " ", ""], [long])
    assert (late.findall(short), late.findall(long)) == (["ab", "ab"], [])
    assert (len(list(late.finditer(short))), list(late.finditer(long))) == (2, [])


def late_patterns() -> list[_Pattern]:
    """All that stand in a module under a name."""
    modules = [m.name for m in pkgutil.walk_packages(converter.__path__, "converter.") if "__main__" not in m.name]
    values = [v for name in modules for v in vars(importlib.import_module(name)).values()]
    return list({id(v): v for v in values if isinstance(v, _Pattern)}.values())


def written_out(entry: str, draw: st.DataObject) -> str:
    """A text that an entry of the vocabulary matches: brackets kept or left out, blanks and apostrophes as they come."""
    while inner := re.search(r"\(([^()]*)\)", entry):
        chosen = draw.draw(st.sampled_from(["", *inner[1].split("|")]))
        entry = entry[: inner.start()] + chosen + entry[inner.end() :]
    blank = draw.draw(st.sampled_from([" ", "  ", "\t"]))
    text = entry.replace("*", draw.draw(st.sampled_from(["", "s"]))).replace("'", draw.draw(st.sampled_from("'’")))
    return draw.draw(st.sampled_from([str, str.upper, str.title]))(blank.join(text.split()))


ENTRIES = sorted({
    entry
    for topic in ("names", "notes", "interface", "ways", "letters", "fields", "headings", "dates")
    for tag in languages()
    for key, listed in language_table(tag, topic).items()
    if isinstance(listed, list | str)
    for entry in (listed.split() if isinstance(listed, str) else listed)
    if isinstance(entry, str)
})  # fmt: skip


@given(st.data())
def test_a_guard_keeps_back_nothing_that_its_pattern_finds(data: st.DataObject) -> None:
    entry = written_out(data.draw(st.sampled_from(ENTRIES)), data)
    before = data.draw(st.sampled_from(["", "* ", "[", "— ", "3 ", "Ann Bee "]))
    after = data.draw(st.sampled_from(["", ": Ann Bee", " Ann Bee", " 12", "s", "\n", " by Ann Bee", "]"]))
    text = before + entry + after
    for pattern in guarded_patterns:
        real = re.compile(pattern.pattern, pattern._flags)
        if pattern.within is not None and len(text) > pattern.within:
            continue
        for start in (0, len(before)):
            if real.match(text, start):
                assert pattern._guard(text, start), (pattern.pattern[:60], text, start)


guarded_patterns = [p for p in late_patterns() if p._guard]
