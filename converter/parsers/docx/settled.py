"""A Word document made ready for mammoth: what that would lose, or show though it is hidden, is said in its own terms.

Looks of styles are written onto the runs, boxes and wrappers that mammoth passes over are unwrapped, hidden runs are
marked, empty paragraphs with a border become scene breaks.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import field
from typing import Any

from converter.document.record import dataclass
from converter.parsers.docx.package import W

OFF = frozenset(("0", "false", "off", "none"))
TOGGLES = ("i", "b", "smallCaps", "strike", "vanish")
TYPESET = re.compile(r"heading|title|quot|toc|header|footer", re.I)  # in names of styles whose italics are their type
HIDDEN, CENTRED, RIGHT = "ChapbookHidden", "ChapbookCentred", "ChapbookRight"  # styles that the markup is made by
BREAK = "* * *"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATED = (f"{REL}id", f"{REL}embed", f"{REL}link")
WRAPPERS = frozenset(f"{W}{name}" for name in "fldSimple bdo dir".split())
EDGES = frozenset(f"{W}{name}" for name in "top bottom between".split())


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of runs (toggle -> on), of its paragraphs' alignment, and whether it draws a rule."""

    toggles: Mapping[str, bool] = field(default_factory=dict)
    align: str = ""
    ruled: bool = False


NO_LOOK = Look()


class Styles:
    """The looks of a document's styles by their ids, with those they are based on."""

    def __init__(self, root: Any) -> None:
        self._styles = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")} if root is not None else {}
        self._looks: dict[str, Look] = {}
        defaults = [
            k for k, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and _on(s.get(f"{W}default"))
        ]
        self.default = defaults[0] if defaults else ""

    def look(self, key: str) -> Look:
        """The look of a style."""
        if key not in self._looks:
            chain: list[Any] = []
            seen: set[str] = set()
            at = key
            while at in self._styles and at not in seen:
                seen.add(at)
                chain.append(self._styles[at])
                based = self._styles[at].find(f"{W}basedOn")
                at = based.get(f"{W}val", "") if based is not None else ""
            self._looks[key] = _together(chain)
        return self._looks[key]


def settle(root: Any, styles: Styles, relations: Set[str]) -> None:
    """Makes a part (the document, its notes) ready, in place; `relations`: the ids of what it may lead to."""
    for name in RELATED:
        for element in [e for e in root.iter() if name in e.attrib and e.get(name) not in relations]:
            del element.attrib[name]
            if element.tag != f"{W}hyperlink":  # a picture that is not there
                element.getparent().remove(element)
    for paragraph in list(root.iter(f"{W}p")):
        _join_deleted_end(paragraph)
    _unwrap(root)
    for paragraph in root.iter(f"{W}p"):
        _settle_paragraph(paragraph, styles)


