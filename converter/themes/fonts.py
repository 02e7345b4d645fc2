"""The fonts that travel with the program (from the fontpkg packages, all under the Open Font Licence)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from converter.document.errors import SettingError

PACKAGES = {
    "EB Garamond": "fontpkg_eb_garamond",
    "Literata": "fontpkg_literata",
    "Source Serif 4": "fontpkg_source_serif_4",
    "Crimson Pro": "fontpkg_crimson_pro",
    "Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible",
    "Jost": "fontpkg_jost",
    "Frank Ruhl Libre": "fontpkg_frank_ruhl_libre",
    "Amiri": "fontpkg_amiri",
    "Cormorant": "fontpkg_cormorant",
    "Source Sans 3": "fontpkg_source_sans_3",
    "Source Code Pro": "fontpkg_source_code_pro",
}
SCRIPTS = {
    "Noto Sans Devanagari": "fontpkg_noto_sans_devanagari",
    "Noto Sans Tamil": "fontpkg_noto_sans_tamil",
    "Noto Sans Telugu": "fontpkg_noto_sans_telugu",
    "Noto Sans Thai": "fontpkg_noto_sans_thai",
    "Noto Sans Khmer": "fontpkg_noto_sans_khmer",
    "Hind Siliguri": "fontpkg_hind_siliguri",
}
"""Families that no theme takes: they are for words that the others have no letters for."""
CJK = ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf")  # Han, kana and hangul of all regions


def font_files(family: str) -> tuple[Path, ...]:
    """The TrueType files of a family, sorted by name; variable fonts hold all weights in one file.

    Raises SettingError for a family that is not among `PACKAGES` or not installed.
    """
    package = PACKAGES.get(family) or SCRIPTS.get(family)
    spec = find_spec(package) if package else None
    if spec is None or spec.origin is None:
        raise SettingError(f"no font family {family!r}", remedy=f"choose one of {', '.join(PACKAGES)}")
    return tuple(sorted((Path(spec.origin).parent / "files").glob("*.ttf")))


def font_file(family: str, *, italic: bool = False, bold: bool = False) -> Path:
    """One file of a family. Variable fonts give the same file for every weight."""
    files = font_files(family)
    wanted = [p for p in files if ("Italic" in p.stem) == italic]
    return next((p for p in wanted if ("Bold" in p.stem) == bold), wanted[0] if wanted else files[0])


def cjk_file() -> Path:
    """The font for East Asia, bold alone; the language chooses the regional forms. No file where it is not
    installed."""
    module, name = CJK
    spec = find_spec(module)
    return Path(spec.origin).parent / name if spec is not None and spec.origin is not None else Path()
