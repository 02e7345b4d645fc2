"""The PDF: every word, on the right page, in our fonts, tagged, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from converter.document.contracts import MadeFor, Theme
from converter.document.errors import ConverterError, SettingError
from converter.document.model import (
    Book,
    Cell,
    Chapter,
    Emphasis,
    Figure,
    Image,
    Metadata,
    Note,
    Paragraph,
    Quote,
    SceneBreak,
    Table,
    Text,
)
from converter.document.words import chapter_name, chapter_strands, words
from converter.proof import prove_pdf
from converter.proof.pdf_text import pdf_strands
from converter.themes import load_theme, theme_names
from converter.writers.pages import PAGES
from converter.writers.pdf import Printed, print_book
from tests.print.feature import BOOK, METADATA, SENTENCES, prose, said, small, text

Printer = Callable[..., Printed]
THEMES = theme_names()
CHAPTERS = [c for _, c in BOOK.walk()]


def write_pdf(book: Book, theme: Theme, page: str = "a5", made_for: MadeFor = "screen") -> bytes:
    return print_book(book, theme, page, made_for, engine="weasyprint").data


def opened(data: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=data, filetype="pdf")


def lines(page: pymupdf.Page) -> list[tuple[float, float, str]]:
    """(top, bottom, text) of each line of a page, from the top."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            words_ = "".join(span["text"] for span in line["spans"])
            if words_.strip():
                found.append((line["bbox"][1], line["bbox"][3], words_.strip()))
    return sorted(found)


@pytest.mark.parametrize("theme", THEMES)
def test_the_words_of_the_pdf_are_the_words_of_the_story(theme: str, printed: Printer) -> None:
    data = printed(theme).data
    running, notes = pdf_strands(data)
    strands = [chapter_strands(c) for c in CHAPTERS]
    assert words(running) == words("\n".join(s for s, _ in strands))
    assert words(notes) == words("\n".join(n for _, cited in strands for n in cited))
    prove_pdf(BOOK, data)


def test_another_reader_finds_the_same_words(printed: Printer) -> None:
    """MuPDF knows nothing of our structure: it sees the page as it is drawn."""
    shown = "".join(page.get_text() for page in opened(printed("modern").data))
    letters = "".join(c for c in shown if c.isalnum())
    for sentence in ("Nobody had thought to light the lamp at the end of the mole", "Item the first. The bell belongs"):
        assert "".join(c for c in sentence if c.isalnum()) in letters


@pytest.mark.parametrize("page", ["5x8", "a4", "kindle-pw", "phone", "120x190mm"])
def test_no_page_size_loses_a_word_or_leaves_the_page(page: str, printed: Printer) -> None:
    data = printed("classic", page).data
    prove_pdf(BOOK, data)
    for sheet in opened(data):
        for x0, y0, x1, y1, *_ in sheet.get_text("words"):
            assert x0 >= -0.5
            assert x1 <= sheet.rect.width + 0.5
            assert y0 >= -0.5
            assert y1 <= sheet.rect.height + 0.5


@pytest.mark.parametrize("theme", THEMES)
def test_every_font_is_ours_and_embedded(theme: str, printed: Printer) -> None:
    result = printed(theme)
    codes = {d.code for d in result.findings}
    assert "print-no-glyph" not in codes
    assert "print-installed-font" not in codes
    assert "print-left-out" not in codes
    for page in opened(result.data):
        for _, kind, _, name, *_ in page.get_fonts():
            assert kind != "n/a"
            assert name.split("+")[1].startswith("Book-"), name


