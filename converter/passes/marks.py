"""The marks of a paragraph with their costs, and the habits of a book: which mark is outside, what stands for a mark.

A cost says how badly a mark's neighbours fit it as opening mark, closing mark or apostrophe: 0 fits, 5 does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.traversal import OBJECT
from converter.passes.apostrophes import SURE_FIRST, SURE_LAST, Elisions
from converter.passes.conventions import Conventions

NEVER = 1e9
DOUBLES, SINGLES = '"“”„‟«»＂″', "'‘’‚‛‹›`´＇′"
ANY = regex(r"``|(?<![^\s(\[—]),,(?=[^\W\d_])|[\"“”„‟＂″'‘’‚‛`´＇′]|(?<![^\s(\[—])<<(?=[^\W_])|(?<=[^\s<>])>>")
ANY_PAIRED = regex(f"''(?!')|´´(?!´)|{ANY.pattern}")
PAIRED_OPEN = regex(r"(?:^|[\s(—])(?:''|´´)(?=[^\W_])")
SLIP = regex(
    r"‘(?:[eE]m|[tT]is|[tT]was|[tT]wasn|[tT]il|[cC]ause|[bB]out|[nN]|[0-9]0s)(?![^\W_])"
)  # word processors do it
SLIP_COST = 0.4
QUOTES = frozenset(DOUBLES + SINGLES)
AMID, AMID_SPEECH = 1.5, 2.5  # a single mark amid a clause; where single marks hold speech it is rarer still
LIKELY = 0.5
AT_START = 2.0  # where single marks are outside, a mark at the start or after a stop opens speech
UNFIT = 4.0  # an apostrophe that touches no letter; a mark that opens or closes nothing at all
SHORT_QUOTATION = regex(  # 'bloofer lady', 'T', 'scold's bridle'
    r"['`´′](?<![^\W_].)(?:[A-Z]|[^\W\d_]{2,}(?:’[^\W\d_]+)?(?: [^\W\d_]+(?:’[^\W\d_]+)?){0,2}(?<![^\W_]{3}in)[,.!?]?)"
    r"['´′](?![^\W_])"
)
NEAR_CHARACTERS = 12  # characters: no one sets more marks and spaces side by side
FLOATING = 2.0  # a mark with white space on both sides fits badly both ways
AFTER_DASH = 2.0  # at most, for a closing mark between a dash and a word
CURLY = 0.1  # of its cost, for a mark that has the form of what it is taken for
FORMED_TO_OPEN = {"``": 3.0, ",,": 3.0, "„": 3.0, "“": 3.0, "<<": 3.0, "`": 1.0}  # added where one of these closes
OPEN_AFTER = {"S": 0.0, "O": 0.0, "D": 1.0, "E": 2.5, "P": 3.5, "C": 4.0, "L": 5.0, "X": 1.0}
OPEN_BEFORE = {"L": 0.0, "O": 0.0, "E": 0.0, "X": 0.0, "D": 1.0, "P": 4.0, "C": 5.0, "S": 5.0}
CLOSE_AFTER = {"P": 0.0, "C": 0.0, "E": 0.0, "L": 0.3, "X": 0.3, "D": 0.7, "S": 5.0, "O": 6.0}
CLOSE_BEFORE = {"S": 0.0, "P": 0.0, "C": 0.0, "D": 0.2, "E": 0.5, "X": 1.0, "O": 2.0, "L": 3.0}
MIN_PAIRED = 3  # openings by two single marks: fewer are an opening mark and an apostrophe ("''Tis")
MIN_STARTS = 8  # paragraphs that begin with a mark: enough to say which mark a chapter has outside

Costs = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A mark at text[start:end]; `costs` in the order of the actions in `quotes.py`; `straight`: it may be changed."""

    start: int
    end: int
    costs: Costs
    straight: bool


@dataclass(frozen=True, slots=True)
class QuoteHabit:
    """How a book writes its marks. `glyphs` are the characters for the five actions of `quotes.py`."""

    single_outside: bool
    glyphs: tuple[str, str, str, str, str]
    straight: re.Pattern[str]  # of those that may be changed the single signs
    paired_singles: bool = False  # '' stands for "
    primes: bool = False  # ″ and ′ stand for quotation marks
    angles: bool = True  # << and >> do; beside others they are brackets of another kind (<<System: ...>>)

    def for_chapter(self, texts: Sequence[str]) -> QuoteHabit:
        """The same, with the chapter's own outer mark where the chapter shows it clearly."""
        double, single = _starts(texts)
        if double + single < MIN_STARTS:
            return self
        return replace(self, single_outside=single > double)

    def may_change(self, text: str) -> bool:
        """Whether a paragraph has a mark that may be changed."""
        return self.straight.search(text) is not None or ",," in text or "<<" in text or ">>" in text

    def opens_inner(self, text: str) -> bool:
        """Whether a paragraph begins with the outer and the inner mark: a letter that is read aloud, say."""
        return INNER_START.match(text) is not None

    def opens(self, text: str) -> bool:
        """Whether a paragraph begins with the outer mark."""
        first = text.lstrip(" \u00a0—–-")[:1]
        return (
            first in ("'", "‘", "`", "´", "‚") if self.single_outside else first in ('"', "“", "„", "«", "»", "`", "'")
        )


