"""Words that are longer than their line: where such a word may be hyphenated, so that no engine tears it anywhere.

A soft hyphen is put where the language's rules (pyphen) have a place, else every few letters. Both engines show it
where they end a line with it, and nothing elsewhere. A heading that is hardly too wide is set smaller instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from lxml import etree

from converter.document.contracts import Theme
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.writers.columns import holds_words, set_columns
from converter.writers.pages import POINT, PageGeometry, type_size
from converter.writers.title_lines import break_by_sense
from converter.writers.typefaces import face_file, families_of

SOFT_HYPHEN = "\u00ad"
LETTERS = regex("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0587\u10a0-\u10ff\u1e00-\u1fff]+")
"""Letters of the alphabets that hyphenate."""
FEWEST = 2  # letters before a hyphen and after it
LONGEST_SYLLABLE = 10  # letters without a place for a hyphen; in longer ones some are made
STEP = 6  # letters from one such place to the next
UNKNOWN = 0.6  # em; as wide is a letter that the face lacks
SMALLER = 1.3  # a title is set so much smaller at most, for a long word of it to fit in a line
WIDE = 0.9  # em; few letters are wider
SLACK = 1.04  # bold letters, and those set apart, are wider than the face says
BOLD, HEAVY = 600, 1.08  # from this weight on letters are so much wider
LETTERS_OF_EM = 2  # as many are about as wide as the type's size
BORDER = 0.3  # em of a cell's two edges
SPACED = 1.15  # so much wider are capitals that are set apart
NO_BREAK_SPACE = "\u00a0"
NUMBER = 3.5  # em of a line of the contents that a page's number takes
INSET = 0.85  # of the measure, for what is set apart or in a list
SET_APART = frozenset("blockquote aside li pre dd".split())
HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
TITLES = frozenset("book-title subtitle title half".split())  # classes
ON_TITLE = ("subtitle", "author", "contributor", "series", "publisher")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's width in em of its type, and the face of that. `size` is that of a title in sizes of what is around it,
    which is set smaller where that is enough; 0 for what is no title."""

    width: float
    family: str
    size: float = 0.0


def part_long_words(html: etree._Element, theme: Theme, page: PageGeometry) -> None:
    """Gives soft hyphens to the words of a printed tree that are longer than their line."""
    room = (page.width - page.inner - page.outer) / POINT / type_size(theme, page)
    small = "small" in (html.get("class") or "").split()
    lines = _Lines(theme.design, families_of(theme), room, small)
    body = html.find("body")
    if body is not None:
        _walk(body, lines, Line(room, lines.family("body")), html.get("lang") or "")


def hyphenated(word: str, language: str) -> str:
    """The word with a soft hyphen at each place where a line may end. Letters alone are parted, and no address is: it
    ends a line at a stroke or a point."""
    if "/" in word or "@" in word or word.startswith("www."):
        return word
    return LETTERS.sub(lambda found: _syllables(found[0], language), word)


def width_of(text: str, family: str) -> float:
    """How wide a text is in this family's upright face, in em."""
    widths = _widths(family)
    return sum(widths.get(ord(c), UNKNOWN) for c in text)


class _Lines:
    """The lines of each kind of element."""

    def __init__(self, design: Mapping[str, Any], families: Mapping[str, str], room: float, small: bool) -> None:
        self.design, self.families, self.room = design, families, room
        self.small = design["small"]["headings"] if small else 1.0

    def family(self, role: str) -> str:
        return self.families.get(role) or self.families["body"]

    def of(self, element: etree._Element, names: Sequence[str], outer: Line) -> Line:
        """The line of what stands in an element with these classes, inside of one with another."""
        page, opener = self.design["titlepage"], self.design["opener"]
        if "book-title" in names:
            return self._titled(page["title"], page["long-title"], element, shrinks=True)
        for name in names:
            if name in ON_TITLE:
                return self._titled(page.get(name, {}), {}, element)
        if "label" in names:
            alone = {} if len(element.getparent()) > 1 else opener["lone"]
            return self._titled({**opener["label"], **alone}, {}, element)
        if "title" in names:
            return self._titled(opener["title"], opener["long-title"], element, shrinks=True)
        if "half" in names:
            return self._titled(page["half"], {}, element)
        if element.tag in HEADINGS:
            look = self.design["headings"][min(element.tag, "h4")]
            return Line(self.room / look.get("size", 1.0) / _heavier(look), self.family(look.get("face", "body")))
        if "contents" in names:
            return Line(self.room - NUMBER, outer.family)
        if element.tag in SET_APART:
            return Line(outer.width * INSET, outer.family)
        return outer

    def _titled(
        self, look: Mapping[str, Any], long: Mapping[str, Any], element: etree._Element, *, shrinks: bool = False
    ) -> Line:
        holders = [element, *element.iterancestors()]
        if any("long-title" in (e.get("class") or "").split() for e in holders):
            look = {**look, **long}
        size = look.get("size", 1.0)
        room = self.room / size / self.small / _heavier(look)
        return Line(room, self.family(look.get("face", "body")), size if shrinks else 0.0)


def _heavier(look: Mapping[str, Any]) -> float:
    """By how much letters of a look are wider than those of the upright face: bold ones, those that are set apart."""
    apart = max(0.0, look.get("tracking", 0.0)) * LETTERS_OF_EM
    return float((HEAVY if look.get("weight", 400) >= BOLD else 1.0) + apart)


