"""The fonts that Typst may use for a book: files of ours, those of the machine only for letters that ours lack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.themes.design import weights_of
from converter.themes.fonts import CJK, EAST_ASIA, PACKAGES, SINGLE, font_file, is_installed, own_family
from converter.writers.small_capitals import WEIGHTS
from converter.writers.typefaces import chains, cut, face_file, families_of, is_of_east_asia, small_letters

OPTICAL = frozenset(["opsz"])


@dataclass(frozen=True, slots=True)
class Faces:
    """`chains`: the families of each role, the first that has a letter gives it. `missing`: letters that none of ours
    has; `only_bold`: those that only a bold one has."""

    chains: Mapping[str, tuple[str, ...]]
    missing: frozenset[str]
    only_bold: frozenset[str]


def faces_for(theme: Theme, text: frozenset[str], language: str) -> Faces:
    """The families for a text with these characters, in a language. Raises SettingError for an unknown family.

    In East Asia the theme's own family stands first: it is asked for Latin letters alone.
    """
    named, missing, only_bold = chains(theme, text, language)
    if own_family(language) in EAST_ASIA.values():
        for role, chain in named.items():
            named[role] = tuple(sorted(chain, key=lambda family: family in SINGLE))
    return Faces(named, missing, only_bold)


def made_fonts(theme: Theme, faces: Faces, small: frozenset[str], size: float, folder: Path) -> frozenset[str]:
    """Puts the families that draw no small capitals of these letters into a folder, with some; answers with their
    names. One file for each weight in use: a file for all weights has no place for them. Of a family that only helps
    with letters that the theme's lack there are the usual weights alone. Typst chooses the optical size, as it does of
    all fonts; small capitals are drawn for this size of type, in points."""
    made: set[str] = set()
    own = {family for role, family in families_of(theme).items() if role != "mono"}  # typed text has none
    helping = {family for family in faces.chains["body"] if family in PACKAGES} - {families_of(theme)["mono"]}
    for family in sorted(own | helping) if small else ():
        weights = sorted({*WEIGHTS, *weights_of(theme.design)} if family in own else WEIGHTS)
        cuts = {(font_file(family, italic=i, bold=w > 500), w) for i in (False, True) for w in weights}
        if not any(small_letters(*one, small) for one in cuts):
            continue
        made.add(family)
        folder.mkdir(exist_ok=True)
        for path, weight in sorted(cuts):
            axes = (("opsz", size), ("wght", float(weight)))
            data = cut(path, axes, frozenset(), small_letters(path, weight, small), OPTICAL)
            (folder / f"{path.stem} {weight}.ttf").write_bytes(data)
    return frozenset(made)


def fonts_of(faces: Faces, made: frozenset[str], folder: Path) -> Any:
    """Typst's fonts: the files of these families alone, and the machine's where letters are missing. Those of families
    that are `made` lie in a folder of their own."""
    used = {family for chain in faces.chains.values() for family in chain}
    if any(map(is_of_east_asia, used)) and is_installed(CJK):
        used.add(CJK)  # signs that are strong
    families = tuple(sorted(used - made))
    return _fonts(families, bool(faces.missing), str(folder) if made else "")


@lru_cache(maxsize=8)
def _fonts(families: tuple[str, ...], machine: bool, made: str) -> Any:
    import typst

    folders = sorted({*(str(face_file(family).parent) for family in families), *([made] if made else [])})
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=folders)
