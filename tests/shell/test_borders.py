"""Which tags part words for the second reader: those of blocks in good order, and none after the first disorder."""

from __future__ import annotations

import re

import pytest

from converter.document.contracts import SourceText
from converter.proof.borders import HARD
from converter.proof.witness import unmarked_text


def parts(markup: str) -> str:
    """The letters of a page, with "/" between those that a block parts for sure."""
    shown = unmarked_text(SourceText("page.html", markup, "html"))
    return re.sub(r"[^a-z/]", "", re.sub(f"[^a-z{HARD}]*{HARD}[^a-z]*", "/", shown)).strip("/")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>a</p>b", "a/b"),
        ("a<p>b<p>c<div>d</div>", "a/b/c/d"),
        ("a</p>b", "a/b"),  # an end without a beginning is an empty paragraph
        ("a<br>b<hr>c", "a/b/c"),
        ("<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "a/b/c/d/e"),
        ("<dl><dt>a<dd>b<dt>c</dl>d", "a/b/c/d"),
        ("<h2>a</h2>b", "a/b"),
        ("<table><caption>a</caption><tr><td>b<td>c<tr><th>d</table>e", "a/b/c/d/e"),
        ("<table><thead><tr><td>a</thead><tbody><tr><td>b</tbody></table>", "a/b"),
        ("a<b>b</b><span>c</span>d", "abcd"),
        ("a<svg><p>b</p></svg>c<p>d", "abc/d"),
        ("<title>a<p>b</p></title>c<p>d", "abc/d"),
        ("<object>a<object><p>b</object><p>c</object>d<p>e", "abcd/e"),
        ("a</div>b<p>c", "abc"),  # from here on only a browser knows
        ("<td>a<td>b", "ab"),
        ("<table>a<div>b</div></table>", "ab"),
        ("<ul><li><div>a<li>b</ul>", "ab"),
        ("<p>a</p><div><section>b</div>c<p>d", "a/bcd"),
    ],
)
def test_blocks_in_order_part_words(markup: str, words: str) -> None:
    assert parts(markup) == words


def test_an_element_that_is_closed_at_once_holds_nothing_in_xhtml() -> None:
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>"
    assert parts(page.format("<div>a<div/>b</div>c")) == "a/b/c"
    assert parts("<div>a<div/>b</div>c</div>d") == "a/b/c/d"
