"""The tree of a page: broken markup is mended as browsers mend it, elements know their lines and their order."""

from __future__ import annotations

import pytest
from bs4.element import Tag

from converter.document.contracts import Source
from converter.parsers.html.dom.page import parse_page
from converter.parsers.html.dom.tree import grow, place

BROWSERS = {
    "<h3><p></p>one</h3>two": "<h3><p></p>one</h3>two",
    "<span><blockquote></span>one</blockquote>two": "<span><blockquote>one</blockquote>two</span>",
    "<i><p>one<p>two</i>three": "<i><p>one</p></i><p><i>two</i>three</p>",
    "<p>one<table><tr><td>two</table>": "<p>one<table><tr><td>two</td></tr></table></p>",
    "<a href=x>one<a href=y>two</a>": '<a href="x">one</a><a href="y">two</a>',
    "<ul><li>one<li>two</ul>": "<ul><li>one</li><li>two</li></ul>",
    "<p>one</p></p>two": "<p>one</p><p></p>two",
    "<template><b>one</b></template>two": "<template><b>one</b></template>two",
    "one<!-- two -->three": "one<!-- two -->three",
}


@pytest.mark.parametrize("page", BROWSERS)
def test_broken_markup_is_mended_as_browsers_do(page: str) -> None:
    body = grow(page).body
    assert body is not None
    assert body.decode_contents() == BROWSERS[page]


def test_lines_are_kept_beside_the_attributes() -> None:
    soup = grow("<html><body>\n<p id=a>one\n<p>two <b>three</b>\n\n<div>four</div></body></html>")
    found = [(t.name, t.sourceline, t.attrs) for t in soup.find_all(["p", "div", "b"]) if isinstance(t, Tag)]
    assert found == [("p", 2, {"id": "a"}), ("p", 3, {}), ("b", None, {}), ("div", 5, {})]
    assert place(soup) == -1


def test_every_block_of_a_large_page_has_its_line() -> None:
    soup = grow("<body>" + "<p>one two\n" * 3_000)
    assert [p.sourceline for p in soup.find_all("p") if isinstance(p, Tag)] == list(range(1, 3_001))


def test_elements_know_their_order() -> None:
    page = parse_page(Source("page.html", b"", ".html"), "<head><title>t</title></head><body><p>one<p>two</body>")
    assert [(e.name, place(e)) for e in page.everything] == [("head", 0), ("title", 1), ("body", 2), ("p", 3), ("p", 4)]
