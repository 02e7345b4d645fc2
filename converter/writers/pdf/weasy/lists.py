"""The structure of lists as ISO 32000-1 has it (table 336): each item has a label and a body."""

from __future__ import annotations

from typing import Any

from converter.writers.pdf.weasy.fragments import put_into


def give_items_bodies(pdf: Any) -> None:
    """Puts into a body what WeasyPrint leaves bare in list items that hold lists (ISO 32000-1, table 336)."""
    import pydyf

    objects = {item.number: item for item in pdf.objects}
    for item in list(pdf.objects):
        if not (isinstance(item, pydyf.Dictionary) and item.get("S") == "/LI"):
            continue
        kids = [(kid, objects[_number(kid)]) for kid in item["K"] if isinstance(kid, bytes)]
        bare = [(kid, element) for kid, element in kids if element.get("S") not in ("/Lbl", "/LBody", None)]
        if not bare or any(element.get("S") == "/LBody" for _, element in kids):
            continue
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "P": item.reference, "Pg": item["Pg"]})
        body["K"] = pydyf.Array([kid for kid, _ in bare])
        pdf.add_object(body)
        for kid, element in bare:
            element["P"] = body.reference
            item["K"].remove(kid)
        item["K"].append(body.reference)


def define_terms(pdf: Any) -> None:
    """Makes one item of terms and what they mean, the terms its label, each a paragraph: WeasyPrint makes an item
    of each."""
    import pydyf

    objects = {item.number: item for item in pdf.objects}
    for listed in list(pdf.objects):
        if not (isinstance(listed, pydyf.Dictionary) and listed.get("S") == "/L" and _tag(listed) == "dl"):
            continue
        kept: list[bytes] = []
        label = body = item = None  # of the item under way
        for reference in listed["K"]:
            part = objects[_number(objects[_number(reference)]["K"][0])]
            is_term = _tag(objects[_number(reference)]) == "dt"
            if item is None or (is_term and body is not None):
                item, label, body = objects[_number(reference)], None, None
                item["K"][:] = []
                kept.append(reference)
            else:
                objects[_number(reference)].clear()
            if is_term:
                if label is None:
                    label = pydyf.Dictionary({"Type": "/StructElem", "S": "/Lbl", "P": item.reference})
                    label["Pg"], label["K"] = item["Pg"], pydyf.Array()
                    pdf.add_object(label)
                    item["K"].append(label.reference)
                part["S"], part["P"] = "/P", label.reference
                label["K"].append(part.reference)
            elif body is None:
                body = part
                part["P"] = item.reference
                item["K"].append(part.reference)
            else:
                put_into(body, part, objects)
        listed["K"][:] = kept


def _tag(element: Any) -> str:
    """The name of the story's element of which a structure element was made."""
    told = getattr(getattr(element, "box", None), "element", None)
    return "" if told is None else str(told.tag)


def _number(reference: Any) -> int:
    return int(reference.split()[0])