def _settle_paragraph(paragraph: Any, styles: Styles) -> None:
    own = paragraph.find(f"{W}pPr")
    named = own.find(f"{W}pStyle") if own is not None else None
    look = styles.look(named.get(f"{W}val", "") if named is not None else styles.default)
    align = _align(own) or look.align
    empty = not any(e.tag in (f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object") for e in paragraph.iter())
    if empty and (_is_ruled(own) or look.ruled) and paragraph.getparent().tag == f"{W}body":
        _element(_element(paragraph, "r"), "t").text = BREAK
        align = "center"
    if align in ("center", "right", "end"):
        own = own if own is not None else _first(paragraph, "pPr")
        for old in own.findall(f"{W}jc"):
            own.remove(old)
        _element(own, "jc").set(f"{W}val", "center" if align == "center" else "right")
    for run in _runs_of(paragraph):
        _settle_run(run, look, styles)


def _settle_run(run: Any, paragraph: Look, styles: Styles) -> None:
    """Writes what the styles of a paragraph and a run say onto the run: toggles of both cancel each other, and what the
    run says itself stands above them (ECMA-376, 17.7.3)."""
    own = run.find(f"{W}rPr")
    named = own.find(f"{W}rStyle") if own is not None else None
    character = styles.look(named.get(f"{W}val", "")) if named is not None else NO_LOOK
    for name in TOGGLES:
        direct = own.find(f"{W}{name}") if own is not None else None
        shown = paragraph.toggles.get(name, False) != character.toggles.get(name, False)
        if direct is not None:
            shown = _on(direct.get(f"{W}val"))
        if name == "vanish":
            if shown:
                own = own if own is not None else _first(run, "rPr")
                for old in own.findall(f"{W}rStyle"):
                    own.remove(old)
                _first(own, "rStyle").set(f"{W}val", HIDDEN)
        elif shown and direct is None:
            own = own if own is not None else _first(run, "rPr")
            _element(own, name)


def _runs_of(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph, not those of boxes in it."""
    stack = [paragraph]
    while stack:
        for child in reversed(list(stack.pop())):
            if child.tag == f"{W}r":
                yield child
            elif child.tag != f"{W}txbxContent":
                stack.append(child)


def _join_deleted_end(paragraph: Any) -> None:
    """A paragraph whose end was deleted goes on with the next one."""
    if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
        return
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for child in reversed([c for c in paragraph if c.tag != f"{W}pPr"]):
        following.insert(at, child)
    paragraph.getparent().remove(paragraph)


# ---------------------------------------------------------------------------------------------------- wrappers


def _unwrap(root: Any) -> None:
    """Takes runs out of what mammoth passes over; of two versions of a drawing the newer is kept, and boxes with text
    become such as mammoth reads; formulas become their letters."""
    for choice in list(root.iter(f"{MC}AlternateContent")):
        _keep_newer(choice)
    for drawing in list(root.iter(f"{W}drawing")):
        boxes = list(drawing.iter(f"{W}txbxContent"))
        if boxes:
            _replace(drawing, [_box(box) for box in boxes])
    for ruby in list(root.iter(f"{W}ruby")):
        _replace_in_run(ruby, _ruby_text(ruby))
    for formula in list(root.iter(f"{MATH}oMath")):
        run = formula.makeelement(f"{W}r")
        text = _element(run, "t")
        text.text = "".join(t.text or "" for t in formula.iter(f"{MATH}t"))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        _replace(formula, [run])
    for wrapper in list(root.iter(*WRAPPERS, f"{MATH}oMathPara")):
        _replace(wrapper, [c for c in wrapper if not c.tag.endswith("Pr")])


def _keep_newer(choice: Any) -> None:
    newer, older = choice.find(f"{MC}Choice"), choice.find(f"{MC}Fallback")
    kept = newer if newer is not None else older
    _replace(choice, list(kept) if kept is not None else [])


def _box(content: Any) -> Any:
    """A box of text as older programs write it."""
    picture = content.makeelement(f"{W}pict")
    shape = content.makeelement(f"{V}shape")
    box = content.makeelement(f"{V}textbox")
    picture.append(shape)
    shape.append(box)
    box.append(copy.deepcopy(content))
    return picture


def _ruby_text(ruby: Any) -> str:
    base, reading = (
        "".join(t.text or "" for part in ruby.findall(f"{W}{name}") for t in part.iter(f"{W}t"))
        for name in ("rubyBase", "rt")
    )
    return f"{base}（{reading}）" if reading else base


def _replace_in_run(element: Any, text: str) -> None:
    made = element.makeelement(f"{W}t")
    made.text = text
    _replace(element, [made])


def _replace(element: Any, others: list[Any]) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent.remove(element)
    for other in reversed(others):
        parent.insert(at, other)


# -------------------------------------------------------------------------------------------------- properties


def _together(chain: list[Any]) -> Look:
    """The look of a style and of those it is based on, the nearest first; headings and quotations have one by kind."""
    named = chain[0].find(f"{W}name") if chain else None
    typeset = named is not None and TYPESET.search(str(named.get(f"{W}val", ""))) is not None
    toggles: dict[str, bool] = {}
    align, ruled = "", False
    for style in chain:
        looks = style.find(f"{W}rPr")
        for name in TOGGLES:
            said = looks.find(f"{W}{name}") if looks is not None else None
            if said is not None and not typeset:
                toggles.setdefault(name, _on(said.get(f"{W}val")))
        align = align or _align(style.find(f"{W}pPr"))
        ruled = ruled or _is_ruled(style.find(f"{W}pPr"))
    return Look(toggles, align, ruled)


def _align(properties: Any) -> str:
    said = properties.find(f"{W}jc") if properties is not None else None
    return str(said.get(f"{W}val", "")) if said is not None else ""


def _is_ruled(properties: Any) -> bool:
    borders = properties.find(f"{W}pBdr") if properties is not None else None
    return borders is not None and any(
        e.tag in EDGES and e.get(f"{W}val", "none") not in ("none", "nil") for e in borders
    )


def _on(value: str | None) -> bool:
    return value is None or value.lower() not in OFF


def _element(parent: Any, name: str) -> Any:
    made = parent.makeelement(f"{W}{name}")
    parent.append(made)
    return made


def _first(parent: Any, name: str) -> Any:
    made = parent.makeelement(f"{W}{name}")
    parent.insert(0, made)
    return made
