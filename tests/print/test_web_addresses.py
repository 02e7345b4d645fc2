"""An address in the text of a book ends a line at a sign of its own: no hyphen is put into it."""

from __future__ import annotations

import re

import pymupdf
import pytest
from lxml import etree

from converter.document.contracts import Engine
from converter.document.model import Chapter, Paragraph
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.web_addresses import hold_addresses
from tests.print.feature import prose, said, small, text

LONG = "https://lockwardens.example.org/archive/notwithstanding/representatives/incomprehensibilities"


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_no_hyphen_is_put_into_an_address(engine: Engine) -> None:
    told = [
        Paragraph(text(f"{'She wrote it down. '[: n * 2]}It is to be found under {LONG} to this day."))
        for n in range(9)
    ]
    mailed = [
        said(f"{'Write to the '[: n * 2]}keeper at notwithstanding.representatives@canal.example.org." * 2)
        for n in range(6)
    ]
    book = small(Chapter((*prose(1), *told, *mailed), (), text("One")))
    data = print_book(book, load_theme("classic"), "a5", engine=engine).data
    shown = "".join(page.get_text() for page in pymupdf.open(stream=data, filetype="pdf"))
    assert len(re.findall(r"https:", shown)) == 9
    for piece in re.split(r"\s", shown):
        assert not (re.search(r"https|example|@|archive", piece) and piece.endswith(("\u2010", "\u00ad"))), piece
    joined = re.sub(r"\s", "", shown)
    assert joined.count(LONG) == 9
    assert joined.count("notwithstanding.representatives@canal.example.org") == 12


def test_words_around_addresses_stay() -> None:
    p = etree.fromstring(
        "<main><p>See www.one.example, <em>or a@b.example.org</em> and http://two.example. End</p></main>"
    )
    before = "".join(p.itertext())
    hold_addresses(p)
    assert "".join(p.itertext()) == before
    assert [e.text for e in p.iter("span")] == ["www.one.example,", "a@b.example.org", "http://two.example."]
