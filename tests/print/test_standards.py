"""PDF/A-3a and PDF/UA-1, by what can be seen in the file's objects; and the option that rules out what is neither."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import pdfa
from PIL import Image as Picture

from converter.document.contracts import Engine, MadeFor
from converter.document.errors import OutputError
from converter.document.model import Chapter, Figure, Image, Quote, Resource
from converter.themes import load_theme, theme_names
from converter.writers.pdf import Printed, print_book
from converter.writers.pdf.standards import END
from converter.writers.pdf.weasy.pictures import in_light
from tests.print.clauses import broken_clauses
from tests.print.feature import BOOK, prose, said, small, text
from tests.print.test_scripts import ARABIC, HINDI, THAI

Printer = Callable[..., Printed]
KNOWN = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    b'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><rdf:Description rdf:about="" pdfaid:part="3" '
    b'pdfaid:conformance="B">%s</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
UNKNOWN = ("/CIDSet", "FDArray FontMatrix", ") /Dest: ")
"""What the validator doesn't know, all of it Typst's: sets of glyphs (optional), fonts of Han, places named by an object of
their own (ISO 32000-1, 7.3.10: any value may be one)."""
UNSEEN = "\U0001347a"  # no font has it
PLAIN = small(Chapter((said("The lamp is lit."), *prose(3)), (), text("One")))


@pytest.mark.parametrize("made_for", ["screen", "print"])
@pytest.mark.parametrize("theme", theme_names())
def test_every_book_is_both(theme: str, made_for: MadeFor, engine: Engine, printed: Printer) -> None:
    book = printed(theme, "5x8" if made_for == "print" else "a5", made_for, engine=engine)
    assert book.archival
    assert not broken_clauses(book.data)


@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("hi", HINDI), ("th", THAI)])
def test_glyphs_of_every_script_stand_for_something(language: str, words: str, engine: Engine) -> None:
    book = small(Chapter((said(words * 9),) * 3, (), text(words[:6])), language=language)
    assert not broken_clauses(print_book(book, load_theme("classic"), engine=engine).data)


def validated(data: bytes) -> set[str]:
    """What pikepdf's validator finds. It knows level B alone and no names but those of PDF/A, so the file is given them;
    it names what it doesn't know, too."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = pdf.Root.Metadata.read_bytes()
        title = re.search(rb"<dc:title>.*?</dc:title>", told, re.S)
        assert title
        pdf.Root.Metadata.write(KNOWN % title[0])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return {str(found) for found in pdfa.validate_written(out, "3b").findings}


@pytest.mark.parametrize("theme", ["classic", "serial"])
def test_a_validator_of_archives_finds_nothing(theme: str, engine: Engine, printed: Printer) -> None:
    found = validated(printed(theme, engine=engine).data)
    assert not {one for one in found if not any(unknown in one for unknown in UNKNOWN)}


def test_the_validator_finds_what_is_wrong() -> None:
    with pikepdf.open(io.BytesIO(print_book(PLAIN, load_theme("classic"), engine="weasyprint").data)) as pdf:
        del pdf.Root.OutputIntents
        out = io.BytesIO()
        pdf.save(out)
    assert any("6.2.4.3" in found for found in validated(out.getvalue()))


def inked(media_type: str = "image/jpeg") -> Resource:
    out = io.BytesIO()
    Picture.new("CMYK", (300, 480), (10, 200, 30, 40)).save(out, "JPEG")
    return Resource("inked.jpg", media_type, out.getvalue())


def test_pictures_for_printers_and_deep_nesting(engine: Engine) -> None:
    quotes: Any = said("So deep.")
    for _ in range(12):
        quotes = Quote((said("Deeper."), quotes))
    chapter = Chapter((quotes, Figure(Image("inked.jpg", "A field"), text("A field"))), (), text("One"))
    book = replace(small(chapter), resources=(inked(),), cover=replace(inked(), name="cover.jpg"))
    made = print_book(book, load_theme("classic"), engine=engine)
    assert made.archival
    assert not broken_clauses(made.data)


