"""Laws of the page parser, on pages that hypothesis makes up: it ends, it loses no word, it is steady."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from converter.document.contracts import Parsed, Source
from converter.document.errors import ConverterError
from converter.document.model import Book
from converter.parsers.computed_style import declarations
from converter.parsers.html import html_parser
from converter.parsers.html.dom.page import parse_page
from converter.parsers.html.style.cascade import Stylesheet
from converter.parsers.markdown import parse_markdown
from converter.proof import prove_parsed

TAGS = (
    "p div span em b i u s sup sub br hr h1 h2 h3 ul ol li table tr td th blockquote pre a img "
    "center font section article aside nav "
    "header footer form figure figcaption details summary ruby rt dl dt dd q small code address main "
    "script style title button"
).split()
WORDS = st.sampled_from(
    [
        "lamp",
        "Chapter 3",
        "* * *",
        "Hello.",
        "xXx",
        "A/N: hi",
        " ",
        "\u00a0",
        "\n",
        "It was late and the tide was out.",
        "&amp;",
        "“Yes,”",
        "次の章",
        "Title: Road",
        "1",
        "…",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " class=note",
        " class='spoiler x'",
        " style='display:none'",
        " style='font-style:italic;text-align:center'",
        " hidden",
        " href=#n",
        " href='http://x.example/'",
        " id=n",
        " class=comments",
        " src=a.png alt=divider",
        " align=center",
        " aria-hidden=true",
        " lang=fr",
        " colspan=99999",
        " class=authors-note",
        " start=-3",
        " style='white-space:pre'",
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Tags and words in any order; many are never closed."""
    parts = []
    for _ in range(draw(st.integers(1, 40))):
        tag = draw(st.sampled_from(TAGS))
        match draw(st.integers(0, 4)):
            case 0 | 1:
                parts.append(f"<{tag}{draw(ATTRIBUTES)}>")
            case 2:
                parts.append(f"</{tag}>")
            case _:
                parts.append(draw(WORDS))
    return "".join(parts)


def one_line(error: ConverterError) -> None:
    assert "\n" not in str(error)


def parse(html: str) -> Parsed | None:
    try:
        return html_parser()(Source("page.html", html.encode(), ".html"))
    except ConverterError as error:
        one_line(error)
        return None


@given(markup())
def test_no_word_is_lost_and_the_answer_is_steady(html: str) -> None:
    parsed = parse(html)
    if parsed is None:
        return
    prove_parsed(parsed)
    again = parse(html)
    assert again is not None
    assert parsed.book == again.book
    assert isinstance(parsed.book, Book)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_book_or_in_one_line(data: bytes) -> None:
    try:
        html_parser()(Source("page.html", data, ".html"))
    except ConverterError as error:
        one_line(error)


@given(st.text(max_size=300))
def test_any_text_ends_in_a_book_or_in_one_line(text: str) -> None:
    parse("<p>lamp</p>" + text)


STYLED = parse_page(Source("page.html", b"", ".html"), "<a class='a b'><b id=c><i class=c></i></b></a><p id=x>x</p>")


@given(st.text(alphabet="abc{}:;.#>@*/'\"\\ \n-!0123456789", max_size=200))
def test_any_style_is_read_without_complaint(css: str) -> None:
    declarations(css)
    sheet = Stylesheet(css + "p{font-style:italic}", STYLED.index)
    assert all(sheet.style_of(element) is not None for element in STYLED.elements)


@given(
    st.lists(
        st.sampled_from(
            [
                "# Road",
                "text",
                "",
                "* * *",
                "---",
                "> quote",
                "- item",
                "1. one",
                "1986. Then.",
                "    indented",
                "[^1]",
                "[^1]: note",
                "*it* **is**",
                "| a | b |",
                "|---|---|",
                "<b>html</b>",
                "***",
                "Title: x",
                "## Chapter 2",
                "line  ",
                "\\*",
                "`code`",
            ]
        ),
        max_size=25,
    )
)
def test_markdown_loses_no_word(lines: list[str]) -> None:
    try:
        parsed = parse_markdown(Source("story.md", "\n".join(["lamp", *lines]).encode(), ".md"))
    except ConverterError:
        return
    prove_parsed(parsed)


def test_selectors_reach_what_they_say() -> None:
    page = parse_page(
        Source("page.html", b"", ".html"),
        "<div id=a class='x chapter'><div class='chapter y'><p class=t lang=en-GB>1<b epub:type='x z3998:author'>2</b></p></div>"
        "<p epub:type=chapter>3</p></div>",
    )
    for selector in (
        "#a p",
        "#a > p",
        ".chapter p.t",
        "#a > .chapter > .t",
        "p b",
        "[lang|=en]",
        "p:has(b)",
        "b, p",
        "div div p",
        "*[class~=y]",
        "[epub\\:type~=chapter] p",
        "b[epub\\:type~='z3998\\:author']",
        "#b p",
        ".x + p",
    ):
        assert page.index.select(selector) == page.soup.select(selector), selector
