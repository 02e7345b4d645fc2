"""Forms of one letter are shown by several fonts: no table gives many codes one meaning, and nothing is seen of it."""

from __future__ import annotations

import io
import re
from collections import Counter
from importlib import import_module

import pikepdf
import pymupdf
import pytest

from converter.document.model import Chapter, Paragraph
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.pdf.weasy.variants import MOST, shown_by
from tests.print.feature import note, said, small, text

STORIES = {
    "ar": "قال البحّار إن الليل طويل والمصباح ليس بعيدًا، لكن كل من كان له مال كثير لم يعلم إلى أين تصل السفن حين يحل الظلام على الساحل العليل.",
    "hi": "कि दिन बीते, फिर मिली चिट्ठी, हिम गिरा, विजय ने लिखा कि शिला पर क्षितिज दिखता है, प्रिय मित्र श्रिया स्त्रियों से मिलीं।",
}


def tables(data: bytes) -> list[Counter[str]]:
    """Of each font, how many codes stand for each text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}.values()
        return [
            Counter(meant.decode() for _, meant in re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes()))
            for font in fonts
        ]


@pytest.mark.parametrize("language", STORIES)
def test_few_codes_of_a_font_stand_for_one_letter(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Paragraph((*text(STORIES[language]), note(STORIES[language])))  # a page with a note is written anew
    book = small(Chapter((said(STORIES[language]), noted), (), text("1")), language=language)
    told = print_book(book, load_theme("classic"), engine="weasyprint").data
    finish = import_module("converter.writers.pdf.weasy.finish")  # its folder has a function of that name
    monkeypatch.setattr(finish, "tell_apart", lambda pdf: None)
    before = print_book(book, load_theme("classic"), engine="weasyprint").data
    assert max(max(table.values()) for table in tables(before)) > MOST, "or there is nothing to tell apart"
    assert max(max(table.values()) for table in tables(told) if table) <= MOST
    prove_pdf(book, told)
    with pymupdf.open(stream=told) as one, pymupdf.open(stream=before) as other:
        for page, as_before in zip(one, other, strict=True):
            assert page.get_pixmap().samples == as_before.get_pixmap().samples
            assert page.get_text() == as_before.get_text()


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"/F 9 Tf\n[<0001> 5 <0002>] TJ", b"/F 9 Tf\n[<0001> 5 <0002>] TJ"),  # nothing of another font
        (b"/F 9 Tf\n[<0002> 5 <000A>] TJ", b"/F 9 Tf\n/Fx1 9 Tf\n[<0002> 5 <000A>] TJ\n/F 9 Tf"),  # which has both
        (
            b"/F 9 Tf\n[<0001000a> 7 <0002>] TJ",
            b"/F 9 Tf\n[<0001>] TJ\n/Fx1 9 Tf\n[<000a> 7 <0002>] TJ\n/F 9 Tf",
        ),
        (b"/F 9 Tf\n[ (\\000\\n) ] TJ", b"/F 9 Tf\n/Fx1 9 Tf\n[<000a>] TJ\n/F 9 Tf"),  # as it is written anew
        (b"/G 9 Tf\n[<000a>] TJ", b"/G 9 Tf\n[<000a>] TJ"),
    ],
)
def test_a_font_is_changed_where_another_has_the_glyph(content: bytes, shown: bytes) -> None:
    assert shown_by(content, {b"F": {b"0001": 0, b"000a": 1}}) == shown
