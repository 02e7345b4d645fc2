"""Labels in contents lists: those that programs write where they know no name, and those that name a chapter."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.programs import is_signed_by_program
from converter.recognisers.metadata.empty_labels import says_nothing

NOTHING = """
Unknown
Untitled
(untitled)
[No title]
Page 12
Section 3
Document
Ad
***
Chapter_0001.xhtml
index_split_004
part0004
OEBPS/Text/ch01
The Weir.html
filepos:0001234
Unbekannt
Ohne Titel
Abschnitt 3
Sans titre
Sin título
Без названия
無題
"""
NAMED = """
1
IV
Part 2
Chapter 3
The Unknown
Unknown Waters
Page of Cups
Section Eight
A Blank Map
Catch-22
Prologue
第3章
"""


@pytest.mark.parametrize("label", NOTHING.strip().split("\n"))
def test_a_label_that_says_nothing(label: str) -> None:
    assert says_nothing(label)


@pytest.mark.parametrize("label", NAMED.strip().split("\n"))
def test_a_label_that_names_a_chapter(label: str) -> None:
    assert not says_nothing(label)


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        (["[Created by ePub Maker Trial]"], True),
        (["This e-book was created with Lampwork EPUB Converter", "http://lampwork.example/"], True),
        (["Erstellt mit calibre"], True),
        (["Created by Ada Thorn"], False),
        (["Created by ePub Maker Trial", "For my mother"], False),
        (["http://lampwork.example/"], False),
    ],
)
def test_a_page_that_a_program_signed(lines: list[str], signed: bool) -> None:
    assert is_signed_by_program(lines) == signed
