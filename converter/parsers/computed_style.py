"""What CSS says about an element's meaning: italic, bold, small capitals, struck out, raised, centred, hidden,
a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Literal

import tinycss2

from converter.document.record import dataclass

HiddenBy = Literal["", "display", "visibility", "size", "place", "speech"]

RELEVANT = re.compile(
    r"font-style|font-weight|font-variant|font\s*:|font-size|vertical-align|text-decoration|text-align|display|visibility|speak|"
    r"white-space|opacity|position|text-indent|clip|margin-left|padding-left|float|text-emphasis|writing-mode",
    re.I,
)
GEOMETRY = frozenset("position left top right clip text-indent".split())  # what puts text out of sight
OFF_SCREEN = -500  # px; stylesheets write -999 or -9999 to put text out of sight
MAKERS = ("", "-epub-", "-webkit-")  # of names in CSS
STEP = {
    "px": 1.0,
    "pt": 1.33,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "%": 8.0,
    "": 1.0,
}


@dataclass(frozen=True, slots=True)
class ComputedStyle:
    """None (or "") means: CSS does not say. `indent`, `padding` and `first` are the left margin, the left padding
    and the indent of the first line in px."""

    italic: bool | None = None
    bold: bool | None = None
    small_caps: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    level: Literal["", "super", "sub", "base"] = ""
    align: Literal["", "left", "center", "right"] = ""
    hidden: HiddenBy = ""
    shown: bool | None = None  # display or visibility are set, to something visible
    block: bool | None = None
    pre: bool | None = None  # line ends count
    indent: float | None = None
    padding: float | None = None
    first: float | None = None
    floats: bool | None = None
    vertical: bool | None = None  # lines run from top to bottom


PLAIN = ComputedStyle()
_FIELDS = tuple(f.name for f in fields(ComputedStyle))


def merge(below: ComputedStyle, above: ComputedStyle) -> ComputedStyle:
    """`above` wins wherever it says something."""
    if above == PLAIN:
        return below
    values = {n: v for n in _FIELDS if (v := getattr(above, n)) is not None and v != ""}
    if above.shown and not above.hidden:
        values["hidden"] = ""
    return replace(below, **values)


def declarations(text: str) -> tuple[ComputedStyle, ComputedStyle]:
    """A `style=` value or a rule's body -> the look it asks for: (normal, important). Broken CSS is no error."""
    return declared(text) if RELEVANT.search(text) else (PLAIN, PLAIN)


def declared(content: str | Sequence[Any]) -> tuple[ComputedStyle, ComputedStyle]:
    """The same of a text, or of tokens that are parsed already."""
    normal: dict[str, object] = {}
    important: dict[str, object] = {}
    geometry: dict[str, str] = {}
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration" or (node.lower_name not in DECLARED and node.lower_name not in GEOMETRY):
            continue
        value = tinycss2.serialize([t for t in node.value if t.type != "comment"]).strip().lower()
        name = node.lower_name
        geometry[name] = value
        _declare(name, value, important if node.important else normal)
    _place(geometry, normal)
    return _style(normal), _style(important)


def _style(values: dict[str, Any]) -> ComputedStyle:
    return ComputedStyle(**values) if values else PLAIN


def _length(value: str) -> float | None:
    number = re.match(r"\s*(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|in|cm|mm|%)?", value)
    return float(number[1]) * STEP[number[2] or ""] if number else None


def _left_of_four(value: str) -> float | None:
    """The left side of a margin that is given for all sides: the fourth length, or the second, or the only one."""
    sides = value.split()[:4]
    return _length((sides[3:] or sides[1:2] or sides or [""])[0])


def _is_dotted(value: str) -> bool:
    """Whether an emphasis mark stands at each sign: any but "none", or a colour alone."""
    return any(word in MARKS or word[:1] in tuple("\"'") for word in value.split())


Values = dict[str, object]


def _font_weight(value: str, values: Values) -> None:
    if value in ("bold", "bolder") or value.isdigit():
        values["bold"] = not value.isdigit() or int(value) >= HEAVY
    elif value in ("normal", "lighter"):
        values["bold"] = False


