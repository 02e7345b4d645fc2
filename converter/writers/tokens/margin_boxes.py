"""Running heads and page numbers of a design, as CSS: which margin box of a page holds which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converter.writers.tokens.rule import declarations

Table = Mapping[str, Any]

QUAD = '"\\2003"'
ROMAN = "counter(page, lower-roman)"
PAGES = ("left", "right")
CORNERS = {"centre": ("center", "center"), "outer": PAGES, "foot": PAGES, "right": ("right", "right")}
"""Where something stands on a left and on a right page, by the design's word for it."""


def margin_box_css(design: Table, *, spaced: bool) -> str:
    """The rules of the story's pages, and of those before it that have roman numbers. A chapter's first page has no
    head. `spaced`: a script with italics and letter-spacing."""
    return "".join(_slugs() if design["heads"]["slug"] else _pages(design, spaced))


def _slugs() -> Iterator[str]:
    """Author, title and page number on one line, as typescripts have them."""
    box = "@page {page} {{ @top-right {{ content: {words}; text-align: right; vertical-align: middle }} }}\n"
    for page in PAGES:
        yield box.format(page=f"body:{page}", words="string(slug, first-except) counter(page)")
    yield box.format(page="roman", words=ROMAN)


def _pages(design: Table, spaced: bool) -> Iterator[str]:
    heads, folio = design["heads"], design["folio"]
    for number, (page, name) in enumerate(zip(PAGES, ("verso", "recto"), strict=True)):
        words = f"string({name}, first-except)"
        boxes = []
        if heads["place"] in ("centre", "outer"):
            look = declarations(heads[name], design["colours"], spaced=spaced)
            gap = heads["gap"] / heads[name].get("size", 1)  # of the heads' size, so that facing heads are level
            place = f"vertical-align: bottom; padding-bottom: {gap:.4g}em"
            boxes.append(_box("top", CORNERS[heads["place"]][number], words, f"{place}; {look}"))
        if folio["place"] in CORNERS:
            count = _numbered(folio, "counter(page)")
            content = count if not folio["beside"] else " ".join((count, QUAD, words)[:: -1 if number else 1])
            boxes.append(_folio(design, number, content, spaced))
        if boxes:
            yield f"@page body:{page} {{ {' '.join(boxes)} }}\n"
        if folio["place"] in CORNERS:
            yield f"@page roman:{page} {{ {_folio(design, number, _numbered(folio, ROMAN), spaced)} }}\n"


def _folio(design: Table, number: int, content: str, spaced: bool) -> str:
    folio = design["folio"]
    said = {key: folio[key] for key in ("colour", "weight") if key in folio}
    look = declarations(said, design["colours"], spaced=spaced)
    size = f"font-size: calc(var(--head-size) * {folio['size']})"  # not of the heads', which may be of another size
    place = f"{size}; vertical-align: top; padding-top: {folio['gap']}em"
    return _box("bottom", CORNERS[folio["place"]][number], content, f"{place}; {look}")


def _numbered(folio: Table, counter: str) -> str:
    return f'"{folio["before"]}" {counter} "{folio["after"]}"' if folio["before"] or folio["after"] else counter


def _box(edge: str, side: str, content: str, said: str) -> str:
    return f"@{edge}-{side} {{ content: {content}; text-align: {side}; {said} }}"
