"""What the readers of other libraries take for the text of a page: each gets a lean, numbered copy of it."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

FOUND_AGAIN = 20  # letters of a text that stands in one place of a page only; "6" and "Next" are everywhere
COPY_DEPTH = 150  # nesting of the copy; lxml alone stops reading near 256
COPY_TEXT = 300  # letters of one text node in the copy; scores need no more, and long pages take half the time
COPY_ROW = 120  # paragraphs of one parent in the copy
PLAIN_NAME = re.compile(r"[a-z][a-z0-9]*")
MARK = "cb"
EMPTY = ("br", "hr", "img", "wbr", "col")


def copy_of(page: Page, excluded: Exclusions) -> tuple[str, list[Tag], dict[int, list[Tag]]]:
    """The page without what is excluded, every element numbered, nested no deeper than `COPY_DEPTH`, texts shortened.

    Of a long row of paragraphs only the first are copied; the rest follow the fate of the last one that was.
    """
    copy = _Copy()
    stack: list[tuple[Tag | NavigableString | str, int]] = [(c, 0) for c in reversed(child_nodes(page.body))]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN or node in excluded:
                copy.parts += ("<img>",) if node.name == "img" else ()
            elif not copy.follows(node):
                if depth < COPY_DEPTH and PLAIN_NAME.fullmatch(node.name):
                    copy.begin(node)
                    if node.name not in EMPTY:
                        stack.append((f"</{node.name}>", depth))
                stack.extend((c, depth + 1) for c in reversed(child_nodes(node)))
        elif not isinstance(node, NavigableString):
            copy.parts.append(node)
        elif not isinstance(node, NOT_TEXT):
            copy.parts.append(_escape(str(node) if len(node) <= COPY_TEXT else node[:COPY_TEXT]))
    return "".join(("<html><body>", *copy.parts, "</body></html>")), copy.numbered, copy.followers


class _Copy:
    """A copy under way: its markup, its elements by number, and the paragraphs that follow the fate of another."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.numbered: list[Tag] = []
        self.followers: dict[int, list[Tag]] = {}
        self.rows: dict[int, int] = {}  # id(parent) -> its paragraphs so far
        self.last = -1  # the number of the last paragraph that was copied

    def follows(self, node: Tag) -> bool:
        """Whether a paragraph stands so far down a row that it follows the last one that was copied."""
        if node.name != "p":
            return False
        row = self.rows.get(id(node.parent), 0)
        self.rows[id(node.parent)] = row + 1
        if row >= COPY_ROW and node.find("a") is None:
            self.followers.setdefault(self.last, []).extend((node, *node.find_all(True)))
            return True
        self.last = len(self.numbered)
        return False

    def begin(self, node: Tag) -> None:
        """The start tag of an element: of its attributes only those that tell what it is."""
        names = _escape(attribute(node, "class")[:200])
        ident = _escape(attribute(node, "id")[:100])
        link = ' href="#"' if node.name == "a" and "href" in node.attrs else ""
        extra = (f' class="{names}"' if names else "") + (f' id="{ident}"' if ident else "") + link
        self.parts.append(f'<{node.name} {MARK}="{len(self.numbered)}"{extra}>')
        self.numbered.append(node)


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
    whole = " ".join(text.split())
    numbers: set[int] = set()
    tree = html.document_fromstring(copy, parser=html.HTMLParser(huge_tree=True))
    for element in tree.iter():
        number = element.get(MARK) if isinstance(element.tag, str) else None
        own = " ".join("".join([element.text or "", *(c.tail or "" for c in element)]).split()) if number else ""
        if number and own and (own[:60] in whole if len(own) >= FOUND_AGAIN else own in lines):
            numbers.add(int(number))
    return numbers