@pytest.mark.parametrize("theme", THEMES)
def test_qpdf_finds_nothing_wrong(theme: str, printed: Printer, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(printed(theme).data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ordered_lists_begin_where_the_source_begins(printed: Printer) -> None:
    shown = "".join(page.get_text() for page in opened(printed("classic").data))
    assert "3." in shown
    assert "4." in shown
    assert "1. the boots" not in " ".join(shown.split())


def test_metadata_language_and_labels(printed: Printer) -> None:
    data = printed("classic").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == METADATA.title
        assert str(pdf.docinfo["/Author"]) == "Hester Quillfeather"
        assert "footwear" in str(pdf.docinfo["/Subject"])
        assert str(pdf.docinfo["/Keywords"]) == "Fantasy, harbours, bells"
        assert str(pdf.docinfo["/ModDate"]) == "D:20260131000000Z"
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    labels = [page.get_label() for page in opened(data)]
    assert labels[0] == "Cover"
    assert labels[2] == "iii"
    story = labels.index("1")
    assert labels[story:] == [str(n + 1) for n in range(len(labels) - story)]


@pytest.mark.parametrize("theme", ["classic", "modern", "manuscript"])
def test_outline_contents_and_pages_agree(theme: str, printed: Printer) -> None:
    document = opened(printed(theme).data)
    outline = document.get_toc()
    names = [entry[1] for entry in outline]
    assert names[:2] == [METADATA.title, "Contents"]
    assert [n for n in names if n == chapter_name(CHAPTERS[2])] == ["Chapter I: The Missing Step"]
    assert [entry[0] for entry in outline if entry[1].startswith("Chapter I")] == [2, 2]
    contents = document[outline[1][2] - 1].get_text("words")
    for _, name, page in outline[2:]:
        if name.endswith("…"):
            continue  # a chapter without a name stands in the outline alone
        last = max((w for w in contents if w[4] == name.split()[-1]), key=lambda w: w[1])
        beside = [w[4].strip(".") for w in contents if abs(w[3] - last[3]) < 5 and w[0] > last[2]]
        assert document[page - 1].get_label() in beside, name


def test_the_cover_bleeds_and_comes_first(printed: Printer) -> None:
    page = opened(printed("classic").data)[0]
    box = page.get_image_info()[0]["bbox"]
    assert pymupdf.Rect(box).contains(page.rect * 0.99)
    assert not page.get_text().strip()


@pytest.mark.parametrize("theme", ["classic", "romance", "serial", "manuscript"])
def test_heads_are_on_text_pages_and_not_on_openings(theme: str, printed: Printer) -> None:
    document = opened(printed(theme).data)
    starts = {entry[2] - 1 for entry in document.get_toc()}
    first_of_story = next(i for i, p in enumerate(document) if p.get_label() == "1")
    top = PAGES["a5"].top / 25.4 * 72
    with_head = 0
    for i in range(first_of_story, len(document)):
        head = [t for y0, y1, t in lines(document[i]) if y1 < top and any(c.isalpha() for c in t)]
        if i in starts:
            assert not head, (i, head)
        elif document[i].get_text().strip():
            with_head += bool(head)
            assert head, i
    assert with_head >= 4


@pytest.mark.usefixtures("outline_kept")
def test_chapters_start_on_new_pages_and_on_the_right_where_asked() -> None:
    book = small(*(Chapter(prose(6, n), (), text(f"Chapter number {n}")) for n in range(4)))
    theme = load_theme("classic")
    pages = [e[2] for e in opened(write_pdf(book, theme)).get_toc()[2:]]
    assert len(set(pages)) == 4
    asked = replace(theme, settings={**theme.settings, "chapters": "recto"})
    assert all(e[2] % 2 == 1 for e in opened(write_pdf(book, asked, "a5", "print")).get_toc()[2:])


def test_no_scene_break_stands_at_the_top_of_a_page_and_at_the_foot_of_full_ones_alone() -> None:
    blocks = [b for i in range(60) for b in (*prose(1 + i % 3, i), SceneBreak("*"))][:-1]
    document = opened(write_pdf(small(Chapter(tuple(blocks), (), text("Breaks"))), load_theme("classic")))
    seen = 0
    for page in document:
        inside = [(y1, t) for y0, y1, t in lines(page) if y0 > 50 and y1 < 540]
        seen += sum(t == "❦" for _, t in inside)
        if inside:
            assert inside[0][1] != "❦"
            assert inside[-1][1] != "❦" or inside[-1][0] > 510, "above a hole"
    assert seen == 59


def test_no_widow_and_no_orphan() -> None:
    document = opened(write_pdf(small(Chapter(prose(80), (), text("Long"))), load_theme("classic")))
    seen = 0
    for page in list(document)[3:-1]:
        body = [w for w in page.get_text("words") if 50 < w[1] < 528]
        left, right = min(w[0] for w in body), max(w[2] for w in body)
        tops = sorted({round(w[1]) for w in body})
        ends = {
            top: (min(w[0] for w in body if round(w[1]) == top), max(w[2] for w in body if round(w[1]) == top))
            for top in tops
        }
        begins = [ends[top][0] > left + 2 for top in tops]
        stops = [ends[top][1] < right - 2 for top in tops]
        assert begins[0] or not stops[0] or len(tops) < 3, (
            f"the last line of a paragraph alone at the top: {page.number}"
        )
        assert stops[-1] or not begins[-1], f"the first line of a paragraph alone at the foot: {page.number}"
        seen += 1
    assert seen > 4


def test_no_line_is_broken_before_a_word_that_fits() -> None:
    """WeasyPrint breaks a run of text too early where it ends in a space and an italic follows."""
    theme = load_theme("large-print")
    theme = replace(theme, settings={**theme.settings, "type-size": "11", "least-type-size": "11"})
    pieces = []
    for n in range(40):
        pieces += [
            Text(SENTENCES[n % 12][: 12 + n] + " "),
            Emphasis(text(f"a{'b' * (n % 9)} word")),
            Text(", the tide "),
        ]
    book = small(Chapter((Paragraph(tuple(pieces)),), (), text("One")))
    checked = 0
    for width in range(90, 150, 6):
        for page in list(opened(write_pdf(book, theme, f"{width}x200mm")))[2:]:
            rows: dict[int, list[tuple[float, float]]] = {}
            for x0, y0, x1, y1, *_ in page.get_text("words"):
                if y1 - y0 < 20 and 60 < y0 < 480:
                    rows.setdefault(round(y1), []).append((x0, x1))
            ordered = [sorted(rows[y]) for y in sorted(rows)]
            right = max((row[-1][1] for row in ordered), default=0)
            for row, below in pairwise(ordered[1:]):
                room = right - row[-1][1] - (below[0][1] - below[0][0])
                assert room < 12, (width, page.number, row[-1], below[0])  # a word and its space would have gone in
                checked += 1
    assert checked > 100


def test_notes_stand_on_the_page_where_they_are_cited() -> None:
    blocks = []
    for n in range(60):
        before, after = prose(1, n)[0].content[0].text, prose(1, n + 7)[0].content[0].text
        held = Note((said(f"Anmerkung{n}x " + before[: 20 + 37 * (n % 6)]),))
        blocks.append(Paragraph((Text(f"{before} Zitat{n}x"), held, Text(f" {after}"))))
    for theme in ("classic", "large-print"):
        book = small(Chapter(tuple(blocks), (), text("Notes")))
        data = write_pdf(book, load_theme(theme))
        prove_pdf(book, data)
        pages = ["".join(page.get_text().split()).replace("\u2010", "") for page in opened(data)]
        for n in range(60):
            cited = [i for i, p in enumerate(pages) if f"Zitat{n}x" in p]
            noted = [i for i, p in enumerate(pages) if f"Anmerkung{n}x" in p]
            assert len(cited) == 1
            assert cited == noted, n


def test_notes_too_large_for_the_foot_go_to_the_end_of_the_chapter_all_together() -> None:
    from converter.document.model import Line, Verse

    verse = Note((Verse(((Line(text("a line of verse")),),)),))
    chapter = Chapter(
        (Paragraph((Text("Plain"), Note((said("plain note"),)), Text(" and not"), verse, Text("."))),), (), text("One")
    )
    book = small(chapter)
    data = write_pdf(book, load_theme("classic"))
    shown = " ".join(opened(data)[-1].get_text().split())
    assert shown.index("plain note") < shown.index("a line of verse")


def test_the_same_book_is_the_same_bytes(printed: Printer) -> None:
    program = (
        "import hashlib, sys\n"
        "from converter.themes import load_theme\n"
        "from converter.writers.pdf import print_book\n"
        "from tests.print.feature import BOOK\n"
        "sys.stdout.write(hashlib.sha256(print_book(BOOK, load_theme('classic'), 'a5', engine='weasyprint').data).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "C"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout == hashlib.sha256(printed("classic", "a5").data).hexdigest()


def test_nothing_outside_the_book_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { display: none }", "utf-8")
    theme = load_theme("classic")
    reaching = f'@import url("{secret.as_uri()}"); p {{ background: url("http://192.0.2.1/x.png") }}\n'
    book = small(Chapter((said("Still here."),), (), text("One")))
    result = print_book(book, replace(theme, print_css=reaching + theme.print_css), engine="weasyprint")
    assert "Still here." in pdf_strands(result.data)[0]
    assert "print-left-out" in {d.code for d in result.findings}


def test_a_theme_s_own_files_are_served() -> None:
    theme = load_theme("classic")
    leaf = next(r.data for r in BOOK.resources)
    own = replace(theme, print_css=theme.print_css + '\np { background: url("leaf.png") }', files={"leaf.png": leaf})
    result = print_book(small(Chapter((said("Leafy."),), (), text("One"))), own, engine="weasyprint")
    assert not result.findings
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert any(isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image" for o in pdf.objects)


def test_an_unknown_page_size_is_refused_with_the_names() -> None:
    with pytest.raises(SettingError, match=r"a5.*6x9.*kindle-pw"):
        write_pdf(BOOK, load_theme("classic"), "folio")
    with pytest.raises(SettingError, match="can't hold a book"):
        write_pdf(BOOK, load_theme("classic"), "900x2")


def test_nesting_without_end_is_one_clear_line() -> None:
    block = said("deep")
    for _ in range(3_000):
        block = Quote((block,))  # type: ignore[assignment]
    with pytest.raises(ConverterError, match="deeper than a page can show"):
        write_pdf(small(Chapter((block,), (), text("Deep"))), load_theme("classic"))


def test_letters_that_no_font_has_are_named() -> None:
    result = print_book(
        small(Chapter((said("Gothic 𐌰𐌱 and Linear B 𐀀."),), (), text("One"))),
        load_theme("classic"),
        engine="weasyprint",
    )
    said_ = {d.code: d.message for d in result.findings}
    assert set(said_) & {"print-no-glyph", "print-installed-font"}
    assert any("U+10330" in message for message in said_.values())


def test_han_kana_and_hangul_are_set_in_the_extra_font() -> None:
    book = small(Chapter((said("吾輩は雪である。그리고 봄."),), (), text("第一章")), language="ja", title="雪の朝")
    result = print_book(book, load_theme("classic"), engine="weasyprint")
    assert "print-no-glyph" not in {d.code for d in result.findings}
    assert "吾輩は雪である" in pdf_strands(result.data)[0]


def test_a_story_without_author_title_or_headings() -> None:
    book = small(Chapter(prose(12)), title="", people=())  # type: ignore[arg-type]
    data = write_pdf(book, load_theme("classic"))
    assert len(opened(data)) >= 3
    assert "Contents" not in "".join(p.get_text() for p in opened(data))


def test_a_long_title_and_many_authors_fit() -> None:
    from converter.document.model import Person

    title = "The Exceedingly Long and Circumstantial History " * 4
    book = small(
        Chapter(prose(30), (), text(title)),
        Chapter(prose(2), (), text("Two")),
        title=title,
        people=tuple(Person(f"Author Number {n}") for n in range(7)),  # type: ignore[arg-type]
    )
    for theme in THEMES:
        for page in opened(write_pdf(book, load_theme(theme))):
            assert all(w[2] <= page.rect.width and w[0] >= 0 for w in page.get_text("words"))


def _all_on_paper(document: pymupdf.Document) -> None:
    for sheet in document:
        for word in sheet.get_text("words"):
            assert sheet.rect.x0 <= word[0] < word[2] <= sheet.rect.x1, word[4]


@pytest.mark.parametrize("theme", theme_names())
def test_a_wide_table_stays_on_the_paper(theme: str) -> None:
    rows = tuple(tuple(Cell((Paragraph(text(f"weathercock {r}-{c}")),), r == 0) for c in range(11)) for r in range(4))
    book = Book(Metadata(title="Ships", language="en"), (Chapter((Table(rows),)),))
    data = write_pdf(book, load_theme(theme))
    _all_on_paper(opened(data))
    prove_pdf(book, data)


@pytest.mark.parametrize("theme", theme_names())
def test_an_arabic_book_is_proved_and_its_contents_stay_on_the_paper(theme: str) -> None:
    told = "نظر الرجل إلى البحر ولم يقل شيئاً. قالت أخته: «إلى أين تذهب؟»"
    chapters = tuple(
        Chapter((Paragraph(text(told)), Paragraph(text("كانت الساعة القديمة متوقفة."))), text(name))
        for name in ("الأول", "الثاني")
    )
    book = Book(Metadata(title="منارة", language="ar"), chapters)
    data = write_pdf(book, load_theme(theme))
    prove_pdf(book, data)
    _all_on_paper(opened(data))


def test_a_picture_that_nobody_described_is_not_said_to_be_missing() -> None:
    picture = next(r for r in BOOK.resources if r.media_type.startswith("image/"))
    book = replace(small(Chapter((Figure(Image(picture.name)),))), resources=(picture,))
    printed = print_book(book, load_theme("classic"), engine="weasyprint")
    assert "print-left-out" not in {d.code for d in printed.findings}
