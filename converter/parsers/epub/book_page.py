"""An EPUB's documents as one page: each in an element of its own, with its styles, links between them as its own."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from bs4.element import NavigableString, Tag

from converter.document.contracts import Source, SourceText
from converter.document.record import dataclass
from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.epub.package import Package
from converter.parsers.html.dom.markup import IMAGE_KEY
from converter.parsers.html.dom.nodes import NOT_TEXT
from converter.parsers.html.dom.page import Page, counted, parse_page
from converter.parsers.html.dom.selecting import Index, attribute
from converter.parsers.html.dom.tree import NumberedTag, grow, place
from converter.parsers.html.style.cascade import page_stylesheet
from converter.parsers.html.style.styles import computed_styles

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

SPLIT = frozenset("div section article main center body".split())  # frames that end where a chapter begins inside them
PICTURES = frozenset("img svg image video audio object".split())
BREAK_MARKS = "\u2060\u00ad"  # word joiner, soft hyphen
_NO_BREAK_MARKS = str.maketrans("", "", BREAK_MARKS)
FRAME = re.compile(r"f\d+(?:-.*)?")  # how the frames of documents are called
IMPORTS = 20  # sheets that a sheet brings along
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"'()\s;]{1,300})", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the spine: its name in the archive, its markup, whether it stands in the row of the text."""

    name: str
    text: str
    linear: bool = True


@dataclasses.dataclass(slots=True)
class BookPage:
    """The documents as one page under way. `bodies`: the elements that hold a document's text (or a part of it), in
    order, by the document's number; `styles`: the look of elements by id(); `places`: the elements that links and the
    contents list name, by number and id; `in_columns`: the numbers of the documents whose lines run from top to
    bottom."""

    package: Package
    documents: Sequence[Document]
    page: Page
    bodies: list[list[Tag]] = field(default_factory=list)
    styles: dict[int, ComputedStyle] = field(default_factory=dict)
    places: dict[tuple[int, str], Tag] = field(default_factory=dict)
    in_columns: set[int] = field(default_factory=set)

    def split_all(self, places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Tag]:
        """The bodies that begin at these places of documents (number, id), made where text stands above them. The last
        place of a document goes first: so each node is moved once, however many places there are."""
        wanted = dict.fromkeys(places)
        order = sorted(wanted, key=lambda at: place(self.places[at]) if at in self.places else -1, reverse=True)
        bodies = {id(body) for own in self.bodies for body in own}
        made = {at: self._split_at(*at, bodies) for at in order}
        return {at: made[at] for at in wanted}

    def _split_at(self, number: int, fragment: str, bodies: set[int]) -> Tag:
        """The body that begins at this place of a document; it is made where text stands above the place. An unknown
        place is the document's beginning."""
        element = self.places.get((number, fragment)) if fragment else None
        if element is None:
            return self.bodies[number][0]
        while id(element) not in bodies:
            parent = element.parent
            if parent is None:
                return self.bodies[number][0]
            above = _has_content_above(element)
            if id(parent) in bodies and not above:
                return parent
            element = self._split(parent, element) if above and parent.name in SPLIT else parent
            if id(parent) in bodies and element is not parent:
                at = next(i for i, body in enumerate(self.bodies[number]) if body is parent)
                self.bodies[number].insert(at + 1, element)
                bodies.add(id(element))
                return element
        return element

    def _split(self, parent: Tag, child: Tag) -> Tag:
        """A copy of an element behind it, which takes what it holds from this child on."""
        attributes = {key: value for key, value in parent.attrs.items() if key not in ("id", "name")}
        copy = NumberedTag(name=parent.name, attrs=attributes, sourceline=child.sourceline or parent.sourceline)
        rest = [child, *child.next_siblings]
        parent.insert_after(copy)
        for node in rest:
            copy.append(node.extract())
        if id(parent) in self.styles:
            self.styles[id(copy)] = self.styles[id(parent)]
        return copy

    def finished(self) -> Page:
        """The page with its elements counted."""
        return counted(self.page)


def joined(package: Package, documents: Sequence[Document]) -> BookPage:
    """The documents as one page. Raises TooLarge for one that is deeper than any story."""
    soup = grow("")
    body = soup.body or soup
    sheets: dict[str, str] = {}
    texts: list[SourceText] = []
    files: dict[int, str] = {}
    embedded: dict[str, str] = {}
    findings: list[Finding] = []
    made = BookPage(package, documents, Page("", soup, body, (), {}, package.read, "", (), (), Index(())))
    ids: set[str] = set()
    pages: list[Page] = []
    for number, document in enumerate(documents):
        name = f"{package.source}/{document.name}"
        page = parse_page(Source(name, b"", ".xhtml", package.beside(document.name)), document.text)
        linked = _linked(package, page, document.name, sheets)
        made.styles.update(computed_styles(page, linked))
        _with_pictures(package, page, document.name, number)
        embedded |= {_key(number, key): value for key, value in page.embedded.items()}
        _set_places(made, page, number, ids)
        pages.append(page)
        frame = NumberedTag(name="div", attrs={"id": f"f{number}"}, sourceline=1)
        own = page.body
        _without_break_marks(own, document.text)
        if _is_in_columns(page, made.styles, linked):
            made.in_columns.add(number)
        if page.soup.head is not None:
            frame.append(page.soup.head.extract())
        frame.append(own.extract())
        if own.name == "body":
            own.name = "section"
        body.append(frame)
        files[id(frame)] = name
        made.bodies.append([own])
        texts.extend(page.texts)
        findings.extend(page.findings)
    _set_links(made, pages)
    made.page = Page(
        package.source,
        soup,
        body,
        tuple(texts),
        embedded,
        package.read,
        "",
        (),
        (),
        made.page.index,
        tuple(findings),
        files,
    )
    return made


