"""What is drawn in a Word document: rules between paragraphs, which part scenes; pictures that nobody can show.

A drawing that holds no picture (a chart, a shape without words), and a picture that the file lacks, is marked, so that
the page has an image at its place and says that it is missing.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from converter.parsers.docx.looks import EDGES, Styles, is_ruled
from converter.parsers.docx.package import W

BREAK = "* * *"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
UNSEEN = "chapbook-unseen-"  # the bookmark that stands for a picture
NAMED = 120  # characters of a name or a description
_LINE = re.compile(r"line|straightConnector\d", re.I)
_UNSEEN = re.compile(rf'<a id="n-{UNSEEN}([0-9a-f]*)-([0-9a-f]*)"></a>')


def rules_as_breaks(root: Any, styles: Styles) -> None:
    """Makes a paragraph of asterisks of each rule: one that is inserted as such, one drawn as a line, the border of an
    empty paragraph, and the border that Word draws below a paragraph when hyphens are typed."""
    for paragraph in list(root.iter(f"{W}p")):
        drawn = [e for e in paragraph.iter(f"{W}pict", f"{W}drawing") if _is_rule(e)]
        for element in drawn:
            element.getparent().remove(element)
        parent = paragraph.getparent()
        if parent is None or parent.tag not in (f"{W}body", f"{W}sdtContent"):
            continue
        own = paragraph.find(f"{W}pPr")
        if not _holds_anything(paragraph):
            if drawn or is_ruled(own) or styles.look(styles.of(paragraph)).ruled:
                _fill(paragraph)
        elif drawn or _is_ruled_below(paragraph, styles):
            made = paragraph.makeelement(f"{W}p")
            _fill(made)
            paragraph.addnext(made)


def _holds_anything(paragraph: Any) -> bool:
    held = (f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object")
    return any(e.tag in held and (e.tag != f"{W}t" or (e.text or "").strip()) for e in paragraph.iter())


def _fill(paragraph: Any) -> None:
    """Makes a paragraph a scene break."""
    for old in paragraph.findall(f"{W}pPr"):
        paragraph.remove(old)
    properties = paragraph.makeelement(f"{W}pPr")
    place = properties.makeelement(f"{W}jc")
    place.set(f"{W}val", "center")
    properties.append(place)
    paragraph.insert(0, properties)
    run = paragraph.makeelement(f"{W}r")
    text = run.makeelement(f"{W}t")
    text.text = BREAK
    run.append(text)
    paragraph.append(run)


def _is_rule(element: Any) -> bool:
    if any(True for _ in element.iter(f"{W}txbxContent")):
        return False
    if any(e.get(f"{O}hr", "f").lower() in ("t", "true", "1") for e in element.iter()):
        return True
    if any(_local(e) in ("blip", "imagedata") for e in element.iter()):
        return False
    shapes = [e for e in element.iter() if _local(e) == "prstGeom"]
    if shapes:
        return len(shapes) == 1 and _LINE.fullmatch(shapes[0].get("prst", "")) is not None
    return [_local(e) for e in element] == ["line"]


def _is_ruled_below(paragraph: Any, styles: Styles) -> bool:
    """Whether only this paragraph itself says that a rule stands below it, and the next one has none."""
    if styles.kind(paragraph)[0] or not _only_below(paragraph):
        return False
    following = paragraph.getnext()
    return following is not None and following.tag == f"{W}p" and not is_ruled(following.find(f"{W}pPr"))


def _only_below(paragraph: Any) -> bool:
    borders = paragraph.find(f"{W}pPr/{W}pBdr")
    if borders is None:
        return False
    drawn = {e.tag for e in borders if e.get(f"{W}val", "none") not in ("none", "nil")}
    return drawn & EDGES == {f"{W}bottom"} and len(drawn) == 1


def mark_unseen(root: Any) -> None:
    """Puts a bookmark in the place of each drawing without a picture that is in the file."""
    for element in list(root.iter(f"{W}drawing", f"{W}pict", f"{W}object")):
        if element.getparent() is None or any(True for _ in element.iter(f"{W}txbxContent")):
            continue
        pictures = [e for e in element.iter() if _local(e) in ("blip", "imagedata")]
        if any(e.get(f"{REL}{name}") for e in pictures for name in ("embed", "link", "id")):
            continue
        if not pictures and element.tag == f"{W}pict" and not any(_local(e) in _SHAPES for e in element.iter()):
            continue  # the definition of a kind of shapes
        mark = element.makeelement(f"{W}bookmarkStart")
        name, said = _named(element)
        mark.set(f"{W}name", f"{UNSEEN}{name.encode().hex()}-{said.encode().hex()}")
        element.getparent().replace(element, mark)


_SHAPES = frozenset("shape rect oval line polyline curve arc roundrect group".split())


def _named(element: Any) -> tuple[str, str]:
    """What the program calls a drawing, and what a person wrote that it shows."""
    said = next((e for e in element.iter() if _local(e) == "docPr"), None)
    if said is not None:
        return said.get("name", "")[:NAMED], (said.get("descr") or said.get("title") or "")[:NAMED]
    shape = next((e for e in element.iter() if e.get("alt") or e.get(f"{O}title")), None)
    return "", (shape.get("alt") or shape.get(f"{O}title") or "")[:NAMED] if shape is not None else ""


def pictures_unseen(markup: str) -> str:
    """Images at the places of what is not seen, as a page that lacks their files has them."""

    def image(mark: re.Match[str]) -> str:
        name, said = (bytes.fromhex(part).decode("utf-8", "replace") for part in mark.groups())
        return f'<img src="{escape(name or said or "a drawing")}" alt="{escape(said)}" />'

    return _UNSEEN.sub(image, markup)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
