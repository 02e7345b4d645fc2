"""The design of a printed page as values (`print.toml`), for both engines: read, checked, laid over one another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converter.document.errors import SettingError

Design = Mapping[str, Any]

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
STROKE = re.compile(r"(\d+(?:\.\d+)?) (\S+)(?: dashed)?")
STROKES = frozenset(["bar", "rule", "top", "bottom", "head-line", "cell", "frame", "stroke"])
MOST = 200.0  # em, lines, points or percent; a larger number is a mistake of typing
HEAVIEST = 1000
ALIGN = ("start", "centre", "end", "left", "right")
PAINTS = frozenset(["colour", "fill"])
LOOK: Mapping[str, Any] = {
    "face": ("body", "heading", "label", "mono"), "size": 1.0, "weight": 400, "style": ("normal", "italic"),
    "caps": False, "all-caps": False, "tracking": 0.0, "colour": "ink", "figures": ("old-style", "lining", ""),
    "underline": False, "place": ("centre", "outer", "right", "foot", "none"), "align": ALIGN, "hyphenate": False,
    "start": 0.0, "end": 0.0, "above": 0.0, "below": 0.0, "rows": 1.0, "height": 1.0, "kept": False, "indent": 0.0,
    "indent-first": 0.0, "whole": False, "pad": [0, 0, 0, 0], "stroke": "", "stroke-top": "", "stroke-bottom": "",
    "stroke-start": "", "stroke-end": "", "fill": "tint", "radius": 0.0, "width": 0.0, "outline": 0.0, "lifted": 0.0,
    "end-part": 0.0, "own-line": False, "apart": 0.0, "hang": 0.0, "sink": 0.0, "text": "", "gap": 0.0,
    "start-part": 0.0, "bar-rows": 0.0, "step": 0.0, "part-sink": 0.0, "signature": {}, "verse": {}, "speaker": {},
    "turn": {}, "aside-title": {}, "banner": {},
}  # fmt: skip
"""What may be said of anything that is set, each with an example of its kind or the words it chooses from."""
INSIDE = ("signature", "verse", "speaker", "turn", "aside-title", "banner")
"""What a box may say of what stands in it."""
OPEN = frozenset(["colours"])  # tables whose keys are a person's own names


def read_design(path: Path, base: Design | None = None) -> dict[str, Any]:
    """The tables of a file. With a `base`, its keys and kinds are what may be said.

    Raises SettingError for a file that can't be read, a key that means nothing, a value of the wrong kind.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(
            f"not readable as TOML: {error}", str(path), "compare it with the print.toml of a style"
        ) from error
    except OSError as error:
        raise SettingError(f"can't be read: {error.strerror or error}", str(path)) from error
    if base is not None:
        colours = {**base["colours"], **_table(values.get("colours", {}), "colours", path)}
        for key, value in values.items():
            if key not in base:
                raise _unknown(key, path)
            _check(key, _table(value, key, path), base[key], colours, path)
    return values


def laid_over(below: Design, above: Design) -> dict[str, Any]:
    """Both, table by table; what is above wins."""
    out = dict(below)
    for key, value in above.items():
        old = out.get(key)
        out[key] = laid_over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return out


def is_stroke(key: str) -> bool:
    """Whether the value of this key is a stroke, "" for none."""
    return key in STROKES or key.startswith("stroke-")


def weights_of(design: Design) -> frozenset[int]:
    """The weights of type that a design asks for."""
    found = {int(value) for key, value in design.items() if key == "weight"}
    return frozenset(found).union(*(weights_of(value) for value in design.values() if isinstance(value, Mapping)))


def typed_tables(design: Design) -> frozenset[str]:
    """The names of the tables whose face is that of typed text."""
    tables = {name: value for name, value in design.items() if isinstance(value, Mapping)}
    inner = (typed_tables(value) for value in tables.values())
    return frozenset(name for name, value in tables.items() if value.get("face") == "mono").union(*inner)


def signs_of(design: Design) -> str:
    """What a design itself sets: ornaments, dots beside page numbers and before them."""
    folio, ornament = design["folio"], design["titlepage"]["ornament"]
    said = (design["opener"]["ornament"], ornament.get("text", ""), folio["before"], folio["after"])
    return "".join((*said, design["contents"]["leader"]))


def _check(
    where: str, table: Mapping[str, Any], base: Mapping[str, Any], colours: Mapping[str, Any], path: Path
) -> None:
    for key, value in table.items():
        name = f"{where}.{key}"
        if where in OPEN:
            if not isinstance(value, str) or not COLOUR.fullmatch(value):
                raise SettingError(f"{name} is {value!r}, no colour", str(path), f'write {key} = "#5a1f1b"')
            continue
        like = base[key] if key in base and not (key in LOOK and isinstance(LOOK[key], tuple)) else LOOK.get(key)
        if like is None:
            raise _unknown(name, path)
        if isinstance(like, Mapping):
            _check(name, _table(value, name, path), like, colours, path)
        else:
            _check_value(name, key, value, like, colours, path)


def _check_value(name: str, key: str, value: Any, like: Any, colours: Mapping[str, Any], path: Path) -> None:
    fine = _is_like(key, value, like)
    if fine and value and is_stroke(key):
        stroke = STROKE.fullmatch(value)
        fine = stroke is not None and _is_colour(stroke[2], colours)
    elif fine and value and key in PAINTS:
        fine = _is_colour(value, colours)
    if not fine:
        raise SettingError(f"{name} is {value!r}", str(path), "compare it with the print.toml of a style")


def _is_like(key: str, value: Any, like: Any) -> bool:
    """Whether a value is of the kind of another, or among those to choose from."""
    if isinstance(like, tuple):
        return value in like
    if isinstance(like, bool) or isinstance(value, bool):
        return isinstance(like, bool) and isinstance(value, bool)
    if isinstance(like, int | float):
        return isinstance(value, int | float) and abs(value) <= (HEAVIEST if key == "weight" else MOST)
    if isinstance(like, list):
        return isinstance(value, list) and all(_is_like("", v, 1.0) for v in value) and len(value) == len(like)
    return isinstance(value, str)


def _is_colour(value: str, colours: Mapping[str, Any]) -> bool:
    return value in colours or bool(COLOUR.fullmatch(value))


def _table(value: Any, name: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingError(f"{name} is no table", str(path), f"write [{name}]")
    return value


def _unknown(name: str, path: Path) -> SettingError:
    return SettingError(f"{name} means nothing", str(path), "compare it with the print.toml of a style")
