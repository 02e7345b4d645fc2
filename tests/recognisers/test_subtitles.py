"""Lines right below a title: which may be a subtitle."""

from __future__ import annotations

import pytest

from converter.recognisers.metadata.subtitles import may_be_subtitle

NONE = """
Updated: 2021-06-01
Status: Draft 2
Stand: 3. Mai 2021
Dr Lind: 50s, limp, lies
Isak: ferryman, sings
Words: 1,200
- Your Highlight on page 3 | Location 40-44
* two eggs
3. Milk
eggs
Draft 2, last edited 5 March 2023
Christmas Eve 1949
"""
SUBTITLES = """
A Novel
poems
stories
A Story in Four Letters
The Ring: A Tale
A Memoir: 1914-1918
Eine Liebe in Briefen
Part One: The Crossing
The Dog: Pulla
12 Angry Gulls
or, The Widow's Lamp
"""


@pytest.mark.parametrize("line", NONE.strip().split("\n"))
def test_what_is_no_subtitle(line: str) -> None:
    assert not may_be_subtitle(line)


@pytest.mark.parametrize("line", SUBTITLES.strip().split("\n"))
def test_what_may_be_one(line: str) -> None:
    assert may_be_subtitle(line)
