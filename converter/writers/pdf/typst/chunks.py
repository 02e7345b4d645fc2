"""A long book printed in chunks: a process sets some chapters and ends, then the next, and the parts are joined.

What Typst has laid out it keeps until its process ends, and for a novel that is a lot. A chapter begins a page, so its
pages depend on those before it by their number alone: each chunk is told its first one. Where that is a left page, a
page that stands in for the one before it makes it one, and is dropped (`parts.py`). What stands before the story comes
last, when it is known on which page each chapter begins; the contents are made of headings on a page that is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from converter.document.errors import CrewError
from converter.document.record import dataclass
from converter.writers.pdf.join import join
from converter.writers.pdf.printed import Crew, Printed, has_typst_begun
from converter.writers.pdf.typst.block_nodes import Node
from converter.writers.pdf.typst.level import plan_for
from converter.writers.pdf.typst.nodes import heads_of
from converter.writers.pdf.typst.parts import AWAY, Front, Part, Story, part_of
from converter.writers.pdf.typst.press import Press

LONG = 600_000  # characters: 100,000 words. 120,000 took 557 MB in one compile, levelled, 180,000 921, 500,000 2.2 GB
CHUNK = 330_000  # characters: 57,000 words. With them all processes took 360 MB for 500,000 words, 160 for the story
TO_PAGE = 1_800  # characters, to guess how wide page numbers are before there are any
LINKS = frozenset(["ref", "cite", "back"])  # runs, by their kind


def by_others(press: Press, crew: Crew) -> Printed | None:
    """A long book by processes of this crew: in chunks, or where it is one chapter each step by a process. None where
    this process has to set it. Raises MemoryError."""
    sizes = [section.size for section in press.sections]
    if has_typst_begun() or sum(sizes) < LONG:
        return None
    runs = runs_of(sizes)
    try:
        if len(runs) > 1:
            return _Chunks(press, crew, runs).printed()
        press.ask_apart(crew)
        return press.printed(plan_for(press) if press.marked else None)
    except CrewError:  # set in one piece, it says what is wrong
        press.ask_apart(None)
        return None


def runs_of(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """The chapters, as (begin, end), in runs of about the same size, `CHUNK` or less unless a chapter is longer."""
    wanted = -(-sum(sizes) // CHUNK)
    runs: list[tuple[int, int]] = []
    begin = done = 0
    for at, size in enumerate(sizes):
        if at > begin and done + size / 2 > sum(sizes) * (len(runs) + 1) / wanted:
            runs.append((begin, at))
            begin = at
        done += size
    return [*runs, (begin, len(sizes))] if sizes else []


@dataclass(frozen=True, slots=True)
class _Made:
    """What a process has made, and the characters that no font has."""

    part: Part
    unset: frozenset[str]


class _Chunks:
    """`names`: the places of each chunk; `away`: those outside that it leads to; `unset`: characters that no font has,
    which Typst tells of a PDF that is to be of its standards."""

    def __init__(self, press: Press, crew: Crew, runs: Sequence[tuple[int, int]]) -> None:
        self.press, self.crew, self.runs = press, crew, runs
        self.names = [_united(s.names for s in press.sections[begin:end]) for begin, end in runs]
        self.away = [
            _united(s.links for s in press.sections[begin:end]) - own
            for (begin, end), own in zip(runs, self.names, strict=True)
        ]
        self.asked = _united(self.away)
        self.unset = frozenset[str]()

    def printed(self) -> Printed:
        """All parts, joined. Raises CrewError."""
        press = self.press
        sizes = (section.size for section in press.sections)
        begun = [1 + done // TO_PAGE for done in accumulate(sizes, initial=0)][:-1]
        guessed = [at for at, chapter in zip(begun, press.chapters, strict=True) for _ in heads_of(chapter)]
        # a story for a screen begins on the next page, whichever side that is
        before = 0 if press.bound else self._by_one(lambda: self._front(guessed, 0)).part.pages
        made: list[_Made] = []
        numbers: list[int] = []
        first = 1
        for number in range(len(self.runs)):
            made.append(self._by_one(partial(self._chunk, number, first, before)))
            numbers += made[-1].part.begun
            first += made[-1].part.pages
        front = self._by_one(lambda: self._front(numbers, first - 1))
        if (front.part.pages - before) % 2:
            raise CrewError("the pages before the story are not as many as was thought")
        count = front.part.pages + first - 1
        blank = press.bound and count % 2 == 1
        if press.standard and (unset := _united(one.unset for one in (front, *made))):
            self.unset = unset
            press.standard = False  # a PDF is of its standard as a whole
            return self.printed()
        data = join([one.part.pdf for one in (front, *made)], blank=blank)
        return Printed(data, count + blank, press.findings(self.unset), archival=not self.unset)

    def _by_one(self, work: Callable[[], _Made]) -> _Made:
        """What a process of its own makes, which ends then."""
        (made,) = self.crew.run([lambda _: work()], lambda _, __: ())
        return made  # type: ignore[no-any-return]

    def _chunk(self, number: int, first: int, before: int) -> _Made:
        press, own, (begin, end) = self.press, self.names[number], self.runs[number]
        above = [_stand_in(f"above-{n}", n) for n in range(1, press.chapters[begin]["level"])]
        dropped = [above] if (before + first) % 2 == 0 else [above, []]
        chapters = press.take(begin, end, {"front": False, "first": first, "dropped": dropped})
        keys = [str(head["id"]) for chapter in chapters for head in heads_of(chapter)]
        links = list(_led_away(chapters, own)) if self.away[number] else []
        if sum(section.size for section in press.sections[begin:end]) >= LONG:
            press.ask_apart(self.crew)
        data, unset = press.compiled(plan_for(press) if press.marked else None)
        asked = sorted((self.asked & own) - frozenset(keys))
        places = dict(zip(asked, press.places(asked), strict=True)) if asked else {}
        stands = slice(0, len(dropped))
        made = part_of(data, number + 1, stands, keys, Story(first, places, tuple(links)))
        return _Made(made, unset)

    def _front(self, numbers: Sequence[int], others: int) -> _Made:
        """What stands before the story, whose chapters begin on the pages of these numbers; it has so many `others`."""
        press = self.press
        chapters = [head for chapter in press.chapters for head in heads_of(chapter)]
        keys = [str(chapter["id"]) for chapter in chapters]
        listed = [
            _stand_in(key, c["level"], c["name"], number, listed=c["listed"])
            for key, c, number in zip(keys, chapters, numbers, strict=True)
        ]
        press.take(0, 0, {"front": True, "first": 1, "dropped": [listed]})
        data, unset = press.compiled()
        made = part_of(data, 0, slice(-1, None), (), Front(press.identifier, press.has_cover, others, press.bound))
        return _Made(made, unset)


def _stand_in(key: str, level: int, name: str = "-", number: int = 0, *, listed: bool = False) -> Node:
    """A heading of another part, on a page that is dropped."""
    return {"id": key, "level": level, "name": name, "number": number, "listed": listed}


def _united(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _led_away(node: Any, own: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Makes web addresses of the links to what is not among these places; of each, where it leads and what it says."""
    waiting = [node]
    count = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            kind, to, *rest = one if len(one) > 2 else ("", "")
            if kind in LINKS and isinstance(to, str) and to and to not in own and isinstance(rest[-1], list):
                shown = rest[-1] if kind == "ref" else [[kind, "", *rest]]
                one[:] = ["link", f"{AWAY}{count}", shown]
                count += 1
                yield to, "".join(_words(rest[-1]))
            else:
                waiting.extend(one)


def _words(runs: Any) -> Iterator[str]:
    for run in runs:
        if isinstance(run, str):
            yield run
        elif isinstance(run[-1], list):
            yield from _words(run[-1])
