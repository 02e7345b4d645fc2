"""Content models as tables: which element may stand in which, with which attributes. One reader for all formats.

The tables are TOML files in `schemas/`; `schemas/xhtml.toml` explains their rows. A library for RELAX NG would have to
parse each file a second time, and could tell neither what stands at any depth inside a link nor what to do about it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import XmlNode
from converter.document.record import dataclass

FOLDER = Path(__file__).with_name("schemas")
TOLD = 1000  # flaws of one file that are told: beyond these nobody reads them
_MIXED = {"@flow", "@phrasing", "@inline", "transparent", "text", "anything"}  # text may stand there
_NONE = frozenset({"transparent", "text", "anything", "nothing"})
_DATA = re.compile(r"data-[a-z_][a-z0-9._-]*")  # HTML, 3.2.6.6, as far as names of ASCII go


@dataclass(frozen=True, slots=True)
class ElementRow:
    """What one element may hold. `own`: its attributes, `required`: those that it must have."""

    children: frozenset[str]
    transparent: bool
    anything: bool
    text: bool
    order: re.Pattern[str] | None
    order_said: str
    needs: tuple[str, ...]
    once: frozenset[str]
    own: frozenset[str]
    required: tuple[str, ...]
    any_attribute: bool
    bans: frozenset[str]


@dataclass(frozen=True, slots=True)
class Schema:
    """The content model of one format."""

    space: str
    root: str
    rows: Mapping[str, ElementRow]
    values: Mapping[str, re.Pattern[str]]
    open_names: bool  # elements with a hyphen are the author's own, "data-" and "aria-" begin attributes
    strict: bool  # attributes of other namespaces are wrong, too


@cache
def schema(name: str) -> Schema:
    """The table of this name."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    groups: dict[str, str] = table.get("groups", {})
    rows = {key: _row(row, groups) for key, row in table["elements"].items()}
    values = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in table.get("values", {}).items()}
    return Schema(table["space"], table["root"], rows, values, table.get("open", True), table.get("strict", False))


def _row(row: dict[str, Any], groups: Mapping[str, str]) -> ElementRow:
    holds = [row["holds"]] if isinstance(row["holds"], str) else row["holds"]
    nothing = _NONE if len(holds) == 1 or "transparent" in holds else frozenset[str]()  # "text" may be an element, too
    names = row.get("attributes", "") if row.get("bare") else f"@global {row.get('attributes', '')}"
    attributes = _spread(names, groups)
    order = row.get("order", "")
    return ElementRow(
        frozenset(_spread(" ".join(holds), groups)) - nothing,
        "transparent" in holds,
        "anything" in holds,
        bool(row.get("text", _MIXED.intersection(holds))),
        _sequence(order) if order else None,
        order,
        tuple(row.get("needs", "").split()),
        frozenset(row.get("once", "").split()),
        frozenset(name.rstrip("!") for name in attributes),
        tuple(name[:-1] for name in attributes if name[-1] == "!"),
        "*" in attributes,
        frozenset(_spread(row.get("not", ""), groups)),
    )


def _spread(names: str, groups: Mapping[str, str]) -> list[str]:
    """The names, those with @ replaced by what the group holds."""
    return [one for name in names.split() for one in (_spread(groups[name[1:]], groups) if name[0] == "@" else [name])]


def _sequence(order: str) -> re.Pattern[str]:
    """A pattern for the names of the children, each followed by a space."""
    parts = []
    for word in order.split():
        name, sign = (word[:-1], word[-1]) if word[-1] in "?*+" else (word, "")
        inner = r"[^ ]+ " if name == "any" else f"(?:{'|'.join(map(re.escape, name.split('|')))}) "
        parts.append(f"(?:{inner}){sign}")
    return re.compile("".join(parts))


def check_markup(path: str, root: XmlNode, model: Schema) -> Iterator[Flaw]:
    """What in a document breaks its content model; at most `TOLD` flaws."""
    for number, flaw in enumerate(_Walk(path, model).flaws(root)):
        if number >= TOLD:
            return
        yield flaw


def check_part(path: str, top: XmlNode, model: Schema, holder: str) -> Iterator[Flaw]:
    """The same for an element inside something else, which may hold what the element `holder` may."""
    allowed = model.rows[holder].children
    if top.tag in model.rows and top.tag not in allowed:
        message = f"<{top.tag}> may not stand here; only what may stand in <{holder}>"
        yield Flaw(path, top.line, "element-misplaced", message)
    yield from _Walk(path, model).inside(top, allowed)


