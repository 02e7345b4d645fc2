"""What Typst draws at a height of its own is said once: vowel signs of India, tones of Thai."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from converter.document.model import Chapter, Foreign, Paragraph, Text
from converter.proof.pdf_text import pdf_strands
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.pdf.typst.apart import said_once
from tests.print.feature import prose, said, small, text

HINDI = "आई तो वह भी थी, पर कोई नहीं आया। गई रात की बात थी, और भाई सो गया।"
THAI = "กลิ่นของทะเลลอยมา"


@pytest.mark.parametrize(("language", "words"), [("hi", HINDI), ("th", THAI)])
def test_no_letter_is_said_twice(language: str, words: str) -> None:
    book = small(Chapter((said(words),), (), text("1")), language=language)
    running, _ = pdf_strands(print_book(book, load_theme("manuscript"), engine="typst").data)
    assert "".join(words.split()) in "".join(running.split())


def test_nor_in_a_book_of_another_language(tmp_path: Path) -> None:
    """Poppler's reader, which has the words of a cluster from what is said of it."""
    told = Paragraph((Text("She had written "), Foreign("hi", (Text("भाई, कोई"),)), Text(" on the door.")))
    path = tmp_path / "book.pdf"
    path.write_bytes(print_book(small(Chapter((told, *prose(2)), (), text("One"))), load_theme("classic")).data)
    found = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    assert "भाई" in found
    assert "ईई" not in found


def test_the_same_letter_twice_is_said_twice() -> None:
    """Each begins with its own glyph again."""
    piece = b"/Span<</MCID %d>>BDC\nq 1 0 0 -1 10 %s cm\nBT/f0 9 Tf 1 0 0 -1 0 0 Tm(\x00%s)Tj\nET\nQ\nEMC"
    one, mark = b"\\001", b"\\002"
    page = b"".join(
        piece % (number, height, glyph)
        for number, (height, glyph) in enumerate([(b"50", one), (b"50.5", mark), (b"50", one), (b"50.5", mark)])
    )
    means = {b"f0": {b"0001": b"0908", b"0002": b"0908"}}
    settled = said_once(page, means)
    assert settled.count(b"ActualText<FEFF>") == 2
    assert settled.index(b"MCID 1") < settled.index(b"ActualText") < settled.index(b"MCID 2")
