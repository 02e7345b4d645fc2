"""Every text of a page that is no part of the story, by the rule that leaves it out, in the page's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from bs4.element import CData, NavigableString, Script, Stylesheet, Tag

from converter.document.alignment import proof_words
from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import BLOCKS, CONTROLS, NOT_TEXT, UNSEEN, child_nodes
from converter.parsers.html.dom.page import Page

OUTSIDE = "outside the story"
DRAWING = "words in a drawing"
CODE = (*NOT_TEXT, Script, Stylesheet)
RAW = frozenset("iframe noembed noframes".split())  # the tree's parser reads no references in them
HEAD = frozenset("head title meta link".split())


@dataclass(slots=True)
class _OpenOmission:
    """An omission under way: what stands side by side for one reason is one."""

    rule: str
    owner: int
    origin: Origin
    letters: int
    parts: list[str] = field(default_factory=list)


class _Account:
    """The omissions so far, and how many letters of the page have been seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.omissions: list[Omission] = []
        self.letters = 0
        self.exact = page.texts[0].kind == "html"  # a page made of another text has not its letters
        self.open: _OpenOmission | None = None
        self.inside_word = False  # the text so far ends in a letter

    def see(self, text: str, rule: str, owner: int, node: NavigableString) -> None:
        """The next text of the page; with a rule it is left out, as part of the element `owner`."""
        size = sum(map(len, proof_words(text)))
        if not rule:
            if text:
                self.close(text)
                self.inside_word = text[-1].isalnum()
        elif size or self.open is not None or (self.inside_word and text.strip()):
            if self.open is None or (self.open.rule, self.open.owner) != (rule, owner):
                self.close()
                self.open = _OpenOmission(rule, owner, self.page.origin(node), self.letters)
            self.open.parts.append(text)
        self.letters += size

    def begin_file(self) -> None:
        """A file of several begins: its letters are counted from its own beginning."""
        self.close()
        self.letters = 0

    def part(self, *, within: bool = False) -> None:
        """A block begins or ends; `within` something that is left out it parts no words of the story."""
        if self.open is not None:
            self.open.parts.append("\n")
        self.inside_word = self.inside_word and within

    def close(self, following: str = "") -> None:
        """The omission under way is over, and this text follows. Signs alone are told where they stood in a word."""
        in_word = self.inside_word and following[:1].isalnum()
        if self.open is not None and not in_word and not proof_words("".join(self.open.parts)):
            self.open = None
        if self.open is not None:
            lines = (" ".join(line.split()) for line in "".join(self.open.parts).split("\n"))
            text = "\n".join(filter(None, lines))
            if text:
                letters = self.open.letters if self.exact else -1
                self.omissions.append(Omission(self.open.rule, text, self.open.origin, letters))
        self.open = None


def left_out(page: Page, excluded: Exclusions, roots: Sequence[Tag]) -> list[Omission]:
    """Every text of the page that is in no root, and every dropped part, as omissions in the page's order.

    Text inside a root that is not dropped is never listed here: if the walk loses it, the proof of words finds it.
    """
    kept = {id(r) for r in roots}
    above = _above(roots)
    account = _Account(page)
    stack: list[tuple[Tag | NavigableString | None, bool, str, int]] = [(page.soup, False, "", 0)]
    while stack:
        node, inside, rule, owner = stack.pop()
        if node is None:
            account.part(within=inside)
            continue
        if isinstance(node, NavigableString):
            if _is_read(node):
                named = inside or bool(rule)
                account.see(_read(node), rule if named else OUTSIDE, owner if named else id(node), node)
            continue
        key = id(node)
        if key in page.files:
            account.begin_file()
        if node.name in UNSEEN and key not in kept and key not in above:
            if (unseen := _unseen(node, rule)) != rule:
                rule, owner = unseen, key
        elif not rule:
            inside, rule = _standing(page, excluded, node, inside, key in kept, key in above)
            owner = key if rule else owner
        if node.name in BLOCKS:
            within = bool(rule) and owner != key
            account.part(within=within)
            stack.append((None, within, rule, owner))
        stack.extend((c, inside, rule, owner) for c in reversed(child_nodes(node)))
    account.close()
    return account.omissions


def _is_read(node: NavigableString) -> bool:
    """Whether somebody may read a text of the page: it is no comment, no instruction."""
    return not isinstance(node, CODE) or isinstance(node, CData)


def _above(roots: Sequence[Tag]) -> set[int]:
    """The ids of all elements around these."""
    above: set[int] = set()
    for root in roots:
        for parent in root.parents:
            if id(parent) in above:
                break
            above.add(id(parent))
    return above


def _read(node: NavigableString) -> str:
    """A text with its references read where the tree's parser left them as they stand."""
    raw = "&" in node and node.parent is not None and node.parent.name in RAW
    return unescape(node) if raw else node


def _standing(
    page: Page, excluded: Exclusions, node: Tag, inside: bool, is_root: bool, holds_root: bool
) -> tuple[bool, str]:
    """(whether an element's words are story, the rule that leaves all of it out)."""
    if is_root:
        return True, ""
    row = excluded.ids.get(id(node))
    if row is not None and row.moved and not holds_root:
        return True, ""  # its words were taken elsewhere (a title, a note); what is dropped in it still counts
    if row is not None and not row.moved:
        return False, "" if holds_root else row.rule  # a note in it is kept, what stands around the note is not
    frame = id(node) in page.files or id(node.parent) in page.files  # a document of several, and its body
    if inside or holds_root or frame or node is page.soup or node.name in ("html", "body"):
        return inside, ""
    return False, OUTSIDE


def _unseen(node: Tag, rule: str) -> str:
    """The rule by which an element that no browser shows is left out, in one that is left out by `rule`."""
    if rule == DRAWING:
        return rule
    if node.name in HEAD:
        return "the page's head"
    if node.name == "svg":
        return DRAWING
    return "control" if node.name in CONTROLS else "not shown by a browser"
