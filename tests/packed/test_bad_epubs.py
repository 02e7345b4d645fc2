"""EPUBs that are damaged, locked, hostile, or no story: one clear line; what can be read is read."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.errors import NotAStory, ProofError, TooLarge
from converter.document.words import book_text, chapter_name
from converter.parsers import epub
from converter.parsers.epub import book_page
from converter.proof import prove_parsed
from tests.packed.epubs import METADATA, SALT, Epub, document, nav, prose, read
from tests.pages.making import shown

CHAPTERS = {
    "a.xhtml": document(f"<h1>One</h1>{prose()}"),
    "b.xhtml": document(f"<h1>Two</h1>{prose()}"),
    "nav.xhtml": nav(("One", "a.xhtml"), ("Two", "b.xhtml")),
}
LOCK = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)
FIXED = '<meta property="rendition:layout">pre-paginated</meta>'


@pytest.mark.parametrize(
    ("book", "said"),
    [
        (Epub(CHAPTERS, outside={"META-INF/rights.xml": "<rights/>"}), "locked by a shop"),
        (Epub(CHAPTERS, outside={"META-INF/license.lcpl": "{}"}), "locked by a shop"),
        (Epub(CHAPTERS, outside={"META-INF/encryption.xml": LOCK.format("urn:aes256")}), "is encrypted"),
        (Epub(CHAPTERS, metadata=METADATA + FIXED), "fixed pages"),
        (Epub({"a.xhtml": document("<p> </p>")}), "no text"),
        (Epub({"notes.css": "p {}"}), "no text"),
        (b"PK\x03\x04 half a book", "is damaged"),
        (b"Once upon a time", "is damaged"),
    ],
)
def test_what_is_no_book_to_be_read_is_refused_in_a_line(book: Epub | bytes, said: str) -> None:
    with pytest.raises(NotAStory) as told:
        read(book)
    assert said in str(told.value)
    assert told.value.remedy
    assert "\n" not in str(told.value)


def test_locked_typefaces_lock_no_word() -> None:
    lock = LOCK.format("http://www.idpf.org/2008/embedding")
    assert shown(read(Epub(CHAPTERS, outside={"META-INF/encryption.xml": lock})), SALT)[1] == "prose(1)"


def test_a_bomb_is_not_unpacked() -> None:
    """A document that is one costs itself; where it is all there is, there is no book."""
    bomb = "<p>" + "a" * 70_000_000
    parsed = read(Epub(CHAPTERS | {"a.xhtml": bomb}))
    assert [chapter_name(c) for c in parsed.book.chapters] == ["Two"]
    assert [f.message for f in parsed.findings] == [
        "OEBPS/a.xhtml would unpack to far more than it is worth",
    ]
    with pytest.raises(NotAStory, match="far more than it is worth"):
        read(Epub({"a.xhtml": bomb}))


def test_files_over_one_another_are_refused_whole() -> None:
    data = Epub(CHAPTERS).data()
    twice = data
    for place in [m.start() for m in re.finditer(rb"PK\x01\x02", data)]:
        twice = twice[: place + 42] + b"\0\0\0\0" + twice[place + 46 :]  # where the file begins
    with pytest.raises(TooLarge, match="lie over one another"):
        read(twice)


def test_entities_are_not_read() -> None:
    """A package whose entities double and double again is no package; those of a document stay signs."""
    opf = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><package>&b;</package>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.opf", opf)
    with pytest.raises(NotAStory):
        read(out.getvalue())


def test_a_missing_document_is_named_and_the_others_are_read() -> None:
    parsed = read(Epub(CHAPTERS, spine=["a.xhtml", "lost.xhtml", "b.xhtml"]))
    assert [chapter_name(c) for c in parsed.book.chapters] == ["One", "Two"]
    (found,) = parsed.findings
    assert found.message.startswith("OEBPS/lost.xhtml is named") or found.message.startswith("lost.xhtml is named")


def test_broken_markup_and_foreign_references_are_read() -> None:
    body = "<h1>One</h1><p>Salt&nbsp;came &mdash; late<br>and &copy; dear.<p>Nobody <i>minded."
    files = CHAPTERS | {"a.xhtml": f"<html><body>{body}"}
    assert "Salt\xa0came — late\nand © dear.\nNobody minded." in book_text(read(Epub(files)).book)


def test_an_old_encoding_is_read() -> None:
    text = document("<h1>Eins</h1><p>Das Salz kam spät über die Brücke, und niemand grüßte.</p>" + prose())
    old = text.replace('encoding="utf-8"', 'encoding="windows-1252"').encode("cp1252")
    assert "über die Brücke" in book_text(read(Epub(CHAPTERS | {"a.xhtml": old})).book)


def test_without_a_container_the_package_is_looked_for() -> None:
    data = Epub(CHAPTERS).data().replace(b"META-INF/container.xml", b"META-INF/containes.xml")
    assert len(read(data).book.chapters) == 2


# ------------------------------------------------------------------------------------------------------ the proof


def _losing_document(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = epub._documents
    monkeypatch.setattr(epub, "_documents", lambda package: (whole(package)[0][1:], *whole(package)[1:]))


def _losing_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = epub.decode

    def decode(data: bytes, *rest: str) -> object:
        return whole(data.replace(f"<p>{SALT[1]}</p>".encode(), b"", 1), *rest)

    monkeypatch.setattr(epub, "decode", decode)


def _turned(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = epub._documents
    monkeypatch.setattr(epub, "_documents", lambda package: (whole(package)[0][::-1], *whole(package)[1:]))


def _losing_element(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = book_page._set_places

    def places(made: object, page: object, *rest: object) -> None:
        page.body.find("p").extract()  # type: ignore[attr-defined]
        whole(made, page, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(book_page, "_set_places", places)


@pytest.mark.parametrize("harm", [_losing_document, _losing_paragraph, _turned, _losing_element])
def test_the_proof_misses_what_a_parser_loses(harm: object, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("book.epub", Epub(CHAPTERS).data(), ".epub")
    prove_parsed(epub.epub_parser()(source))
    harm(monkeypatch)  # type: ignore[operator]
    with pytest.raises(ProofError):
        prove_parsed(epub.epub_parser()(source))


def test_a_reading_that_breaks_down_is_given_up_for_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every paragraph of every document, its words proved."""

    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(epub, "joined", broken)
    reading = examined(understand([Source("book.epub", Epub(CHAPTERS).data(), ".epub")], Settings()))
    assert reading.book.metadata.title == "The Salt Road"
    assert book_text(reading.book).count(SALT[0]) == 2