def _walk(element: etree._Element, lines: _Lines, line: Line, language: str) -> None:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        names = (child.get("class") or "").split()
        if child.tag == "table":
            _table(child, names, lines, line, _language(child, language))
            child.tail = _parted(child.tail, line, language)
            continue
        inner = lines.of(child, names, line)
        own = _language(child, language)
        if _is_broken_by_sense(child, names):
            _set_lines(child, inner, own)
        if inner.size and inner is not line and (over := _over(child, inner)) > 1:
            child.set("style", f"font-size: {inner.size / over:.3f}em")
        child.text = _parted(child.text, inner, own)
        child.tail = _parted(child.tail, line, language)
        _walk(child, lines, inner, own)


def _is_broken_by_sense(element: etree._Element, names: Sequence[str]) -> bool:
    """Whether an element is a title: of the book, a chapter, a section."""
    return not TITLES.isdisjoint(names) or (element.tag in HEADINGS and "heading" in names)


def _set_lines(title: etree._Element, line: Line, language: str) -> None:
    """Breaks a title by its sense, or at least parts what is held together and longer than a line."""
    wider = SLACK * (SPACED if "".join(title.itertext()).isupper() else 1.0)
    by_sense = break_by_sense(title, lambda text: width_of(text, line.family) * wider, line.width, language)
    if line.size and not by_sense:
        _released(title, line)


def _language(element: etree._Element, language: str) -> str:
    return element.get("lang") or language


def _table(table: etree._Element, names: Sequence[str], lines: _Lines, line: Line, language: str) -> None:
    look = lines.design["table"]
    wide = "wide" in names
    family = lines.family(look.get("face", "body"))

    def width(text: str) -> float:
        return width_of(text, family) * SLACK

    def free(kind: str) -> tuple[float, float]:
        return line.width / look[f"{kind}size"], 2 * look[f"{kind}pad"][1] + BORDER

    if not wide and not holds_words(table, *free(""), width):
        table.set("class", f"{table.get('class', '')} wide".strip())
        wide = True
    inner = Line(set_columns(table, *free("wide-" if wide else ""), width), family)
    for cell in table.iter("td", "th"):
        cell.text = _parted(cell.text, inner, language)
        _walk(cell, lines, inner, language)


def _released(title: etree._Element, line: Line) -> None:
    """Lets words of a title part that are held together, where a line hasn't room for all of them: the last two stay
    together if they can."""
    capitals = SPACED if "".join(title.itertext()).isupper() else 1.0

    def fits(words: str) -> bool:
        return width_of(words, line.family) * SLACK * capitals <= line.width

    def parted(held: str) -> str:
        if NO_BREAK_SPACE not in held or fits(held):
            return held
        before, _, last = held.rpartition(NO_BREAK_SPACE)
        others, _, one = before.rpartition(NO_BREAK_SPACE)
        end = NO_BREAK_SPACE if fits(one + NO_BREAK_SPACE + last) else " "
        return " ".join(filter(None, (*others.split(NO_BREAK_SPACE), one + end + last)))

    for element in title.iter():
        for name, text in (("text", element.text), ("tail", element.tail if element is not title else None)):
            if text and NO_BREAK_SPACE in text:
                setattr(element, name, " ".join(map(parted, text.split(" "))))


def _over(title: etree._Element, line: Line) -> float:
    """By how much the longest word of a title is wider than its line, where setting it smaller is enough."""
    words = "".join(title.itertext()).replace("\u00a0", " ").split()
    over = max((width_of(word, line.family) for word in words), default=0.0) * SLACK / line.width
    return over if over <= SMALLER else 1.0


def _parted(text: str | None, line: Line, language: str) -> str | None:
    if not text or max(map(len, text.split(" "))) * WIDE < line.width:
        return text
    return " ".join(_fitted(word, line, language) for word in text.split(" "))


def _fitted(word: str, line: Line, language: str) -> str:
    if len(word) * WIDE < line.width or "\u200b" in word:
        return word
    over = width_of(word, line.family) * SLACK / line.width
    return hyphenated(word, language) if over > (SMALLER if line.size else 1.0) else word


def _syllables(word: str, language: str) -> str:
    if len(word) <= FEWEST * 2:
        return word
    known = [at for at in _places(word, language) if FEWEST <= at <= len(word) - FEWEST]
    places = set(known)
    for one, other in pairwise([0, *known, len(word)]):
        if other - one > LONGEST_SYLLABLE:
            places.update(at for at in range(one + STEP, other - FEWEST, STEP))
    ends = [0, *sorted(places), len(word)]
    return SOFT_HYPHEN.join(word[one:other] for one, other in pairwise(ends))


def _places(word: str, language: str) -> list[int]:
    from pyphen import Pyphen, language_fallback

    known = language_fallback(language.replace("-", "_")) if language else None
    return [int(at) for at in Pyphen(lang=known).positions(word)] if known else []


@cache
def _widths(family: str) -> Mapping[int, float]:
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(face_file(family))))
    font = hb.Font(face)
    codes: Iterator[int] = iter(face.unicodes)
    return {code: font.get_glyph_h_advance(font.get_nominal_glyph(code) or 0) / face.upem for code in codes}