class _Walk:
    def __init__(self, path: str, model: Schema) -> None:
        self._path = path
        self._model = model
        self._space = model.space
        self._nothing: frozenset[str] = frozenset()

    def _name(self, node: XmlNode) -> str:
        space = node.space
        return node.tag if space == self._space else f"{space}:{node.tag}" if len(space) < 6 else f"{{{space}}}"

    def flaws(self, root: XmlNode) -> Iterator[Flaw]:
        """All of them, in the order of the file."""
        name = self._name(root)
        if name != self._model.root:
            message = f"begins with <{root.tag}>; here belongs <{self._model.root}> in its own namespace"
            yield Flaw(self._path, root.line, "element-misplaced", message)
            return
        yield from self.inside(root, self._nothing)

    def inside(self, top: XmlNode, around: frozenset[str]) -> Iterator[Flaw]:
        """The flaws of an element and all below; `around`: what a transparent element may hold there."""
        stack: list[tuple[XmlNode, str, frozenset[str], frozenset[str]]] = [
            (top, self._name(top), around, self._nothing)
        ]
        while stack:
            node, name, allowed, banned = stack.pop()
            row = self._model.rows.get(name)
            if row is None:  # an element of somebody's own, or one that has been told: its content as its parent's
                stack.extend(self._next(node, allowed, banned))
                continue
            if node.attributes or row.required:
                yield from self._attributes(node, name, row)
            if row.anything:
                continue
            holds = (row.children | allowed) if row.transparent else row.children
            if row.bans:
                banned = banned | row.bans
            if not row.text:
                yield from self._text(node, name)
            if node.children or row.order or row.needs:
                yield from self._children(node, name, row, holds, banned)
                stack.extend(self._next(node, holds, banned))

    def _next(
        self, node: XmlNode, holds: frozenset[str], banned: frozenset[str]
    ) -> list[tuple[XmlNode, str, frozenset[str], frozenset[str]]]:
        return [
            (child, self._name(child), holds, banned)
            for child in reversed(node.children)
            if child.space == self._space or self._name(child) in self._model.rows
        ]

    def _text(self, node: XmlNode, name: str) -> Iterator[Flaw]:
        loose = node.text.strip() or next((c.after.strip() for c in node.children if c.after.strip()), "")
        if loose:
            shown = loose if len(loose) < 30 else loose[:30] + "…"
            message = f"“{shown}”: no text may stand directly in <{name}>; put it into an element that it may hold"
            yield Flaw(self._path, node.line, "text-misplaced", message)

    def _children(
        self, node: XmlNode, name: str, row: ElementRow, holds: frozenset[str], banned: frozenset[str]
    ) -> Iterator[Flaw]:
        wrong = False
        names = [self._name(child) for child in node.children]
        for child, inner in zip(node.children, names, strict=True):
            if inner in holds and inner not in banned:
                continue
            known = inner in self._model.rows or any(inner in r.children for r in self._model.rows.values())
            if self._model.open_names and "-" in child.tag and child.space == self._model.space:
                continue
            wrong = True
            if not known:
                what = f"<{child.tag}> is not known here; take it out, or use one that is"
                yield Flaw(self._path, child.line, "element-unknown", what)
            elif inner in holds:
                what = f"<{child.tag}> may not stand anywhere inside such an element (<{name}>); move it out"
                yield Flaw(self._path, child.line, "element-misplaced", what)
            else:
                what = f"<{child.tag}> may not stand in <{name}>; move it out, or use another element"
                yield Flaw(self._path, child.line, "element-misplaced", what)
        yield from self._whole(node, name, row, names, wrong)

    def _whole(self, node: XmlNode, name: str, row: ElementRow, names: list[str], wrong: bool) -> Iterator[Flaw]:
        for once in row.once:
            if names.count(once) > 1:
                again = [c for c, n in zip(node.children, names, strict=True) if n == once][1]
                message = f"a second <{once}> in <{name}>; only one may be there"
                yield Flaw(self._path, again.line, "element-misplaced", message)
        missing = [need for need in row.needs if need not in names]
        for need in missing:
            message = f"<{name}> lacks <{need}>, which must be in it"
            yield Flaw(self._path, node.line, "element-incomplete", message)
        if row.order and not wrong:
            said = "".join(f"{n} " for n in names if n not in ("script", "template") or n in row.order_said)
            if not row.order.fullmatch(said):
                message = f"<{name}> lacks an element, or has them in another order than: {row.order_said}"
                yield Flaw(self._path, node.line, "element-incomplete", message)

    def _attributes(self, node: XmlNode, name: str, row: ElementRow) -> Iterator[Flaw]:
        for key, value in node.attributes.items():
            if key in row.own:
                pattern = self._model.values.get(f"{name}@{key}") or self._model.values.get(f"@{key}")
                if pattern and not pattern.fullmatch(value):
                    shown = value if len(value) < 40 else value[:40] + "…"
                    message = f"“{shown}” is no value for the attribute {key} of <{node.tag}>"
                    yield Flaw(self._path, node.line, "attribute-value", message)
            elif not row.any_attribute and not self._is_open(key):
                message = f"<{node.tag}> has no attribute {key}; take it out, or say it in the style"
                yield Flaw(self._path, node.line, "attribute-unknown", message)
        for key in row.required:
            if key not in node.attributes:
                message = f"<{node.tag}> must have the attribute {key}"
                yield Flaw(self._path, node.line, "attribute-missing", message)

    def _is_open(self, key: str) -> bool:
        """Whether an attribute of this name may stand anywhere."""
        if key.startswith("{"):
            return not self._model.strict
        if not self._model.open_names:
            return False
        if key.startswith("data-"):
            return bool(_DATA.fullmatch(key)) or not key.isascii()
        return key in EVENTS or key in ARIA


EVENTS = frozenset(
    f"on{name}"
    for name in (
        "abort afterprint animationend animationiteration animationstart auxclick beforeinput beforematch beforeprint"
        " beforetoggle beforeunload blur cancel canplay canplaythrough change click close contextlost contextmenu"
        " contextrestored copy cuechange cut dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop"
        " durationchange emptied ended error focus focusin focusout formdata hashchange input invalid keydown keypress"
        " keyup languagechange load loadeddata loadedmetadata loadend loadstart message messageerror mousedown"
        " mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pageshow paste"
        " pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover"
        " pointerup popstate progress ratechange readystatechange rejectionhandled reset resize scroll scrollend"
        " securitypolicyviolation seeked seeking select show slotchange sort stalled storage submit suspend timeupdate"
        " toggle transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange"
        " waiting wheel"
    ).split()
)
ARIA = frozenset(
    f"aria-{name}"
    for name in (
        "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex"
        " colindextext colspan controls current describedby description details disabled dropeffect errormessage"
        " expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline"
        " multiselectable orientation owns placeholder posinset pressed readonly relevant required roledescription"
        " rowcount rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext"
    ).split()
)
