"""The lean tree is BeautifulSoup's own, told with less: same elements, texts, attributes, neighbours."""

from __future__ import annotations

import tracemalloc

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st

from converter.parsers.html.tree import Builder, LeanTag, grow, place
from tests.pages.test_laws import markup


def told(element: Tag) -> tuple[object, ...]:
    """An element with everything below it, as plain values."""
    return (
        element.name,
        {str(k): str(v) for k, v in element.attrs.items()},
        *(
            told(c) if isinstance(c, Tag) else (str(c) if isinstance(c, NavigableString) else None)
            for c in element.contents
        ),
    )


@pytest.mark.filterwarnings("ignore")
@given(page=markup(), prefixed=st.booleans())
def test_the_same_tree(page: str, prefixed: bool) -> None:
    page = f"<html><head><title>t</title></head><body>{'<o:p>x</o:p>' if prefixed else ''}{page}</body></html>"
    theirs = BeautifulSoup(page, builder=Builder(lines=False, multi_valued_attributes=None))
    ours = grow(page, lines=False)
    assert told(ours) == told(theirs)
    assert [getattr(d, "name", None) for d in ours.descendants] == [
        getattr(d, "name", None) for d in theirs.descendants
    ]
    assert ours.get_text() == theirs.get_text()
    for selector in ("* + *", "p ~ *", "b + i, p + p", ":first-child", ":nth-last-child(2)", ":only-of-type", ":empty"):
        assert [t.name for t in ours.select(selector)] == [t.name for t in theirs.select(selector)], selector
    for mine, other in zip(ours.find_all(True), theirs.find_all(True), strict=True):
        assert [n.name for n in mine.find_next_siblings()] == [n.name for n in other.find_next_siblings()]
        assert [n.name for n in mine.find_previous_siblings()] == [n.name for n in other.find_previous_siblings()]
        assert [p.name for p in mine.parents] == [p.name for p in other.parents]


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
    body = grow(page, lines=False).body
    assert body is not None
    assert body.decode_contents() == BROWSERS[page]


def test_lines_are_kept_beside_the_attributes() -> None:
    soup = grow("<html><body>\n<p id=a>one\n<p>two <b>three</b>\n\n<div>four</div></body></html>")
    found = [(t.name, t.line, t.attrs) for t in soup.find_all(["p", "div", "b"]) if isinstance(t, LeanTag)]
    assert found == [("p", 2, {"id": "a"}), ("p", 3, {}), ("b", 0, {}), ("div", 5, {})]
    assert place(soup) == -1


def test_every_block_of_a_large_page_has_its_line() -> None:
    soup = grow("<body>" + "<p>one two\n" * 3_000)
    assert [p.line for p in soup.find_all("p") if isinstance(p, LeanTag)] == list(range(1, 3_001))


@pytest.mark.slow
def test_a_tree_is_small() -> None:
    page = "<body>" + "".join(
        f"<p>{n} she said the tide was out and <em>would</em> come back.</p>\n" for n in range(3_000)
    )
    sizes = []
    for make in (grow, lambda text: BeautifulSoup(text, "lxml")):
        tracemalloc.start()
        soup = make(page)
        sizes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert len(soup.find_all("p")) == 3_000
    assert sizes[0] < sizes[1] / 2, sizes
