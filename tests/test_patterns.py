"""Patterns that are compiled late: what they give is what `re` gives, and each of them can be compiled."""

from __future__ import annotations

import importlib
import pkgutil
import re

import converter
from converter.document.patterns import _Pattern, regex


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
    found = 0
    for module in pkgutil.walk_packages(converter.__path__, "converter."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, _Pattern):
                assert re.compile(value._source, value._flags), (module.name, name)
                found += 1
    assert found > 100


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
