"""Scripts with marks of their own: typewriter's quotation marks become those that the book, or its language, has.

These scripts have no capitals and often no spaces, so that a mark's neighbours say less than in Latin. Only what is
sure is done: in one paragraph all double marks, straight and others, open and close in turn, and each stands where such
a mark may. Hebrew's mark inside a word is no quotation mark but gershayim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from converter.document.contracts import Edit, Improved
from converter.document.model import Book
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.text_units import Unit, chapter_units
from converter.passes.conventions import OWN_MARKS, OwnMarks
from converter.passes.rules import edit_texts

PAIRS = ("“”", "”“", "«»", "「」", "„”", "„“", "””", "″″")
STRAIGHT = frozenset('"＂')
OPENS = frozenset("“„«「")
CLOSES = frozenset("»」")
MARK = regex(r"[\"＂“”„«»「」]")
QUOTED = regex(r"([“”„«「])[^“”„«»「」\"＂\n]{1,200}([“”»」])", within=210)
GERSHAYIM = regex(r"(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea](?![\u05d0-\u05ea\"]))")
GERESH = regex(r"(?<=[\u05d0-\u05ea])'(?=[\u05d0-\u05ea])")
INNER = regex(r"'")
LATIN = regex(r"[A-Za-z]'[A-Za-z]")
NO_BEGIN = frozenset(" \u00a0\n.,;:!?)]}…。，、；：！？）】》〉』」、،؛؟।")
NO_END = frozenset(" \u00a0\n([{（【《〈『「¿¡")
PREFIXES = {"he": (frozenset("בהוכלמש"), 2), "ar": (frozenset("وفبكلا"), 3)}
"""Letters that are written together with the word after them, also before its quotation mark, and how many at most."""
SPEECH = regex(r"[-–—][ \u00a0]+(?=[^\W\d_\-–—]|[\"“”«„])")
AMID = regex(r" - (?<=[^\s\-–—0-9]...)(?=[^\s\-–—0-9])")
RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur"])
AMPERSAND = regex(r"(?<=[A-Za-z.]) & (?=[A-Za-z])")
TYPED = regex(r"(?<=[\u3400-\u9fff”’」』》】）])--(?=[\u3400-\u9fff“‘「『《【（])")
STOPS = str.maketrans(",.;:!?", "，。；：！？")
STOP = regex(r"(?<=[\u3400-\u9fff])[,;:!?] ?(?=[\u3400-\u9fff“‘「『\"])|(?<=[\u3400-\u9fff])[,.;:!?](?=[”’」』\"]|$)")
WIDE_STOP, NARROW_STOP = regex(r"[，。；：！？]"), regex(r"[,.;:!?](?<=[\u3400-\u9fff].)")


@dataclass(frozen=True, slots=True)
class MarkHabit:
    """A book's own pair of quotation marks, outside and inside, and what its dialogue begins with; "" for nothing."""

    double: str
    single: str
    dash: str
    wide_stops: bool


