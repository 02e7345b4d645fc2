"""Forms in which an EPUB sets its text: indents of verse, emphasis of East Asia, drawings, formulas."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from converter.document.findings.pictures import ImageUnusable
from converter.document.findings.printing import PrintHorizontal
from converter.parsers.works.assembly import assemble
from converter.themes import load_theme
from converter.writers.epub import write_epub
from converter.writers.pdf import print_book
from tests.packed.epubs import SALT, Epub, document, prose, read
from tests.pages.making import left_out, shown
from tests.writers.reading import files


def told(body: str, css: str = "", **files: str) -> list[str]:
    """What a reader sees of a chapter, without its heading."""
    page = document(f"<h1>One</h1>{prose()}{body}", '<link rel="stylesheet" href="look.css"/>')
    return shown(read(Epub({"a.xhtml": page, "look.css": css, **files})), SALT)[2:]


POEMS = {  # the lines of a poem, set in by the class of the second and fourth
    "margins": ('<p class="line {0}">{1}</p>', ".in { margin-left: 2em }"),
    "paddings": ('<p class="line {0}">{1}</p>', ".in { padding-left: 12px }"),
    "first lines": ('<p class="line {0}">{1}</p>', "p { text-indent: 1em } .line { text-indent: 0 } .in { text-indent: 2em }"),
    "four sides": ('<p class="{0}">{1}</p>', "p { margin: 0 } .in { margin: 0 0 0 10% }"),
    "hanging": ('<p class="line {0}">{1}</p>', "p { padding-left: 4em; text-indent: -4em } .in { margin-left: 1em }"),
    "spans": ('<span class="line {0}">{1}</span><br/>', ".line { display: block } .in { margin-left: 2em }"),
    "spans in a line": ('<span class="{0}">{1}</span><br/>', ".in { margin-left: 2em }"),
}  # fmt: skip
LINES = ("The nets are wide", "the sea is wide,", "the boats are small", "and out with the tide.")


def poem(line: str, inset: str = "in", outset: str = "out") -> str:
    lines = "".join(line.format(inset if n % 2 else outset, text) for n, text in enumerate(LINES))
    return f'<div class="poem"><div class="stanza">{lines}</div></div>'


SET_IN = ["stanza:", *(f"  {'> ' * (n % 2)}{text}" for n, text in enumerate(LINES))]


@pytest.mark.parametrize("way", POEMS)
def test_lines_of_verse_keep_their_indents(way: str) -> None:
    line, css = POEMS[way]
    assert told(poem(line), css) == SET_IN


@pytest.mark.parametrize("line", ['<span class="{0}">{1}<br/></span>', '<p class="{0}">{1}</p>'])
def test_classes_say_how_far_lines_are_set_in_where_no_sheet_does(line: str) -> None:
    assert told(poem(line, "i2", "i0")) == SET_IN


def test_a_poem_that_is_set_in_as_a_whole_has_no_indents() -> None:
    flush = told(poem('<p class="line {0}">{1}</p>'), ".poem { margin: 1em 10% } .line { text-indent: 1em }")
    assert flush == ["stanza:", *(f"  {text}" for text in LINES)]


def test_indents_are_steps_of_the_least_one() -> None:
    css = "".join(f".s{n} {{ margin-left: {n * 2 + 1}em }}" for n in range(4))
    body = "".join(f'<p class="s{n}">{text}</p>' for text, n in zip(LINES, (0, 1, 3, 2), strict=True))
    marks = ("", "> ", "> > > ", "> > ")
    assert told(f'<blockquote class="verse">{body}</blockquote>', css) == [
        "stanza:", *(f"  {mark}{text}" for mark, text in zip(marks, LINES, strict=True))
    ]  # fmt: skip


def test_lines_below_the_first_of_a_block_are_set_in_with_it() -> None:
    css = ".in { margin-left: 2em }"
    body = f'<div class="poem"><p>{LINES[0]}</p><p class="in">{LINES[1]}<br/>{LINES[2]}</p><p>{LINES[3]}</p></div>'
    marks = ("", "> ", "> ", "")
    assert told(body, css) == ["stanza:", *(f"  {mark}{text}" for mark, text in zip(marks, LINES, strict=True))]


JAPANESE = ("桟橋には誰もいなかった。", "灯りが一つ、昨日より多かった。", "雨が降っていた。")
VERTICAL = {  # how a book says that its lines run from top to bottom
    "root": ("", "", "html { writing-mode: vertical-rl }"),
    "class of the root": (' class="vrtl"', "", ".vrtl { -epub-writing-mode: vertical-rl }"),
    "body": ("", "", "body { -webkit-writing-mode: tb-rl }"),
    "frame": ("", ' class="main"', ".main { writing-mode: vertical-rl }"),
}


def columns(root: str, frame: str, css: str, chapters: str = "ab") -> Epub:
    page = document(f"<div{frame}><h1>一</h1>{prose(JAPANESE)}</div>", '<link rel="stylesheet" href="look.css"/>')
    pages = {f"{name}.xhtml": page.replace("<html", f"<html{root}", 1) for name in chapters}
    return Epub({**pages, "look.css": css}, metadata="<dc:title>灯</dc:title><dc:language>ja</dc:language>")


@pytest.mark.parametrize("way", VERTICAL)
def test_a_book_in_columns_stays_one(way: str) -> None:
    book = read(columns(*VERTICAL[way])).book
    assert book.vertical
    again = read(write_epub(book, load_theme("classic")))
    assert again.book.vertical
    assert shown(again, JAPANESE) == ["h1 一", "prose(1)", "h1 一", "prose(1)"]
    made = files(write_epub(book, load_theme("classic")))
    assert b'<spine toc="ncx" page-progression-direction="rtl">' in made["EPUB/content.opf"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("灯台は20年前に閉じた!?", "灯台は<20>年前に閉じた<!?>"),
        ("2024年、1,024人、3.14、R2D2、午前10:30", "2024年、1,024人、3.14、R2D2、午前10:30"),
        ("<em>12</em>と<b>9月30</b>日", "<em><12></em>と<strong>9月<30></strong>日"),
    ],
)
def test_pairs_of_digits_stand_side_by_side_in_columns(text: str, wanted: str) -> None:
    book = columns(*VERTICAL["root"])
    pages = {name: str(page).replace("</h1>", f"</h1><p>{text}</p>") for name, page in book.files.items()}
    parsed = read(replace(book, files=pages)).book
    for vertical in (True, False):
        page = files(write_epub(replace(parsed, vertical=vertical), load_theme("classic")))[
            "EPUB/chapter-1.xhtml"
        ].decode()
        bare = re.sub(r'<span class="side-by-side">(.*?)</span>', r"<\1>", page)
        assert (wanted if vertical else re.sub(r"<(\d\d|!\?)>", r"\1", wanted)) in bare


def test_a_pdf_of_a_book_in_columns_says_that_it_has_lines() -> None:
    book = read(columns(*VERTICAL["root"])).book
    for columns_there in (True, False):
        made = print_book(replace(book, vertical=columns_there), load_theme("modern"), draft=True)
        assert any(isinstance(told, PrintHorizontal) for told in made.findings) == columns_there


def test_lines_stay_lines() -> None:
    assert not read(columns("", "", "html { writing-mode: horizontal-tb }")).book.vertical
    one_page = columns(' class="in"', "", ".in { writing-mode: vertical-rl }", "a")
    more = columns("", "", ".in { writing-mode: vertical-rl }", "bcd")
    assert not read(replace(one_page, files={**one_page.files, **more.files})).book.vertical


@pytest.mark.parametrize(
    "css", ["text-emphasis-style: filled sesame", "-epub-text-emphasis: dot red", 'text-emphasis: "x" blue']
)
def test_a_mark_at_each_sign_is_stress(css: str) -> None:
    assert told('<p>The <span class="e">salt</span> was late.</p>', f".e {{ {css} }}") == ["p The _salt_ was late."]
    assert told('<p>The <span class="e">salt</span> was late.</p>', ".e { text-emphasis: none }") == [
        "p The salt was late."
    ]


FORMULAS = {
    "<mi>a</mi><mo>=</mo><msup><mi>r</mi><mn>2</mn></msup>": "_a_ = _r_[super 2]",
    "<mrow>\n  <msub>\n <mi>x</mi> <mi>i</mi> </msub> <mo>-</mo> <mn>1</mn> </mrow>": "_x_\u2060_[sub i]_ − 1",
    "<mo>-</mo><mfrac><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>": (
        "−(_b_ + 1)/(2_a_)"
    ),
    "<mfrac><mn>1</mn><mn>2</mn></mfrac>": "1/2",
    "<msqrt><msup><mi>b</mi><mn>2</mn></msup><mo>+</mo><mn>4</mn></msqrt><mo>&lt;</mo><msqrt><mn>9</mn></msqrt>": (
        "√(_b_[super 2] + 4) < √9"
    ),
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mn>9</mn></munderover><mi>i</mi>": (
        "∑[sub _i_ = 1][super 9]_i_"
    ),
    "<mover><mi>x</mi><mo>¯</mo></mover><mo>,</mo><mi>sin</mi><mfenced><mi>x</mi></mfenced>": "_x_¯,sin(_x_)",
    '<semantics><mi>x</mi><annotation encoding="application/x-tex">\\mathit{x}</annotation></semantics>': "_x_",
}


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("prefix", ["", "m:"])
def test_formulas_are_written_out(formula: str, prefix: str) -> None:
    markup = re.sub(r"(</?)(?=\w)", rf"\1{prefix}", f"<math>{formula}</math>")
    assert told(f"<p>It is {markup}, they said.</p>") == [f"p It is {FORMULAS[formula]}, they said."]


def test_a_formula_that_is_displayed_stands_by_itself() -> None:
    assert told('<p>It is <math display="block"><mi>x</mi><mo>=</mo><mn>1</mn></math> they said.</p>') == [
        "p It is", "p (center) _x_ = 1", "p they said."
    ]  # fmt: skip


MAP = '<svg viewBox="0 0 200 100"><title>A map</title><rect x="5" y="5" width="9" height="9"/><text>Salt Quay</text></svg>'


@pytest.mark.parametrize(
    "body", ["{}", "<figure>{}<figcaption>The quay.</figcaption></figure>", "<p>Here: {} it is.</p>"]
)
def test_a_drawing_is_told(body: str) -> None:
    page = document(f"<h1>One</h1>{prose()}\n{body.format(MAP)}")
    parsed = read(Epub({"a.xhtml": page}))
    (said,) = [f for f in parsed.findings if isinstance(f, ImageUnusable)]
    assert said.name == "“A map”"
    assert str(said.origin) == "book.epub/OEBPS/a.xhtml:9"
    assert ("words in a drawing", "A mapSalt Quay") in left_out(parsed)


@pytest.mark.parametrize(
    "sign",
    [
        '<svg width="24" height="24"><path d="M0 0"/></svg>',
        '<a href="https://a.example/">{}</a>',
        "<svg viewBox='0 0 99 99'/>",
    ],
)
def test_small_signs_are_no_drawings(sign: str) -> None:
    parsed = read(Epub({"a.xhtml": document(f"<h1>One</h1>{prose()}<p>Here. {sign.format(MAP)}</p>")}))
    assert not [f for f in parsed.findings if isinstance(f, ImageUnusable)]


def test_a_work_of_several_books_is_in_columns_where_most_of_it_is() -> None:
    one, other = read(columns(*VERTICAL["root"])), read(columns("", "", ""))
    chapters = [replace(c, blocks=c.blocks * 2) for c in one.book.chapters]
    longer = replace(one, book=replace(one.book, chapters=tuple(chapters)))
    assert assemble([longer, other]).book.vertical
    assert assemble([other, longer]).book.vertical
    assert not assemble([one, replace(longer, book=replace(longer.book, vertical=False))]).book.vertical
    assert not assemble([other, replace(longer, book=replace(longer.book, vertical=False))]).book.vertical
