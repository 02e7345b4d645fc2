"""Days that have a name, and the head of a letter with which a text begins."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.dates import names_day
from converter.recognisers.lines.letterheads import letterhead

DAYS = """
Christmas Eve 1949
Boxing Day
Easter Sunday
Michaelmas
First Sunday in Advent
St. Stephen's Day 1949
Saint John’s Eve
Late Summer
Summer 1949
Sunday Night
Heiligabend 1949
Zweiter Weihnachtstag
Sonntag vor Ostern
Spätsommer 1951
Veille de Noël 1949
Lundi de Pâques
Vigilia di Natale
Domingo de Pascua
Kerstavond 1950
Сочельник 1949
"""
NAMES = """
Ada Thorn
April Winter
Summer Day
Noel Coward
Natale Rossi
Robin Midwinter
Kurt Sonntag
Ana Reyes
Saint John
Christmas at Sea
The Long Night
A Christmas Tale
Winter Night
Summer
"""


@pytest.mark.parametrize("line", DAYS.strip().split("\n"))
def test_a_day_with_a_name(line: str) -> None:
    assert names_day(line)


@pytest.mark.parametrize("line", NAMES.strip().split("\n"))
def test_a_person_or_a_title_is_no_day(line: str) -> None:
    assert not names_day(line)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("14 Quay Street, Wexcombe\nChristmas Eve 1949\n\nDear Liesel,\n", 2),
        ("14 Quay Street\nWexcombe\n3rd November 1946\nDear Liesel,\n", 3),
        ("\n3 Mill Lane\n\nHarbour View\n\nDear Liesel,\n", 2),
        ("Lindenweg 4\nHeiligabend 1949\n\nLiebe Liesel,\n", 2),
        ("Late Summer 1949\nQuay Cottage\n\nDear Liesel,\n", 2),
        ("The Lamp\nAda Thorn\n\nDear Liesel,\n", 0),
        ("The Lamp\n\nLate Summer\n\nDear Liesel,\n", 0),
        ("39 Steps to Mill Lane\nby Ada Thorn\n\nDear Liesel,\n", 0),
        ("14 Quay Street, Wexcombe\nChristmas Eve 1949\n\nThe lamp was out.\n", 0),
        ("Dear Liesel,\n", 0),
        ("", 0),
    ],
)
def test_what_stands_over_a_letter(text: str, lines: int) -> None:
    assert letterhead(text.split("\n")) == lines
