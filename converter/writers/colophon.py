"""The colophon of a printed book: who made it, whose it is, what is known about the story. It is one page, the back of
the title page, so long lists are cut, and a description that has no room is left to the back of the cover."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converter.document.contracts import Theme
from converter.document.model import Metadata
from converter.writers.inlines import Rendering
from converter.writers.pages import POINT, PageGeometry

ROWS = (4, 3, 2, 1)  # that a list may take, the more the better
CHARACTER = 0.5  # of the type's size: how wide, in a wide typeface
APART, GAP = 1.2, 0.15  # rows between what is of different kinds, below each line
LESS = 2  # rows that are left empty, for this is but a guess


def colophon(
    details: list[etree._Element],
    name: str,
    metadata: Metadata,
    rendering: Rendering,
    theme: Theme,
    page: PageGeometry,
    generator: str,
) -> etree._Element:
    """The page, with those of the `details` of a title page that have room."""
    made = etree.Element("section", {"class": "colophon front details-page"})
    for kind, text in (
        ("colophon-title", name),
        *(("colophon-author", author) for author in metadata.authors),
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("identifier", _printed_identifier(metadata)),
    ):
        if line := " ".join(text.split()):
            etree.SubElement(made, "p", {"class": kind}).text = line
    made.extend(e for e in details if e.get("class") != "rights")
    last = rendering.labels.made_with.format(program=generator)
    etree.SubElement(made, "p", {"class": "made-with"}).text = last
    _take_in(made, theme, page)
    return made


def _printed_identifier(metadata: Metadata) -> str:
    """What people ask a shop for; a UUID is for machines."""
    if metadata.isbn:
        return f"ISBN {metadata.isbn}"
    return "" if metadata.identifier.lower().startswith(("urn:uuid:", "uuid:")) else metadata.identifier


def _take_in(made: etree._Element, theme: Theme, page: PageGeometry) -> None:
    """Shortens the page until it is one: its lists more and more, then what is said about the story, the last first."""
    look, settings = theme.design["details"], theme.settings
    body = max(float(settings.get("type-size", "11")) * page.scale, float(settings.get("least-type-size", "7.5")))
    size = body * look["size"]
    line = (page.width - page.inner - page.outer) / POINT / size / CHARACTER
    room = (page.height - page.top - page.bottom) / POINT / size / look["height"] - LESS
    for rows in ROWS:
        if _rows(made, line) <= room:
            return
        for value in _lists(made):
            _shorten(value, int(line * rows))
    for name in ("description", "details"):
        part = next((e for e in made if e.get("class") == name), None)
        while part is not None and len(part) and _rows(made, line) > room:
            part.remove(part[-1])
        if part is not None and not len(part):
            made.remove(part)


def _rows(made: etree._Element, line: float) -> float:
    parts = sum(1 for e in made if e.tag == "div") + 2
    return parts * APART + sum(1 + GAP + len("".join(p.itertext())) // line for p in made.iter("p"))


def _lists(made: etree._Element) -> Iterator[etree._Element]:
    """The names of what is known that have several values, which stand behind them."""
    return (name for name in made.iter("span") if ", " in (name.tail or ""))


def _shorten(name: etree._Element, characters: int) -> None:
    """Cuts what stands behind a name at the end of a value."""
    values = name.tail or ""
    room = max(0, characters - len(name.text or "") - 2)
    if len(values) > room:
        kept = values[:room].rpartition(", ")[0] or values.partition(", ")[0]
        name.tail = f"{kept} …"
