"""A book printed in chunks is the book printed in one piece: pages, text, pixels, outline, links, labels, tags."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pymupdf
import pytest

from benchmarks.invented import novel
from converter.build.crew import Crew
from converter.document.contracts import Theme
from converter.document.errors import CrewError
from converter.document.model import (
    Anchor,
    Aside,
    Block,
    Book,
    Chapter,
    Emphasis,
    Figure,
    Image,
    Line,
    Link,
    List,
    Note,
    Paragraph,
    SceneBreak,
    Text,
    Verse,
)
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import Printed, print_book, weasy
from converter.writers.pdf.join import PdfPart, join
from converter.writers.pdf.weasy import chunks, numbering
from tests.once import Once
from tests.print.feature import METADATA, TABLE, picture, said, small, text

pytestmark = pytest.mark.slow


def _prose(seed: int, count: int) -> tuple[Paragraph, ...]:
    told = [p for p in novel(count * 60, seed).split("\n\n") if p and not p.startswith(("Title", "Chapter", "*"))]
    return tuple(said(" ".join(p.replace("_", "").split())) for p in told[:count])


def _chapter(number: int, paragraphs: int, extra: tuple[Block, ...] = ()) -> Chapter:
    """A chapter with a note, a link to another chapter, and what else is asked for, in the midst of it."""
    prose: list[Block] = list(_prose(number, paragraphs))
    opening = Paragraph(
        (
            Text(f"It was told in chapter {number} that the bell was back, and that "),
            Emphasis(text("nobody")),
            Text(" had rung it."),
            Note((said(f"Note of chapter {number}: rung it had been, though by whom is another matter."),)),
            Text(" See "),
            Link("#the-end", text("the end")),
            Text(" of it."),
        )
    )
    middle = len(prose) // 2
    return Chapter(
        (opening, *prose[:middle], SceneBreak("*"), *extra, *prose[middle:]),
        text(f"Chapter {number}"),
        text(f"The Step That Was Number {number}"),
        number=number,
    )


VERSE = Verse(((Line(text("Ring once for the boat on the bar,")), Line(text("ring twice for the tin,"), 1)),))
FIGURE = Figure(Image("map.png", "A map of the wall"), text("The wall"))
ITEMS = List(tuple((said(f"rope number {n}, which is long enough"),) for n in range(30)), ordered=True, start=7)
END = Chapter((Paragraph((Anchor("the-end", text("The end.")),)), said("It was.")), (), text("At Last"))


def _notes_and_verse() -> Book:
    extras: list[tuple[Block, ...]] = [(VERSE,), (FIGURE,), (TABLE,), (ITEMS,), (VERSE, FIGURE), ()]
    chapters = tuple(_chapter(n, 6 + 2 * n, extras[n % 6]) for n in range(1, 8))
    book = Book(METADATA, (*chapters, END), (picture("image/png", (300, 180), (90, 120, 150), "map.png"),))
    return replace(book, cover=picture("image/jpeg", (300, 480), (30, 60, 90), "cover.jpg"))


def _parts() -> Book:
    """Parts that hold chapters, and a prologue without a number."""
    told = [_chapter(n, 4 + n, (Aside((said("Weather."),), "note-before", text("Warnings")),)) for n in range(1, 13)]
    parts = tuple(
        Chapter(
            (),
            text(f"Part {n}"),
            text(("Ebb", "Low Water", "Flood")[n - 1]),
            "part",
            children=tuple(told[n * 4 - 4 : n * 4]),
        )
        for n in (1, 2, 3)
    )
    return Book(METADATA, (Chapter(_prose(99, 9), (), text("Prologue"), "prologue"), *parts, END))


def _plain() -> Book:
    return small(*(Chapter(_prose(n, 5 + 4 * (n % 3)), (), text(f"{n}")) for n in range(1, 16)))


def _few() -> Book:
    """No more chapters than are printed in two chunks."""
    return small(*_plain().chapters[:6])


def _days() -> Book:
    """Chapters that run on, with notes and links, in parts."""
    days = [_chapter(n, 2) for n in range(1, 41)]
    parts = (Chapter((), text(f"Year {n}"), (), "part", children=tuple(days[n * 10 : n * 10 + 10])) for n in range(4))
    return small(*parts, END)


BOOKS = {"notes and verse": _notes_and_verse, "parts": _parts, "plain": _plain, "days": _days}


def _theme(name: str) -> Theme:
    theme = load_theme(name.partition(" ")[0])
    return replace(theme, settings={**theme.settings, "chapters": "recto"}) if name.endswith("recto") else theme


CASES = [
    ("notes and verse", "classic", "a5"),
    ("parts", "serial", "5x8"),
    ("plain", "modern recto", "a6"),
    ("parts", "romance", "kindle-pw"),
    ("notes and verse", "manuscript", "a5"),
    ("days", "modern", "a5"),
]
IDS = [" ".join(case) for case in CASES]


@pytest.fixture(scope="module", params=CASES, ids=IDS)
def both(request: pytest.FixtureRequest, once: Once) -> tuple[Book, Printed, Printed]:
    """A book, printed in one piece and in chunks."""
    name, theme, page = request.param
    book = BOOKS[name]()

    def made() -> tuple[Printed, Printed]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chunks, "LEAST", 5_000)
            patch.setattr(chunks, "CHUNK", 10_000)
            refused: list[Exception] = []
            run = Crew.run

            def watched(crew: Crew, *work: Any) -> Any:
                try:
                    return run(crew, *work)
                except CrewError as error:
                    refused.append(error)
                    raise

            patch.setattr(Crew, "run", watched)
            several = print_book(book, _theme(theme), page, crew=Crew(2), engine="weasyprint")
            assert not refused
        return print_book(book, _theme(theme), page, engine="weasyprint"), several

    one, several = once(f"chunks {name} {theme} {page}", made)
    return book, one, several


def opened(data: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=data, filetype="pdf")


def test_it_was_printed_in_chunks(both: tuple[Book, Printed, Printed]) -> None:
    _, one, several = both
    assert one.data != several.data
    assert one.pages == several.pages == len(opened(several.data))
    assert one.findings == several.findings


def test_the_pages_are_the_same(both: tuple[Book, Printed, Printed]) -> None:
    _, one, several = (opened(b.data) if isinstance(b, Printed) else b for b in both)
    unlike = [i for i, (a, b) in enumerate(zip(one, several, strict=True)) if a.get_text() != b.get_text()]
    assert not unlike
    unlike = [
        i
        for i, (a, b) in enumerate(zip(one, several, strict=True))
        if a.get_pixmap(dpi=48).samples != b.get_pixmap(dpi=48).samples
    ]
    assert not unlike


def _found(data: bytes) -> dict[str, Any]:
    document = opened(data)
    return {
        "outline": [(level, title, page) for level, title, page in document.get_toc()],
        "labels": [page.get_label() for page in document],
        "places": {name: (at["page"], at.get("to")) for name, at in document.resolve_names().items()},
        "links": [
            [
                (link["kind"], link["from"], link.get("uri"), link.get("page"), link.get("nameddest"))
                for link in page.get_links()
            ]
            for page in document
        ],
        "fonts": sorted({(f[1], f[2], f[3]) for page in document for f in page.get_fonts()}),
        "said": document.metadata,
    }


def test_outline_links_places_labels_and_fonts_are_the_same(both: tuple[Book, Printed, Printed]) -> None:
    _, one, several = both
    assert _found(several.data) == _found(one.data)
    with pikepdf.open(io.BytesIO(several.data)) as pdf:
        fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
        files = {(str(f.BaseFont), f.DescendantFonts[0].FontDescriptor.FontFile2.objgen) for f in fonts}
    assert len(files) == len({name for name, _ in files}), "one subset for each face"


def _structure(data: bytes) -> list[tuple[Any, ...]]:
    """The tree of structure elements: depth, kind, page, marked content; what each annotation belongs to is checked."""
    found: list[tuple[Any, ...]] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot
        waiting: list[tuple[Any, int, int]] = [(root.K[0], 0, -1)]
        names = []
        while waiting:
            element, depth, page = waiting.pop()
            if not isinstance(element, int) and "/MCID" in element:
                found.append((depth, numbers[element.Pg.objgen], int(element.MCID)))
                continue
            if isinstance(element, int) or "/S" not in element:
                found.append((depth, page, int(element) if isinstance(element, int) else "annotation"))
                continue
            page = numbers[element.Pg.objgen] if "/Pg" in element else page
            found.append((depth, str(element.S), page, str(element.get("/Alt", ""))))
            names += [bytes(element.ID)] if "/ID" in element else []
            waiting.extend((kid, depth + 1, page) for kid in reversed(list(element.get("/K", ()))))
        assert len(names) == len(set(names))
        nums = list(root.ParentTree.Nums)
        parents = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        assert len(parents) == len(nums) // 2
        for page in pdf.pages:
            assert "/StructParents" not in page.obj or int(page.obj.StructParents) in parents
            for annotation in page.obj.get("/Annots", ()):
                owner = parents[int(annotation.StructParent)]
                assert any(
                    not isinstance(k, int) and k.get("/Obj") is not None and k.Obj.objgen == annotation.objgen
                    for k in owner.K
                )
    return found


def test_the_tags_are_the_same(both: tuple[Book, Printed, Printed]) -> None:
    _, one, several = both
    assert _structure(several.data) == _structure(one.data)


def _warned(path: Path) -> list[str]:
    """What a checker of PDF/UA warns of; it finds no error."""
    result = outloud.check(str(path))
    assert not result.error
    assert [f for f in result.findings if f.severity == "error"] == []
    return [f.rule for f in result.findings if f.severity == "warning"]


@pytest.mark.parametrize("both", CASES[1::2], indirect=True, ids=IDS[1::2])
def test_the_joined_file_is_sound(both: tuple[Book, Printed, Printed], tmp_path: Path) -> None:
    book, one, several = both
    path = tmp_path / "book.pdf"
    path.write_bytes(several.data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    whole_path = tmp_path / "whole.pdf"
    whole_path.write_bytes(one.data)
    assert _warned(path) == _warned(whole_path)
    prove_pdf(book, several.data)
    with pikepdf.open(path) as made, pikepdf.open(io.BytesIO(one.data)) as whole:
        assert made.trailer.ID[0] == whole.trailer.ID[0]
        assert str(made.Root.Lang) == str(whole.Root.Lang)
        assert made.Root.Metadata.read_bytes() == whole.Root.Metadata.read_bytes()
    assert len(several.data) < len(one.data) * 1.03


@pytest.fixture
def cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LEAST", 5_000)
    monkeypatch.setattr(chunks, "CHUNK", 10_000)


@pytest.mark.usefixtures("cut_short")
def test_the_same_bytes_by_any_number_of_processes_that_makes_the_same_chunks() -> None:
    theme, book = load_theme("classic"), _few()
    several = print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint").data
    assert print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint").data == several


def test_a_short_book_is_printed_in_one_piece() -> None:
    book = small(*(Chapter(_prose(n, 3), (), text(f"{n}")) for n in range(3)))
    theme = load_theme("classic")
    assert (
        print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint").data
        == print_book(book, theme, engine="weasyprint").data
    )


@pytest.mark.usefixtures("cut_short")
def test_a_weasyprint_that_is_not_known_prints_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    book, theme = _few(), load_theme("classic")
    one = print_book(book, theme, engine="weasyprint").data
    monkeypatch.setattr(numbering, "VERSION", "69.")
    assert print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint").data == one


@pytest.mark.usefixtures("cut_short")
@pytest.mark.parametrize(
    ("css", "chapters", "alone"),
    [
        ("", 6, True),
        (".chapter { counter-increment: chapters }", 6, False),
        ("@page :first { margin: 0 }", 6, False),
        ("@page { @bottom-right { content: counter(pages) } }", 6, False),
        (".story > .chapter { break-before: auto }", 6, False),
        ("@page body:left { padding-left: 2em }", 15, False),  # some chunk has to begin on the other side
    ],
)
def test_a_style_that_chapters_can_not_follow_alone_prints_in_one_piece(
    css: str, chapters: int, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[int] = []

    def watched(parts: list[PdfPart], *, blank: bool) -> bytes:
        joined.append(len(parts))
        return join(parts, blank=blank)

    monkeypatch.setattr(weasy, "join", watched)
    theme = load_theme("classic")
    theme = replace(theme, print_css=f"{theme.print_css}\n{css}\n")
    book = small(*_plain().chapters[:chapters])
    made = print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint")
    assert len(opened(made.data)) == made.pages > chapters
    assert bool(joined) is alone
    if chapters == 15:  # its tree had been divided already
        assert made == print_book(book, theme, engine="weasyprint")


@pytest.mark.usefixtures("cut_short")
def test_what_a_chapter_says_wrong_is_told_once() -> None:
    chapters = list(_few().chapters)
    chapters[4] = replace(chapters[4], blocks=(*chapters[4].blocks, said("Gothic 𐌰𐌱 letters.")))
    book, theme = small(*chapters), load_theme("classic")
    assert (
        print_book(book, theme, "a5", crew=Crew(2), engine="weasyprint").findings
        == print_book(book, theme, engine="weasyprint").findings
        != ()
    )


def test_a_paragraph_over_two_pages_is_one() -> None:
    data = print_book(small(Chapter(_prose(3, 60), (), text("Long"))), load_theme("classic"), engine="weasyprint").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        over = count = 0
        waiting = [pdf.Root.StructTreeRoot.K[0]]
        while waiting:
            element = waiting.pop()
            kids = [k for k in element.get("/K", ()) if not isinstance(k, int)]
            if str(element.S) == "/P":
                count += 1
                over += any("/MCID" in kid and kid.Pg.objgen != element.Pg.objgen for kid in kids)
            waiting += [kid for kid in kids if "/S" in kid]
    assert over >= 4
    front = 1  # the author on the title page
    assert count == 60 + front