def own_marks(language: str) -> Callable[[Book], Improved] | None:
    """The pass for a language whose script has marks of its own; None for another, and where nothing is sure."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    found = OWN_MARKS.get("-".join(tag.split("-")[:2])) or OWN_MARKS.get(primary)
    if not found:
        return None
    marks = found

    def improve(book: Book) -> Improved:
        texts = [unit.text for _, chapter in book.walk() for unit in chapter_units(chapter)]
        rule = _Rule(find_mark_habit(texts, marks), primary)
        return edit_texts(
            (("dashes", rule.dashes), ("quotes", rule.quotes), ("stops", rule.stops), ("ties", rule.ties))
        )(book)

    return improve


def find_mark_habit(texts: Sequence[str], marks: OwnMarks) -> MarkHabit:
    """What the texts of a book do most where they don't use a typewriter's marks, else what the language does."""
    pairs: Counter[str] = Counter()
    dashes: Counter[str] = Counter()
    wide = narrow = 0
    for text in texts:
        if not text.isascii():
            pairs.update(pair for m in QUOTED.finditer(text) if (pair := m[1] + m[2]) in PAIRS)
        if (opening := SPEECH.match(text)) and opening[0][0] != "-":
            dashes[opening[0][0]] += 1
        if marks.wide_stops:
            wide, narrow = wide + len(WIDE_STOP.findall(text)), narrow + len(NARROW_STOP.findall(text))
    double = pairs.most_common(1)[0][0] if pairs else marks.double
    dash = dashes.most_common(1)[0][0] if dashes else marks.dash
    return MarkHabit(double, marks.single, dash if marks.dash else "", wide > narrow)


class _Rule:
    """The rules for one book."""

    def __init__(self, habit: MarkHabit, primary: str) -> None:
        self.habit, self.primary = habit, primary
        self.prefixes, self.most = PREFIXES.get(primary, (frozenset[str](), 0))
        self.spaced = primary not in ("zh", "th", "ja", "lo", "km", "my")

    def quotes(self, units: Sequence[Unit]) -> list[Sequence[Edit]]:
        """Straight marks, double ones first."""
        following = [unit.text[:1] for unit in units[1:]] + [""]
        return [self._quotes(unit.text, after) for unit, after in zip(units, following, strict=True)]

    def _quotes(self, text: str, after: str) -> Sequence[Edit]:
        if STRAIGHT.isdisjoint(text) and "'" not in text:
            return ()
        edits: list[Edit] = []
        if self.primary in ("he", "yi"):
            edits += [Edit(m.start(), m.end(), "״") for m in GERSHAYIM.finditer(text)]
            edits += [Edit(m.start(), m.end(), "׳") for m in GERESH.finditer(text)]
        inside_words = {edit.start for edit in edits}
        edits += self._double(text, inside_words, goes_on=after in STRAIGHT)
        if self.habit.single and "'" in text:
            edits += self._single(text)
        return sorted(edits, key=lambda edit: edit.start)

    def _double(self, text: str, apart: set[int], *, goes_on: bool) -> list[Edit]:
        """The straight double marks of a text, if all of its marks open and close in turn. `goes_on`: the next
        paragraph begins with such a mark, so that the last one here may stay open."""
        edits: list[Edit] = []
        inside, last = False, -1
        for m in MARK.finditer(text):
            at, mark = m.start(), m[0]
            if at in apart:
                continue
            if mark in STRAIGHT:
                if not (self._may_close(text, at) if inside else self._may_open(text, at)):
                    return []
                edits.append(Edit(at, at + 1, self.habit.double[inside]))
            elif (mark in OPENS and inside and mark != self.habit.double[1]) or (mark in CLOSES and not inside):
                return []
            inside, last = not inside, at
        return edits if not inside or (goes_on and text[:1] in STRAIGHT and last == 0) else []

    def _single(self, text: str) -> list[Edit]:
        apart = {m.start() + 1 for m in LATIN.finditer(text)}
        places = [m.start() for m in INNER.finditer(text) if m.start() not in apart]
        for number, at in enumerate(places):
            if not (self._may_close(text, at) if number % 2 else self._may_open(text, at)):
                return []
        if len(places) % 2:
            return []
        return [Edit(at, at + 1, self.habit.single[number % 2]) for number, at in enumerate(places)]

    def _may_open(self, text: str, at: int) -> bool:
        after = text[at + 1 : at + 2]
        if not after or after in NO_BEGIN or after in "'\"":
            return False
        return not self.spaced or at == 0 or not text[at - 1].isalnum() or self._is_prefix(text, at)

    def _may_close(self, text: str, at: int) -> bool:
        before, after = text[at - 1], text[at + 1 : at + 2]
        if before in NO_END:
            return False
        return not self.spaced or self.primary == "ko" or not after.isalnum()

    def _is_prefix(self, text: str, at: int) -> bool:
        begin = at
        while begin and at - begin < self.most and text[begin - 1] in self.prefixes:
            begin -= 1
        return begin < at and (begin == 0 or not text[begin - 1].isalnum())

    def dashes(self, units: Sequence[Unit]) -> list[Sequence[Edit]]:
        """A hyphen that begins a line of dialogue, or stands between words with spaces about it; two in Chinese."""
        return [self._dashes(unit.text) if unit.kind == "paragraph" else () for unit in units]

    def _dashes(self, text: str) -> Sequence[Edit]:
        edits: list[Edit] = []
        if "-" not in text:
            return edits
        if self.habit.dash:
            if text[0] == "-" and SPEECH.match(text):
                edits.append(Edit(0, 1, self.habit.dash))
            edits += [Edit(m.start() + 1, m.end() - 1, self.habit.dash) for m in AMID.finditer(text)]
        if self.primary == "zh":
            edits += [Edit(m.start(), m.end(), "——") for m in TYPED.finditer(text)]
        return edits

    def ties(self, units: Sequence[Unit]) -> list[Sequence[Edit]]:
        """Latin names with "&" stay on a line: at its end the sign would go to the wrong side of them."""
        if self.primary not in RIGHT_TO_LEFT:
            return [()] * len(units)
        return [[Edit(m.start(), m.end(), "\u00a0&\u00a0") for m in AMPERSAND.finditer(u.text)] for u in units]

    def stops(self, units: Sequence[Unit]) -> list[Sequence[Edit]]:
        """Chinese commas and stops that were typed as Latin ones, in a book that has its own everywhere else."""
        if not self.habit.wide_stops:
            return [()] * len(units)
        return [
            [Edit(m.start(), m.end(), m[0].strip().translate(STOPS)) for m in STOP.finditer(unit.text)]
            if unit.kind in ("paragraph", "line")
            else ()
            for unit in units
        ]
