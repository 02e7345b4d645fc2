"""The last hand on the PDF's objects: page labels, printable links, furniture marked as no part of the text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from converter.writers.long_notes import GOES_ON
from converter.writers.pdf.reading_order import settle_order
from converter.writers.pdf.standards import say_archival
from converter.writers.pdf.weasy.fragments import put_into, shorten, unite_paragraphs
from converter.writers.pdf.weasy.lists import define_terms, give_items_bodies
from converter.writers.pdf.weasy.pictures import place_figures
from converter.writers.pdf.weasy.variants import tell_apart

MIXED = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)")
HEADING = re.compile("h[1-6]")
LEVEL_NAME = re.compile(r"\blevel-(\d+)")
DEEPEST_CHAPTER, DEEPEST = 3, 6  # levels of headings, as Typst has them
LEVEL = 6  # of compression; 9 takes three times as long for one hundredth of the size


def finish(document: Any, pdf: Any, start: int = 0, away: frozenset[str] = frozenset(), black: bool = False) -> None:
    """Page labels, printable links, and heads and page numbers as artifacts (ISO 14289-1, 7.8; 32000-1, 14.8.2.2).

    `start` is the page of the story with which this document begins, 0 where it is the whole or what stands before the
    story; `away` are the places that it cites and other documents have. `black`: greys are so much of black ink.
    """
    import pydyf

    labels = pydyf.Array()
    before = ""
    for number, page in enumerate(document.pages):
        kind = page._page_box.page_type.name or "front"
        if kind != before:
            labels.extend([number, _label(kind, number, before, start)])
        before = kind
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    for item in pdf.objects:
        if isinstance(item, dict) and "ExtGState" in item:  # what a page may use
            for unused in ("Pattern", "Shading"):
                if not item.get(unused, True):
                    del item[unused]
    for intent in pdf.catalog["OutputIntents"]:
        intent["S"] = "/GTS_PDFA1"  # WeasyPrint says PDF/X where it is not asked for PDF/A
    unite_paragraphs(pdf, {item.number: item for item in pdf.objects})
    _mark_furniture(document, pdf)
    place_figures(document, pdf)
    give_items_bodies(pdf)
    define_terms(pdf)
    _caps_are_spans(pdf)
    _level_headings(pdf)
    _scope_headers(pdf)
    _name_elements(pdf, start)
    shorten(pdf, {item.number: item for item in pdf.objects})
    if away:
        _leave_out(pdf.catalog["Names"], away)
    _finish_objects(pdf, black=black)


def _finish_objects(pdf: Any, *, black: bool) -> None:
    """Links that are printed, pictures as they are, streams packed; `black` as of `finish`."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link":
            item["F"] = 4  # Print: 32000-1, table 165
        elif isinstance(item, pydyf.Stream):
            if item.extra.get("Subtype") == "/Image":
                item.extra.pop("Interpolate", None)  # 19005-3, 6.2.8.1
            if item.compress:
                if black:
                    item.stream = [_in_black(part) for part in item.stream]
                _compress(item)


def in_one_order(data: bytes) -> bytes:
    """The PDF, or a part of one, with structure and pages in one order, its objects packed."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        settle_order(pdf)
        return _saved(pdf)


def archived(data: bytes) -> tuple[bytes, bool]:
    """The PDF as one that says it is PDF/A, and whether it may say so; else it is as it was. Forms of one letter are
    told apart then."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        if not say_archival(pdf):
            return data, False
        tell_apart(pdf)
        return _saved(pdf), True


