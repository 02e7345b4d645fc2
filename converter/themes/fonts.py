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
CJK = "Noto Sans CJK JP"
"""Han, kana and hangul of all regions, in bold alone; the language chooses the forms."""
SINGLE = {
    CJK: ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf"),
    "Noto Serif Devanagari": ("pylopdf_fonts_hi", "NotoSerifDevanagari-Variable.ttf"),
    "Noto Serif Thai": ("pylopdf_fonts_th", "NotoSerifThai-Variable.ttf"),
    "Noto Emoji": ("manimgx_fonts", "NotoEmoji[wght].ttf"),
    "Noto Serif JP": ("pylopdf_fonts_jp", "NotoSerifJP-Regular.otf"),
    "Noto Serif KR": ("pylopdf_fonts_ko", "NotoSerifKR-Regular.otf"),
    "Noto Serif SC": ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),
    "Noto Serif TC": ("pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf"),
    "Noto Sans JP": ("pylopdf_fonts_jp", "NotoSansJP-Regular.otf"),
    "Noto Sans KR": ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf"),
    "Noto Sans SC": ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    "Noto Sans TC": ("pylopdf_fonts_zh_tw", "NotoSansTC-Regular.otf"),
}
"""Families of one upright file: its package and its name. Those of East Asia are an extra, `east-asia`."""
EAST_ASIA = {
    "ja": "JP", "ko": "KR", "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "TC", "zh-mo": "TC", "yue": "TC",
}  # fmt: skip
"""The ending of the family whose forms are a language's."""
OF_LANGUAGES = {
    "Amiri": "ar arc ckb fa ps sd ug ur",
    "Frank Ruhl Libre": "he iw yi ji",
    "Noto Serif Devanagari": "hi mr ne sa",
    "Noto Serif Thai": "th",
    "Noto Sans Tamil": "ta",
    "Noto Sans Telugu": "te",
    "Noto Sans Khmer": "km",
    "Hind Siliguri": "bn as",
}
"""The family in which a language's own script is set."""


def own_family(language: str) -> str:
    """The family that has the script of a language (a BCP 47 tag), "" for those of the themes' own scripts. For East
    Asia the ending of its name ("JP"): there is a serif and a sans of each."""
    tag = language.lower()
    main = tag.partition("-")[0]
    if region := EAST_ASIA.get(tag) or EAST_ASIA.get("-".join(tag.split("-")[:2])) or EAST_ASIA.get(main):
        return region
    return next((family for family, tags in OF_LANGUAGES.items() if main in tags.split()), "")


def is_installed(family: str) -> bool:
    """Whether a family that is not a theme's own choice is there: those of East Asia may be missing."""
    return find_spec(SINGLE[family][0]) is not None if family in SINGLE else True


def font_files(family: str) -> tuple[Path, ...]:
    """The files of a family, sorted by name; variable fonts hold all weights in one file.

    Raises SettingError for a family that is unknown or not installed.
    """
    if family in SINGLE:
        return (_single(family),)
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
    """The font for East Asia, bold alone. No file where it is not installed."""
    return _single(CJK) if is_installed(CJK) else Path()


def _single(family: str) -> Path:
    module, name = SINGLE[family]
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise SettingError(f"the font family {family!r} is not installed", remedy=f"pip install {module}")
    return Path(spec.origin).parent / name
