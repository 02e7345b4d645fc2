"""What the readers of other libraries take for the text of a page: each gets a lean, numbered copy of it."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, children
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

FOUND_AGAIN = 20  # letters of a text that stands in one place of a page only; "6" and "Next" are everywhere
COPY_DEPTH = 150  # nesting of the copy; lxml alone stops reading near 256
COPY_TEXT = 300  # letters of one text node in the copy; scores need no more, and long pages take half the time
COPY_ROW = 120  # paragraphs of one parent in the copy
PLAIN_NAME = re.compile(r"[a-z][a-z0-9]*")
MARK = "cb"


def copy_of(page: Page, excluded: Exclusions) -> tuple[str, list[Tag], dict[int, list[Tag]]]:
    """The page without what is dropped, every element numbered, nested no deeper than `COPY_DEPTH`, texts shortened.

    Of a long row of paragraphs only the first are copied; the rest follow the fate of the last one that was.
    """
    numbered: list[Tag] = []
    followers: dict[int, list[Tag]] = {}
    rows: dict[int, int] = {}
    last = -1
    parts: list[str] = ["<html><body>"]
    stack: list[tuple[Tag | NavigableString | str, int]] = [(c, 0) for c in reversed(children(page.body))]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN or node in excluded:
                if node.name == "img":
                    parts.append("<img>")
                continue
            if node.name == "p":
                row = rows.get(id(node.parent), 0)
                rows[id(node.parent)] = row + 1
                if row >= COPY_ROW and node.find("a") is None:
                    followers.setdefault(last, []).extend((node, *node.find_all(True)))
                    continue
                last = len(numbered)
            if depth < COPY_DEPTH and PLAIN_NAME.fullmatch(node.name):
                names = _escape(f"{attribute(node, 'class')}"[:200])
                ident = _escape(attribute(node, "id")[:100])
                link = ' href="#"' if node.name == "a" and "href" in node.attrs else ""
                extra = (f' class="{names}"' if names else "") + (f' id="{ident}"' if ident else "") + link
                parts.append(f'<{node.name} {MARK}="{len(numbered)}"{extra}>')
                numbered.append(node)
                if node.name not in ("br", "hr", "img", "wbr", "col"):
                    stack.append((f"</{node.name}>", depth))
            stack.extend((c, depth + 1) for c in reversed(children(node)))
        elif isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT):
                parts.append(_escape(str(node) if len(node) <= COPY_TEXT else node[:COPY_TEXT]))
        else:
            parts.append(node)
    parts.append("</body></html>")
    return "".join(parts), numbered, followers


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _numbers(html: str) -> set[int]:
    return {int(n) for n in re.findall(rf'\s{MARK}="(\d+)"', html)}


def by_readability(copy: str) -> set[int]:
    """The numbers of the elements that readability-lxml keeps of a copy."""
    import logging

    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        return _numbers(Document(copy).summary())
    except Unparseable:
        return set()


def by_trafilatura(copy: str) -> set[int]:
    """Trafilatura keeps no attributes: its paragraphs are found again by their words."""
    import trafilatura
    from lxml import html

    text = trafilatura.extract(copy, include_comments=False, favor_recall=True)
    if not text:
        return set()
    lines = {" ".join(line.split()) for line in text.split("\n")}
    told = " ".join(text.split())
    numbers: set[int] = set()
    tree = html.document_fromstring(copy, parser=html.HTMLParser(huge_tree=True))
    for element in tree.iter():
        number = element.get(MARK) if isinstance(element.tag, str) else None
        own = " ".join("".join([element.text or "", *(c.tail or "" for c in element)]).split()) if number else ""
        if number and own and (own[:60] in told if len(own) >= FOUND_AGAIN else own in lines):
            numbers.add(int(number))
    return numbers