INNER_START = regex(r"[\"“„«] ?['‘‚`]|['‘‚`] ?[\"“„]")
DOUBLE_START = regex(r"[\"“„«＂″]|``|''(?!')|´´(?!´)|,,")
SINGLE_START = regex(r"['‘‚´`′](?!['`´])")


def _starts(texts: Sequence[str]) -> tuple[int, int]:
    double = sum(1 for t in texts if DOUBLE_START.match(t))
    return double, sum(1 for t in texts if SINGLE_START.match(t))


def find_habit(texts: Sequence[str], conventions: Conventions) -> QuoteHabit:
    """The habits of a whole book."""
    double, single = _starts(texts)
    if double + single < MIN_STARTS:
        double += sum(t.count('"') + t.count("“") for t in texts)
        single += sum(t.count(" '") + t.count(" ‘") for t in texts)
    whole = "\n".join(texts)
    pairs = "''" in whole or "´´" in whole
    paired = sum(len(PAIRED_OPEN.findall(t)) for t in texts) if pairs else 0
    tex = whole.count("``") + whole.count(",,")
    paired_singles = (paired >= MIN_PAIRED or tex > 0) and (paired + tex) * 2 > whole.count('"')
    primes = ("″" in whole or "′" in whole) and _primes_quote(texts)
    odd = "`´＂＇" + ("″′" if primes else "")
    (a, b), (c, d) = conventions.double, conventions.single
    return QuoteHabit(
        single > double,
        (a, b, c, d, "’"),
        re.compile(f"[\"'{odd}]"),
        paired_singles,
        primes,
        not {"«", "»"}.isdisjoint((a, c)) or not _has_doubles(texts),
    )


def _has_doubles(texts: Sequence[str]) -> bool:
    return any('"' in t or "“" in t for t in texts)


def _primes_quote(texts: Sequence[str]) -> bool:
    """Primes as quotation marks stand before letters; feet, inches and minutes only after digits."""
    return any(re.search(r"(?:^|[\s(—])[″′](?=[^\W\d_])", t) for t in texts)


def _kind(c: str) -> str:
    if c in "—–―-":
        return "D"
    if c == "…":
        return "E"
    if c in ".,;:!?":
        return "P"
    if c in "([{¿¡<":
        return "O"
    if c in ")]}>":
        return "C"
    if not c or c.isspace() or c == OBJECT:
        return "S"
    if c.isalnum():
        return "L"
    return "X"


def find_marks(text: str, habit: QuoteHabit, elisions: Elisions) -> list[QuoteMark]:
    """Every mark of a paragraph that may be a quotation mark or an apostrophe at a word's edge, with its costs."""
    marks: list[QuoteMark] = []
    short = _short_quotations(text)
    for m in (ANY_PAIRED if habit.paired_singles else ANY).finditer(text):
        raw = m[0]
        if (raw in ("″", "′") and not habit.primes) or (raw in ("<<", ">>") and not habit.angles):
            continue
        start, end = m.span()
        beside = _Beside(*_beyond(text, start - 1, -1), *_beyond(text, end, 1))
        if len(raw) > 1 or raw not in SINGLES:
            costs = _double_costs(raw, *_fit(text, start, end, beside))
            marks.append(QuoteMark(start, end, costs, raw not in "“”„‟"))
        elif not beside.is_inside_word(start, end):
            opening, closing = _fit(text, start, end, beside)
            if start not in short:
                begins, ends = _amid(text, beside, AMID_SPEECH if habit.single_outside else AMID)
                opening, closing = opening + begins, closing + ends
            apostrophe = _apostrophe(text, start, end, beside, habit, elisions)
            slip = raw == "‘" and elisions.english and SLIP.match(text, start) is not None
            costs = _single_costs(raw, opening, closing, apostrophe, slip=slip)
            marks.append(QuoteMark(start, end, costs, raw in "'`´＇′"))
    return _in_company(marks)


class _Beside(NamedTuple):
    """The kinds and the places of the nearest characters before and after a mark that are no marks themselves."""

    before: str
    left: int
    after: str
    right: int

    def is_inside_word(self, start: int, end: int) -> bool:
        """Whether the mark at these places has a letter on both sides."""
        return self.before == "L" and self.after == "L" and self.left == start - 1 and self.right == end


