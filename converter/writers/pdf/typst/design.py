"""A theme's design for one page: its tokens (`print.toml`) with colours and strokes settled, the page's measures, the
faces' own. What `template/*.typ` read as `design.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converter.document.contracts import Theme
from converter.themes.design import PAINTS, is_stroke
from converter.themes.fonts import CJK, font_file, is_installed
from converter.writers.drop_caps import DEPTH
from converter.writers.languages import direction, has_italics
from converter.writers.pages import HEAD_SIZE, POINT, SINK, PageGeometry, note_size, type_size
from converter.writers.pdf.printed import CJK_LANGUAGES, leading_of
from converter.writers.pdf.typst.faces import Faces
from converter.writers.sheets import design_in
from converter.writers.typefaces import draws_small_capitals, families_of, is_of_east_asia, measures, without_own_forms

INDENTS = {"zh": 2.0, "yue": 2.0, "ja": 1.0, "ko": 1.0}
"""First lines by language, in em: W3C, Requirements for Chinese Text Layout, 3.2.1; for Japanese Text Layout, 3.1.2."""
DIGITS = {"ar": "١", "ckb": "١", "sd": "١", "ps": "۱", "fa": "۱", "ur": "۱"}
"""How pages are numbered (Typst's numbering patterns) in languages with digits of their own."""
LATIN_ARABIC = ("ar-dz", "ar-ma", "ar-tn", "ar-ly")  # the Maghreb writes European digits


def design_of(theme: Theme, sheet: PageGeometry, language: str, faces: Faces, *, levelled: bool) -> dict[str, Any]:
    """The values of `design.json`. `levelled`: whether the feet of pages are to be made level; never in scripts with
    joined letters, or without spaces or squares. Lengths are points unless they are said to be em, lines or parts of
    something."""
    size = type_size(theme, sheet)
    pitch = size * leading_of(theme, language)
    room = (sheet.height - sheet.top - sheet.bottom) / POINT
    lines = max(1, int(room / pitch + 1e-6))
    tokens = design_in(theme, language)
    colours = tokens["colours"]
    out = _settled(tokens, colours)
    primary = language.partition("-")[0].lower()
    out["page"] = {
        "width": round(sheet.width / POINT, 3),
        "height": round(sheet.height / POINT, 3),
        "inner": round(sheet.inner / POINT, 3),
        "outer": round(sheet.outer / POINT, 3),
        "top": round(sheet.top / POINT, 3),
        "lines": lines,
        "bound": sheet.bound,
        "heads": sheet.heads,
        "numbers": _digits(language),
    }
    out |= {
        "size": round(size, 3),
        "pitch": round(pitch, 3),
        "head-size": round(size * HEAD_SIZE, 3),
        "note-size": round(note_size(size), 3),
        "sink-lines": max(1, round(lines * SINK)),
        "language": primary if primary.isalpha() and len(primary) in (2, 3) else "und",
        "region": _region(language),
        "rtl": direction(language) == "rtl",
        "spaced": has_italics(primary),
        "roles": {role: _families(chain, primary) for role, chain in faces.chains.items()},
        **_strong(faces.chains["body"], primary),
        "measures": {role: _measure(chain[0]) for role, chain in faces.chains.items()},
        "ornament": theme.settings.get("ornament", ""),
        "cap-lines": int(theme.settings.get("drop-cap-lines", "3")),
    }
    out["cap-face"] = _cap_face(theme)
    out["caps-forms"] = {"locl": 0} if without_own_forms(theme, language) else {}
    text = out["text"]
    out["levelled"] = levelled and (out["spaced"] or primary in CJK_LANGUAGES)
    if not draws_small_capitals(families_of(theme)["heading"]):
        out["inlines"]["capitals"] = out["inlines"]["plain-capitals"]
    if not has_italics(primary):  # old figures are a Latin typeface's
        text["figures"] = out["heads"]["figures"] = "lining"
    if primary in CJK_LANGUAGES:
        _indent_by_signs(out, INDENTS[primary])
    if primary in CJK_LANGUAGES or out["rtl"]:
        text["tracking"] = [0, 0]  # letters of Arabic are joined, those of Han stand in squares
    if out["rtl"]:
        out["levelled"] = False
    return out


def _indent_by_signs(design: dict[str, Any], signs: float) -> None:
    """Each paragraph is indented by whole signs, also the first of a chapter, of something quoted, below a heading."""
    design["text"] |= {"indent": signs, "indent-first": True}
    for role in ("first", "after-break"):
        design["paragraphs"][role]["indent"] = signs
    for name, block in design["blocks"].items():
        if name != "footnotes":
            block.pop("indent-first", None)


def shrink(design: dict[str, Any]) -> None:
    """Makes the headings and the title page those of a small page."""
    small = design["small"]
    design["opener"]["label"]["size"] = design["opener"]["label"].get("size", 1) * small["headings"]
    for name in ("title", "lone", "long-title", "part-title"):
        part = design["opener"][name]
        if "size" in part:
            part["size"] *= small["headings"]
    page = design["titlepage"]
    for name, part in page.items():
        if isinstance(part, dict):
            if "size" in part:
                part["size"] *= small["title" if name in ("title", "long-title") else "headings"]
            if "above" in part:
                part["above"] = min(part["above"], small["above"])
    page["sink"] *= small["sink"]
    design["contents"]["heading"] |= {"above": small["above"], "below": small["above"]}
    design["details"]["sink"] *= small["sink"]


def characters_in(theme: Theme, sheet: PageGeometry, part: float = 1.0) -> int:
    """How many characters fit in a line of type `part` as large as the body's: those of a wide font."""
    width = (sheet.width - sheet.inner - sheet.outer) / POINT
    return max(6, int(width / (type_size(theme, sheet) * part * 0.62)))


def _cap_face(theme: Theme) -> dict[str, float]:
    """The height of a drop cap's and of the body's capitals, and how deep a cap may reach, as parts of their sizes."""
    families = families_of(theme)
    italic = theme.design["start"]["cap"].get("style") == "italic"
    return {
        "cap": measures(font_file(families["heading"], italic=italic))[0],
        "body": measures(font_file(families["body"]))[0],
        "depth": DEPTH,
    }


def _families(chain: tuple[str, ...], primary: str) -> list[Any]:
    """The families as Typst takes them. Beside those of East Asia, a Latin typeface isn't asked for brackets, commas
    and stops of theirs, in their languages for no quotation marks, dashes and dots either; but where no other has
    them."""
    families = [family.lower() for family in chain]
    if not any(map(is_of_east_asia, chain)):
        return families
    covers = "latin" if primary in CJK_LANGUAGES else "but-signs"
    first = [
        name if is_of_east_asia(f) else {"name": name, "covers": covers}
        for f, name in zip(chain, families, strict=True)
    ]
    return first + [name for f, name in zip(chain, families, strict=True) if not is_of_east_asia(f)]


def _strong(chain: tuple[str, ...], primary: str) -> dict[str, Any]:
    """The families of what is strong, where the signs of East Asia have a face of their own for it: one for all."""
    signs = [family for family in chain if is_of_east_asia(family)]
    if not signs or not is_installed(CJK):
        return {"strong": None}
    bold = tuple(dict.fromkeys(CJK if family in signs else family for family in chain))
    return {"strong": _families(bold, primary)}


def _measure(family: str) -> dict[str, float]:
    from converter.writers.typefaces import face_file

    _, ascent, descent = measures(face_file(family))
    return {"ascent": ascent, "descent": descent}


def _digits(language: str) -> str:
    low = language.lower()
    return "1" if low.startswith(LATIN_ARABIC) else DIGITS.get(low.partition("-")[0], "1")


def _region(language: str) -> str:
    return next((p.lower() for p in language.split("-")[1:] if len(p) == 2 and p.isalpha()), "")


def _settled(values: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in values.items():
        if value is colours:
            out[key] = dict(colours)
        elif isinstance(value, Mapping):
            out[key] = _settled(value, colours)
        elif is_stroke(key):
            out[key] = _stroke(value, colours)
        elif key in PAINTS:
            out[key] = colours.get(value, value)
        else:
            out[key] = value
    return out


def _stroke(value: str, colours: Mapping[str, str]) -> dict[str, Any] | None:
    if not value:
        return None
    width, colour, *dash = value.split()
    return {"width": float(width), "colour": colours.get(colour, colour), "dashed": bool(dash)}
