"""What doesn't fit at the foot of a page, in WeasyPrint: read back, and put where `going_round.py` has it.

Only the order of a chapter's elements is changed, the size of a picture, and whether a box may be parted. The tree is
laid out anew then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from lxml import etree

from converter.document.record import dataclass
from converter.writers.pdf.filling import SLACK, Rule
from converter.writers.pdf.going_round import Arrangement, Thing, Unit, UnitKind, arranged

UNPARTED = frozenset(["figure", "aside", "blockquote", "pre", "table"])
PIXEL = 0.02  # of CSS's: what is exactly as high as its page may be thought higher
WAITED = "data-waited"
FIXED = frozenset(["h2", "h3", "h4", "h5", "h6", "aside", "section"])  # no picture passes them


@dataclass(frozen=True, slots=True)
class _Laid:
    """A chapter's child as it was laid out: the page on which it begins, its top there, the page on which it ends, its
    bottom there, its height, all in rows; and its box."""

    element: etree._Element
    box: Any
    page: int
    top: float
    last_page: int
    bottom: float
    rows: float

    def asks(self, what: str) -> str:
        """A value of its style that is one word."""
        return str(self.box.style[what])

    def margin(self, side: str) -> float:
        """Its margin above or below ("top", "bottom"), in CSS pixels."""
        value = self.box.style[f"margin_{side}"]
        return float(value.value) if getattr(value, "unit", "") == "px" else 0.0


def may_not_be_parted(html: etree._Element) -> bool:
    """Whether there is anything in the story that pages may have to leave room before."""
    return any(child.tag in UNPARTED for section in html.iterfind("body/main/section") for child in section)


def went_round(html: etree._Element, pages: Sequence[Any], pitch: float) -> bool:
    """Puts what leaves room at the foot of these pages, laid out from this tree, where text goes round it; False where
    the tree stays as it is. `pitch`: the distance of lines in CSS pixels."""
    changed = False
    sections = list(html.iterfind("body/main/section"))
    laid, rows = _laid_out(sections, pages, pitch)
    for section in sections:
        things = [laid[child] for child in section if child in laid]
        if not any(one.element.tag in UNPARTED for one in things):
            continue
        begin = next((i for i, one in enumerate(things) if one.element.tag not in ("header", "div")), len(things))
        if len(things) <= begin:
            continue
        units = list(_units(things[begin:], pitch))
        asked = arranged(units, Rule(rows), max(0.0, things[begin].top))
        if not asked.nothing:
            _follow(things[begin:], asked)
            changed = True
        pictures = [(one, asked.sizes.get(at, 1.0)) for at, one in enumerate(things[begin:]) if _image(one)]
        for picture, size in pictures:
            changed = _set_in_lines(picture, size, pitch) or changed
    return changed


def _laid_out(
    sections: Sequence[etree._Element], pages: Sequence[Any], pitch: float
) -> tuple[Mapping[etree._Element, _Laid], int]:
    """What the sections hold, by its element; and how many rows a page has."""
    wanted = {child for section in sections for child in section if isinstance(child.tag, str)}
    found: dict[etree._Element, _Laid] = {}
    rows = 1
    for number, page in enumerate(pages):
        sheet = page._page_box
        for box in _boxes(sheet, wanted):
            top = (box.border_box_y() - sheet.content_box_y()) / pitch
            bottom = top + box.border_height() / pitch
            begun = found.get(box.element)
            if begun is None:
                found[box.element] = _Laid(box.element, box, number, top, number, bottom, bottom - top)
            else:
                height = begun.rows + bottom - top
                found[box.element] = _Laid(begun.element, begun.box, begun.page, begun.top, number, bottom, height)
            rows = max(rows, int(sheet.height / pitch + 0.02))
    return found, rows


def _boxes(box: Any, wanted: set[etree._Element]) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element in wanted:
            yield child
        else:
            yield from _boxes(child, wanted)


def _units(things: Sequence[_Laid], pitch: float) -> Iterator[Unit]:
    """The chapter's children; one that must stand with the next goes with it."""
    first = 0
    lead = 0.0
    gap: float | None = None
    before: _Laid | None = None
    for at, one in enumerate(things):
        room = _gap(before, one, pitch)
        gap = room if gap is None else gap
        leads = one.asks("break_after") == "avoid" and one.element.tag != "figure"
        if leads and at < len(things) - 1:
            following = _gap(one, things[at + 1], pitch)
            lead += one.rows + following
            before = one
            continue
        whole = one.asks("break_inside") == "avoid"
        parting = "lines" if one.element.tag == "p" else "never" if whole else "rows"
        above = things[first - 1].element.tag if first else ""
        plain = first == at and one.element.tag == "p"
        rows, image = round(one.rows, 2), _image(one)
        if parting == "lines" and one.page != one.last_page:
            rows = float(int(rows + SLACK))  # less than a line is left over at a foot
        elif image:
            rows = float(ceil(rows - SLACK))
        yield Unit(
            tuple(range(first, at + 1)),
            (Thing(rows, parting, gap, round(lead, 2)),),  # type: ignore[arg-type]
            _kind(things[first : at + 1], whole=whole),
            image.height / pitch if image else 0.0,
            breaks=things[first].element.tag == "hr",
            alone=0.0 if above == "figure" and plain else gap,
            waited=float(one.element.get(WAITED, 0)),
            above=things[first - 1].bottom if first else None,
        )
        first, lead, gap, before = at + 1, 0.0, None, one


def _gap(before: _Laid | None, one: _Laid, pitch: float) -> float:
    if before is None:
        return 0.0
    if before.last_page == one.page:
        return max(0.0, round(one.top - before.bottom, 2))
    return max(0.0, round(max(before.margin("bottom"), one.margin("top")) / pitch, 2))


def _kind(things: Sequence[_Laid], *, whole: bool) -> UnitKind:
    *leading, last = things
    if not leading and last.element.tag == "figure":
        return "picture"
    if not leading and whole and last.element.tag in UNPARTED:
        return "box"
    return "fixed" if any(one.element.tag in FIXED for one in things) else "text"


def _image(one: _Laid) -> Any:
    """The picture of a figure; None for anything else."""
    if one.element.tag != "figure":
        return None
    return next((box for box in one.box.descendants() if box.element_tag == "img"), None)


def _set_in_lines(figure: _Laid, size: float, pitch: float) -> bool:
    """Sets a picture in this part of its size, with as much room above and below that the figure takes whole lines;
    whether that changes anything."""
    image = _image(figure)
    if size == 1 and image.element.get("style"):
        return False  # it has been done
    room_so_far = image.margin_height() - image.height if image.element.get("style") else 0.0
    rows = figure.rows - ((1 - size) * image.height + room_so_far) / pitch
    room = (ceil(rows - SLACK) - rows) * pitch / 2 - PIXEL
    if size == 1 and room / pitch <= SLACK:
        return False
    wide, high = image.width * size, image.height * size
    said = f"width: {wide:.2f}px; height: {high:.2f}px; max-height: none; margin: {room:.2f}px auto"
    image.element.set("style", said)  # room of the figure's own WeasyPrint would count twice at the foot of a page
    return True


def _follow(things: Sequence[_Laid], asked: Arrangement) -> None:
    for at, rows in asked.waited.items():
        things[at].element.set(WAITED, f"{rows:g}")
    for at in asked.parted:
        things[at].element.set("style", "break-inside: auto")
    section = things[0].element.getparent()
    place = section.index(things[0].element)
    ordered = [things[at].element for at in asked.order]
    for element in ordered:
        section.remove(element)
    for at, element in enumerate(ordered):
        section.insert(place + at, element)
