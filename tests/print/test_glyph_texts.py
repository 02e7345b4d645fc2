"""What glyphs stand for: shared out within their clusters, read back in the order of reading, found by other readers."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Chapter, Emphasis, Paragraph, Text
from converter.proof import prove_pdf
from converter.proof.glyph_runs import in_reading_order
from converter.proof.pdf_text import pdf_strands
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.pdf.weasy.glyph_texts import NOTHING, Cluster, shared, with_marks
from tests.print.feature import said, small, text
from tests.print.test_scripts import ARABIC, HEBREW, HINDI, THAI

OWN = {"क": 1, "ि": 2, "x": 3, "y": 4}


@pytest.mark.parametrize(
    ("letters", "glyphs", "pieces"),
    [
        ("fi", (9,), ["fi"]),
        ("कि", (2, 1), ["ि", "क"]),  # a vowel sign that is written first
        ("xy", (8, 9), ["x", "y"]),
        ("x", (8, 9), ["x", NOTHING]),  # a letter and its dot
        ("xyz", (8, 9), ["x", "yz"]),
        ("xyz", (4, 9), ["y", "xz"]),
        ("xy", (3, 9, 9), ["x", "y", NOTHING]),
    ],
)
def test_the_letters_of_a_cluster_are_shared_out(letters: str, glyphs: tuple[int, ...], pieces: list[str]) -> None:
    assert shared(letters, glyphs, lambda letter: OWN.get(letter, 0)) == pieces
    assert sorted("".join(pieces).replace(NOTHING, "")) == sorted(letters)


@pytest.mark.parametrize(
    ("seen", "towards_left", "read"),
    [
        ("רבד", True, "דבר"),
        (".םולש ,רבד", True, "דבר, שלום."),
        ("םולש 12.5 רבד", True, "דבר 12.5 שלום"),
        (".12 רבד", True, "דבר 12."),
        ("םולש Hello, world רבד", True, "דבר Hello, world שלום"),
        ("םולש Boeing 747 רבד", True, "דבר Boeing 747 שלום"),
        ("see םולש ,רבד now", False, "see דבר, שלום now"),
        ("12 o’clock", False, "12 o’clock"),
    ],
)
def test_what_is_seen_is_put_into_the_order_of_reading(seen: str, towards_left: bool, read: str) -> None:
    assert "".join(in_reading_order(list(seen), towards_left)) == read


BOOKS = [("ar", ARABIC), ("he", HEBREW), ("hi", HINDI), ("th", THAI), ("fa", "او می‌خواهد «کتاب» را بخواند. ")]


@pytest.mark.parametrize(("language", "words"), BOOKS)
def test_another_reader_finds_the_words(language: str, words: str) -> None:
    """MuPDF takes what is said of a cluster where it is said, else what its glyphs stand for."""
    book = small(Chapter((said((words * 3).strip()),), (), text("1")), language=language)
    data = print_book(book, load_theme("manuscript"), engine="weasyprint").data
    prove_pdf(book, data)
    found = " ".join(page.get_text() for page in pymupdf.open(stream=data))
    if language == "th":  # no spaces: lines may end anywhere
        assert "".join(words.split()) in "".join(found.split())
        return
    wanted = set(re.findall(r"[^\s.,:«»\u060c]+", words.replace("\u200c", "")))
    assert not wanted - set(re.findall(r"[^\s.,:«»\u060c]+", re.sub("[\u200c\u2060]", "", found)))


def test_lines_that_run_from_the_right_are_read_with_their_stops_and_foreign_words() -> None:
    line = "הוא אמר: 12 סירות, ו-Hello world בנמל. אחר כך שתק."
    book = small(
        Chapter(
            (
                Paragraph(
                    (Text(line[:10]), Emphasis(text(line[10:]))),
                ),
            ),
            (),
            text("א"),
        ),
        language="he",
    )
    running, _ = pdf_strands(print_book(book, load_theme("classic"), "a4", engine="weasyprint").data)
    assert line in running


def test_numbers_of_arabic_are_read_where_they_stand(engine: Engine) -> None:
    """Also beside a mark that is drawn at a height of its own, wherever the line ends."""
    held = "ظل المصباح مضاءً في شتاء عام ١٩٣٧ حين خاطت أمي رسالة من ٢٥ سطرًا في بطانة معطفها.".split()
    turned = tuple(said(" ".join((held[n:] + held[:n]) * 2)) for n in range(len(held)))
    book = small(Chapter(turned, (), text("1")), language="ar")
    prove_pdf(book, print_book(book, load_theme("classic"), engine=engine).data)


@pytest.mark.parametrize(
    ("clusters", "joined"),
    [
        ([("क", True), ("े", False), ("व", True)], ["के", "व"]),
        ([("ท", True), ("ี", False), ("่", False), ("น", True)], ["ที่", "น"]),
        ([("น", True), ("้", False), ("ำ", True)], ["น้ำ"]),
        ([("े", False), ("क", True)], ["े", "क"]),
    ],
)
def test_a_letter_is_one_with_the_marks_on_it(clusters: list[tuple[str, bool]], joined: list[str]) -> None:
    found = list(with_marks([Cluster(letters, (1,), 1, (wide,)) for letters, wide in clusters]))
    assert [one.text for one in found] == joined
    assert sum(one.printed for one in found) == len(clusters)


@pytest.mark.parametrize("words", [HINDI, "केवल कुछ लोग कहते थे कि रेत पर पैरों के निशान छँट गए हैं। "])
def test_a_reader_that_goes_by_places_tears_no_word(words: str, tmp_path: Path) -> None:
    """To Poppler a sign that begins where the one before it does is the next word's: a mark that takes no room."""
    book = small(Chapter((said((words * 3).strip()),), (), text("1")), language="hi")
    path = tmp_path / "book.pdf"
    path.write_bytes(print_book(book, load_theme("manuscript"), engine="weasyprint").data)
    found = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    assert not set(words.split()) - set(found.replace("\u2060", "").split())


def test_what_is_said_of_a_cluster_stands_around_its_glyphs(engine: Engine) -> None:
    words = "लोग कहते थे कि किनारे पर किसी ने दीपस्तंभ नहीं देखा।"
    book = small(Chapter((said(words),), (), text("1")), language="hi")
    with pikepdf.open(io.BytesIO(print_book(book, load_theme("classic"), engine=engine).data)) as pdf:
        told = []
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]  # operands, operator
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                assert 0 <= depth <= 2
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                    told.append(str(operands[1].get("/ActualText", "")))
            assert not depth
    assert {one for one in told if one} <= {words[a : a + n] for a in range(len(words)) for n in range(1, 9)}
    assert any(told)
