"""The one hook into WeasyPrint that printing in chunks needs: page numbers, and sides, that begin elsewhere.

WeasyPrint furnishes the pages (running heads, page numbers) when all of them have been laid out, by
`weasyprint.layout.make_margin_boxes`. Before the first of them is furnished it is asked here at which page of the book
they begin. Where that is a left page, each page is turned to its other side: the text is as wide there, but stands at
another place. Private names of WeasyPrint 70 are used in this file alone; `fits` says whether they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from converter.document.record import dataclass

VERSION = "70."
SIDES = frozenset({"left", "right", "recto", "verso"})
OTHER = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class LaidOut:
    """How many pages there are, and whether a chapter among them begins on a side that was asked for: how many they are
    depends on the side of the first one then."""

    pages: int
    sided: bool


class SideMattersError(Exception):
    """These pages have to be laid out again, beginning on the other side."""


class UnlikePagesError(Exception):
    """The pages can't be numbered here: the two sides differ in more than their margins, or the last one, that of the
    chapter that follows, shares its page with this one."""


def fits() -> bool:
    """Whether this WeasyPrint is one whose hook is known."""
    import weasyprint
    from weasyprint import layout
    from weasyprint.layout import page, percent

    known = (
        (layout, "make_margin_boxes"),
        (page, "set_page_type_computed_styles"),
        (page, "page_width"),
        (page, "page_height"),
        (percent, "resolve_percentages"),
    )
    return bool(weasyprint.__version__.startswith(VERSION)) and all(hasattr(m, name) for m, name in known)


@contextmanager
def numbered(
    document: Any, ask: Callable[[LaidOut], int], first: str = "right", before: int = 0, *, followed: bool
) -> Iterator[None]:
    """While it lasts pages are numbered from what `ask` answers, which is asked once.

    `document` is what is laid out, from 1 and beginning on the side `first`; `before` pages stand before the first of
    the story. `followed`: a chapter that isn't to be printed stands at its end. Rendering raises SideMattersError and
    UnlikePagesError.
    """
    from weasyprint import layout

    make = layout.make_margin_boxes
    start = 0

    def furnish(context: Any, page: Any, state: Any) -> Any:
        nonlocal start
        if not start:
            laid = _laid_out(context)
            if followed and context.page_maker[-2][1]["break"] == "any":
                raise UnlikePagesError("a chapter that begins on the page of another")
            start = ask(laid)
            if laid.sided and first != _side(before + start):
                raise SideMattersError
        if first != _side(before + start):
            _turn(context, page, document)
        quotes, counters, *rest = state
        pages = counters.get("page", [0])
        state = (quotes, {**counters, "page": [*pages[:-1], pages[-1] + start - 1]}, *rest)
        return make(context, page, state)

    layout.make_margin_boxes = furnish
    try:
        yield
    finally:
        layout.make_margin_boxes = make


def _side(number: int) -> str:
    return "right" if number % 2 else "left"


def _laid_out(context: Any) -> LaidOut:
    begun = [entry[1]["break"] for entry in context.page_maker[:-1]]  # how each page begins
    return LaidOut(len(begun), not SIDES.isdisjoint(begun[1:]))


def _turn(context: Any, page: Any, document: Any) -> None:
    """Makes a right page of a left one, or a left one of a right one: other styles, other margins."""
    from weasyprint.layout.page import page_height, page_width, set_page_type_computed_styles
    from weasyprint.layout.percent import resolve_percentages

    size, before = (page.width, page.height), (page.content_box_x(), page.content_box_y())
    turned = page.page_type._replace(side=OTHER[page.page_type.side])
    set_page_type_computed_styles(turned, document, context.style_for)
    style = context.style_for(turned)
    style["overflow"] = page.style["overflow"]
    page.page_type, page.style = turned, style
    resolve_percentages(page, style["size"])
    page_width(page, context, style["size"][0])
    page_height(page, context, style["size"][1])
    if any(abs(one - other) > 1e-6 for one, other in zip(size, (page.width, page.height), strict=True)):
        raise UnlikePagesError("left and right pages of different size")
    for part in page.children:
        part.translate(page.content_box_x() - before[0], page.content_box_y() - before[1])
