"""The signature of a preface or an afterword, and the line at a chapter's head that says where and when it plays."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Paragraph
from converter.document.words import plain_text
from converter.parsers.html import html_parser
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

PROSE = (
    "The quarry had filled with water in a single night, and in the morning there were ducks on it. "
    "Old Tamsin said that it had been meant to be a lake from the first, and that the stone had only been in the way."
)
SAID = "I have to thank the quarrymen, who told me none of this."


def read(text: str, suffix: str = ".txt") -> Parsed:
    parser = {".md": parse_markdown, ".html": html_parser(), ".txt": text_parser()}[suffix]
    parsed = parser(Source(f"story{suffix}", text.encode(), suffix))
    prove_parsed(parsed)
    return parsed


def of_role(parsed: Parsed, role: str) -> list[str]:
    blocks = [b for _, c in parsed.book.walk() for b in c.blocks]
    return [plain_text(b.content) for b in blocks if isinstance(b, Paragraph) and b.role == role]


def book(head: str, *end: str) -> str:
    told = "\n\n".join(f"Chapter {n}\n\n{PROSE}\n\n{PROSE}" for n in (1, 2, 3))
    return f"Stone Water\n\nby Ines Calloway\n\n\n{told}\n\n\n{head}\n\n{SAID}\n\n" + "\n\n".join(end) + "\n"


@pytest.mark.parametrize(
    "lines",
    [
        ("I. C.", "Upper Delph, October 2019"),
        ("I.C.", "Upper Delph, 4 October 2019"),
        ("Ines Calloway", "Upper Delph, winter 1931"),
        ("Upper Delph, October 2019", "I. C."),
        ("Upper Delph, 2019",),
        ("— Ines Calloway",),
        ("The Author",),
        ("October 2019",),
        ("Ines Calloway", "Tom Birch", "Upper Delph, 1931"),
    ],
)
@pytest.mark.parametrize("head", ["AFTERWORD", "Acknowledgements"])
@pytest.mark.parametrize("space", ["\n\n", "\n"])
def test_an_afterword_is_signed_with_a_name_a_place_a_date(lines: tuple[str, ...], head: str, space: str) -> None:
    assert of_role(read(book(head, space.join(lines))), "signature") == list(lines)


def test_a_preface_is_signed_as_well() -> None:
    text = book("AFTERWORD").replace(
        "Chapter 1\n", f"PREFACE\n\n{SAID}\n\nI. C.\nUpper Delph, May 1931\n\n\nChapter 1\n"
    )
    assert of_role(read(text), "signature") == ["I. C.", "Upper Delph, May 1931"]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (f"# One\n\n{PROSE}\n\n# Two\n\n{PROSE}\n\n# Afterword\n\n{SAID}\n\nI. C.  \nUpper Delph, May 1931\n", ".md"),
        (
            f"<html><body><h2>One</h2><p>{PROSE}</p><h2>Two</h2><p>{PROSE}</p><h2>Afterword</h2><p>{SAID}</p>"
            "<p>I. C.<br>Upper Delph, May 1931</p></body></html>",
            ".html",
        ),
    ],
)
def test_an_afterword_is_signed_in_other_formats(text: str, suffix: str) -> None:
    assert of_role(read(text, suffix), "signature") == ["I. C.", "Upper Delph, May 1931"]


@pytest.mark.parametrize(
    "end",
    [
        ("And Ines Calloway.",),
        ("Those who dug:", "Ines Calloway", "Tom Birch", "Lew Marsh"),
        ("Those who dug:", "Ines Calloway"),
        ("The lake is there still, and so are the ducks",),
        ("Enough.",),
    ],
)
def test_other_short_lines_at_the_end_are_no_signature(end: tuple[str, ...]) -> None:
    assert not of_role(read(book("AFTERWORD", *end)), "signature")


def test_a_chapter_of_the_story_is_not_signed() -> None:
    assert not of_role(read(book("Chapter 4", "Ines Calloway", "Upper Delph, October 2019")), "signature")


PLACED = ["Kestrel Pass, February 1952", "Upper Delph, 1883", "Saint-Malo, 4 octobre 1931", "Lyon, printemps 1931"]


@pytest.mark.parametrize("line", [*PLACED, "4 October 1931", "Winter, three years earlier"])
@pytest.mark.parametrize("space", ["\n", "\n\n"])
def test_a_line_at_a_chapters_head_says_where_and_when(line: str, space: str) -> None:
    told = "\n\n\n\n".join(
        f"{h}\n\n{d}{PROSE}{space}{PROSE}" for h, d in (("Slow Water", ""), ("Ducks", line + space), ("Lake", ""))
    )
    assert of_role(read(f"Stone Water\nInes Calloway\n\n\n\n{told}\n"), "dateline") == [line]


@pytest.mark.parametrize("line", ["In Delph, in 1931.", "Ducks, 1931 of them", "He was born in 1931", "“Delph, 1931”"])
@pytest.mark.parametrize("space", ["\n", "\n\n"])
def test_other_short_lines_at_a_chapters_head_are_told(line: str, space: str) -> None:
    told = "\n\n\n\n".join(
        f"{h}\n\n{d}{PROSE}{space}{PROSE}" for h, d in (("Slow Water", ""), ("Ducks", line + space), ("Lake", ""))
    )
    assert not of_role(read(f"Stone Water\nInes Calloway\n\n\n\n{told}\n"), "dateline")
