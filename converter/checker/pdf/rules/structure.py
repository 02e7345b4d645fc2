"""What the file says beside its pages: tags, language, title, outline, headings in order, descriptions of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted

MANY_PAGES = 20  # a book with more needs an outline
MOST_ELEMENTS = 1_000_000  # of the structure, looked at
MOST_ENTRIES = 100_000  # of the outline
HEADINGS = {f"/H{n}": n for n in range(1, 7)}
UNTAGGED = "it has no tags: what is read aloud has no order, no headings (for print alone it doesn't matter)"


class Entry(NamedTuple):
    """An entry of the outline: its title and the number of its page from 1, 0 where it leads nowhere."""

    title: str
    page: int


def structure_rules(pdf: Any) -> Iterator[PdfFlaw]:
    """The faults of a PDF that pikepdf has opened."""
    root = pdf.Root
    if not str(root.get("/Lang", "")).strip():
        yield pdf_flaw(0, "structure-language", "it doesn't say its language")
    if not _title(pdf):
        yield pdf_flaw(0, "structure-title", "it doesn't say its title")
    pages = {page.objgen: n for n, page in enumerate(pages_of(pdf), 1)}
    yield from _outline(pdf, pages)
    tree = root.get("/StructTreeRoot")
    if tree is None or "/K" not in tree or not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield pdf_flaw(0, "structure-untagged", UNTAGGED)
        return
    yield from _tags(tree, pages)


def pages_of(pdf: Any) -> Iterator[Any]:
    """The objects of the pages in order."""
    for page in pdf.pages:
        yield page.obj


def _title(pdf: Any) -> str:
    info = pdf.trailer.get("/Info", {})
    if title := str(info.get("/Title", "")).strip():
        return title
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            return str(metadata.get("dc:title", "") or "").strip()
    except Exception:  # XMP that can't be read says nothing
        return ""


# ---------------------------------------------------------------------------------------------------- outline


def _outline(pdf: Any, pages: dict[tuple[int, int], int]) -> Iterator[PdfFlaw]:
    entries = list(_entries(pdf, pages))
    if not entries and len(pages) > MANY_PAGES and "/Duplex" not in pdf.Root.get("/ViewerPreferences", {}):
        yield pdf_flaw(0, "structure-outline", f"{len(pages):,} pages, and no outline")
    before = 0
    for entry in entries:
        if not entry.page:
            yield pdf_flaw(0, "outline-broken", f"an entry of the outline leads nowhere: {quoted(entry.title)}")
        elif entry.page < before:
            yield pdf_flaw(entry.page, "outline-order", f"the outline goes back: {quoted(entry.title)}")
        before = max(before, entry.page)


def _entries(pdf: Any, pages: dict[tuple[int, int], int]) -> Iterator[Entry]:
    """The entries of the outline in order; each object once, so that a circle ends."""
    named = _Destinations(pdf)
    waiting = [pdf.Root.get("/Outlines", {}).get("/First")]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST_ENTRIES:
        item = waiting.pop()
        if item is None or item.objgen in seen or not hasattr(item, "keys"):
            continue
        seen.add(item.objgen)
        target = item.get("/Dest")
        action = item.get("/A")
        if target is None and action is not None and action.get("/S") == "/GoTo":
            target = action.get("/D")
        if target is not None or action is None:  # others lead out of the file
            yield Entry(str(item.get("/Title", "")), named.page(target, pages))
        waiting += [item.get("/Next"), item.get("/First")]


class _Destinations:
    """The named places of a PDF (ISO 32000-1, 12.3.2.3), read when the first is asked for."""

    def __init__(self, pdf: Any) -> None:
        self.root = pdf.Root
        self.names: dict[str, Any] | None = None

    def page(self, target: Any, pages: dict[tuple[int, int], int]) -> int:
        """The number of the page that a destination leads to, 0 for none."""
        import pikepdf

        if isinstance(target, (pikepdf.String, pikepdf.Name)):
            target = self._named(str(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array) or not len(target):
            return 0
        page: Any = target[0]
        if isinstance(page, int):
            return page + 1 if page < len(pages) else 0
        return pages.get(getattr(page, "objgen", (0, 0)), 0)

    def _named(self, name: str) -> Any:
        if self.names is None:
            self.names = {str(k).removeprefix("/"): v for k, v in self.root.get("/Dests", {}).items()}
            self.names |= dict(_leaves(self.root.get("/Names", {}).get("/Dests")))
        return self.names.get(name.removeprefix("/"))


def _leaves(tree: Any) -> Iterator[tuple[str, Any]]:
    waiting = [tree]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST_ENTRIES:
        node = waiting.pop()
        if node is None or (node.objgen != (0, 0) and node.objgen in seen):
            continue
        seen.add(node.objgen)
        names = list(node.get("/Names", ()))
        yield from ((str(key), value) for key, value in zip(names[::2], names[1::2], strict=False))
        waiting.extend(node.get("/Kids", ()))


# ------------------------------------------------------------------------------------------------------- tags


def _tags(tree: Any, pages: dict[tuple[int, int], int]) -> Iterator[PdfFlaw]:
    level = 0
    for tag, element, page in _elements(tree, pages):
        if number := HEADINGS.get(tag):
            if number > level + 1:
                after = f"after one of level {level}" if level else "as the first of all"
                yield pdf_flaw(page, "heading-skipped", f"a heading of level {number} {after}")
            level = number
        elif tag == "/Figure" and not (str(element.get("/Alt", "")).strip() or "/ActualText" in element):
            yield pdf_flaw(page, "figure-alt", "a picture has no description")


def _elements(tree: Any, pages: dict[tuple[int, int], int]) -> Iterator[tuple[str, Any, int]]:
    """The elements in reading order: each with its standard tag and its page; each object once."""
    import pikepdf

    roles = {str(k): str(v) for k, v in tree.get("/RoleMap", {}).items()}
    waiting: list[tuple[Any, int]] = [(tree.get("/K"), 0)]
    seen: set[tuple[int, int]] = set()
    left = MOST_ELEMENTS
    while waiting and left:
        node, page = waiting.pop()
        left -= 1
        if isinstance(node, pikepdf.Array):
            waiting.extend((kid, page) for kid in reversed(list(node)) if not isinstance(kid, int))
            continue
        if not isinstance(node, pikepdf.Dictionary) or (node.objgen != (0, 0) and node.objgen in seen):
            continue
        seen.add(node.objgen)
        if "/Pg" in node:
            page = pages.get(node.Pg.objgen, page)
        tag = str(node.get("/S", ""))
        yield (roles.get(tag, tag) if tag not in HEADINGS else tag), node, page
        if "/K" in node and "/S" in node:
            waiting.append((node.K, page))
