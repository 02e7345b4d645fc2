"""The last hand on the PDF's objects: page labels, printable links, furniture marked as no part of the text."""

from __future__ import annotations

from typing import Any


def finish(document: Any, pdf: Any) -> None:
    """Page labels, printable links, and heads and page numbers as artifacts (ISO 14289-1, 7.8; 32000-1, 14.8.2.2)."""
    import pydyf

    labels = pydyf.Array()
    before = ""
    for number, page in enumerate(document.pages):
        kind = page._page_box.page_type.name or "front"
        if kind != before:
            labels.extend([number, _label(kind, number, before)])
        before = kind
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    _mark_furniture(pdf)
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link":
            item["F"] = 4  # Print: 32000-1, table 165


def _label(kind: str, number: int, before: str) -> Any:
    import pydyf

    match kind:
        case "cover":
            return pydyf.Dictionary({"P": pydyf.String("Cover")})
        case "body":
            return pydyf.Dictionary({"S": "/D", "St": 1})
        case _:
            return pydyf.Dictionary({"S": "/r", "St": number + 1 if before else 1})


def _mark_furniture(pdf: Any) -> None:
    """Marks what no structure element leads to (running heads, page numbers) as pagination artifacts."""
    objects = {item.number: item for item in pdf.objects}
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    reached: set[int] = set()
    waiting = [_number(kid) for kid in root["K"]]
    while waiting:
        number = waiting.pop()
        reached.add(number)
        waiting.extend(_number(kid) for kid in objects[number].get("K", ()) if isinstance(kid, bytes))
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    parents = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers), 2) if isinstance(numbers[i + 1], list)}
    for item in objects.values():
        if not (isinstance(item, dict) and item.get("Type") == "/Page"):
            continue
        owners = parents.get(item["StructParents"], [])
        loose = {mcid for mcid, owner in enumerate(owners) if _number(owner) not in reached}
        if loose:
            _retag(objects[_number(item["Contents"])], loose)
            for mcid in loose:
                owners[mcid] = "null"


def _retag(stream: Any, loose: set[int]) -> None:
    marks = {f"/MCID {mcid}>>".encode() for mcid in loose} | {f"/MCID {mcid} >>".encode() for mcid in loose}
    for i, item in enumerate(stream.stream):
        line = item.data if hasattr(item, "data") else item
        if isinstance(line, bytes) and line.endswith(b"BDC") and any(mark in line for mark in marks):
            stream.stream[i] = b"/Artifact <</Type /Pagination>> BDC"


def _number(reference: Any) -> int:
    return int(reference.split()[0])
