"""Fonts that a PDF uses and doesn't bring along: elsewhere its pages look otherwise, and printers refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw
from converter.checker.pdf.rules.structure import pages_of

MOST_OBJECTS = 500_000  # pages, forms and fonts, looked at
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def font_rules(pdf: Any) -> Iterator[PdfFlaw]:
    """The fonts of a PDF that pikepdf has opened, which are not in it; each is told of once, with its first page."""
    told: set[str] = set()
    for font, page in _fonts(pdf):
        name = str(font.get("/BaseFont", "")).removeprefix("/") or "a font without a name"
        if name not in told and not _is_embedded(font):
            told.add(name)
            yield pdf_flaw(page, "font-not-embedded", f"the font {name} is not embedded")


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":  # its glyphs are drawings of the file
        return True
    if font.get("/Subtype") == "/Type0":
        kids = list(font.get("/DescendantFonts", ()))
        font = kids[0] if kids else font
    descriptor: Any = font.get("/FontDescriptor") if hasattr(font, "keys") else None
    return hasattr(descriptor, "keys") and any(program in descriptor for program in PROGRAMS)


def _fonts(pdf: Any) -> Iterator[tuple[Any, int]]:
    """The fonts that pages and their forms name, each object once, with the first page that does."""
    seen: set[tuple[int, int]] = set()
    left = MOST_OBJECTS
    for number, page in enumerate(pages_of(pdf), 1):
        waiting = list(_resources(page, seen))
        while waiting and left:
            resources = waiting.pop()
            for font in _values(resources, "/Font"):
                left -= 1
                if _is_new(font, seen):
                    yield font, number
            for form in _values(resources, "/XObject"):
                left -= 1
                if _is_new(form, seen) and "/Resources" in form and _is_new(form.Resources, seen):
                    waiting.append(form.Resources)
        if not left:
            return


def _resources(page: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """A page's resources, its own or those of the node that it hangs on; none that were looked at already."""
    node, depth = page, 0
    while node is not None and depth < 50:
        if "/Resources" in node:
            own = node is page
            if (own or node.objgen not in seen) and _is_new(node.Resources, seen):
                yield node.Resources
            if not own:
                seen.add(node.objgen)
            return
        node, depth = node.get("/Parent"), depth + 1


def _values(resources: Any, kind: str) -> list[Any]:
    table = resources.get(kind)
    return [value for _, value in table.items() if hasattr(value, "keys")] if hasattr(table, "items") else []


def _is_new(thing: Any, seen: set[tuple[int, int]]) -> bool:
    """Whether an object was not met before; one that stands inside another can't be known again."""
    if thing.objgen == (0, 0):
        return True
    if thing.objgen in seen:
        return False
    seen.add(thing.objgen)
    return True
