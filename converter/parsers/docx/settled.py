"""A Word document made ready for mammoth: what that would lose, or show though it is hidden, is said in its own terms.

Looks of styles are written onto the runs, boxes and wrappers that mammoth passes over are unwrapped, hidden runs are
marked, headings of any language become such as mammoth knows. Rules and pictures are settled by `drawn.py`, numbers by
`numbering.py`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Set
from typing import Any

from converter.parsers.docx.drawn import MC, V, mark_unseen, rules_as_breaks
from converter.parsers.docx.looks import NO_LOOK, TOGGLES, Look, Styles, align_of, is_on
from converter.parsers.docx.numbering import Numbering, number_paragraphs
from converter.parsers.docx.package import W

HIDDEN, CENTRED, RIGHT = "ChapbookHidden", "ChapbookCentred", "ChapbookRight"  # styles that the markup is made by
KINDS = {"heading": "ChapbookHeading", "title": "ChapbookTitle", "subtitle": "ChapbookSubtitle"}
LOWEST = 6  # level of a heading of a page
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATED = (f"{REL}id", f"{REL}embed", f"{REL}link")
WRAPPERS = frozenset(f"{W}{name}" for name in "fldSimple bdo dir".split())


def settle(root: Any, styles: Styles, relations: Set[str], numbering: Numbering) -> None:
    """Makes a part (the document, its notes) ready, in place; `relations`: the ids of what it may lead to."""
    for name in RELATED:
        for element in [e for e in root.iter() if name in e.attrib and e.get(name) not in relations]:
            del element.attrib[name]
    for paragraph in list(root.iter(f"{W}p")):
        _join_deleted_end(paragraph)
    _unwrap(root)
    rules_as_breaks(root, styles)
    mark_unseen(root)
    number_paragraphs(root, numbering, styles)
    for paragraph in root.iter(f"{W}p"):
        _settle_paragraph(paragraph, styles)


def _settle_paragraph(paragraph: Any, styles: Styles) -> None:
    own = paragraph.find(f"{W}pPr")
    look = styles.look(styles.of(paragraph))
    kind, level = styles.kind(paragraph)
    align = align_of(own) or look.align
    if align in ("center", "right", "end"):
        own = own if own is not None else _first(paragraph, "pPr")
        for old in own.findall(f"{W}jc"):
            own.remove(old)
        _element(own, "jc").set(f"{W}val", "center" if align == "center" else "right")
    if kind:
        own = own if own is not None else _first(paragraph, "pPr")
        for old in own.findall(f"{W}pStyle"):
            own.remove(old)
        _first(own, "pStyle").set(f"{W}val", f"{KINDS[kind]}{min(level, LOWEST) or ''}")
    for run in _runs_of(paragraph):
        _settle_run(run, look, styles)
        if not kind:
            _as_capitals(run)


def _as_capitals(run: Any) -> None:
    """Letters that are shown as capitals are such; one that has none of its own length stays."""
    said = run.find(f"{W}rPr/{W}caps")
    if said is None or not is_on(said.get(f"{W}val")):
        return
    for text in run.findall(f"{W}t"):
        text.text = "".join(c if len(c.upper()) > 1 else c.upper() for c in text.text or "")


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
            shown = is_on(direct.get(f"{W}val"))
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


def _element(parent: Any, name: str) -> Any:
    made = parent.makeelement(f"{W}{name}")
    parent.append(made)
    return made


def _first(parent: Any, name: str) -> Any:
    made = parent.makeelement(f"{W}{name}")
    parent.insert(0, made)
    return made
