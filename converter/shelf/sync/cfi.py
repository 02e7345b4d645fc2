"""How browsers write a place in a book, EPUB CFI: epubcfi(/6/14!/4/2/44/1:0), and the same place in KOReader's way.

Even numbers are elements, odd ones what stands between two of them (EPUB Canonical Fragment Identifiers 1.1, 2.1).
"""

from __future__ import annotations

import re

from converter.checker.epub.nodes import XmlNode
from converter.shelf.sync.pointers import TEXT, Pointer

_ASSERTED = re.compile(r"\[(?:[^\[\]^]|\^.){0,200}\]")  # what is said of a step besides its number
_WAY = re.compile(r"/6/(\d{1,7})!((?:/\d{1,7})*)(?::(\d{1,9}))?")


def parts_of(cfi: str) -> tuple[int, tuple[int, ...], int] | None:
    """The document (0 is the first), the numbers of the steps from its root, and the offset; None for what is no place
    in a book. Of a range it is the start."""
    if not cfi.startswith("epubcfi(") or not cfi.endswith(")"):
        return None
    parent, *ends = _ASSERTED.sub("", cfi[len("epubcfi(") : -1]).split(",")
    found = _WAY.fullmatch(parent + (ends[0] if ends else ""))
    if not found or int(found[1]) < 2:
        return None
    return int(found[1]) // 2 - 1, tuple(int(n) for n in found[2].split("/")[1:]), int(found[3] or 0)


def to_pointer(document: int, numbers: tuple[int, ...], offset: int, root: XmlNode) -> Pointer:
    """The same place in KOReader's way, as far as it is there, in the document with this root."""
    node, steps = root, list[str]()
    for number in numbers:
        if number % 2:
            texts = _texts(node)[: number // 2 + 1]
            at = sum(bool(text) for text in texts)
            if not texts or not texts[-1]:
                break
            return Pointer(document, (*steps, TEXT if at == 1 else f"{TEXT}[{at}]"), offset)
        if not 2 <= number <= 2 * len(node.children):
            break
        child = node.children[number // 2 - 1]
        before = sum(other.tag == child.tag for other in node.children[: number // 2])
        steps.append(child.tag if before == 1 else f"{child.tag}[{before}]")
        node = child
    return Pointer(document, tuple(steps) or ("body",))


def to_cfi(pointer: Pointer, root: XmlNode) -> str:
    """A place of KOReader's in the way of browsers, as far as it is there, in the document with this root."""
    node, numbers, end = root, list[int](), ""
    for step in pointer.steps:
        name, _, number = step.partition("[")
        at = int(number.rstrip("]") or 1)
        if name == TEXT:
            slots = [n for n, text in enumerate(_texts(node)) if text]
            if at <= len(slots):
                numbers.append(2 * slots[at - 1] + 1)
                text = _texts(node)[slots[at - 1]]
                end = f":{len(text) - len(text[pointer.offset :].lstrip())}"  # a space hangs behind the line before
            break
        found = [n for n, child in enumerate(node.children) if child.tag == name]
        if at > len(found):
            break
        numbers.append(2 * found[at - 1] + 2)
        node = node.children[found[at - 1]]
    return f"epubcfi(/6/{2 * pointer.document + 2}!{''.join(f'/{n}' for n in numbers)}{end})"


def _texts(node: XmlNode) -> list[str]:
    """What stands before the first child, between the children, and behind the last."""
    return [node.text, *(child.after for child in node.children)]