def _is_in_columns(page: Page, styles: Mapping[int, ComputedStyle], linked: Sequence[str]) -> bool:
    """Whether the lines of a document run from top to bottom, by the look of its root, its body, or what alone holds
    all of that."""
    if not any("writing-mode" in text for text in (page.texts[0].text, *linked)):
        return False
    at, root = page.body, page.soup.find("html")
    if isinstance(root, Tag):
        sheet = page_stylesheet(Index((root, *page.everything)), linked)
        if sheet.style_of(root).vertical:
            return True
    while not styles.get(id(at), PLAIN).vertical:
        inner = [child for child in at.children if isinstance(child, Tag)]
        if len(inner) != 1 or inner[0].name not in SPLIT:
            return False
        at = inner[0]
    return True


def _has_content_above(element: Tag) -> bool:
    """Whether words or pictures stand before an element in the one around it."""
    for node in element.previous_siblings:
        if isinstance(node, Tag):
            if node.name in PICTURES or node.find(PICTURES) is not None or node.get_text().strip() or node.name == "hr":
                return True
        elif isinstance(node, NavigableString) and not isinstance(node, NOT_TEXT) and node.strip():
            return True
    return False


def _without_break_marks(body: Tag, text: str) -> None:
    """Takes out the signs that only say where a line may end: another typesetter's, and no letters."""
    if any(mark in text for mark in BREAK_MARKS):
        for node in body.find_all(string=True):
            plain = node.translate(_NO_BREAK_MARKS)
            if plain != node and plain and type(node) is NavigableString:
                node.replace_with(NavigableString(plain))


# ------------------------------------------------------------------------------------------------------- sheets


def _linked(package: Package, page: Page, document: str, known: dict[str, str]) -> list[str]:
    """The sheets that a document links to, in order."""
    folder = posixpath.dirname(document)
    found: list[str] = []
    for link in page.index.by_name.get("link", ()):
        rel = attribute(link, "rel").lower().split()
        if "stylesheet" not in rel or "alternate" in rel:
            continue
        if name := package.files.find(folder, attribute(link, "href")):
            found.append(_sheet(package, name, known, IMPORTS))
    return found


def _sheet(package: Package, name: str, known: dict[str, str], more: int) -> str:
    if name not in known:
        known[name] = ""  # a sheet that brings itself along
        text = (package.read(name) or b"").decode("utf-8", "replace").removeprefix("\ufeff")
        folder = posixpath.dirname(name)
        brought = [package.files.find(folder, m[1]) for m in _IMPORT.finditer(text)] if more else []
        known[name] = "\n".join((*(_sheet(package, n, known, 0) for n in brought[:more] if n), text))
    return known[name]


# ---------------------------------------------------------------------------------------- pictures and places


def _key(number: int, key: str) -> str:
    return key.replace(IMAGE_KEY, f"{IMAGE_KEY}{number}-")


def _with_pictures(package: Package, page: Page, document: str, number: int) -> None:
    """Pictures are named as the archive names them; a drawing that only shows a picture becomes that picture."""
    folder = posixpath.dirname(document)
    for drawing in page.index.by_name.get("svg", ()):
        shown = drawing.find_all("image")
        if len(shown) == 1 and not drawing.get_text().strip():
            address = attribute(shown[0], "xlink:href") or attribute(shown[0], "href")
            made = NumberedTag(name="img", attrs={"src": address, "alt": ""}, sourceline=drawing.sourceline)
            drawing.replace_with(made)
            _name_picture(package, made, folder, number)
    for picture in page.index.by_name.get("img", ()):
        _name_picture(package, picture, folder, number)


def _name_picture(package: Package, picture: Tag, folder: str, number: int) -> None:
    address = attribute(picture, "src")
    if address.startswith(IMAGE_KEY):
        picture.attrs["src"] = _key(number, address)
    elif name := package.files.find(folder, address):
        picture.attrs["src"] = quote(name)


def _set_places(made: BookPage, page: Page, number: int, ids: set[str]) -> None:
    """Ids are made the joined page's own: an id that stands in an earlier document, too, gets its document's number
    (the first keeps it, as rules of known sites go by ids)."""
    for element in page.elements:
        for key in ("id", "name") if element.name == "a" else ("id",):
            if value := attribute(element, key):
                made.places.setdefault((number, value), element)
                if value in ids or FRAME.fullmatch(value):
                    value = element.attrs[key] = f"f{number}-{value}"
                ids.add(value)


def _set_links(made: BookPage, pages: Sequence[Page]) -> None:
    """Links between documents and inside them are made links on the joined page."""
    numbers = {document.name: number for number, document in enumerate(made.documents)}
    for number, page in enumerate(pages):
        folder = posixpath.dirname(made.documents[number].name)
        for link in page.index.by_name.get("a", ()):
            address = attribute(link, "href")
            path, sign, fragment = address.partition("#")
            if not address or ":" in path:
                continue
            target = numbers.get(made.package.files.find(folder, path), -1) if path else number
            if target >= 0:
                link.attrs["href"] = _on_page(made, target, unquote(fragment) if sign else "")


def _on_page(made: BookPage, target: int, fragment: str) -> str:
    """The link to a place of a document; to the document where it has no such place, too."""
    if not fragment:
        return f"#f{target}"
    element = made.places.get((target, fragment))
    keys = (attribute(element, "id"), attribute(element, "name")) if element is not None else ()
    own = (fragment, f"f{target}-{fragment}")
    return f"#{next((key for key in keys if key in own), own[1])}"
