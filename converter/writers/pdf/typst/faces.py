"""The fonts that Typst may use for a book: files of ours, those of the machine only for letters that ours lack."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from converter.document.contracts import Theme
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.writers.languages import direction
from converter.writers.typefaces import chains, face_file, letters_of

RIGHT_TO_LEFT = regex("[\u0590-\u08ff]")


@dataclass(frozen=True, slots=True)
class Faces:
    """`chains`: the families of each role, the first that has a letter gives it. `missing`: letters that none of ours
    has."""

    chains: Mapping[str, tuple[str, ...]]
    missing: frozenset[str]


def faces_for(theme: Theme, text: frozenset[str], language: str) -> Faces:
    """The families for a text with these characters. Raises SettingError for an unknown family.

    In a language that is written from right to left the family with its letters comes first: spaces and points of
    another would part each line into words, which stand in the PDF in the order in which they are seen.
    """
    named, missing = chains(theme, text)
    if direction(language) == "rtl":
        letters = {ord(c) for c in text if RIGHT_TO_LEFT.match(c)}
        for role, chain in named.items():
            named[role] = tuple(sorted(chain, key=lambda family: -len(letters & letters_of(family))))
    return Faces(named, missing)


def fonts_of(faces: Faces) -> Any:
    """Typst's fonts: the files of these families alone, and the machine's where letters are missing."""
    families = tuple(sorted({family for chain in faces.chains.values() for family in chain}))
    return _fonts(families, bool(faces.missing))


@lru_cache(maxsize=8)
def _fonts(families: tuple[str, ...], machine: bool) -> Any:
    import typst

    folders = sorted({str(face_file(family).parent) for family in families})
    return typst.Fonts(include_system_fonts=machine, include_embedded_fonts=False, font_paths=folders)
