"""Contents lists, the nav of EPUB 3 and the NCX of EPUB 2: entries with names, in order, that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.checker.epub.opened import NCX, SVG, XHTML, Opened

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 hgroup".split())


def navigation(book: Opened) -> Iterator[Flaw]:
    """A nav document in EPUB 3, an NCX in EPUB 2; entries with names, in the spine's order, that lead somewhere."""
    path = book.package_path
    nav, ncx = book.with_property("nav"), next(iter(book.of_type(NCX)), None)
    if book.version.startswith("3") and nav is None:
        yield Flaw(path, book.package.line, "nav-missing", "no item of the manifest has the property nav")
    if book.version.startswith("2") and ncx is None:
        yield Flaw(path, book.package.line, "nav-missing", "there is no NCX")
    if nav and nav.path in book.documents:
        yield from _nav(book, nav.path, book.documents[nav.path])
    if ncx and ncx.path in book.documents:
        yield from _ncx(book, ncx.path, book.documents[ncx.path])


def _nav(book: Opened, path: str, root: XmlNode) -> Iterator[Flaw]:
    navs = [n for n in root.all("nav") if n.space == "html"]
    tocs = [n for n in navs if "toc" in _types(n)]
    if not tocs:
        yield Flaw(path, 1, "nav-toc", "no nav has epub:type toc")
        return
    yield from _entries(book, path, [(n, n.attributes.get("href", ""), _name(n)) for n in tocs[0].all("a")])
    for kind in ("toc", "page-list", "landmarks"):
        for again in [n for n in navs if kind in _types(n)][1:]:
            yield Flaw(path, again.line, "nav-twice", f"a second nav with epub:type {kind}; keep one")
    for nav in navs:
        types = _types(nav)
        if types:
            yield from _list(path, nav, types)
        if {"toc", "page-list", "landmarks"} & set(types):
            yield from _targets(book, path, nav)
        if "landmarks" in types:
            yield from _landmarks(path, nav)


def _targets(book: Opened, path: str, nav: XmlNode) -> Iterator[Flaw]:
    spine = {item.path for _, item in book.spine}
    for link in nav.all("a"):
        found = book.locate(path, link.attributes.get("href", ""))
        if found.scheme and "href" in link.attributes:
            yield Flaw(path, link.line, "nav-remote", "an entry leads out of the book; only pages of it may be named")
        item = book.item(found.path)
        if (
            item is not None
            and "toc" not in _types(nav)
            and found.path not in spine
            and item.media_type in (XHTML, SVG)
        ):
            yield Flaw(
                path, link.line, "nav-outside-spine", f"an entry leads to {found.path}, which is not in the spine"
            )


def _landmarks(path: str, nav: XmlNode) -> Iterator[Flaw]:
    seen: set[tuple[str, str]] = set()
    for link in nav.all("a"):
        if "epub:type" not in link.attributes:
            yield Flaw(path, link.line, "nav-landmark", "a landmark must say in epub:type what it is")
        for kind in _types(link):
            key = (kind, link.attributes.get("href", "").strip())
            if key in seen:
                yield Flaw(path, link.line, "nav-landmark", f"{key[1]} is named twice as {kind}; keep one")
            seen.add(key)


def _list(path: str, nav: XmlNode, types: list[str]) -> Iterator[Flaw]:
    """EPUB 3.3, section 7.2: a heading, then one list, in which each entry is a link or a text with a list."""
    children = [c for c in nav.children if c.space == "html"]
    heads = [c for c in children if c.tag in _HEADINGS]
    lists = [c for c in children if c.tag == "ol"]
    for child in children:
        if child.tag not in _HEADINGS and child.tag != "ol":
            yield Flaw(path, child.line, "nav-content", f"<{child.tag}> in a nav; it holds a heading and a list (ol)")
    if len(lists) != 1 or len(heads) > 1 or (heads and children and children[0] not in heads):
        yield Flaw(path, nav.line, "nav-content", "a nav holds one heading at most, and then one list (ol)")
    if not heads and not {"toc", "page-list", "landmarks"} & set(types):
        yield Flaw(path, nav.line, "nav-content", "this nav must have a heading, which says what it lists")
    for head in heads:
        if not _name(head):
            yield Flaw(path, head.line, "nav-label", "the heading of a nav is empty")
    yield from _inner_lists(path, nav, types, lists)


def _inner_lists(path: str, nav: XmlNode, types: list[str], lists: list[XmlNode]) -> Iterator[Flaw]:
    nested = False
    for inner in (n for one in lists for n in one.walk() if n.tag == "ol"):
        nested = nested or inner not in lists
        if not inner.children:
            yield Flaw(path, inner.line, "nav-content", "a list of a nav is empty; take it out")
        for entry in inner.children:
            yield from _entry(path, entry)
    if nested and {"page-list", "landmarks"} & set(types) and "toc" not in types:
        yield Flaw(path, nav.line, "nav-nested", f"{' '.join(types)}: readers show no list inside the list", "warning")


