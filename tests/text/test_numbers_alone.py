"""Numbers that stand alone above the parts of a story, in whatever format and however they are written."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import chapter_name
from converter.parsers.html import html_parser
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown

TOLD = list(PROSE) * 2


def read(paragraphs: list[str], suffix: str) -> Parsed:
    if suffix == ".html":
        told = f"<html lang=en><body>{''.join(f'<p>{p}</p>' for p in paragraphs)}</body></html>"
    else:
        told = "\n\n".join(paragraphs)
    source = Source(f"story{suffix}", told.encode(), suffix)
    parsed = {".md": parse_markdown, ".html": html_parser(), ".txt": text_parser()}[suffix](source)
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    "numbers",
    ["1. 2. 3.", "1. 2.", "1 2 3", "1) 2) 3)", "I. II. III.", "One. Two. Three.", "-1- -2- -3-", "(i) (ii) (iii)"],
)
def test_numbers_alone_head_chapters(numbers: str, suffix: str) -> None:
    written = [n.replace("-1-", "- 1 -").replace("-2-", "- 2 -").replace("-3-", "- 3 -") for n in numbers.split()]
    parsed = read([line for n in written for line in (n, *TOLD)], suffix)
    assert [chapter_name(c) for c in parsed.book.chapters] == [n.strip("- ") for n in written]
    assert [line for line in shown(parsed) if line[0] != "#"] == ["prose(2)"] * len(written)


@pytest.mark.parametrize("suffix", [".md", ".html"])
@pytest.mark.parametrize("numbers", [["4."], ["2.", "5."], ["One.", "Two."]])
def test_numbers_that_count_nothing_stay_in_the_story(numbers: list[str], suffix: str) -> None:
    parsed = read([*TOLD, *(line for n in numbers for line in (n, *TOLD))], suffix)
    assert [line for line in shown(parsed) if "prose" not in line] == [f"p {n}" for n in numbers]


def test_a_list_of_markdown_is_one() -> None:
    assert shown(read([*TOLD, "1. salt\n2. rope", *TOLD], ".md"))[1:-1] == ["1", "  p salt", "2", "  p rope"]
