"""What a page says of findings: in no word of it a command, and what to do where the page has a place for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converter.document.findings.union import Finding
from converter.shelf.answering.advice import ADVICE, plainly, said_here
from converter.shelf.answering.answers import FIELDS
from tests.shelf.shelves import browser, shelf_in
from tests.test_findings import ROWS, SAID

COMMAND = re.compile(r"(?<![\w-])--[a-z]|\b(?:chapbook|pip|convert|REGEX)\b|`|\.toml")


@pytest.mark.parametrize(("found", "message"), SAID, ids=[f"{n}-{f.code}" for n, (f, _) in enumerate(SAID)])
def test_no_page_says_a_command(found: Finding, message: str) -> None:
    said = said_here(found.code, message)
    assert not COMMAND.search(f"{said.words} {said.advice.words}")
    assert said.words
    lost = set(re.findall(r"“.*?”", message)) - set(re.findall(r"“.*?”", said.words))
    assert lost <= {"“Title: ...”", "“Author: ...”"}, "nothing that a story says goes with the commands"


def test_whoever_is_told_no_command_is_told_what_to_do() -> None:
    silent = {f.code for f, message in SAID if COMMAND.search(message)} - ADVICE.keys()
    assert silent == {"book-edited", "html-hidden", "print-only-bold", "read-plainly", "setting-unused"}
    assert ADVICE.keys() <= ROWS.keys()
    assert {advice.field for advice in ADVICE.values()} <= {"", "cover", *FIELDS}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("a.txt: it is no text; name its encoding with --encoding; look at it", "a.txt: it is no text; look at it"),
        ("near “he said; --and went”; see `chapbook inspect --why`", "near “he said; --and went”"),
    ],
)
def test_only_clauses_with_commands_are_left_out(message: str, said: str) -> None:
    assert plainly(message) == said


def test_advice_leads_to_the_field(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": "The lamp went out, and nobody lit it again.\n"})
    page = browser(shelf).get("/book/1").text
    for field in re.findall(r'href="#(say-\w+)"', page):
        assert f'id="{field}"' in page
    assert 'nobody says who wrote the story; <a href="#say-author">say who wrote it</a>' in page
    assert not COMMAND.search(re.sub(r"<[^>]*>|a\.toml", "", page))
