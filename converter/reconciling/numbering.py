"""The numbers of chapters that come from copies which count in different ways: each once, and in order.

The numbers of the copy hold from which most chapters are. A chapter that another copy alone has, with a number that is
another one's, gets the number that is free where it stands, as an editor would put it in; where none is free the
chapters behind it move on by one. A number that no other has stays, wherever it stands: then the order may be wrong.
What has a heading without a number, just where one is missing, has that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from converter.document.list_numbers import list_number
from converter.document.model import PARTS, Text
from converter.recognisers.language.numerals import roman
from converter.recognisers.vocabulary import language_table, languages

if TYPE_CHECKING:
    from converter.document.model import Chapter, ChapterKind, Inlines

_TOKEN = re.compile(r"\d+|[^\W\d_]+")


class Counted(NamedTuple):
    """A chapter of the book: from which copy its heading is, its kind, its number there; `named`: it has a heading."""

    copy: int
    kind: ChapterKind
    number: int | None
    named: bool = True


def numbers_in_order(row: Sequence[Counted]) -> dict[int, int]:
    """The numbers of those of these chapters, by their places in the row, that get another one than they have."""
    given: dict[int, int] = {}
    for places in _stretches(row):
        numbered = [at for at in places if row[at].number is not None]
        copies = Counter(row[at].copy for at in numbered)
        if not copies:
            continue
        main = max(copies, key=lambda copy: (copies[copy], -copy))
        rows = [(at, row[at].copy == main, number) for at in numbered if (number := row[at].number) is not None]
        held = [number for _, holds, number in rows if holds]
        if any(b <= a for a, b in pairwise(held)):  # it counts in a way of its own
            continue
        settled = _settled(rows)
        bare = {at for at in places if row[at].copy != main and row[at].number is None and row[at].named}
        settled |= _missing(places, settled, bare)
        given |= {at: number for at, number in settled.items() if number != row[at].number}
    return given


def _stretches(row: Sequence[Counted]) -> Iterator[list[int]]:
    """The places of the chapters between two parts each; of a prologue and its like none."""
    places: list[int] = []
    for at, chapter in enumerate(row):
        if chapter.kind in PARTS:
            yield places
            places = []
        elif chapter.kind == "chapter":
            places.append(at)
    yield places


def _settled(numbered: Sequence[tuple[int, bool, int]]) -> dict[int, int]:
    """A number for each of these places; the flag says whether the one it has is of the copy whose numbers hold."""
    settled: dict[int, int] = {}
    often = Counter(number for _, _, number in numbered)
    last = 0
    for n, (at, holds, number) in enumerate(numbered):
        ahead = next((other for _, main, other in numbered[n + 1 :] if main), None)
        if last < number and (holds or ahead is None or number < ahead):
            last = number
        elif not holds and often[number] == 1:
            continue
        elif not last and ahead is not None:  # before the first that holds
            last = max(ahead - 1, 1)
        else:
            last += 1
        settled[at] = last
    return settled


def _missing(places: Sequence[int], settled: dict[int, int], bare: set[int]) -> dict[int, int]:
    """Numbers for chapters without one: as many as are missing between the numbers around them, all of other copies."""
    found: dict[int, int] = {}
    for a, b in pairwise(n for n, at in enumerate(places) if at in settled):
        between, low, high = places[a + 1 : b], settled[places[a]], settled[places[b]]
        if between and bare.issuperset(between) and high - low - 1 == len(between):
            found |= {at: low + n for n, at in enumerate(between, 1)}
    return found


def renumbered(chapter: Chapter, number: int, like: Chapter | None = None) -> Chapter | None:
    """The chapter with this number in its label, written as the other one was: in digits, in roman numerals, in a word;
    one without a label has it as that of the chapter `like`. None where nothing tells how it is written."""
    model = chapter if chapter.label else like
    if not model or model.number is None:
        return None
    label = _with_number(model.label, model.number, number)
    return replace(chapter, label=label, number=number, kind=model.kind) if label else None


def _with_number(label: Inlines, old: int, new: int) -> Inlines:
    if len(label) != 1 or not isinstance(label[0], Text):
        return ()
    text = label[0].text
    if sum(word.isdecimal() for word in _TOKEN.findall(text)) > 1:  # "Chapters 4-5"
        return ()
    written = [(m, said) for m in _TOKEN.finditer(text) if (said := _written_alike(m[0], old, new))]
    if len(written) != 1:
        return ()
    found, said = written[0]
    return (replace(label[0], text=text[: found.start()] + said + text[found.end() :]),)


def _written_alike(word: str, old: int, new: int) -> str:
    """The new number as this word says the old one; "" where it doesn't."""
    if word.isdecimal():
        return str(new).zfill(len(word) if word.startswith("0") else 0) if int(word) == old else ""
    if roman(word) == old and (word.isupper() or word.islower()):
        return _cased(list_number(new, "i"), word)
    for names in _in_words():
        alike = names[old - 1].split("|") if 0 < old <= len(names) else []
        if word.lower() in alike and 0 < new <= len(names):
            said = names[new - 1].split("|")
            return _cased(said[min(alike.index(word.lower()), len(said) - 1)], word)
    return ""


def _cased(text: str, like: str) -> str:
    return text.upper() if like.isupper() else text.capitalize() if like[:1].isupper() else text


@cache
def _in_words() -> tuple[tuple[str, ...], ...]:
    """The words for one, two, three ... in each language that has them."""
    return tuple(tuple(ones) for tag in languages() if (ones := language_table(tag, "headings").get("ones")))
