"""The theme's own typefaces in an EPUB, for who asks for them: cut to the letters in use, with their licences beside.

The faces have names of ours: the Open Font Licence (1.1, section 3) keeps the original ones for whole fonts, and an
installed font of the same name would take their place. They are TrueType, which all readers of EPUB 3 know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import files
from io import BytesIO
from pathlib import Path

from lxml import etree

from converter.document.contracts import Theme
from converter.document.record import dataclass
from converter.themes.fonts import PACKAGES, font_file
from converter.writers.typefaces import DISPLAY, FONT_FILES, SANS_FAMILIES, cut, families_of, letters_of

FOLDER = "fonts"
HELPERS = ("EB Garamond", "Source Serif 4", "Frank Ruhl Libre", "Amiri")  # for letters that the theme's family lacks
TYPED = ("pre", "code")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ALWAYS = "0123456789 .,:;!?'’‘“”\"-–—…()[]&*#"  # what readers draw themselves: numbers of lists, hyphens
STYLES = (("regular", False, 400), ("italic", True, 400), ("bold", False, 700), ("bold-italic", True, 700))
MOST_MISSING = 0.1  # of a text's letters: a font that lacks more is of another script
TEXT_SIZE = 11.0  # points: the optical size of running text
_GENERIC = re.compile(r"font-family:\s*(sans-serif|monospace)")


@dataclass(frozen=True, slots=True)
class EmbeddedFonts:
    """`css` is the theme's style sheet with the faces declared and used; `files` are they, by their place beside it;
    `licences` the texts under which they may be given on, by name."""

    css: str
    files: Mapping[str, bytes]
    licences: Mapping[str, bytes]


def embedded_fonts(theme: Theme, css: str, pages: Sequence[etree._Element]) -> EmbeddedFonts:
    """The faces that these pages need in this theme, whose style sheet is `css`. A theme that brings fonts of its own
    is left as it is, and so is a text in a script that none of ours has."""
    letters, in_heads, typed = _letters(pages), _letters(pages, *HEADINGS), _letters(pages, *TYPED)
    families = families_of(theme)
    if any(name.lower().endswith(FONT_FILES) for name in theme.files) or not _covers(letters, families["body"]):
        return EmbeddedFonts(css, {}, {})
    faces = _Faces()
    first = [f"body {{ font-family: {faces.chain(families['body'], letters)} }}"]
    if families["heading"] != families["body"]:
        chain = faces.chain(families["heading"], in_heads, DISPLAY)
        first.append(f"{', '.join(HEADINGS)} {{ font-family: {chain} }}")
    generic = {"sans-serif": families["label"], "monospace": families["mono"]}

    def named(rule: re.Match[str]) -> str:
        family = generic[rule[1]]
        needed = letters if family in SANS_FAMILIES or family == families["body"] else typed
        fits = family in SANS_FAMILIES or rule[1] == "monospace"
        return f"font-family: {faces.chain(family, needed)}" if fits and needed else rule[0]

    dressed = _GENERIC.sub(named, css)
    return EmbeddedFonts("\n".join([*faces.rules, *first, dressed]), faces.files, faces.licences())


def _covers(letters: set[int], family: str) -> bool:
    """Whether nearly all letters of a text are in the fonts that it would get."""
    told = {c for c in letters if chr(c).isalpha()}
    return len(told.difference(*map(letters_of, (family, *HELPERS)))) <= MOST_MISSING * len(told)


def _letters(pages: Sequence[etree._Element], *tags: str) -> set[int]:
    """The code points of the pages' text, or of the text in elements with these tags; none where there are no such."""
    found = (element for page in pages for element in (page.iter(*tags) if tags else (page,)))
    text = frozenset(c for element in found for text in element.itertext() for c in text)
    return {ord(c) for c in (*text, *ALWAYS)} if text else set()


class _Faces:
    """The faces declared so far, their files, and the families that they are of."""

    def __init__(self) -> None:
        self.rules: list[str] = []
        self.files: dict[str, bytes] = {}
        self._names: dict[tuple[str, float], str] = {}
        self._families: set[str] = set()

    def chain(self, family: str, letters: set[int], size: float = TEXT_SIZE) -> str:
        """The value of `font-family` for text of these letters: the family, helpers that have what it lacks, a kind."""
        names = []
        left = set(letters)
        for one in (family, *(f for f in HELPERS if f != family)):
            have = left & letters_of(one)
            if one == family or any(chr(c).isalpha() for c in have):
                names.append(self._declared(one, have, size))
                left -= have
        kind = "monospace" if "Code" in family else "sans-serif" if family in SANS_FAMILIES else "serif"
        return ", ".join((*names, kind))

    def _declared(self, family: str, letters: set[int], size: float) -> str:
        if name := self._names.get((family, size)):
            return name
        plain = "book-" + family.lower().replace(" ", "-") + ("" if size == TEXT_SIZE else "-display")
        self._names[family, size] = name = f'"{plain}"'
        self._families.add(family)
        for style, italic, weight in STYLES:
            path = font_file(family, italic=italic, bold=weight > 400)
            if italic and "Italic" not in path.stem:
                continue
            place = f"{FOLDER}/{plain.removeprefix('book-')}-{style}.ttf"
            self.files[place] = _subset(path, size, weight, frozenset(letters), plain)
            self.rules.append(
                f"@font-face {{ font-family: {name}; font-style: {'italic' if italic else 'normal'};"
                f" font-weight: {weight}; src: url({place}) }}"
            )
        return name

    def licences(self) -> dict[str, bytes]:
        """The text of each family's licence, by the name of its file."""
        return {f"{family.replace(' ', '-')}.txt": licence_of(family) for family in sorted(self._families)}


@lru_cache(maxsize=32)
def _subset(path: Path, size: float, weight: int, letters: frozenset[int], name: str) -> bytes:
    """The font of these letters alone, its axes fixed, under another name; the same bytes each time."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    whole = hb.Face(hb.Blob(cut(path, (("opsz", size), ("wght", float(weight))))))
    cutter = hb.SubsetInput()
    cutter.unicode_set.update(letters)
    small = BytesIO(bytes(cutter.subset(whole).blob.data))
    out = BytesIO()
    with TTFont(small, recalcTimestamp=False) as font:
        _rename(font["name"], name)
        font.save(out)
    return out.getvalue()


def _rename(names: object, name: str) -> None:
    """Entries of the name table (OpenType) that hold a family's name: 1 family, 3 identity, 4 full, 6 PostScript."""
    for entry in names.names:  # type: ignore[attr-defined]
        if entry.nameID in (1, 3, 4, 6, 16, 25):
            entry.string = name


def licence_of(family: str) -> bytes:
    """The text of the licence that came with a family's package. Raises KeyError where it is none of ours."""
    package = PACKAGES[family].replace("_", "-")
    found = _licence_files(files(package) or ())
    return b"\n".join(Path(str(path)).read_bytes() for path in found)


def _licence_files(paths: Iterable[object]) -> Iterator[object]:
    for path in paths:
        if Path(str(path)).name in ("LICENSE", "OFL.txt"):
            yield path.locate()  # type: ignore[attr-defined]
