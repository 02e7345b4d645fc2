"""A person's own regular expressions end, whatever they are, and say what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import converter
from converter.document.errors import SettingError
from converter.limits.own_patterns import OwnPattern

ENDLESS = r"(?:[a-z ]|.)+\d"
LINE = "the lamp on the weir burned low and nobody had thought of the boat"


@pytest.mark.parametrize("pattern", [r"^Letter (\d+)", r"(?i)the (?P<what>\w+)", r"(?<=a)b|\bc\b", r"[^\W\d_]+$"])
@pytest.mark.parametrize("text", ["Letter 12", "THE lamp", "ab", "c", "", LINE])
def test_it_finds_what_python_finds(pattern: str, text: str) -> None:
    own, plain = OwnPattern(pattern), re.compile(pattern)
    for found, real in ((own.search(text), plain.search(text)), (own.fullmatch(text), plain.fullmatch(text))):
        assert (found and (found.span(), found.groups())) == (real and (real.span(), real.groups()))


@pytest.mark.parametrize("pattern", [ENDLESS, r"(a|a)+b", r"(\w|\s|[a-z])+\d$"])
def test_it_ends_with_an_error_that_names_it(pattern: str) -> None:
    with pytest.raises(SettingError) as caught:
        OwnPattern(pattern, where="river.txt").search("a" * 60)
    assert str(caught.value).startswith(f"river.txt: the pattern {pattern!r} takes too long, first for 'aaaa")
    assert "write one repeat" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_none_is_refused() -> None:
    with pytest.raises(SettingError, match=r"mine\.toml: '\(' is no regular expression: "):
        OwnPattern("(", where="mine.toml")


def test_a_chapter_pattern_ends(tmp_path: Path) -> None:
    story = tmp_path / "river.txt"
    story.write_text(f"Letter 1\n\n{LINE}.\n\nLetter 2\n\n{LINE}.", encoding="utf-8")
    with pytest.raises(SettingError, match=r"river\.txt: the pattern .* takes too long"):
        converter.read(story, chapter=[ENDLESS])
    assert converter.read(story, chapter=[r"^Letter \d"]).chapters


def test_a_site_pattern_ends(tmp_path: Path) -> None:
    page = tmp_path / "river.html"
    page.write_text(f"<html><body><h1>Road</h1><div id='s'><p>{LINE}.</p></div></body></html>", encoding="utf-8")
    site = tmp_path / "mine.toml"
    site.write_text(
        f"detect = ['#s']\n[chapters]\nbody = '#s'\n[fields]\ntitle = {{ select = '#s', pattern = '{ENDLESS}' }}\n",
        "utf-8",
    )
    with pytest.raises(SettingError, match=r"mine\.toml: the pattern .* takes too long"):
        converter.read(page, site=str(site))
