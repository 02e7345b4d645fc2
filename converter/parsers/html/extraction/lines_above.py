"""The short lines that a page shows above its story: headings, captions, links, the trail of pages that leads to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from bs4.element import NavigableString, Tag

from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.parsers.html.boilerplate.chrome import stands_in_comments
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, child_nodes, element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.bylines import DATED
from converter.parsers.tag_names import HEADINGS
from converter.recognisers.lines.interface import is_button
from converter.recognisers.lines.ways import is_way, names_home
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import author_in, is_person
from converter.recognisers.metadata.tab_title import same_letters
from converter.recognisers.metadata.work_and_chapter import parts_of

LINE_LETTERS = 200
FIRST_LINES, LAST_LINES = 100, 300  # of those above a story: menus may have thousands
LINE_NODES = 60  # of an element that is one line; a larger one holds several
WITHIN_STORY = 40  # elements of the story's own top that are looked at: its heading may stand in it
TRAIL = regex(r"crumb|ariane|bread|\bpath\b|trail|location", within=2_000)
TRAIL_SIGNS = ">»❯›/→＞"
LABELLED = frozenset("p div span li dd td small b strong h2 h3 h4 h5".split())
LABEL_SIGN = regex(r"[:：]", within=LINE_LETTERS)
LAST_SIGNED = 3  # of the lines of a story
PROFILE = regex(r"/(?:authors?|writers?|users?|members?|profiles?|people|creators?|poets?|u)/[^/?#]+/?\Z", re.I, 300)
NEAR_LINES = 4  # above a heading, in which a byline with a link stands
BYLINE_WORDS, BYLINE_BEFORE, BYLINE_NODES = 8, 2, 3
AUTHOR = regex(r"(?:^|[\W_])(?:author|creator|writer|auteur|autor|pen-?name)(?:[-_]?name)?(?:$|\s)", re.I, 2_000)
CUT = ("...", "…", "..")


@dataclass(frozen=True, slots=True)
class LineAbove:
    """A short line, and the element that holds it and nothing else. `excluded`: a reader of the story does not get
    it."""

    element: Tag
    text: str
    excluded: bool = False
    named_away: bool = False  # it alone is, for what its class is called

    @property
    def is_heading(self) -> bool:
        """Whether the page calls it a heading."""
        return self.element.name in HEADINGS


def short_line(element: Tag) -> str:
    """The words of an element on one line; "" where they are many, or none."""
    parts: list[str] = []
    letters = nodes = 0
    stack: list[Tag | NavigableString] = [element]
    while stack:
        node = stack.pop()
        nodes += 1
        if isinstance(node, Tag):
            if node.name in UNSEEN and node is not element:
                continue
            children = child_nodes(node)
            nodes += len(children)
            if nodes > LINE_NODES:
                return ""
            parts.append(" ")
            stack.extend(reversed(children))
        elif not isinstance(node, NOT_TEXT):
            letters += len(node.strip())
            if letters > LINE_LETTERS:
                return ""
            parts.append(node)
    return " ".join("".join(parts).split())


def lines_above(page: Page, excluded: Exclusions, root: Tag) -> list[LineAbove]:
    """The short lines above a story's element, and the headings at its very top, in the page's order."""
    lines: list[LineAbove] = []
    gone: set[int] = set()
    for element, inside in _from_the_top(page, root):
        key = id(element)
        if id(element.parent) in gone or element in excluded:
            gone.add(key)
        text = "" if element.name in UNSEEN or (inside and element.name not in HEADINGS) else short_line(element)
        if not any(map(str.isalnum, text)):
            continue
        if lines and lines[-1].text == text and lines[-1].element is element.parent:
            if lines[-1].is_heading:
                continue
            lines.pop()  # the innermost element is the line
        own = key in gone and id(element.parent) not in gone and excluded.rule(element) == "page furniture"
        lines.append(LineAbove(element, text, key in gone, own))
    return lines if len(lines) <= FIRST_LINES + LAST_LINES else [*lines[:FIRST_LINES], *lines[-LAST_LINES:]]


def _from_the_top(page: Page, root: Tag) -> Iterator[tuple[Tag, bool]]:
    """The elements above the story's, and the first of those below it; of each, whether it is one of these."""
    start, inside = place(root), 0
    for element in page.elements:
        inside += place(element) >= start
        if inside > WITHIN_STORY:
            return
        yield element, bool(inside)


def trail_name(lines: Sequence[LineAbove], is_chapter: Callable[[str], bool]) -> str:
    """The last page before this one in the trail that leads to it: the work, where this page is a chapter."""
    for line in lines:
        names = f"{attribute(line.element, 'class')} {attribute(line.element, 'id')}".lower()
        links = [a for a in line.element.find_all("a", limit=12) if attribute(a, "href")] if line.text else []
        if not links or not (TRAIL.search(names) or any(sign in line.text.strip(TRAIL_SIGNS) for sign in TRAIL_SIGNS)):
            continue
        texts = [short_line(a) for a in links]
        named = [
            t for t in texts if t and not is_chapter(t) and not names_home(t) and not is_way(t) and not is_button(t)
        ]
        if named:
            return named[-1]
    return ""


