"""Before a drop cap what opens speech stands as in a line: side by side, low marks at the foot. Its tail is not printed
over the next line."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Chapter
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import prose, said, small, text

TOLD = ", and nobody on the quay could say who had paid for the umbrella, or why the boat had gone out so early in fog."
ENGINES: tuple[Engine, ...] = ("typst", "weasyprint")
Sign = tuple[str, float, pymupdf.Rect]


def opened(told: str, theme: str, engine: Engine) -> pymupdf.Page:
    """The page on which a chapter opens with these words."""
    book = small(Chapter((said(told), *prose(3)), (), text("One")))
    data = print_book(book, load_theme(theme), "a5", engine=engine).data
    return next(p for p in pymupdf.open(stream=data, filetype="pdf") if p.get_label() == "1")


def before_cap(begins: str, engine: Engine) -> tuple[Sign, list[Sign]]:
    """The cap, and the marks before it from the left: each a letter, its baseline and its box."""
    page = opened(begins + TOLD, "classic", engine)
    signs = [
        (sign["c"], sign["origin"][1], pymupdf.Rect(sign["bbox"]), span["size"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for sign in span["chars"]
    ]
    at = max((n for n, sign in enumerate(signs) if sign[0].isupper()), key=lambda n: signs[n][3])
    cap = signs[at]
    marks = [
        one for one in signs if not one[0].isalnum() and one[0].strip() and one[2].x0 < cap[2].x0 and one[3] < cap[3]
    ]
    marks = [one for one in marks if abs(one[1] - cap[1]) < 2 * cap[3] and one[2].x1 < cap[2].x0 + 4]
    return cap[:3], sorted((one[:3] for one in marks), key=lambda one: one[2].x0)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("quote", ["„", "‚"])
def test_a_low_quote_stands_on_the_line_of_the_cap(engine: Engine, quote: str) -> None:
    cap, ((sign, baseline, _),) = before_cap(f"{quote}Das war es", engine)
    assert (cap[0], sign) == ("D", quote)
    assert abs(baseline - cap[1]) < 0.5


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("quote", ["“", "«", "¿"])
def test_what_is_no_low_quote_stands_high(engine: Engine, quote: str) -> None:
    cap, ((_, baseline, _),) = before_cap(f"{quote}That was it", engine)
    assert baseline < cap[1] - 8


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("marks", ["«¿", "“¡", "„’", "“‘"])
def test_two_marks_stand_side_by_side(engine: Engine, marks: str) -> None:
    _, found = before_cap(f"{marks}That was it", engine)
    assert "".join(sign for sign, _, _ in found) == marks
    assert all(before[2].x1 <= after[2].x0 + 0.5 for before, after in pairwise(found))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("theme", ["classic", "romance"])
@pytest.mark.parametrize("name", ["Quentin", "James", "\u00c7elik", "Thomas", "Jo"])
def test_no_cap_reaches_into_the_line_below(engine: Engine, theme: str, name: str) -> None:
    """The cap alone is printed in red, below the chapter's title."""
    long = name != "Jo"
    page = opened(f"{name} had come{TOLD * 2 if long else '.'}", theme, engine)
    red = red_rows(page)
    rows = sorted(
        span["origin"][1]
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["size"] < 13 and span["origin"][1] > red[0]
    )
    lines = [round(y) for y in rows if y - rows[0] < 60]
    foot = sorted(set(lines))[2] if long else rows[0] + 15.3
    assert foot - 3 < red[-1] < foot + 3.5


def red_rows(page: pymupdf.Page) -> list[float]:
    """Where below a chapter's title something is red: points from above."""
    top = 140.0
    shown = page.get_pixmap(dpi=144, clip=pymupdf.Rect(0, top, page.rect.width, page.rect.height))
    samples, wide = shown.samples, shown.width
    return [
        top + at // wide / 2
        for at in range(wide * shown.height)
        if samples[3 * at] > 70 and samples[3 * at + 1] < 70 and samples[3 * at + 2] < 90
    ]


@pytest.mark.parametrize("style", ["classic", "romance"])
@pytest.mark.parametrize("page", ["phone", "a5"])
def test_no_line_begins_under_the_cap(style: str, page: str) -> None:
    """Beside a cap lines are broken by the template: one that is too long would go on under it."""
    words = TOLD.removeprefix(", ").split()
    chapters = [
        Chapter((said(f"{letter}{'o' * n} " + " ".join(words[n:] + words)), *prose(12)), (), text(f"No. {n}"))
        for n, letter in enumerate("ABDHMNOSTWY")
    ]
    data = print_book(small(*chapters), load_theme(style), page, engine="typst").data
    seen = 0
    for sheet in pymupdf.open(stream=data, filetype="pdf"):
        spans = [s for b in sheet.get_text("dict")["blocks"] for line in b.get("lines", ()) for s in line["spans"]]
        caps = [s for s in spans if len(s["text"].strip()) == 1 and s["size"] > 24]
        for cap in caps:
            base = cap["origin"][1]
            beside = [w for w in sheet.get_text("words") if base - cap["size"] * 0.6 < w[3] - 2 < base + 3]
            beside = [w for w in beside if w[4].strip() != cap["text"].strip()]
            assert all(w[0] > cap["origin"][0] + cap["size"] * 0.2 for w in beside), (cap["text"], beside)
            seen += 1
    assert seen >= len(chapters) - 1