def _fit(text: str, start: int, end: int, beside: _Beside) -> tuple[float, float]:
    """The costs of a mark as an opening and as a closing one, by what stands beside it and by its own form."""
    before, after = beside.before, beside.after
    if before == "S" and after == "S":
        if not _word_beyond(text, start - 1, -1):
            opening, closing = 0.0, UNFIT
        elif not _word_beyond(text, end, 1):
            opening, closing = UNFIT, 0.0
        else:
            opening = closing = FLOATING
    else:
        opening = OPEN_AFTER[before] + OPEN_BEFORE[after]
        closing = CLOSE_AFTER[before] + CLOSE_BEFORE[after]
        if before == "D" and after == "L":
            closing = min(closing, AFTER_DASH)
    return opening, closing + FORMED_TO_OPEN.get(text[start:end], 0.0)


def _amid(text: str, beside: _Beside, amid: float) -> tuple[float, float]:
    """What a single mark costs in addition, as an opening and as a closing one, where it stands amid a clause."""
    before, left, after, right = beside
    after_word = before == "S" and after == "L" and text[right].islower() and _kind(text[left - 1 : left]) == "L"
    begins = amid if after_word else 0.0  # quotations begin after a stop or with a capital
    ends = amid / 2 if before == "L" and after != "D" else 0.0  # and end with a stop
    return begins, ends


def _apostrophe(text: str, start: int, end: int, beside: _Beside, habit: QuoteHabit, elisions: Elisions) -> float:
    """The cost of a single mark as an apostrophe at the start of the word after it, or at the end of that before it."""
    cost = UNFIT
    if beside.after == "L" and beside.right == end:
        cost = elisions.first(text, end)
        if habit.single_outside and cost > LIKELY and _opens_here(text, start):
            cost += AT_START
    if beside.before == "L" and beside.left == start - 1:
        cost = min(cost, elisions.last(text, start))
    return cost


def _single_costs(raw: str, opening: float, closing: float, apostrophe: float, *, slip: bool) -> Costs:
    """The costs of a single mark; a curly one says itself what it is, unless it is a word processor's `slip`."""
    if raw == "‘":
        return NEVER, NEVER, opening * CURLY, NEVER, SLIP_COST if slip else NEVER
    if raw == "’":
        return NEVER, NEVER, NEVER, closing * CURLY, min(apostrophe, 1.0)
    return NEVER, NEVER, opening, closing, apostrophe


def _double_costs(raw: str, opening: float, closing: float) -> Costs:
    """The costs of a double mark; a curly one is likely what it looks like."""
    if raw in "“„‟":
        opening *= CURLY
    elif raw == "”":
        closing *= CURLY
    return opening, closing, NEVER, NEVER, NEVER


def _short_quotations(text: str) -> set[int]:
    """Where the marks of short quotations stand: nothing in them says that a word is cut."""
    places: set[int] = set()
    if text.isascii() and "'" not in text:
        return places
    for m in SHORT_QUOTATION.finditer(text):
        words = m[0][1:-1].lower().split()
        if words[0] not in SURE_FIRST and words[-1] not in SURE_LAST:
            places |= {m.start(), m.end() - 1}
    return places


def _opens_here(text: str, at: int) -> bool:
    if at == 0:
        return True
    return not text[at + 1 : at + 2].isdigit() and text[at - 1] == " " and text[at - 2 : at - 1] in ",;:.!?—"


def _in_company(marks: list[QuoteMark]) -> list[QuoteMark]:
    """Cut words come in company: beside two sure ones the doubtful ones are likelier."""
    sure = sum(1 for m in marks if m.costs[4] < LIKELY)
    if sure < 2:
        return marks
    factor = 0.6 if sure < 4 else 0.45 if sure < 8 else 0.3
    return [replace(m, costs=(*m.costs[:4], m.costs[4] * factor)) if LIKELY < m.costs[4] < NEVER else m for m in marks]


def _beyond(text: str, at: int, step: int) -> tuple[str, int]:
    """The kind of the first character that is no quotation mark, looking from `at` in one direction, and its place."""
    size = len(text)
    steps = NEAR_CHARACTERS
    while 0 <= at < size and text[at] in QUOTES and steps:
        at += step
        steps -= 1
    return (_kind(text[at]) if 0 <= at < size else "S"), at


def _word_beyond(text: str, at: int, step: int) -> bool:
    """Whether anything but spaces and marks stands in this direction."""
    size = len(text)
    steps = NEAR_CHARACTERS
    while 0 <= at < size and (text[at].isspace() or text[at] in QUOTES) and steps:
        at += step
        steps -= 1
    return 0 <= at < size
