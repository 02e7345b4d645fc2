"""Signs of East Asia stand in squares: marks beside one another close up, and lines are as long as their measure.

WeasyPrint 70 gives each bracket, comma and stop all of its square, and stretches the spaces between words alone. Here
the blank half of a mark is taken off (the half widths of the font, OpenType's `halt`) beside another blank, at a line's
head before what opens, at its end behind what closes; what a line of Han or kana lacks is shared out between its signs
(W3C, Requirements for Japanese Text Layout, 3.1.2 to 3.1.9, 3.8; for Chinese 3.1; CSS Text 4, `text-spacing-trim`).
Two dashes or two rows of dots stay one sign. Private names of WeasyPrint: `Layout` and `line_size` of
`text.line_break`, `split_first_line`, `justify_line` and `remove_last_whitespace` of `layout.inline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from converter.document.patterns import regex
from converter.document.record import dataclass

OPENS = "（「『〈《【〔［｛〖〝"
CLOSES = "）」』〉》】〕］｝〗〟"
QUOTES = ("“‘", "”’")  # as wide as a sign in Chinese alone
STOPS = "、。，．"
COLONS = "：；"
CALLS = "！？"
DOT = "・"
HALF = "halt 1"
SPREAD = frozenset({"zh", "yue", "ja"})  # lines are filled out between signs; those of Korean between words
OF_SQUARES = SPREAD | {"ko"}
CENTRED = regex(r"(?:zh-(?:.*-)?(?:hant|tw|hk|mo)|yue)\b", re.IGNORECASE)  # where stops stand amid their squares
MARKED = regex(f"[{OPENS}{CLOSES}{STOPS}{COLONS}{CALLS}“”‘’]")
SIGN = "\u2e80-\u2fdf\u3000-\u30ff\u3130-\u318f\u31f0-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef“”‘’"
STRETCHES = regex(f"[ \u00a0{SIGN}\U00020000-\U0003ffff]+")
"""What may stand further apart: signs and spaces; a dash, dots and the letters of a Latin word stay as they are."""
MOST_APART = 0.4  # em between signs; beyond it a line of a few long words is left to its spaces


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a language by where their blank is: before them, behind, on both sides."""

    opens: str
    closes: str
    centred: str


@lru_cache(maxsize=16)
def marks_of(language: str) -> Marks:
    """The marks as a language's typefaces draw them."""
    tongue = language.partition("-")[0].lower()
    wide = QUOTES if tongue in ("zh", "yue") else ("", "")
    if CENTRED.match(language):
        return Marks(OPENS + wide[0], CLOSES + wide[1], DOT + STOPS + COLONS)
    if tongue == "zh":
        return Marks(OPENS + wide[0], CLOSES + wide[1] + STOPS + COLONS + CALLS, DOT)
    return Marks(OPENS, CLOSES + STOPS, DOT + COLONS)


def halved(text: str, marks: Marks, *, head: bool, end: bool) -> Iterator[int]:
    """Where in a text marks stand that have half of their width. `head`: a line begins with it, `end`: it ends so."""
    for found in MARKED.finditer(text):
        at, sign = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign in marks.opens:
            if (before and before in marks.opens + marks.closes + marks.centred + "\u3000") or (head and not at):
                yield at
        elif sign in marks.closes and (
            (after and after in marks.closes + marks.centred + "\u3000") or (end and at == len(text) - 1)
        ):
            yield at