def _entry(path: str, entry: XmlNode) -> Iterator[Flaw]:
    if entry.tag != "li":
        yield Flaw(path, entry.line, "nav-content", f"<{entry.tag}> in a list of a nav; it holds entries (li)")
        return
    tags = [c.tag for c in entry.children]
    if tags not in (["a"], ["a", "ol"], ["span", "ol"]):
        message = "an entry of a nav is a link (a), or a link or text (span) with a list (ol)"
        yield Flaw(path, entry.line, "nav-content", message)
    if entry.text.strip() or any(c.after.strip() for c in entry.children):
        yield Flaw(path, entry.line, "nav-content", "an entry of a nav has text outside its link")
    for label in entry.children[:1]:
        if label.tag == "span" and not _name(label):
            yield Flaw(path, label.line, "nav-label", "an entry of the contents has no name")
        if label.tag == "a" and "href" not in label.attributes:
            yield Flaw(path, label.line, "attribute-missing", "<a> in a nav must have the attribute href")
        for inner in label.all("span"):
            if inner is not label and not _name(inner):
                yield Flaw(path, inner.line, "nav-label", "a span in an entry of the contents is empty")


def _types(node: XmlNode) -> list[str]:
    return node.attributes.get("epub:type", "").split()


def _name(node: XmlNode) -> str:
    said = node.words()
    return said or " ".join(n.attributes.get("alt") or n.attributes.get("title", "") for n in node.walk()).strip()


def _target(book: Opened, path: str, address: str) -> tuple[str, str] | None:
    found = book.locate(path, address)
    return (found.path, found.fragment) if found.inside else None


def _ncx(book: Opened, path: str, root: XmlNode) -> Iterator[Flaw]:
    entries = []
    for point in root.all("navPoint"):
        content = next((c for c in point.children if c.tag == "content"), None)
        label = next((c for c in point.children if c.tag == "navLabel"), None)
        entries.append((point, content.attributes.get("src", "") if content else "", label.words() if label else ""))
    yield from _entries(book, path, entries)
    yield from _play_order(path, root)
    key = book.package.attributes.get("unique-identifier", "").strip()
    uid = next((n for n in root.all("meta") if n.attributes.get("name") == "dtb:uid"), None)
    real = next((n for n in book.package.all("identifier") if n.attributes.get("id", "").strip() == key), None)
    if uid and real and uid.attributes.get("content", "").strip() != real.text.strip():
        yield Flaw(path, uid.line, "ncx-identifier", "the identifier is not that of the package")


def _play_order(path: str, root: XmlNode) -> Iterator[Flaw]:
    """Entries with one number lead to one place."""
    first: dict[str, str] = {}
    for point in root.all("navPoint", "pageTarget", "navTarget"):
        number = point.attributes.get("playOrder", "").strip()
        content = next((c.attributes.get("src", "") for c in point.children if c.tag == "content"), "")
        if number and first.setdefault(number, content) != content:
            message = f"playOrder {number} is the number of another entry, which leads elsewhere"
            yield Flaw(path, point.line, "ncx-order", message)


def _entries(book: Opened, path: str, entries: list[tuple[XmlNode, str, str]]) -> Iterator[Flaw]:
    order = {item.path: number for number, (_, item) in enumerate(book.spine)}
    aside = {item.path for node, item in book.spine if node.attributes.get("linear") == "no"}
    last, within = -1, -1
    places: dict[str, dict[str, int]] = {}
    for node, address, name in entries:
        if not name:
            yield Flaw(path, node.line, "nav-label", "an entry of the contents has no name")
        target = _target(book, path, address)
        if target is None:
            continue
        place = order.get(target[0])
        if place is None:
            yield from _outside_spine(book, path, node, target[0])
            continue
        if place < last and target[0] not in aside:
            message = f"the contents list {target[0]} after a later document"
            yield Flaw(path, node.line, "nav-order", message, "info" if node.tag == "navPoint" else "warning")
        if target[0] not in aside:
            if target[0] not in places:
                places[target[0]] = {key: n for n, key in enumerate(book.ids.get(target[0], ()))}
            spot = places[target[0]].get(target[1], -1)
            if place == last and spot < within and node.tag != "navPoint" and target[1]:
                message = f"the contents list #{target[1]} after a later place of {target[0]}"
                yield Flaw(path, node.line, "nav-order", message, "warning")
            within = spot if place > last else max(within, spot)
            last = max(last, place)
        yield from _place_in_page(book, path, node, target)


def _place_in_page(book: Opened, path: str, node: XmlNode, target: tuple[str, str]) -> Iterator[Flaw]:
    if target[1] and node.tag == "navPoint" and target[1] not in book.ids.get(target[0], {target[1]: 0}):
        yield Flaw(path, node.line, "link-broken", f"there is no #{target[1]} in {target[0]}")


def _outside_spine(book: Opened, path: str, node: XmlNode, file: str) -> Iterator[Flaw]:
    if file in book.files and file != book.package_path:
        message = f"an entry of the contents leads to {file}, which is not in the spine"
        yield Flaw(path, node.line, "nav-outside-spine", message)
    elif node.tag == "navPoint":
        yield Flaw(path, node.line, "link-broken", f"there is no {file}")
