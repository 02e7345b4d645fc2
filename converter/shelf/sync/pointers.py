"""How KOReader writes a place in a book: an XPointer like /body/DocFragment[14]/body/section/p[22]/text().0.

The number of the fragment is the document's in the spine, from 1; a step without number is the first of its kind.
"""

from __future__ import annotations

import re

from converter.checker.epub.nodes import XmlNode
from converter.document.record import dataclass

_FRAGMENT = re.compile(r"/body/DocFragment(?:\[(\d{1,7})\])?((?:/[^/.]+)*)(?:\.(\d{1,9}))?")
_STEP = re.compile(r"([\w:()-]+)(?:\[(\d{1,7})\])?")
TEXT = "text()"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place: the document (0 is the first), the steps from its body, the offset in the last one."""

    document: int
    steps: tuple[str, ...] = ("body",)
    offset: int = 0

    def __str__(self) -> str:
        way = "".join(f"/{step}" for step in self.steps)
        return f"/body/DocFragment[{self.document + 1}]{way}.{self.offset}"


def pointer_of(said: str) -> Pointer | None:
    """The place that an XPointer says; None for what is none into a document of a spine."""
    found = _FRAGMENT.fullmatch(said)
    if not found:
        return None
    steps = []
    for part in found[2].split("/")[1:]:
        step = _STEP.fullmatch(part)
        if not step:
            return None
        steps.append(step[1] if step[2] in (None, "1", "0") else f"{step[1]}[{int(step[2])}]")
    return Pointer(max(0, int(found[1] or 1) - 1), tuple(steps) or ("body",), int(found[3] or 0))


def leads_somewhere(root: XmlNode, steps: tuple[str, ...], offset: int) -> bool:
    """Whether these steps, the first of which is the body, lead to something in a document, and the offset into it."""
    node = root
    for step in steps:
        name, _, number = step.partition("[")
        at = int(number.rstrip("]") or 1)
        if name == TEXT:
            texts = [text for text in (node.text, *(child.after for child in node.children)) if text]
            return at <= len(texts) and offset <= len(texts[at - 1])
        found = [child for child in node.children if child.tag == name]
        if at > len(found):
            return False
        node = found[at - 1]
    return True
