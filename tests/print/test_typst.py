"""Typst's PDF: the same words, the same look's measures, its own standards; and what others wrote can't harm it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from converter.build.identity import has_pdf_id
from converter.document.contracts import Engine
from converter.document.errors import ConverterError
from converter.document.model import (
    Aside,
    Block,
    Book,
    Cell,
    Chapter,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Line,
    Link,
    List,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Resource,
    Ruby,
    Speech,
    Strong,
    Table,
    Text,
    Verse,
)
from converter.document.words import chapter_name, chapter_strands, words
from converter.proof import prove_pdf
from converter.proof.pdf_text import pdf_strands
from converter.themes import load_theme, theme_names
from converter.writers.pages import page_named, type_size
from converter.writers.pdf import Printed, print_book, settled_engine
from converter.writers.pdf.typst import Press, press
from converter.writers.pdf.typst.levelling import Plan
from tests.once import Once
from tests.print.feature import BOOK, METADATA, prose, said, small, text

THEMES = theme_names()
CHAPTERS = [c for _, c in BOOK.walk()]
Printer = Callable[..., Printed]


@pytest.fixture(scope="module")
def typeset(once: Once) -> Printer:
    """The feature book in a theme, on a page, set by Typst."""

    def one(theme: str, page: str = "a5") -> Printed:
        return once(f"typst {theme} {page}", lambda: print_book(BOOK, load_theme(theme), page, engine="typst"))

    return one


def printed_by_typst(book: Book, theme: str = "classic", page: str = "a5") -> Printed:
    return print_book(book, load_theme(theme), page, engine="typst")


def opened(data: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=data, filetype="pdf")


def spans(page: pymupdf.Page) -> list[dict[str, object]]:
    return [s for b in page.get_text("dict")["blocks"] for line in b.get("lines", ()) for s in line["spans"]]


def stays_on_paper(data: bytes) -> None:
    for sheet in opened(data):
        for x0, y0, x1, y1, word, *_ in sheet.get_text("words"):
            assert x0 >= -0.5, word
            assert x1 <= sheet.rect.width + 0.5, word
            assert y0 >= -0.5, word
            assert y1 <= sheet.rect.height + 0.5, word


# ------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize("theme", THEMES)
def test_the_words_of_the_pdf_are_the_words_of_the_story(theme: str, typeset: Printer) -> None:
    data = typeset(theme).data
    running, notes = pdf_strands(data)
    strands = [chapter_strands(c) for c in CHAPTERS]
    assert words(running) == words("\n".join(s for s, _ in strands))
    assert words(notes) == words("\n".join(n for _, cited in strands for n in cited))
    prove_pdf(BOOK, data)


@pytest.mark.parametrize("page", ["5x8", "a4", "kindle-pw", "phone", "120x190mm"])
def test_no_page_size_loses_a_word_or_leaves_the_page(page: str, typeset: Printer) -> None:
    data = typeset("classic", page).data
    prove_pdf(BOOK, data)
    stays_on_paper(data)


@pytest.mark.parametrize("theme", THEMES)
def test_only_fonts_of_ours_are_in_it(theme: str, typeset: Printer) -> None:
    result = typeset(theme)
    assert not result.findings
    names = {font[3].split("+")[1] for page in opened(result.data) for font in page.get_fonts()}
    ours = ("EBGaramond", "Literata", "SourceSerif4", "SourceSans3", "SourceCodePro", "Atkinson", "Jost", "Crimson",
            "Cormorant", "FrankRuhl", "Amiri", "NotoSans", "NotoSerif")  # fmt: skip
    assert all(name.startswith(ours) for name in names), names


# -------------------------------------------------------------------------------------------- the PDF as a file


@pytest.mark.parametrize("theme", THEMES)
def test_qpdf_finds_nothing_wrong(theme: str, typeset: Printer, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(typeset(theme).data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_standards_metadata_language_and_labels(typeset: Printer) -> None:
    data = typeset("classic").data
    assert has_pdf_id(data, METADATA.identifier)
    assert not has_pdf_id(data, "urn:uuid:another")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:part>1<" in told
        assert b"pdfaid:part>3<" in told
        assert b"pdfaid:conformance>A<" in told
        assert str(pdf.docinfo["/Title"]) == METADATA.title
        assert str(pdf.docinfo["/Author"]) == "Hester Quillfeather"
        assert "footwear" in str(pdf.docinfo["/Subject"])
        assert str(pdf.docinfo["/Keywords"]) == "Fantasy, harbours, bells"
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20260131000000")
        assert str(pdf.Root.Lang) == "en"
    labels = [page.get_label() for page in opened(data)]
    assert labels[0] == "Cover"
    assert labels[2] == "iii"
    story = labels.index("1")
    assert labels[story:] == [str(n + 1) for n in range(len(labels) - story)]


def test_the_same_book_is_the_same_bytes(typeset: Printer) -> None:
    program = (
        "import hashlib, sys\n"
        "from converter.themes import load_theme\n"
        "from converter.writers.pdf import print_book\n"
        "from tests.print.feature import BOOK\n"
        "data = print_book(BOOK, load_theme('classic'), 'a5', engine='typst').data\n"
        "sys.stdout.write(hashlib.sha256(data).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "C"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout == hashlib.sha256(typeset("classic").data).hexdigest()


@pytest.mark.parametrize("theme", ["classic", "modern", "romance", "manuscript"])
def test_outline_contents_and_pages_agree(theme: str, typeset: Printer) -> None:
    document = opened(typeset(theme).data)
    outline = document.get_toc()
    names = [entry[1] for entry in outline]
    assert names[:2] == [METADATA.title, "Contents"]
    assert [n for n in names if n == chapter_name(CHAPTERS[2])] == ["Chapter I: The Missing Step"]
    assert [entry[0] for entry in outline if entry[1].startswith("Chapter I")] == [2, 2]
    contents = document[outline[1][2] - 1].get_text("words")
    seen = 0
    for _, name, page in outline[2:]:
        if name.endswith("…"):
            continue  # a chapter without a name stands in the outline alone
        last = max((w for w in contents if w[4].strip(".") == name.split()[-1]), key=lambda w: w[1])
        beside = [w[4].strip(".") for w in contents if abs(w[3] - last[3]) < 5 and w[0] > last[0]]
        assert document[page - 1].get_label() in beside, name
        seen += 1
    assert seen == 4


# ---------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("theme", THEMES)
def test_both_engines_set_the_same_book(theme: str) -> None:
    """Measures and the baseline of the first lines agree; where lines break does not."""
    book = small(Chapter(prose(30), text("Chapter I"), text("One")), Chapter(prose(3), (), text("Two")))
    settings = {**load_theme(theme).settings, "opening": "plain"}
    look = replace(load_theme(theme), settings=settings)
    measures = []
    for engine in ("typst", "weasyprint"):
        document = opened(print_book(book, look, "a5", engine=engine).data)
        page = document[next(i for i, p in enumerate(document) if p.get_label() == "2")]
        size = max(
            {round(s["size"], 1) for s in spans(page)}, key=lambda z: sum(abs(z - s["size"]) < 0.1 for s in spans(page))
        )
        lines = sorted({round(s["origin"][1], 1) for s in spans(page) if abs(s["size"] - size) < 0.1})
        body = [w for w in page.get_text("words") if lines[0] - 15 < w[1] < lines[-1]]
        measures.append((size, lines[0], lines[1] - lines[0], min(w[0] for w in body)))
    for ours, theirs in zip(*measures, strict=True):
        assert abs(ours - theirs) < 0.6, measures


def test_heads_are_on_text_pages_and_not_on_openings(typeset: Printer) -> None:
    for theme in ("classic", "romance", "serial", "manuscript"):
        document = opened(typeset(theme).data)
        starts = {entry[2] - 1 for entry in document.get_toc()}
        story = next(i for i, p in enumerate(document) if p.get_label() == "1")
        with_head = 0
        for i in range(story, len(document)):
            top = 19 / 25.4 * 72 - 2
            head = [s["text"] for s in spans(document[i]) if s["bbox"][3] < top and any(c.isalpha() for c in s["text"])]
            if i in starts:
                assert not head, (theme, i, head)
            elif document[i].get_text().strip():
                with_head += bool(head)
                assert head, (theme, i)
        assert with_head >= 3


@pytest.mark.usefixtures("outline_kept")
def test_chapters_begin_on_the_right_where_asked() -> None:
    book = small(*(Chapter(prose(6, n), (), text(f"Chapter number {n}")) for n in range(4)))
    theme = load_theme("classic")
    asked = replace(theme, settings={**theme.settings, "chapters": "recto"})
    assert all(e[2] % 2 == 1 for e in opened(print_book(book, asked, "a5", "print", engine="typst").data).get_toc()[2:])


LONG = (
    "The harbour lay quiet under a rind of frost and the boats knocked together like old men who clear their throats. "
)


@pytest.mark.parametrize(
    "content",
    [
        (Text(LONG * 4),),
        (Text("“" + LONG * 4 + "”"),),
        (Text("The "), Emphasis(text("harbour lay quiet")), Text(" under " + LONG * 4)),
        (Text("Then it "), Note((said("a note"),)), Text(" was there. " + LONG * 4)),
        (Text(LONG + "And then the bell rang out over all of it."),),
    ],
    ids=["plain", "quoted", "emphasis", "note", "short"],
)
def test_a_drop_cap_stands_beside_its_lines(content: tuple[Inline, ...]) -> None:
    """Its foot is on the baseline of its last line, its lines begin behind it, the next line at the margin."""
    book = small(Chapter((Paragraph(content), *prose(4)), (), text("One")))
    result = printed_by_typst(book)
    prove_pdf(book, result.data)
    page = next(p for p in opened(result.data) if p.get_label() == "1")
    size = type_size(load_theme("classic"), page_named("a5"))
    cap = max((s for s in spans(page) if s["text"].strip() == "T"), key=lambda s: s["size"])
    assert cap["size"] > 3 * size
    edge = cap["bbox"][2]
    rows = sorted(
        {
            round(s["origin"][1], 1)
            for s in spans(page)
            if s["size"] < size * 1.1 and s["origin"][1] > cap["origin"][1] - 40
        }
    )
    foot = min(rows, key=lambda y: abs(y - cap["origin"][1]))
    assert abs(foot - cap["origin"][1]) < 0.2
    beside = rows[rows.index(foot) - 2 : rows.index(foot) + 1]
    for y in beside:
        on_row = [
            s for s in spans(page) if abs(s["origin"][1] - y) < 0.3 and s["size"] < size * 1.1 and s["text"].strip()
        ]
        assert not on_row or min(s["bbox"][0] for s in on_row) > edge - 4
    below = [s for s in spans(page) if abs(s["origin"][1] - rows[rows.index(foot) + 1]) < 0.3]
    assert min(s["bbox"][0] for s in below) < edge - 10


def test_lines_beside_a_drop_cap_part_a_long_word() -> None:
    told = "Notwithstanding circumstances, incomprehensibilities notwithstanding, representatives of administrations came. "
    book = small(Chapter((Paragraph(text(told * 2)), *prose(2)), (), text("One")))
    result = print_book(book, load_theme("classic"), "phone", engine="typst")
    prove_pdf(book, result.data)
    page = next(p for p in opened(result.data) if p.get_label() == "1")
    lines = [b["lines"] for b in page.get_text("dict")["blocks"]]
    flat = ["".join(s["text"] for s in line["spans"]) for block in lines for line in block]
    assert any(line.rstrip().endswith("\u2010") for line in flat)


@pytest.mark.parametrize("style", ["classic", "romance"])
def test_a_compound_beside_a_drop_cap_ends_its_line_with_its_own_hyphen(style: str) -> None:
    told = "sisters-in-law of the lock-keeper came down the tow-path in a long, slow-moving, ill-tempered line, with "
    told += "their half-empty baskets and their second-hand umbrellas. "
    heads = (
        "The twenty-four well-meaning ", "So by half-past three the well-read ", "It is said that the ", "A ",
        "Snow had come, and the ", "All forty-two of the ", "When the half-hour had struck, the ",
    )  # fmt: skip
    chapters = [Chapter((Paragraph(text(head + told * 2)), *prose(14)), (), text("On")) for head in heads]
    result = print_book(small(*chapters), load_theme(style), "a5", engine="typst")
    flat = "\n".join(page.get_text() for page in opened(result.data))
    assert "-\n" in flat
    assert not re.search(r"\u2010\s*-|-\s*\u2010|\n-", flat)


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_drop_cap_is_as_high_as_its_paragraph(engine: Engine) -> None:
    """Two lines and a bit beside one of three lines would leave white below: it has two lines then."""
    told = "The boy from the upper meadow came by with the post at ten, and again at eleven to ask whether anyone had died."
    book = small(Chapter((Paragraph(text(told)), *prose(2)), (), text("One")))
    page = next(
        p for p in opened(print_book(book, load_theme("classic"), "a5", engine=engine).data) if p.get_label() == "1"
    )
    size = type_size(load_theme("classic"), page_named("a5"))
    (cap,) = (s["size"] for s in spans(page) if s["text"].strip() == "T" and s["size"] > 1.5 * size)
    assert cap < 3.5 * size
    rows = sorted({round(s["origin"][1]) for s in spans(page) if s["size"] < 1.1 * size and 100 < s["origin"][1] < 500})
    steps = {after - before for before, after in pairwise(rows[-12:])}
    assert max(steps) <= min(steps) + 2


@pytest.mark.parametrize(
    ("blocks", "capped"),
    [
        ((Paragraph(text(LONG)),), True),
        ((Paragraph((Emphasis(text(LONG)),)),), True),
        ((Paragraph((Emphasis(text("They leave, the lamp in hand.")),)),), False),
        ((Paragraph((Strong(text("Thursday, 22:14")), Text(" " + LONG))),), False),
        ((Paragraph(text("Wren: you up?")), Paragraph(text("Ash: no"))), False),
        ((Paragraph(text("TELEGRAM")),), False),
        ((Paragraph(text(LONG)), Speech(text("ADA"), (Paragraph(text("Good morning.")),))), False),
    ],
    ids=["told", "all italic", "direction", "time stamp", "chat", "label", "play"],
)
def test_a_drop_cap_opens_what_is_told(blocks: tuple[Block, ...], capped: bool) -> None:
    book = small(Chapter((*blocks, *prose(2)), (), text("One")))
    page = next(p for p in opened(printed_by_typst(book).data) if p.get_label() == "1")
    size = type_size(load_theme("classic"), page_named("a5"))
    assert any(s["size"] > 2 * size and len(s["text"].strip()) == 1 for s in spans(page)) == capped


def test_a_page_holds_whole_lines() -> None:
    book = small(Chapter(prose(60), (), text("Long")))
    document = opened(printed_by_typst(book).data)
    lasts = []
    for page in list(document)[3:-1]:
        body = [s["origin"][1] for s in spans(page) if 60 < s["origin"][1] < 540 and s["text"].strip()]
        firsts, last = min(body), max(body)
        lasts.append(round((last - firsts) / (11.6 * 1.32), 2))
    assert len(lasts) > 4
    assert all(abs(n - round(n)) < 0.03 for n in lasts), lasts


def test_places_follow_a_plan() -> None:
    """What the levelling of feet goes by: where paragraphs stand, before and after some are set looser."""
    book = small(Chapter(prose(40), (), text("Long")))
    with Press(book, load_theme("classic"), page_named("a5"), marked=True) as press:
        before = press.marks()
        assert list(before) == list(range(1, 42)), "the heading, and 40 paragraphs"
        assert all((begin.page, begin.y) <= (end.page, end.y) for begin, end in before.values())
        after = press.marks(Plan(dict.fromkeys(range(3, 30), 60.0)))
        assert (after[40][1].page, after[40][1].y) > (before[40][1].page, before[40][1].y)
        assert [after[n] for n in (1, 2)] == [before[n] for n in (1, 2)]
        assert press.marks() == before
        prove_pdf(book, press.printed(Plan({5: -12.0})).data)
        early = press.marks(Plan(early={9: 7}))
        page = before[9][0].page
        foot = press.design["page"]["top"] + (press.design["page"]["lines"] - 7) * press.design["pitch"]
        lowest = [max(m.y for both in marks.values() for m in both if m.page == page) for marks in (before, early)]
        assert lowest[0] > foot >= lowest[1]
        assert [early[n] for n in range(1, 9)] == [before[n] for n in range(1, 9)]


# --------------------------------------------------------------------------------------------------- languages

ARABIC = (
    "نظر الرجل إلى البحر ولم يقل شيئاً. قالت أخته: «إلى أين تذهب؟» ثم مضى في طريقه الطويل بين البيوت القديمة، وكان عام"
    " 1954 عام الفيضان."
)


def in_language(language: str, *told: str, title: str) -> Book:
    chapters = tuple(Chapter(tuple(said(t) for t in told * 3), (), text(f"{title} {n}")) for n in (1, 2))
    return small(*chapters, language=language, title=title)


@pytest.mark.parametrize("theme", THEMES)
def test_an_arabic_book(theme: str) -> None:
    book = in_language("ar", ARABIC, title="منارة")
    data = printed_by_typst(book, theme).data
    assert words(pdf_strands(data)[0]) == words("\n".join(chapter_strands(c)[0] for c in book.chapters))
    stays_on_paper(data)
    document = opened(data)
    contents = next(p for p in document if p.get_label() == "iii" or "محتو" in p.get_text())
    numbers = [w for w in contents.get_text("words") if w[4].strip(".·") in ("١", "٣")]
    assert numbers
    if theme != "romance":  # whose contents are centred
        assert all(w[0] < contents.rect.width / 3 for w in numbers)
    assert "١" in next(p for p in document if p.get_label() in ("1", "١")).get_text()


@pytest.mark.parametrize(
    ("language", "told", "title"),
    [
        ("he", "האיש הביט בים ולא אמר דבר. אחותו שאלה: ״לאן אתה הולך?״", "המגדלור"),
        ("zh-Hans", "宝玉听了，忙问道：“妹妹尚在何处？”众人皆笑。那时正是深秋，天气渐渐凉了。", "雪中花"),
        ("ja", "吾輩は雪である。名前はまだ無い。「どこで生まれたか」と聞かれても、頓と見当がつかぬ。", "雪の朝"),
        ("ko", "그날 아침에는 눈이 내렸다. 아무도 등대에 불을 켜지 않았다.", "눈"),
        ("hi", "उस सुबह बर्फ़ गिर रही थी। किसी ने दीपक जलाने की नहीं सोची थी।", "बर्फ़"),
        ("th", "เช้าวันนั้นหิมะตก ไม่มีใครคิดจะจุดตะเกียงที่ปลายท่าเรือ", "หิมะ"),
        ("el", "Το λιμάνι ήταν ήσυχο κάτω από την πάχνη.", "Το χιόνι"),
        ("ru", "Гавань лежала тихо под инеем, и лодки стучали бортами.", "Снег"),
    ],
)
def test_other_scripts_are_set_in_fonts_of_ours(language: str, told: str, title: str) -> None:
    book = in_language(language, told, title=title)
    result = printed_by_typst(book)
    assert not result.findings
    prove_pdf(book, result.data)
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert str(pdf.Root.Lang).lower().startswith(language.partition("-")[0])


def test_readings_stand_over_their_signs() -> None:
    book = small(Chapter((Paragraph((Ruby("漢字", "かんじ"), Text("を読む。"))),), (), text("一")), language="ja")
    page = next(p for p in opened(printed_by_typst(book).data) if p.get_label() == "1")
    found = {s["text"]: s for s in spans(page)}
    assert found["かんじ"]["size"] < found["漢字"]["size"] * 0.6
    assert found["かんじ"]["origin"][1] < found["漢字"]["origin"][1] - found["漢字"]["size"] * 0.6


def test_letters_that_no_font_has_are_named_and_the_book_comes_out() -> None:
    book = small(Chapter((said("Gothic 𐌰𐌱 and Linear B 𐀀."), *prose(2)), (), text("One")))
    result = printed_by_typst(book)
    codes = {f.code: f.message for f in result.findings}
    assert set(codes) <= {"print-no-glyph", "print-installed-font"}
    assert any("U+10330" in message for message in codes.values())
    prove_pdf(book, result.data)


# ----------------------------------------------------------------------------------------- what others wrote


def deep(wrap: Callable[[Block], Block], times: int) -> Block:
    block: Block = said("deep")
    for _ in range(times):
        block = wrap(block)
    return block


def emphatic(times: int) -> Paragraph:
    content: tuple[Inline, ...] = text("deep")
    for _ in range(times):
        content = (Emphasis(content),)
    return Paragraph(content)


HOSTILE: dict[str, tuple[Block, ...]] = {
    "quotes": (deep(lambda b: Quote((b,)), 60),),
    "lists": (deep(lambda b: List(((said("x"), b),)), 60),),
    "all sorts": (
        deep(lambda b: Quote((List(((Aside((Table(((Cell((Speech(text("A"), (b,)),)),),)),), "box"),),)),), "letter"), 8),
    ),
    "emphasis": (emphatic(80),),
    "markup": (
        said("#read(\"/etc/passwd\") $x$ *b* _i_ \\ -- --- ~ @ref <label> `code` // no /* c */ = H [x](y) ]]] }}} 'q'"),
        said("a\\u{41} \\n end"),
    ),
    "spans": (Table(((Cell((said("a"),), False, 10**9, 10**9), Cell((said("b"),))), (Cell((said("c"),)),))),
              List(((said("n"),),), ordered=True, start=10**15)),
    "addresses": (
        Paragraph((Link("https://example.org/" + "a" * 9000, text("long")), Link("javascript:alert(1)", text("js")),
                   Link("#nowhere", text("none")), Link('https://exa mple.org/ü?q="x"', text("odd")))),
    ),
    "a word": (said("x" * 20_000), said("https://example.org/" + "abc/def-" * 40)),
    "a tall cell": (Table(((Cell((said("x"),)), Cell((said("long words here " * 800),))),)),),
    "long wholes": (Aside(prose(40), "box", text("S")), Quote(prose(40), "sign"), Preformatted("line\n" * 200),
                    Quote((Verse((tuple(Line(text(f"line {n}")) for n in range(90)),)),), "epigraph")),
    "a long note": (Paragraph((Text("w "), Note((said("long note " * 1500),)), Text(" end."))),),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(("theme", "page"), [("classic", "a5"), ("serial", "phone")])
def test_nothing_in_a_story_breaks_it(name: str, theme: str, page: str) -> None:
    book = small(
        Chapter(HOSTILE[name], (), text("One")), Chapter(prose(1), (), text('#eval("1") = $E$')), title="*_<t> @x #x"
    )
    result = printed_by_typst(book, theme, page)
    prove_pdf(book, result.data)
    stays_on_paper(result.data)


def test_nesting_without_end_is_one_clear_line() -> None:
    with pytest.raises(ConverterError, match="deeper than a page can show"):
        printed_by_typst(small(Chapter((deep(lambda b: Quote((b,)), 3_000),), (), text("Deep"))))


def test_pictures_that_are_none_are_told_and_left_out() -> None:
    broken = Resource("a.png", "image/png", b"\x89PNG\r\n\x1a\nbroken")
    chapter = Chapter((Figure(Image("a.png", "x"), text("The caption")), said("after")), (), text("One"))
    book = replace(small(chapter), resources=(broken,), cover=Resource("c.jpg", "image/jpeg", b"\xff\xd8\xffno"))
    result = printed_by_typst(book)
    assert [f.code for f in result.findings] == ["print-left-out", "print-left-out"]
    prove_pdf(book, result.data)


def test_a_picture_in_the_inks_of_printers_and_one_without_words() -> None:
    from PIL import Image as Picture

    out = io.BytesIO()
    Picture.new("CMYK", (60, 40), (10, 200, 30, 0)).save(out, "JPEG")
    book = replace(small(Chapter((Figure(Image("a.jpg")), said("after")), (), text("One"))),
                   resources=(Resource("a.jpg", "image/jpeg", out.getvalue()),))  # fmt: skip
    result = printed_by_typst(book)
    assert not result.findings
    assert any(page.get_images() for page in opened(result.data))


@pytest.mark.parametrize("theme", THEMES)
def test_long_tables_repeat_their_head_and_wide_ones_stay_on_the_paper(theme: str) -> None:
    long = Table(
        tuple(tuple(Cell((said(f"cell {r} {c}" if r else f"HEAD{c}"),), r == 0) for c in range(3)) for r in range(90))
    )
    wide = Table(tuple(tuple(Cell((said(f"weathercock {r} {c}"),), r == 0) for c in range(11)) for r in range(4)))
    book = small(Chapter((long, wide), (), text("Tables")))
    data = printed_by_typst(book, theme).data
    stays_on_paper(data)
    assert sum("HEAD1" in page.get_text() for page in opened(data)) > 2
    prove_pdf(book, data)


def test_a_story_without_author_title_or_headings() -> None:
    book = small(Chapter(prose(12)), title="", people=())  # type: ignore[arg-type]
    data = printed_by_typst(book).data
    prove_pdf(book, data)
    assert "Contents" not in "".join(p.get_text() for p in opened(data))


# ------------------------------------------------------------------------------------------- which engine, when


def test_a_theme_with_css_of_its_own_stays_with_weasyprint(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('based-on = "classic"\nbody-font = "Literata"\n', "utf-8")
    assert not load_theme(str(tmp_path)).own_css
    (tmp_path / "print.css").write_text("p { color: red }", "utf-8")
    theme = load_theme(str(tmp_path))
    assert theme.own_css
    assert settled_engine(theme, "auto") == "weasyprint"
    assert settled_engine(theme, "typst") == "typst"
    assert "print-left-out" in {
        f.code for f in print_book(small(Chapter(prose(1))), theme, "a5", engine="typst").findings
    }


@pytest.mark.parametrize(
    ("language", "pango", "wanted"),
    [
        ("en", True, "typst"),
        ("en", False, "typst"),
        ("ar", True, "weasyprint"),
        ("ar", False, "typst"),
        ("hi", True, "weasyprint"),
        ("ks-Deva", True, "weasyprint"),
        ("hi-Latn", True, "typst"),
    ],
)
def test_which_engine_prints_by_itself(
    language: str, pango: bool, wanted: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not pango:
        monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where it is installed and can't be loaded
    assert settled_engine(load_theme("classic"), "auto", language) == wanted


def test_titles_in_capitals_are_set_in_small_ones_and_stay_capitals() -> None:
    chapter = Chapter((Heading(text("THE OTHER HOUSE")), *prose(3)), text("CHAPTER ONE"), text("THE HOUSE OF GLASS"))
    book = small(chapter, Chapter(prose(1), (), text("Two")), title="THE HOUSE OF GLASS")
    for theme in THEMES:
        data = printed_by_typst(book, theme).data
        prove_pdf(book, data)
        assert "THE HOUSE OF GLASS" in " ".join(pdf_strands(data)[0].split())


def test_a_copy_of_a_process_that_used_typst_prints_with_weasyprint() -> None:
    """Typst works with threads, which a forked process is without: it would wait for them for ever."""
    code = (
        "import os, sys\n"
        "from converter.themes import load_theme\n"
        "from converter.writers.pdf import print_book, settled_engine\n"
        "from tests.print.feature import BOOK\n"
        "theme = load_theme('classic')\n"
        "assert settled_engine(theme, 'auto') == 'typst'\n"
        "print_book(BOOK, theme)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    assert settled_engine(theme, 'auto') == 'weasyprint'\n"
        "    os._exit(0 if print_book(BOOK, theme).pages > 5 else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, cwd=Path.cwd(), timeout=120)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(("face", "small"), [("EB Garamond", True), ("Source Serif 4", False), ("Jost", False)])
def test_capitals_are_small_where_the_typeface_draws_them_apart(face: str, small: bool) -> None:
    """Source Serif draws those made of capitals as those made of small letters: the copied title would be small."""
    theme = load_theme("classic")
    theme = replace(theme, settings={**theme.settings, "heading-font": face})
    book = Book(replace(METADATA, title="Bells"), (Chapter(prose(1), (), text("THE HOUSE OF GLASS")),) * 2)
    data = print_book(book, theme, engine="typst").data
    assert "THE HOUSE OF GLASS" in " ".join(pdf_strands(data)[0].split())
    sizes = {s["size"] for page in opened(data) for s in spans(page) if "HOUSE" in str(s["text"]) and page.number > 3}
    title = theme.design["opener"]["title"]["size"] * type_size(theme, page_named("a5"))
    assert sizes
    assert all(size == pytest.approx(title * (1 if small else 0.86), abs=0.1) for size in sizes), sizes


def test_an_address_is_copied_as_it_is() -> None:
    """A line may end inside a long word, and nothing stands there that a reader would copy with it."""
    address = "https://example.org/" + "abc/def-" * 12
    data = printed_by_typst(Book(METADATA, (Chapter((said(address),)),))).data
    assert address in "".join("".join(page.get_text() for page in opened(data)).split()).replace("\u2010", "")


def test_private_characters_are_told_of_whether_a_font_draws_them_or_not() -> None:
    forbidden = 'error: PDF/A-3a error: the PDF contains the codepoint `"\\u{e123}"`'
    unset = 'error: PDF/A-3a error: the text `"\\u{e124}"` could not be displayed with font'
    assert list(press._named(f"{forbidden}\n{unset}")) == ["\ue123", "\ue124"]
    printed = print_book(
        small(Chapter((said("Private \ue123\ue124 letters."),))), load_theme("classic"), engine="typst"
    )
    assert [told.code for told in printed.findings] == ["print-no-glyph"]
    assert not printed.archival
