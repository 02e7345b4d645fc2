"""A book that Typst prints in chunks is the book printed in one compile: pages, text, outline, links, labels, tags."""

from __future__ import annotations

import io
import multiprocessing
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from converter.build.crew import Crew
from converter.document.contracts import MadeFor
from converter.document.errors import CrewError
from converter.document.model import Book, Chapter, Note, Paragraph
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import Printed, print_book
from converter.writers.pdf.printed import has_typst_begun
from converter.writers.pdf.typst import chunks
from tests.once import Once
from tests.print.feature import said, small, text
from tests.print.test_chunks import BOOKS, _few, _found, _plain, _prose, _structure, _theme, _warned, opened

pytestmark = pytest.mark.slow

CASES: list[tuple[str, str, str, MadeFor, bool]] = [
    ("notes and verse", "classic", "a5", "screen", True),
    ("notes and verse", "manuscript", "a5", "print", False),
    ("parts", "serial", "5x8", "print", False),
    ("plain", "modern recto", "a6", "print", True),
    ("parts", "romance", "kindle-pw", "screen", True),
    ("days", "modern", "a5", "print", False),
]
IDS = [" ".join(map(str, case)) for case in CASES]
CROOKED = 0.12  # points: a PDF's own widths of letters are rounded, otherwise with each subset of a font
UNLIKE = 0.02  # of a page's pixels, at most, that are darker or lighter by it


def printed_twice(name: str, theme: str, page: str, made_for: MadeFor, draft: bool) -> tuple[Printed, Printed, Printed]:
    """In chunks, once more, and in one compile; in a process where Typst has not been at work."""
    chunks.LONG, chunks.CHUNK = 5_000, 9_000
    book, looks = BOOKS[name](), _theme(theme)
    refused: list[CrewError] = []
    run = Crew.run

    def watched(crew: Crew, *work: Any) -> Any:
        try:
            return run(crew, *work)
        except CrewError as error:
            refused.append(error)
            raise

    Crew.run = watched  # type: ignore[method-assign]
    several = print_book(book, looks, page, made_for, crew=Crew(2), engine="typst", draft=draft)
    again = print_book(book, looks, page, made_for, crew=Crew(1), engine="typst", draft=draft)
    assert not refused, refused
    assert not has_typst_begun(), "this process has laid out nothing"
    return several, again, print_book(book, looks, page, made_for, engine="typst", draft=draft)


def _elsewhere(work: Any, *args: object) -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, args)


@pytest.fixture(scope="module", params=CASES, ids=IDS)
def three(request: pytest.FixtureRequest, once: Once) -> tuple[Book, Printed, Printed, Printed]:
    """A book; printed in chunks, once more, and in one compile."""
    made = once(f"typst chunks {request.param}", lambda: _elsewhere(printed_twice, *request.param))
    return (BOOKS[request.param[0]](), *made)


Three = tuple[Book, Printed, Printed, Printed]


def test_it_has_the_same_bytes_whoever_prints_it(three: Three) -> None:
    _, several, again, one = three
    assert several.data == again.data
    assert several.data != one.data
    assert several.pages == one.pages == len(opened(several.data))
    assert several.findings == one.findings


def _unlike(ours: bytes, theirs: bytes) -> int:
    """How many bytes of two pictures are not the same."""
    one, other = (Image.frombytes("L", (len(theirs), 1), samples) for samples in (ours, theirs))
    same: int = ImageChops.difference(one, other).histogram()[0]
    return len(theirs) - same


def test_the_pages_are_the_same(three: Three) -> None:
    _, several, _, one = three
    for a, b in zip(opened(several.data), opened(one.data), strict=True):
        assert a.get_text() == b.get_text()
        assert a.rect == b.rect
        for word, other in zip(a.get_text("words"), b.get_text("words"), strict=True):
            assert word[:4] == pytest.approx(other[:4], abs=CROOKED)
        ours, theirs = a.get_pixmap(dpi=48).samples, b.get_pixmap(dpi=48).samples
        assert len(ours) == len(theirs)
        assert _unlike(ours, theirs) <= UNLIKE * len(theirs)