def _saved(pdf: Any) -> bytes:
    import pikepdf

    out = BytesIO()
    streams = pikepdf.ObjectStreamMode.generate
    pdf.save(out, object_stream_mode=streams, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _in_black(part: Any) -> Any:
    """An operator of a page; a grey that is mixed of three colours is said in DeviceGray."""
    if not (isinstance(part, bytes) and (mixed := MIXED.fullmatch(part))):
        return part
    red, green, blue, operator = mixed.groups()
    return red + (b" g" if operator == b"rg" else b" G") if red == green == blue else part


def _compress(stream: Any) -> None:
    """Compresses a stream now: pydyf does it whenever it is asked for the bytes, once to write and once to hash."""
    parts = (item if isinstance(item, bytes) else _written(item) for item in stream.stream)
    stream.stream = [zlib.compress(b"\n".join(parts), LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _written(item: Any) -> bytes:
    data: bytes = item.data if hasattr(item, "data") else str(item).encode("ascii")
    return data


def _scope_headers(pdf: Any) -> None:
    """Says what a table's heads are of: in a row of nothing else of columns, else of their row (14289-1, 7.5)."""
    objects = {item.number: item for item in pdf.objects}
    for row in list(objects.values()):
        if not isinstance(row, dict) or row.get("S") != "/TR":
            continue
        cells = [objects[_number(kid)] for kid in row["K"]]
        scope = "/Column" if all(cell.get("S") == "/TH" for cell in cells) else "/Row"
        for cell in cells:
            if cell.get("S") == "/TH" and isinstance(cell.get("A"), dict):
                cell["A"]["Scope"] = scope


def _name_elements(pdf: Any, start: int) -> None:
    """Gives elements names that no other part of the book has: WeasyPrint counts them in each document."""
    for item in pdf.objects:
        if isinstance(item, dict) and "S" in item and ("ID" in item or "A" in item):
            names = [item["ID"]] if "ID" in item else []
            names += item["A"].get("Headers", ()) if isinstance(item.get("A"), dict) else ()
            for name in names:
                if not name.string.startswith("p"):
                    name.string = f"p{start}-{name.string}"


def _leave_out(names: Any, away: frozenset[str]) -> None:
    import pydyf

    places = names["Dests"]["Names"]
    kept = [pair for pair in zip(places[::2], places[1::2], strict=True) if pair[0].string not in away]
    names["Dests"]["Names"] = pydyf.Array([one for pair in kept for one in pair])


def _label(kind: str, number: int, before: str, start: int) -> Any:
    import pydyf

    match kind:
        case "cover":
            return pydyf.Dictionary({"P": pydyf.String("Cover")})
        case "body":
            return pydyf.Dictionary({"S": "/D", "St": max(start, 1)})
        case _:
            return pydyf.Dictionary({"S": "/r", "St": number + 1 if before else 1})


def _mark_furniture(document: Any, pdf: Any) -> None:
    """Marks what no structure element leads to (running heads, page numbers) as artifacts, and notes as notes.

    WeasyPrint knows neither: notes come as Span in a nameless element after the page's text, their numbers as nameless
    elements. Note, Reference and Lbl are what they are (ISO 32000-1, 14.8.4; 14289-1, 7.9).
    """
    objects = {item.number: item for item in pdf.objects}
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    top = objects[_number(root["K"][0])]
    notes = _name_notes([objects[_number(kid)] for kid in top["K"]], objects)
    _unite_notes(notes, objects)
    reached = _reached(top, objects)
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    parents = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2) if isinstance(numbers[i + 1], list)}
    sheets = [item for item in objects.values() if isinstance(item, dict) and item.get("Type") == "/Page"]
    sheets.sort(key=lambda item: int(item["StructParents"]))
    for page, item in zip(document.pages, sheets, strict=True):
        owners = parents.get(item["StructParents"], [])
        signs = _signs(page._page_box)
        for mark, at, where in _marked(objects[_number(item["Contents"])].stream):
            owner = owners[mark]
            if _number(owner) not in reached:
                objects[_number(item["Contents"])].stream[at - 1 : at + 1] = ["/Artifact", "<</Type /Pagination>>"]
                owners[mark] = "null"
            elif where in signs:
                parent = objects[_number(objects[_number(owner)]["P"])]
                parent["S"], told = signs[where]
                if parent["S"] == "/Reference" and told in notes:
                    _put_behind(parent, notes.pop(told), objects)
    top["K"][:] = [kid for kid in top["K"] if objects[_number(kid)]["K"]]


def _caps_are_spans(pdf: Any) -> None:
    """A drop cap floats: to WeasyPrint a paragraph in a paragraph, to a reader a Span of it (ISO 32000-1, 14.8.4)."""
    objects = {item.number: item for item in pdf.objects}
    for item in objects.values():
        inside = isinstance(item, dict) and item.get("S") == "/P" and "P" in item
        if inside and objects[_number(item["P"])].get("S") == "/P":
            item["S"] = "/Span"


def _level_headings(pdf: Any) -> None:
    """Puts a chapter's headings below those of the part that it belongs to; in the tree each chapter begins with h1."""
    for item in pdf.objects:
        box = getattr(item, "box", None)
        tag = getattr(box, "element_tag", None) or ""
        if box is None or not HEADING.fullmatch(tag) or not HEADING.fullmatch(str(item.get("S"))[1:].lower()):
            continue
        for around in box.element.iterancestors("section"):
            if depth := LEVEL_NAME.search(around.get("class", "")):
                level = min(int(depth[1]), DEEPEST_CHAPTER) + int(tag[1]) - 1
                item["S"] = f"/H{min(level, DEEPEST)}"
                break


def _reached(top: Any, objects: dict[int, Any]) -> set[int]:
    reached: set[int] = set()
    waiting = [top.number]
    while waiting:
        number = waiting.pop()
        reached.add(number)
        waiting.extend(_number(kid) for kid in objects[number].get("K", ()) if isinstance(kid, bytes))
    return reached


def _name_notes(areas: list[Any], objects: dict[int, Any]) -> dict[int, Any]:
    """The notes, by their elements in the tree (`id`); they are named as such."""
    import pydyf

    notes = {}
    count = 0
    for area in areas:
        if area["S"] != "/NonStruct":
            continue
        for kid in area["K"]:
            note = objects[_number(kid)]
            if note.get("S") == "/Span":
                count += 1
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"note-{count}")
                notes[id(note.box.element)] = note
    return notes