def test_a_picture_of_light_stays_as_it_is() -> None:
    assert BOOK.cover
    assert in_light(BOOK.cover.data, "image/jpeg") == (BOOK.cover.data, "image/jpeg")
    assert in_light(b"no picture", "image/jpeg") == (b"no picture", "image/jpeg")
    data, media_type = in_light(inked().data, "image/jpeg")
    assert media_type == "image/png"
    assert Picture.open(io.BytesIO(data)).mode == "RGB"


def broken(change: Callable[[pikepdf.Pdf], None]) -> list[str]:
    with pikepdf.open(io.BytesIO(print_book(PLAIN, load_theme("classic"), engine="weasyprint").data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return [clause.partition(":")[0] for clause in broken_clauses(out.getvalue())]


def first(pdf: pikepdf.Pdf, is_it: Callable[[Any], bool]) -> Any:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream) and is_it(o))


def _drop(key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__delitem__(key)


def _retell(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        told = pdf.Root.Metadata.read_bytes()
        assert old in told
        pdf.Root.Metadata.write(told.replace(old, new))

    return change


def _forget(pdf: pikepdf.Pdf) -> None:
    font = first(pdf, lambda o: "/ToUnicode" in o)
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"beginbfchar", b"nothing", 1))


def _bare(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1]
    page.Contents.write(page.Contents.read_bytes().replace(b"BDC", b"% BDC").replace(b"EMC", b""))


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (_drop("/OutputIntents"), "6.2.3"),
        (_drop("/Lang"), "6.7.4"),
        (_retell(b'pdfaid:part="3"', b""), "6.6.4"),
        (_retell(b'pdfuaid:part="1"', b""), "UA 5"),
        (_retell(b"pdfaExtension:schemas", b"x"), "6.6.2.3"),
        (_retell(END, b"</rdf:RDF><rdf:RDF></rdf:RDF>"), "6.6.2.1"),
        (_forget, "6.2.11.7"),
        (_bare, "UA 7.1"),
        (lambda pdf: first(pdf, lambda o: "/FontFile2" in o).__delitem__("/FontFile2"), "6.2.11.4"),
        (lambda pdf: first(pdf, lambda o: "/CIDToGIDMap" in o).__delitem__("/CIDToGIDMap"), "6.2.11.3"),
        (lambda pdf: pdf.Root.__setitem__("/AA", pikepdf.Dictionary()), "6.5"),
        (lambda pdf: pdf.pages[-1].Contents.write(b"q " * 30 + b"Q " * 30), "6.1.13"),
        (lambda pdf: pdf.pages[-1].Contents.write(b"0 0 0 1 k"), "6.2.4.3"),
    ],
)
def test_a_broken_clause_is_seen(change: Callable[[pikepdf.Pdf], None], clause: str) -> None:
    assert clause in broken(change)


def test_a_book_with_letters_that_no_font_has_is_not_said_to_be_archival(engine: Engine) -> None:
    book = small(Chapter((said(f"A sign: {UNSEEN}."), *prose(2)), (), text("One")))
    made = print_book(book, load_theme("classic"), engine=engine)
    assert not made.archival
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert "/Metadata" not in pdf.Root or b"pdfaid" not in pdf.Root.Metadata.read_bytes()
    with pytest.raises(OutputError, match=r"can't be a PDF/A: no font has, or only its own, .*U\+1347A"):
        print_book(book, load_theme("classic"), engine=engine, pdfa=True)


def test_a_style_with_inks_is_not_said_to_be_archival() -> None:
    theme = load_theme("classic")
    theme = replace(theme, print_css=theme.print_css + "p { color: device-cmyk(0 .5 .5 0) }")
    assert not print_book(PLAIN, theme, engine="weasyprint").archival
    with pytest.raises(OutputError, match="colours of printers' inks"):
        print_book(PLAIN, theme, engine="weasyprint", pdfa=True)


def test_what_can_be_archival_is_printed_when_it_has_to_be(engine: Engine) -> None:
    theme = load_theme("classic")
    assert print_book(PLAIN, theme, engine=engine, pdfa=True).data == print_book(PLAIN, theme, engine=engine).data
