"""A paragraph that goes on over a page is one paragraph to whoever has it read aloud, not two.

WeasyPrint makes a structure element of each piece of one. While it works each element is noted with the box that it was
made of; then the pieces of one element of the story are put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

APART = frozenset({"/Table"})  # its head stands on each page anew


@contextmanager
def boxes_noted() -> Iterator[None]:
    """While it lasts each structure element has the box that it is made of as its attribute `box`."""
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def noted(box: Any, *rest: Any) -> Iterator[Any]:
        for element in build(box, *rest):
            if not hasattr(element, "box"):
                element.box = box
            yield element

    tags._build_box_tree = noted
    try:
        yield
    finally:
        tags._build_box_tree = build


def unite_paragraphs(pdf: Any, objects: dict[int, Any]) -> None:
    """Puts all pieces of a paragraph into the first; `objects` are the PDF's by number."""
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    top = objects[_number(root["K"][0])]
    pages = {reference: number for number, reference in enumerate(pdf.page_references)}
    first: dict[int, tuple[Any, int]] = {}  # of each paragraph, by its element in the tree, and where it was last seen

    def visit(parent: Any) -> None:
        kept = []
        for kid in parent["K"]:
            element = objects[_number(kid)] if isinstance(kid, bytes) else {}
            told = getattr(getattr(element, "box", None), "element", None)
            if element.get("S") == "/P" and told is not None:
                key, page = id(told), pages[element["Pg"]]
                begun, seen = first.get(key, (element, page))
                first[key] = begun, page
                if begun is not element and seen == page - 1:
                    put_into(begun, element, objects)
                    continue
                first[key] = element, page
            elif "K" in element and element["S"] not in APART:
                visit(element)
                if not element["K"]:
                    element.clear()
                    continue
            kept.append(kid)
        parent["K"][:] = kept

    visit(top)


def shorten(pdf: Any, objects: dict[int, Any]) -> None:
    """Has the lines of a paragraph that is nothing but lines belong to it, without the Span that WeasyPrint puts around
    each: far fewer objects say the same (ISO 32000-1, 14.7.4.2)."""
    import pydyf

    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    pages = {reference: number for number, reference in enumerate(pdf.page_references)}
    owners = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2) if isinstance(numbers[i + 1], list)}
    for parent in list(pdf.objects):
        if not (isinstance(parent, pydyf.Dictionary) and "S" in parent and parent["S"] != "/Document"):
            continue
        lines = [objects[_number(kid)] if isinstance(kid, bytes) else {} for kid in parent.get("K", ())]
        if not all(line.get("S") == "/Span" and not hasattr(line, "box") for line in lines):
            continue  # some take what is marked to come before what has elements of its own
        for at, line in enumerate(lines):
            (mark,) = line["K"]
            if owners[pages[line["Pg"]]][mark] == "null":
                continue  # no part of the text
            where = {"Type": "/MCR", "Pg": line["Pg"], "MCID": mark}
            parent["K"][at] = mark if line["Pg"] == parent.get("Pg") else pydyf.Dictionary(where)
            owners[pages[line["Pg"]]][mark] = parent.reference
            line.clear()


def put_into(begun: Any, piece: Any, objects: dict[int, Any]) -> None:
    """Puts what a structure element holds into the one with which it began; it is none any more."""
    for kid in piece["K"]:
        if (element := objects[_number(kid)]).get("S"):
            element["P"] = begun.reference
    begun["K"].extend(piece["K"])
    piece.clear()


def _number(reference: Any) -> int:
    return int(reference.split()[0])