def _unite_notes(notes: dict[int, Any], objects: dict[int, Any]) -> None:
    """Makes one note of the parts of a long one (`writers/long_notes.py`)."""
    for key, note in list(notes.items()):
        told = note.box.element
        while told is not None and GOES_ON in told.get("class", ""):
            told = told.getprevious()
        if told is not note.box.element and (begun := notes.get(id(told))) is not None:
            objects[_number(note["P"])]["K"].remove(note.reference)
            put_into(begun, notes.pop(key), objects)


def _put_behind(call: Any, note: Any, objects: dict[int, Any]) -> None:
    """Puts a note behind what cites it, out of what WeasyPrint gathers at the end of a page."""
    area, around = objects[_number(note["P"])], objects[_number(call["P"])]
    area["K"].remove(note.reference)
    around["K"].insert(around["K"].index(call.reference) + 1, note.reference)
    note["P"] = around.reference


def _signs(box: Any) -> dict[tuple[float, float], tuple[str, int]]:
    """Where the numbers of notes stand on a page, the calls in the text and the numbers before the notes; and whose
    they are, by the note's element in the tree (`id`)."""
    signs: dict[tuple[float, float], tuple[str, int]] = {}
    for part in box.descendants():
        tag = getattr(part, "element_tag", None) or ""
        kind = "/Reference" if tag.endswith("::footnote-call") else "/Lbl" if tag.endswith("::footnote-marker") else ""
        if kind and hasattr(part, "children"):
            for text in part.descendants():
                if hasattr(text, "text"):
                    where = round(text.position_x, 2), round(text.position_y + text.baseline, 2)
                    signs[where] = kind, id(part.element)
    return signs


def _marked(stream: list[Any]) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Each marked content of a page: its number, its properties' place in the stream, its place on the page."""
    mark = at = -1
    for i, item in enumerate(stream):
        if isinstance(item, dict) and "MCID" in item:
            mark, at = item["MCID"], i
        elif item == b"EMC" and mark >= 0:
            yield mark, at, (-1.0, -1.0)
            mark = -1
        elif mark >= 0 and isinstance(item, bytes) and item.endswith(b" Tm"):
            numbers = item.split()
            yield mark, at, (round(float(numbers[4]), 2), round(float(numbers[5]), 2))
            mark = -1


def _number(reference: Any) -> int:
    return int(reference.split()[0])