def test_outline_links_places_labels_and_what_it_says_are_the_same(three: Three) -> None:
    _, several, _, one = three
    ours, theirs = _found(several.data), _found(one.data)
    for found in (ours, theirs):
        del found["fonts"]  # each chunk has its own subset
    assert ours.keys() == theirs.keys()
    for what, told in theirs.items():
        assert ours[what] == told, what


def test_the_tags_are_the_same(three: Three) -> None:
    _, several, _, one = three
    ours, theirs = _structure(several.data), _structure(one.data)
    assert len(ours) == len(theirs)
    assert [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b] == []


def _known(pdf: Any) -> list[bytes]:
    flat = list(pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", ()))
    for name, element in zip(flat[::2], flat[1::2], strict=True):
        assert bytes(element.ID) == bytes(name)
    return [bytes(name) for name in flat[::2]]


def test_the_joined_file_is_sound(three: Three, tmp_path: Path) -> None:
    book, several, _, one = three
    path, whole_path = tmp_path / "book.pdf", tmp_path / "whole.pdf"
    path.write_bytes(several.data)
    whole_path.write_bytes(one.data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(_warned(path)) <= set(_warned(whole_path))
    prove_pdf(book, several.data)
    with pikepdf.open(path) as made, pikepdf.open(io.BytesIO(one.data)) as whole:
        assert made.trailer.ID[0] == whole.trailer.ID[0]
        assert str(made.Root.Lang) == str(whole.Root.Lang)
        assert made.Root.OutputIntents[0].OutputConditionIdentifier == "Custom"
        said = made.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>3<" in said
        assert b"<pdfuaid:part>1<" in said
        assert f"<xmpTPg:NPages>{several.pages}<".encode() in said
        names = _known(made)
        assert len(names) == len(set(names)) == len(_known(whole))
        assert names == sorted(names)


def _crewed_and_alone(book: Book, long: int) -> tuple[Printed, bool, Printed]:
    """A book for which a crew is there, whether this process set it itself; and as it is without a crew."""
    chunks.LONG, chunks.CHUNK = long, 8_000
    theme = load_theme("classic")
    crewed = print_book(book, theme, engine="typst", crew=Crew(2))
    begun = has_typst_begun()
    return crewed, begun, print_book(book, theme, engine="typst")


def test_a_short_book_is_set_in_one_compile() -> None:
    crewed, begun, alone = _elsewhere(_crewed_and_alone, _few(), 10_000_000)
    assert begun
    assert crewed == alone


def test_one_long_chapter_is_set_by_processes_that_end_as_by_this_one() -> None:
    noted = Note((said("It was the third lamp of that winter."),))
    blocks = [*_prose(3, 40), Paragraph((*text("Nobody had seen it."), noted)), *_prose(4, 40)]
    for single in (small(Chapter(_prose(3, 80), (), text("Long"))), small(Chapter(tuple(blocks), (), text("Noted")))):
        crewed, begun, alone = _elsewhere(_crewed_and_alone, single, 10_000)
        assert not begun
        assert crewed == alone


def test_what_no_font_has_is_told_once_and_makes_it_a_pdf_of_no_standard() -> None:
    chapters = list(_plain().chapters)
    chapters[9] = replace(chapters[9], blocks=(*chapters[9].blocks, said("Private \ue123\ue124 letters.")))
    book = small(*chapters)
    several, begun, one = _elsewhere(_crewed_and_alone, book, 5_000)
    assert not begun
    assert several.findings == one.findings != ()
    for made in (several, one):
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()


def _after_a_short_one() -> tuple[bytes, bytes]:
    """A book for which a crew is there, in a process where another was printed; and the crew is not asked."""
    theme = load_theme("classic")
    print_book(small(Chapter(_prose(1, 3), (), text("Short"))), theme, engine="typst")
    chunks.LONG, chunks.CHUNK = 5_000, 8_000
    crewed = print_book(_few(), theme, engine="typst", crew=Crew(2))
    return crewed.data, print_book(_few(), theme, engine="typst").data


def test_no_process_is_forked_of_one_in_which_typst_has_been_at_work() -> None:
    crewed, alone = _elsewhere(_after_a_short_one)
    assert crewed == alone