def author_beside(lines: Sequence[LineAbove], root: Tag, names: Sequence[str]) -> str:
    """Who wrote the story, as a line says it between the title (one of these `names`) and the text: behind "by", or
    because the page calls its element the author's, or links it to a writer's page."""
    told = [i for i, ln in enumerate(lines) if any(n and same_letters(n, ln.text) for n in names)]
    headings = [i for i, ln in enumerate(lines) if ln.element.name in ("h1", "h2") and place(ln.element) < place(root)]
    above = sum(place(ln.element) < place(root) for ln in lines)
    start = min((*told, *headings[-1:]), default=above)
    near = (ln for ln in lines[max(0, start - NEAR_LINES) : start] if not ln.excluded)
    if linked := next(filter(None, map(_linked_author, near)), ""):
        return linked  # a chapter's heading may stand below who wrote it
    below = lines[start:]
    return _named_line(below) or _profile(below) or _called_author(below)


def _named_line(lines: Sequence[LineAbove]) -> str:
    """The name in the first line that says "by", or that stands below the label of an author."""
    for line, below in itertools.zip_longest(lines, lines[1:]):
        if len(line.text.split()) > BYLINE_WORDS:
            continue
        names = (author_in(text) for text in (line.text, DATED.split(line.text)[0]))
        if name := next(filter(None, names), "") or _linked_author(line) or _labelled(line, below):
            return name
    return ""


def _called_author(lines: Sequence[LineAbove]) -> str:
    """The name in the first line whose element the page calls the author's."""
    called = (
        line.text
        for line in lines
        if len(line.text.split()) <= BYLINE_WORDS
        and AUTHOR.search(f"{attribute(line.element, 'class')} {attribute(line.element, 'id')}")
        and is_person(line.text, handle=True)
    )
    return next(called, "")


def _labelled(label: LineAbove, below: LineAbove | None) -> str:
    """The author's name below a label that stands alone on its line: "Author"."""
    field = read_field(f"{label.text.rstrip(':：')}:") if below is not None else None
    is_label = field is not None and field[0] == "author" and not field[1]
    return below.text if is_label and below is not None and is_person(below.text, handle=True) else ""


def _profile(lines: Sequence[LineAbove]) -> str:
    """The name that links to a writer's page, where one alone does among these lines."""
    names = {
        line.text
        for line in lines
        if not line.excluded and _leads_to_writer(line) and is_person(line.text, handle=True)
    }
    return names.pop() if len(names) == 1 else ""


def _leads_to_writer(line: LineAbove) -> bool:
    """Whether a line is a link to a writer's page, alone in its element."""
    link = line.element if line.element.name == "a" else line.element.find("a")
    if not isinstance(link, Tag) or not PROFILE.search(attribute(link, "href")):
        return False
    return link is line.element or one_line(link) == line.text


def author_in_title(lines: Sequence[LineAbove], work: str, titles: Sequence[str]) -> str:
    """Who wrote the story: a link right below the one that says the work's title, where a title of the page names both
    as its parts."""
    for line, below in itertools.pairwise(lines):
        if line.element.name == "a" == below.element.name and same_letters(line.text, work):
            named = any(below.text in [part.text for part in parts_of(title)] for title in titles)
            if named and is_person(below.text, handle=True):
                return below.text
    return ""


def author_labelled(page: Page, excluded: Exclusions) -> str:
    """Who wrote the story, as a short line anywhere on the page says it behind a label ("Author: Ada Thorn"), where
    all such lines name the same."""
    names: set[str] = set()
    for element in page.elements:
        if element.name not in LABELLED or excluded.rule(element) == "comments" or not element.contents:
            continue
        text = short_line(element)
        found = read_field(text) if LABEL_SIGN.search(text) and len(text.split()) <= BYLINE_WORDS else None
        if found and found[0] == "author" and is_person(found[1], handle=True) and not stands_in_comments(element):
            names.add(found[1])
    return names.pop() if len(names) == 1 else ""


def author_below(root: Tag) -> str:
    """Who wrote the story, as one of its last lines says it: "Written by Ada Thorn", or "by" and a name that is a
    link."""
    lines = [" ".join(line.split()) for line in element_text(root).split("\n") if line.strip()]
    for line in lines[: -LAST_SIGNED - 1 : -1]:
        name = author_in(line) if len(line.split()) <= BYLINE_WORDS else ""
        before = line[: line.find(name)].split()
        if name and line.endswith(name) and (len(before) > 1 or any(one_line(a) == name for a in root.find_all("a"))):
            return name
    return ""


def signed_title(lines: Sequence[LineAbove], title: str) -> str:
    """The line before "by" and a linked name, where a page's title begins with it and says more."""
    for line, below in itertools.pairwise(lines):
        rest = title[len(line.text) :]
        if rest and title.startswith(line.text) and not rest[0].isalnum() and _linked_author(below):
            return line.text
    return ""


def _linked_author(line: LineAbove) -> str:
    """A name that is a link, behind "by"."""
    if line.element.name != "a":
        return ""
    name = author_in(f"{_words_before(line.element)} {line.text}")
    return name if same_letters(name, line.text) else ""


def _words_before(element: Tag) -> str:
    """The last words that stand before an element on its line."""
    said = itertools.islice((n for n in element.previous_elements if isinstance(n, NavigableString)), BYLINE_NODES)
    text = next((str(node) for node in said if node.strip()), "")
    return " ".join(text.split()[-BYLINE_BEFORE:])


def completed(name: str, lines: Sequence[str]) -> str:
    """A name that ends in an ellipsis, as a line has it that begins so and goes on."""
    cut = next((sign for sign in CUT if name.endswith(sign)), "")
    if not cut:
        return name
    begun = name[: -len(cut)].rstrip()
    return next((line for line in lines if line.startswith(begun) and not line.startswith(name)), name)
