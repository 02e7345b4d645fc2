"""The fonts that Typst may use for a book: files of ours, those of the machine only for letters that ours lack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.themes.fonts import EAST_ASIA, SINGLE, own_family
from converter.writers.typefaces import chains, face_file


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


def fonts_of(faces: Faces) -> Any:
    """Typst's fonts: the files of these families alone, and the machine's where letters are missing."""
    families = tuple(sorted({family for chain in faces.chains.values() for family in chain}))
    return _fonts(families, bool(faces.missing))


@lru_cache(maxsize=8)
def _fonts(families: tuple[str, ...], machine: bool) -> Any:
    import typst

    folders = sorted({str(face_file(family).parent) for family in families})
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=folders)
