"""What a page's title says of the work and of the chapter that it has: in `work_and_chapter.tsv`, read by an editor.

Columns: the work, the chapter, the title, lines that the page shows (parted by "|").
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.headings.words import lexicon
from converter.recognisers.language.detection import detect_language
from converter.recognisers.language.scripts import script_of
from converter.recognisers.metadata.tab_title import is_host, same_letters
from converter.recognisers.metadata.work_and_chapter import (
    read_title,
    shown_lines,
    title_alone,
    title_in_script,
    work_before,
)

FILE = Path(__file__).parent / "work_and_chapter.tsv"
TABLE = [row.split("\t") for row in FILE.read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("work", "chapter", "title", "lines"), TABLE)
def test_a_title(work: str, chapter: str, title: str, lines: str) -> None:
    lex = lexicon({"La": "fr", "Па": "ru"}.get(work[:2], detect_language(title)[0]))
    named = read_title(title, shown_lines(lines.split("|")), lambda part: part == "Lamp Harbour", lex)
    assert (named.work, named.chapter) == (work, chapter)


def test_a_work_before_its_chapter() -> None:
    lex = lexicon("en")
    assert work_before("The Ox Chapter 3", lex) == ("The Ox", "Chapter 3")
    assert work_before("The Ox - Part 2: Rain", lex) == ("The Ox", "Part 2: Rain")
    assert work_before("Chapter 3: Part 2", lex) == ("", "")
    assert work_before("he read chapter 3", lex) == ("", "")
    assert work_before("The Ox in Chapter and Verse", lex) == ("", "")


def test_a_title_alone() -> None:
    shown = shown_lines(["The Greedy Ox", "The Lamp, Part 4"])
    assert title_alone("The Greedy Ox ＜Small Tales　Tales for today＞", shown) == "The Greedy Ox"
    assert title_alone("Salt: The Lamp, Part 4", shown) == "The Lamp, Part 4"
    assert title_alone("The Greedy Ox (and others): a tale", shown) == "The Greedy Ox (and others): a tale"


def test_a_title_in_two_scripts() -> None:
    assert title_in_script("The Ox | 牛", "LATIN") == ("The Ox", "牛")
    assert title_in_script("The Ox | 牛", script_of("かえる")) == ("牛", "The Ox")
    assert title_in_script("The Ox | And The Hat", "LATIN") == ("The Ox | And The Hat", "")
    assert title_in_script("牛", "LATIN") == ("牛", "")


def test_a_host_is_nobody() -> None:
    address = "https://www.tales.example/1"
    assert [is_host(name, address) for name in ("Tales.example", "tales", "Tale", "Ada")] == [True, True, False, False]
    assert same_letters("The Ox!", "the ox")
