"""Drawings among the text of a page (SVG): no format has them, so they are told, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4.element import Tag

from converter.document.findings.pictures import ImageUnusable
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

LEAST = 48  # px of its longer side; smaller ones are signs of the page's own
SHAPES = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image", "text"]
CONTROLS = frozenset(("a", "button", "svg"))  # what holds signs for those who click, or drawings in a drawing
WHY = "it is drawn in SVG, which not every e-reader shows; put it there as PNG or JPEG"
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)(?:px|pt)?\s*")


def drawings_left_out(page: Page, excluded: Exclusions, roots: Iterable[Tag]) -> Iterator[ImageUnusable]:
    """A finding for each drawing in these elements that shows something."""
    inside = {id(root) for root in roots}
    for drawing in page.index.by_name.get("svg", ()):
        above = list(drawing.parents)
        if not any(id(parent) in inside for parent in above) or any(parent.name in CONTROLS for parent in above):
            continue
        shown = attribute(drawing, "aria-hidden") != "true" and drawing.find(SHAPES) is not None
        if shown and _size(drawing) >= LEAST and not excluded.holds(drawing):
            yield ImageUnusable(_name(drawing), WHY, origin=page.origin(drawing))


def _size(drawing: Tag) -> float:
    """The longer side of a drawing in px, by its attributes, or where these say nothing or a share of the page by its
    own measures."""
    said = [attribute(drawing, side) for side in ("width", "height")]
    if not any(said) or any(value.endswith("%") for value in said):
        said = (attribute(drawing, "viewbox") or attribute(drawing, "viewBox")).replace(",", " ").split()[2:4]
    return max((float(found[1]) for value in said if (found := _LENGTH.fullmatch(value))), default=0)


def _name(drawing: Tag) -> str:
    title = drawing.find("title")
    named = title.get_text() if isinstance(title, Tag) else attribute(drawing, "aria-label")
    return f"“{' '.join(named.split())}”" if named.strip() else ""
