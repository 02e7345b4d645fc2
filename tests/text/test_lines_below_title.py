"""Title, subtitle and author in lines of their own above a story, as word processors, Markdown and texts write them."""

from __future__ import annotations

from itertools import product

import pytest

from converter.build.pipeline import Reading, examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.pages.making import PROSE, shown

TITLE, SUBTITLE, NAME = "The Unwanted Harmonium", "A Comedy of Landings", "Edwina Marsh-Tolliver"
TOLD = list(PROSE) * 4
FORMATS = ("text", "markdown", "in the middle", "named by the page", "styles of a word processor", "rich text")


def read(front: list[str], form: str, *, headed: bool) -> Reading:
    """A story below these lines, its chapters headed or not."""
    if form == "rich text":
        large, head, plain = (
            r"\pard\plain\qc\fs48 {}\par",
            r"\pard\plain\qc\b\fs32 {}\b0\fs24\par",
            r"\pard\plain {}\par",
        )
    elif form == "text":
        large, head, plain = " " * 20 + "{}", "{}", "{}"
    elif form == "markdown":
        large, head, plain = "{}", "## {}", "{}"
    else:
        large, head, plain = "<p align=center>{}</p>", "<h1>{}</h1>", "<p>{}</p>"
    lines = [large.format(line) for line in front]
    if form == "markdown":
        lines[0] = f"# {front[0]}"
    if form == "styles of a word processor":
        lines = [
            f"<p class=MsoTitle>{front[0]}</p>",
            *(f"<p class=MsoSubtitle align=center>{line}</p>" for line in front[1:]),
        ]
    for number in (1, 2):
        lines += [head.format(f"Chapter {number}")] if headed else []
        lines += [plain.format(line) for line in TOLD]
    told, suffix = "\n\n".join(lines), {"text": ".txt", "markdown": ".md", "rich text": ".rtf"}.get(form, ".html")
    if suffix == ".rtf":
        told = "{\\rtf1\\ansi\\deff0 " + told + "}"
    if suffix == ".html":
        title = f"<title>{front[0]}</title>" if form == "named by the page" else ""
        told = f"<html lang=en><head>{title}<meta name=Generator content='Microsoft Word 15'></head><body>{told}</body></html>"
    return examined(understand([Source(f"story{suffix}", told.encode(), suffix)], Settings()))


BELOW = [
    [SUBTITLE, f"by {NAME}"],
    [SUBTITLE, "by", NAME],
    [SUBTITLE, f"Written by {NAME}"],
    [SUBTITLE, f"von {NAME}"],
    [SUBTITLE, NAME],
    [f"by {NAME}"],
]


def _is_clear(below: list[str], headed: bool, form: str) -> bool:
    """A bare name at the margin, above a story without headings, may be the story's."""
    return headed or below != [SUBTITLE, NAME] or form not in ("markdown", FORMATS[4])


@pytest.mark.parametrize(
    ("below", "headed", "form"), [case for case in product(BELOW, (True, False), FORMATS) if _is_clear(*case)]
)
def test_title_subtitle_and_author(below: list[str], headed: bool, form: str) -> None:
    reading = read([TITLE, *below], form, headed=headed)
    metadata = reading.book.metadata
    assert (metadata.title, metadata.subtitle, *metadata.authors) == (TITLE, SUBTITLE if len(below) > 1 else "", NAME)
    said = shown(reading)
    assert said == (
        ["# [chapter 1] Chapter 1", "prose(4)", "# [chapter 2] Chapter 2", "prose(4)"] if headed else ["prose(8)"]
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_dedication_below_a_title_is_no_subtitle(form: str) -> None:
    reading = read([TITLE, f"by {NAME}", "For my aunt Odile"], form, headed=True)
    assert (reading.book.metadata.subtitle, *reading.book.metadata.authors) == ("", NAME)
    assert "For my aunt Odile" in " ".join(shown(reading))


@pytest.mark.parametrize("form", FORMATS[2:5])
def test_lines_of_a_story_below_its_title_stay(form: str) -> None:
    reading = read([TITLE, "It rained.", f"By the Sea, {NAME} waited."], form, headed=True)
    assert reading.book.metadata.subtitle == ""
    assert "It rained." in " ".join(shown(reading))


def test_a_title_page_is_believed_more_than_the_name_of_a_page() -> None:
    lines = "".join(f"<p align=center>{line}</p>" for line in (TITLE, SUBTITLE, NAME))
    told = "".join(f"<h1>Chapter {n}</h1>" + "".join(f"<p>{p}</p>" for p in TOLD) for n in (1, 2))
    page = f"<html lang=en><head><title>doc1</title></head><body>{lines}{told}</body></html>"
    metadata = examined(understand([Source("doc1.html", page.encode(), ".html")], Settings())).book.metadata
    assert (metadata.title, metadata.subtitle, *metadata.authors) == (TITLE, SUBTITLE, NAME)


NOTES = ("Updated: 2021-06-01", "Dr Lind: 50s, limp, lies", "- Your Highlight on page 3", "eggs")


@pytest.mark.parametrize("line", NOTES)
@pytest.mark.parametrize("form", ["text", "markdown", "in the middle"])
def test_a_note_below_a_title_is_no_subtitle(line: str, form: str) -> None:
    assert read([TITLE, line, f"by {NAME}"], form, headed=True).book.metadata.subtitle == ""
    assert read([TITLE, line], form, headed=False).book.metadata.subtitle == ""


@pytest.mark.parametrize("form", ["text", "markdown", "named by the page", "rich text"])
@pytest.mark.parametrize("line", ["Translated from the Danish by Ilse Dorn", "Deutsch von Ilse Dorn"])
@pytest.mark.parametrize("above", [True, False])
def test_a_translators_line_is_neither_subtitle_nor_story(form: str, line: str, *, above: bool) -> None:
    front = [TITLE, line, f"by {NAME}"] if above else [TITLE, f"by {NAME}", line]
    book = read(front, form, headed=True).book
    people = [(p.role, p.name) for p in book.metadata.people]
    assert (book.metadata.title, book.metadata.subtitle) == (TITLE, "")
    assert sorted(people) == [("aut", NAME), ("trl", "Ilse Dorn")]
    assert len(book.chapters) == 2
