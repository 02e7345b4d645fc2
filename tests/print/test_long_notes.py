"""Notes that are longer than the foot of a page: they go on at the feet of the pages that follow."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Book, Chapter, Emphasis, Note, Paragraph, Text
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.clauses import broken_clauses
from tests.print.feature import prose, said, small, text

SENTENCES = "Mark{n}x was what the keeper wrote of it on the day number {n}, and he said no more. "


def noted(sentences: int, at: int, paragraphs: int, *, parted: bool = False) -> Book:
    """A chapter with a note of so many sentences, in several paragraphs or one, in one of its paragraphs."""
    told = [SENTENCES.format(n=n) for n in range(sentences)]
    if parted:
        held = Note(tuple(said("".join(told[n : n + 7]).strip()) for n in range(0, sentences, 7)))
    else:
        stress = Emphasis(text("Oil!"))
        held = Note((Paragraph((Text("".join(told[:9])), stress, Text(" " + "".join(told[9:]).strip()))),))
    blocks: list[Block] = [prose(1, n)[0] for n in range(paragraphs)]
    blocks[at] = Paragraph(
        (Text("The lamp Zitat0x"), held, Text(" was lit, and nobody on the island could say by whom."))
    )
    for n in (at + 1, at + 6):
        if n < paragraphs:
            blocks[n] = Paragraph(
                (Text(f"Of the oil Zitat{n}x"), Note((said(f"Anmerkung{n}x."),)), Text(" nothing is told."))
            )
    blocks[-1] = said("Ende0x, they said.")
    return small(Chapter(tuple(blocks), (), text("One")))


def pages_of(data: bytes) -> list[str]:
    with pymupdf.open(stream=data) as pdf:
        return ["".join(page.get_text().split()).replace("\u2010", "") for page in pdf]


@pytest.mark.parametrize("theme", ["classic", "large-print", "manuscript"])
@pytest.mark.parametrize("parted", [False, True])
def test_a_long_note_goes_on_at_the_feet_of_the_next_pages(theme: str, parted: bool) -> None:
    book = noted(70, 8, 90, parted=parted)
    data = print_book(book, load_theme(theme), engine="weasyprint").data
    prove_pdf(book, data)
    pages = pages_of(data)
    where = [next(i for i, page in enumerate(pages) if f"Mark{n}xwas" in page) for n in range(70)]
    cited = next(i for i, page in enumerate(pages) if "Zitat0x" in page)
    assert where[0] == cited
    assert all(after - before in (0, 1) for before, after in pairwise(where))
    assert 1 <= where[-1] - cited <= 9
    assert [int(n) for n in re.findall(r"Mark(\d+)xwas", "".join(pages))] == list(range(70))
    assert sum(page.count("Anmerkung9x") for page in pages) == 1


def test_the_parts_are_one_note_to_whoever_has_it_read_aloud(engine: Engine) -> None:
    data = print_book(noted(70, 8, 90), load_theme("classic"), engine=engine).data
    assert not broken_clauses(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Note"]
    assert len(notes) == 3


def test_a_long_note_at_the_end_of_a_chapter_stands_at_its_end() -> None:
    book = noted(70, 86, 90)
    data = print_book(book, load_theme("classic"), engine="weasyprint").data
    shown = "".join(pages_of(data))
    assert shown.index("Zitat0x") < shown.index("Ende0x") < shown.index("Mark0xwas") < shown.index("Mark69xwas")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert len(links) >= 4  # from the number to the note and back, of both notes
