"""No heading stands alone on its page, and no line that names a box stands away from it, with either engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pymupdf
import pytest

from converter.document.contracts import Engine, Theme
from converter.document.model import (
    Aside,
    Block,
    Book,
    Cell,
    Chapter,
    Figure,
    Image,
    Line,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Speech,
    Table,
    Verse,
)
from converter.themes import load_theme
from converter.writers.pages import page_for
from converter.writers.paper import paper
from converter.writers.pdf import print_book
from tests.print.feature import picture, prose, said, small, text

TOLD = "It was told that the bell was back, and that nobody had rung it. "
HIGH: dict[str, Block] = {
    "sign": Quote(tuple(said(TOLD * 2) for _ in range(10)), "sign"),
    "telegram": Quote(tuple(said(TOLD * 2) for _ in range(4)), "telegram"),
    "box": Aside(tuple(said(TOLD) for _ in range(8)), "box", text("STATUS")),
    "typed": Preformatted("\n".join(f"{n}: a line" for n in range(25))),
    "stanza": Verse((tuple(Line(text(f"The {n}th line of the song")) for n in range(16)),)),
    "row": Table(((Cell((said(TOLD * 14),)), Cell((said(TOLD * 12),))),) * 2),
    "picture": Figure(Image("tall.png", "A tower"), text("The tower")),
}


def each_on_its_page(name: str) -> Theme:
    theme = load_theme(name)
    return replace(theme, settings={**theme.settings, "chapters": "page"})


def printed(book: Book, theme: str, engine: Engine) -> list[str]:
    """What each page says."""
    tall = picture("image/png", (300, 700), (90, 120, 150), "tall.png")
    data = print_book(replace(book, resources=(tall,)), each_on_its_page(theme), "a5", engine=engine).data
    pages = pymupdf.open(stream=data, filetype="pdf")
    return [" ".join(page.get_text().split()) + (" tall.png" if page.get_images() else "") for page in pages]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("theme", ["classic", "large-print"])
def test_no_heading_stands_alone(theme: str, engine: Engine) -> None:
    chapters = (Chapter((high, *prose(6)), (), text(f"Notice of {name}")) for name, high in HIGH.items())
    pages = printed(small(*chapters), theme, engine)
    for name in HIGH:
        page = next(page for page in pages if f"Notice of {name}" in page and "Contents" not in page)
        assert len(page.replace(f"Notice of {name}", "").split()) > 4 or "tall.png" in page, name


def test_what_half_a_page_holds_is_not_parted() -> None:
    high = (Chapter((block,), (), text(name)) for name, block in HIGH.items() if name != "picture")
    low = Chapter((Quote((said(TOLD),), "sign"), Preformatted("one line"), *prose(40)), (), text("Low"))
    tree = paper(small(low, *high), each_on_its_page("large-print"), page_for("a5", "screen"), "")
    counted = [len(section.xpath(".//*[contains(@class, 'parted')]")) for section in tree.find("body/main")]
    assert counted == [0, 1, 1, 1, 1, 1, 2]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_line_stays_with_what_it_names(engine: Engine) -> None:
    """Wherever on its page it would stand."""
    box = Quote((said("NO BATHING"), said("by order of the Harbour Board")), "sign")
    reward = said("+1 Rope")
    chapters = [
        Chapter(
            (*(said(f"Line {n}.") for n in range(lines)), said("On the wall:"), box, reward, SceneBreak("*"),
             said("+3 Lamps"), *prose(3)),
            (), text(f"Of {lines} lines"),
        )
        for lines in range(14, 28)
    ]  # fmt: skip
    pages = printed(small(*chapters), "classic", engine)
    found = 0
    for page in pages:
        found += "On the wall" in page
        assert ("On the wall" in page) == ("Harbour Board" in page) == ("+1 Rope" in page)
        assert not page.rstrip("0123456789 ").endswith("Lamps")
    assert found == len(chapters)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_small_table_is_not_parted(engine: Engine) -> None:
    rows = tuple(tuple(Cell((said(f"{what} {r}"),), r == 0) for what in ("Item", "Weight")) for r in range(4))
    for before in range(24, 30):
        blocks = (*(said("A line.") for _ in range(before)), Table(rows), *prose(3))
        pages = printed(small(Chapter(blocks, (), text("One"))), "classic", engine)
        assert sum("Weight" in page for page in pages) == 1, before


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_words_stay_in_their_cells_where_a_table_is_as_wide_as_the_text(engine: Engine) -> None:
    rows = (("Item", "Qty", "Rarity"), ("Bookmark of Binding", "1", "Rare"), ("Dust (Ancient)", "14", "Common"))
    table = Table(tuple(tuple(Cell((said(one),), not r) for one in row) for r, row in enumerate(rows)))
    book = small(Chapter((said("Before."), table, *prose(2)), (), text("One")))
    data = print_book(book, load_theme("serial"), "phone", engine=engine).data
    (page,) = (page for page in pymupdf.open(stream=data, filetype="pdf") if "Common" in page.get_text())
    edge = max(drawn["rect"].x1 for drawn in page.get_drawings())
    (word,) = page.search_for("Common")
    assert word.x1 < edge - 3


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_the_end_stands_apart(engine: Engine) -> None:
    book = small(
        Chapter((*prose(3), said("It was over."), Paragraph(text("The End"), align="center")), (), text("One"))
    )
    data = print_book(book, load_theme("classic"), "a5", engine=engine).data
    (page,) = (page for page in pymupdf.open(stream=data, filetype="pdf") if "End" in page.get_text())
    (over,), (end,) = page.search_for("over."), page.search_for("End")
    assert end.y0 - over.y0 > 1.8 * (over.y1 - over.y0)


@pytest.mark.parametrize(
    ("lines", "words"), [(2, 20), (3, 32), (6, 66)], ids=["two lines", "three lines", "a longer paragraph"]
)
def test_a_note_tears_no_line_off_its_paragraph(engine: Engine, lines: int, words: int) -> None:
    note = Note((said("The clerk had it from his brother, who had it from a sailor, and so on to the sea. " * 3),))
    told = Paragraph((*text(" ".join(f"bell{n}" for n in range(words))), note))
    for above in range(14, 22):  # lines of a page before it
        blocks = (*(said("It rang.") for _ in range(above)), told, *(said("It rang.") for _ in range(30)))
        pages = printed(small(Chapter(blocks, title=text("Bells"))), "classic", engine)
        told_on = [page for page in pages if "bell0" in page or f"bell{words - 1}" in page]
        if len(told_on) > 1:
            assert lines > 3
            assert told_on[1].count("bell") > 11, above  # more than a line


def rows_of_last_page(sheets: pymupdf.Document) -> int:
    """How many lines stand on the last page, without what stands at its head and foot."""
    page = sheets[len(sheets) - 1]
    lines = (line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()))
    told = {round(line["spans"][0]["origin"][1]) for line in lines}
    return sum(page.rect.height * 0.075 < y < page.rect.height * 0.915 for y in told)


def ending(blocks: Sequence[Block], engine: Engine) -> int:
    """How many lines the last page of a chapter of these blocks has."""
    book = small(Chapter(tuple(blocks), title=text("Bells")), Chapter((said("It rang."),), title=text("After")))
    data = print_book(book, load_theme("classic"), "a5", engine=engine).data
    sheets = pymupdf.open(stream=data, filetype="pdf")
    sheets.delete_page(len(sheets) - 1)
    return rows_of_last_page(sheets)


def test_no_scene_ends_in_a_page_of_two_lines(engine: Engine) -> None:
    turn = Speech(text("AGNES:"), (said("It rang."),))
    for turns in (36, 37, 38, 39):
        assert ending([turn] * turns, engine) > 2, turns


def test_no_chapter_with_notes_ends_in_a_page_of_two_lines(engine: Engine) -> None:
    note = Note((said("The clerk had it from his brother, who had it from a sailor, and so on to the sea. " * 2),))
    told = "It was told that the bell was back, and that nobody had rung it, nor would. "
    noted, plain = Paragraph((*text(told * 3), note)), said(told * 3)
    for above in (3, 4, 5, 6):
        told_first = [said("It rang.")] * above
        assert ending([*told_first, *([plain, plain, noted] * 3), said(told * 6)], engine) > 2, above