@contextmanager
def signs_in_squares() -> Iterator[None]:
    """While it lasts lines are set so."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    kept = line_break.Layout.set_text, inline.split_first_line, inline.justify_line, inline.remove_last_whitespace
    squares = _Squares(*kept)
    line_break.Layout.set_text = lambda layout, text, justify=False: squares.write(layout, text, justify)
    inline.split_first_line, inline.justify_line = squares.split, squares.justify
    inline.remove_last_whitespace = squares.end_line
    try:
        yield
    finally:
        line_break.Layout.set_text = kept[0]
        inline.split_first_line, inline.justify_line, inline.remove_last_whitespace = kept[1:]


class _Squares:
    """In the place of four functions of WeasyPrint: a text is given to Pango, broken, filled out, freed of the space at
    its line's end. A text's layout remembers whether it is a line's `head` or `end`, and how far it is `spread`."""

    def __init__(self, write: Any, split: Any, justify: Any, end_line: Any) -> None:
        self._write, self._split, self._justify, self._end_line = write, split, justify, end_line
        self.is_head = False  # of what is laid out now

    def write(self, layout: Any, text: str, justify: bool) -> None:
        self._write(layout, text, justify)
        if not hasattr(layout, "head"):
            layout.head, layout.end, layout.spread = self.is_head, False, 0.0
        language = layout.style["lang"] or ""
        if MARKED.search(layout.text):
            found = halved(layout.text, marks_of(language), head=layout.head, end=layout.end)
            _attribute(layout, ((at, at + 1, HALF) for at in found))
        if layout.spread and justify:
            _attribute(layout, ((*found.span(), layout.spread) for found in STRETCHES.finditer(layout.text)))

    def split(
        self, text: str, style: Any, context: Any, max_width: Any, spacing: Any, is_line_start: bool = True, *rest: Any
    ) -> Any:
        if max_width is None or not _has_marks(text, style):
            return self._split(text, style, context, max_width, spacing, is_line_start, *rest)
        self.is_head = is_line_start
        try:
            line = self._split(text, style, context, max_width, spacing, is_line_start, *rest)
            if line[2] is None:
                return line
            half = style["font_size"] / 2
            longer = self._split(text, style, context, max_width + half, spacing, is_line_start, *rest)
            if longer[1] > line[1] and (closed := _closed(longer, style)) and closed[3] <= max_width:
                return closed
            return _closed(line, style) or line
        finally:
            self.is_head = False

    def end_line(self, context: Any, line: Any) -> None:
        texts = list(_texts(line))
        self.is_head = bool(texts) and getattr(texts[-1].pango_layout, "head", False)
        try:
            self._end_line(context, line)
        finally:
            self.is_head = False

    def justify(self, context: Any, line: Any, extra: float) -> None:
        texts = [text for text in _texts(line) if text.text] if _is_spread(line) else []
        gaps = sum(map(_gaps, texts)) + sum(map(_meet, texts, texts[1:]))
        if gaps and extra / gaps <= MOST_APART * line.style["font_size"]:
            _spread(line, extra / gaps, 0.0, None)
        else:
            self._justify(context, line, extra)


def _has_marks(text: str, style: Any) -> bool:
    return (style["lang"] or "").partition("-")[0].lower() in OF_SQUARES and MARKED.search(text) is not None


def _is_spread(line: Any) -> bool:
    return (line.style["lang"] or "").partition("-")[0].lower() in SPREAD and line.style["direction"] == "ltr"


def _attribute(layout: Any, asked: Any) -> None:
    """Has stretches of a layout's text drawn with features of the font, or with so much between their signs."""
    from weasyprint.text.ffi import TO_UNITS, ffi, pango

    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for begin, end, what in asked:
        if isinstance(what, str):
            attribute, add = pango.pango_attr_font_features_new(what.encode()), pango.pango_attr_list_insert
        else:
            attribute = pango.pango_attr_letter_spacing_new(int(what * TO_UNITS))
            add = pango.pango_attr_list_change
        attribute.start_index = len(layout.text[:begin].encode())
        attribute.end_index = attribute.start_index + len(layout.text[begin:end].encode())
        add(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _closed(line: Any, style: Any) -> Any:
    """A line that was split off, without the blank behind a mark at its end; None where there is none."""
    layout, length, resume, _, *rest = line
    if not layout.text or layout.text[-1] not in marks_of(style["lang"]).closes:
        return None
    layout.end = True
    return layout, length, resume, _width(layout, style), *rest


def _width(layout: Any, style: Any) -> float:
    """How wide a layout's text is drawn."""
    from weasyprint.text.line_break import line_size

    layout.reactivate(style)
    width: float = line_size(layout.get_first_line()[0], style)[0]
    layout.deactivate()
    return width


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TextBox":
            yield child
        elif child.is_in_normal_flow():
            yield from _texts(child)


def _gaps(text: Any) -> float:
    """How many times what is between signs is added to a text that is spread: Pango gives half of it where a stretch
    begins or ends beside something else."""
    last = len(text.text)
    return sum(
        (end - begin - 1) + (begin > 0) / 2 + (end < last) / 2
        for begin, end in (found.span() for found in STRETCHES.finditer(text.text))
    )


def _meet(text: Any, after: Any) -> bool:
    """Whether two texts beside one another may stand further apart."""
    return bool(STRETCHES.match(text.text[-1]) and STRETCHES.match(after.text[0]))


def _spread(box: Any, apart: float, moved: float, before: Any) -> tuple[float, Any]:
    """Spreads what is in a box, and moves it by what was `moved` so far. `before`: the text before it on its line.
    What is moved now, and the last text."""
    if type(box).__name__ == "TextBox":
        if not box.text:
            return moved, before
        moved += apart if before is not None and _meet(before, box) else 0.0
        box.position_x += moved
        box.pango_layout.spread = apart
        width = _width(box.pango_layout, box.style)
        moved, box.width = moved + width - box.width, width
        return moved, box
    if type(box).__name__ not in ("LineBox", "InlineBox"):
        box.translate(moved, 0)
        return moved, None
    box.position_x += moved
    begun = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved, before = _spread(child, apart, moved, before)
    box.width += moved - begun
    return moved, before