def _font(value: str, values: Values) -> None:
    words = value.split()
    if any(w in ("italic", "oblique") for w in words):
        values["italic"] = True
    if any(w in ("bold", "bolder", "600", "700", "800", "900") for w in words):
        values["bold"] = True
    if "small-caps" in words:
        values["small_caps"] = True


def _decoration(value: str, values: Values) -> None:
    words = value.split()
    values["underline"], values["strike"] = "underline" in words, "line-through" in words


def _display(value: str, values: Values) -> None:
    if value == "none":
        values["hidden"] = "display"
        return
    values["shown"] = True
    if value in ("block", "flex", "grid", "list-item", "table", "flow-root", "table-row"):
        values["block"] = True
    elif value.startswith("inline") or value == "contents":
        values["block"] = False


def _visibility(value: str, values: Values) -> None:
    gone = value in ("hidden", "collapse")
    values["hidden" if gone else "shown"] = "visibility" if gone else True


def _hidden_if(is_so: Callable[[str], bool], how: str) -> Callable[[str, Values], None]:
    def declare(value: str, values: Values) -> None:
        if is_so(value):
            values["hidden"] = how

    return declare


def _set(name: str, read: Callable[[str], object]) -> Callable[[str, Values], None]:
    def declare(value: str, values: Values) -> None:
        if (computed := read(value)) is not None:
            values[name] = computed

    return declare


MARKS = frozenset("filled open dot circle double-circle triangle sesame".split())  # of emphasis (CSS Text Decoration 3)
HEAVY = 600  # a weight that is called bold
LEVELS = {"super": "super", "text-top": "super", "sub": "sub"}
ALIGNED = {"center": "center", "-webkit-center": "center", "right": "right", "end": "right"}
_small_caps = _set("small_caps", lambda value: "small-caps" in value)
_dotted = _set("italic", lambda value: _is_dotted(value) or None)  # stress, as italics are
_vertical = _set("vertical", lambda value: value.startswith(("vertical-", "tb")))
DECLARED: Mapping[str, Callable[[str, Values], None]] = {
    "font-style": _set("italic", lambda value: value.startswith(("italic", "oblique"))),
    **{f"{maker}text-emphasis{part}": _dotted for maker in MAKERS for part in ("", "-style")},
    **{f"{maker}writing-mode": _vertical for maker in MAKERS},
    "font-weight": _font_weight,
    "font": _font,
    "font-variant": _small_caps,
    "font-variant-caps": _small_caps,
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "vertical-align": _set("level", lambda value: LEVELS.get(value, "base")),
    "text-align": _set("align", lambda value: ALIGNED.get(value, "left")),
    "display": _display,
    "visibility": _visibility,
    "speak": _hidden_if(lambda value: value in ("never", "none"), "speech"),
    "white-space": _set("pre", lambda value: value in ("pre", "pre-wrap", "pre-line", "break-spaces")),
    "font-size": _hidden_if(lambda value: _length(value) == 0, "size"),
    "opacity": _hidden_if(lambda value: value in ("0", "0.0", "0%", ".0"), "visibility"),
    "float": _set("floats", lambda value: value in ("left", "right")),
    "margin-left": _set("indent", _length),
    "padding-left": _set("padding", _length),
    "margin": _set("indent", _left_of_four),
    "padding": _set("padding", _left_of_four),
    "text-indent": _set("first", _length),
}


def _declare(name: str, value: str, values: Values) -> None:
    """What one declaration says of an element's look."""
    if declare := DECLARED.get(name):
        declare(value, values)


def _place(geometry: dict[str, str], values: dict[str, object]) -> None:
    if geometry.get("position") in ("absolute", "fixed"):
        sides = [_length(geometry.get(s, "")) for s in ("left", "top", "right")]
        clipped = geometry.get("clip", "").replace(",", " ").replace("px", "")
        if any(v is not None and v <= OFF_SCREEN for v in sides) or re.match(
            r"rect\(\s*[01]\s+[01]\s+[01]\s+[01]", clipped
        ):
            values["hidden"] = "place"
    indent = _length(geometry.get("text-indent", ""))
    if indent is not None and indent <= OFF_SCREEN:
        values["hidden"] = "place"
