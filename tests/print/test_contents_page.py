"""The page of contents, as it is seen."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Metadata
from converter.themes import load_theme, theme_names
from converter.writers.pdf import print_book
from tests.print.feature import prose, text


@pytest.mark.parametrize("theme", theme_names())
def test_parts_are_told_from_the_chapters_that_they_hold(theme: str, engine: Engine) -> None:
    """By where they begin on the line, or by their colour; a centred line says nothing by its beginning."""
    parts = tuple(
        Chapter(
            (),
            title=text(f"{name} Water"),
            kind="part",
            children=tuple(Chapter(tuple(prose(2)), title=text(f"{name} lamp {n}")) for n in "abc"),
        )
        for name in ("Low", "High")
    )
    chapters = (*parts, Chapter(tuple(prose(2)), title=text("Afterglow")))
    made = print_book(Book(Metadata(title="Lamps", language="en"), chapters), load_theme(theme), engine=engine)
    with pymupdf.open(stream=made.data) as document:
        page = next(page for page in document if "Low lamp c" in page.get_text())
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if "Water" in span["text"] or "lamp" in span["text"] or "Afterglow" in span["text"]
        ]
        middle = {round((span["bbox"][0] + span["bbox"][2]) / 2 / 12) for span in spans}
    centred = len({round(span["bbox"][0]) for span in spans}) > len(middle)
    looks = {
        kind: {(0 if centred else round(span["bbox"][0]), span["color"]) for span in spans if kind in span["text"]}
        for kind in ("Water", "lamp")
    }
    assert all(looks.values())
    assert not looks["Water"] & looks["lamp"]
    if centred:  # the chapter below the last part is none of its own
        tops = {span["text"].strip(): span["origin"][1] for span in spans}
        ends = [y for name, y in tops.items() if "High lamp" in name]
        below = next(y for name, y in tops.items() if "Afterglow" in name)
        assert below - max(ends) > (max(ends) - min(ends)) / 2 * 1.2


def test_chapters_of_parts_of_books_stand_three_levels_deep(engine: Engine) -> None:
    chapters = tuple(Chapter(tuple(prose(2)), title=text(f"The lamp {n}")) for n in "ab")
    parts = tuple(Chapter((), title=text(f"{n} Water"), kind="part", children=chapters) for n in ("Low", "High"))
    books = tuple(Chapter((), title=text(f"{n} Pier"), children=parts) for n in ("Old", "New"))
    made = print_book(Book(Metadata(title="Lamps", language="en"), books), load_theme("modern"), engine=engine)
    with pymupdf.open(stream=made.data) as document:
        page = next(page for page in document if "New Pier" in page.get_text())
        words = [(word[4], round(word[0])) for word in page.get_text("words")]
    begins = {name: {x for word, x in words if word == name} for name in ("Old", "New", "Low", "High", "The")}
    (book,), (part,), (chapter,) = begins["Old"] | begins["New"], begins["Low"] | begins["High"], begins["The"]
    assert book < part < chapter


@pytest.mark.parametrize("theme", theme_names())
def test_a_long_entry_is_one_by_its_look(theme: str, engine: Engine) -> None:
    """Where entries begin at the margin and no rule parts them, the lines below the first of each are set in."""
    settings = load_theme(theme).design["contents"]
    if settings["align"] != "start" or settings["rule"] or theme == "large-print":  # where a gap parts them
        return
    long = "Of the Lamp on the Pier, and of Those Who Lit It in the Long Winter before the Boats Came Home to the Quay"
    chapters = tuple(Chapter(tuple(prose(2)), title=text(f"{name} {long}")) for name in ("One", "Two"))
    made = print_book(Book(Metadata(title="Lamps", language="en"), chapters), load_theme(theme), engine=engine)
    with pymupdf.open(stream=made.data) as document:
        page = next(page for page in document if "Two Of the Lamp" in " ".join(page.get_text().split()))
        spans = [
            (span["bbox"][1], span["bbox"][0], span["text"])
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    first = next(row for row in spans if "Two Of" in row[2])
    below = min(x for y, x, _ in spans if first[0] + 5 < y < first[0] + 40)
    assert below > first[1] + 5
