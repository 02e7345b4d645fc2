"""The numbers that Word shows before paragraphs: words that stand in no paragraph, but in `numbering.xml`.

`number_paragraphs` counts them as Word does (ECMA-376, 17.9) and puts them into the part: the number of a heading, and
one that a list can't say ("Article 2:", "1.3"), as words before the paragraph; of an item the number is noted, and
`lists_as_numbered` gives the lists of mammoth's page their first numbers and kinds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from converter.document.record import dataclass
from converter.parsers.docx.looks import Styles, is_on, value_of
from converter.parsers.docx.package import W
from converter.parsers.docx.written_numbers import LIST_KINDS, written_number

LEVELS = 9
NESTED = 5  # levels of lists that mammoth knows
MOST = 1_000_000  # a start beyond is a mistake
MARK = "chapbook-no-"  # the bookmark that notes an item's number
_PLACE = re.compile(r"%([1-9])")
_PLAIN = re.compile(r"\W{0,3}%[1-9]\W{0,3}\Z")  # what every list shows: "1.", "(a)"
_PART = re.compile(rf'<[ou]l>|</[ou]l>|<li>(?:<a id="n-{MARK}([1aAiI])-(\d{{1,7}})"></a>)?')
OPEN = "\ue0c7"  # a sign of our own where a list begins
_NOTED = re.compile(rf"{MARK}([1aAiI])-(\d{{1,7}})")
_LEFT = re.compile(rf'<a id="n-{MARK}[1aAiI]-\d{{1,7}}"></a>')


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: the kind of its numbers, what is written around them ("%1."), the first one, what follows it,
    the level that makes it begin again (0: never), whether all numbers are decimals, the style that it belongs to."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    follows: str = "tab"
    restarts: int = LEVELS
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list: what it counts together with (lists of one kind go on with each other), its levels, and those at which
    it begins anew."""

    counted: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    anew: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document by their ids."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self.lists: dict[str, Numbers] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        if root is None:
            return
        kinds = {k.get(f"{W}abstractNumId", ""): k for k in root.findall(f"{W}abstractNum")}
        linked = {value_of(k, "styleLink"): key for key, k in kinds.items() if value_of(k, "styleLink")}
        for number in root.findall(f"{W}num"):
            key = value_of(number, "abstractNumId")
            kind = kinds.get(key)
            if kind is None:
                continue
            key = linked.get(value_of(kind, "numStyleLink"), key)
            self.lists[number.get(f"{W}numId", "")] = _numbers(key, kinds[key], number)
        for name, numbers in self.lists.items():
            for at, level in numbers.levels.items():
                if level.style:
                    self._of_style.setdefault(level.style, (name, at))

    def of(self, paragraph: Any) -> tuple[Numbers, int] | None:
        """The list and level of a paragraph: as it says itself, else as its style does."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = self._styles.of(paragraph)
        chain = self._styles.chain(style)
        properties = [own, *(s.find(f"{W}pPr/{W}numPr") for s in chain)]
        numbers = self.lists.get(_first_said(properties, "numId"))
        if numbers is None:
            return None
        named = _first_said(properties, "ilvl")
        at = int(named) if named.isdecimal() and len(named) < 3 else 0
        if not value_of(own, "ilvl"):  # the style's own level
            ids = [style, *(s.get(f"{W}styleId", "") for s in chain)]
            at = next((n for i in ids for n, level in numbers.levels.items() if level.style == i), at)
        return (numbers, at) if at in numbers.levels else None


def _first_said(properties: Sequence[Any], name: str) -> str:
    return next((said for p in properties if (said := value_of(p, name))), "")


def _numbers(key: str, kind: Any, number: Any) -> Numbers:
    levels = {}
    for element in kind.findall(f"{W}lvl"):
        at = element.get(f"{W}ilvl", "0")
        levels[int(at) if at.isdecimal() and int(at) < LEVELS else 0] = _level(element)
    anew: dict[int, int] = {}
    for changed in number.findall(f"{W}lvlOverride"):
        said = changed.get(f"{W}ilvl", "0")
        at = int(said) if said.isdecimal() and int(said) < LEVELS else 0
        own = changed.find(f"{W}lvl")
        if own is not None:
            levels[at] = _level(own)
        start = value_of(changed, "startOverride")
        if start.isdecimal():
            anew[at] = min(int(start), MOST)
    return Numbers(key, levels, anew)


def _level(element: Any) -> Level:
    start, restarts = value_of(element, "start"), value_of(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        kind=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText"),
        start=min(int(start), MOST) if start.isdecimal() else 0,
        follows=value_of(element, "suff") or "tab",
        restarts=int(restarts) if restarts.isdecimal() and len(restarts) < 3 else LEVELS,
        legal=legal is not None and is_on(legal.get(f"{W}val")),
        style=value_of(element, "pStyle"),
    )


class _Counts:
    """How far each list has counted."""

    def __init__(self) -> None:
        self._at: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, name: str, numbers: Numbers, at: int) -> dict[int, int]:
        """The numbers of all levels for a paragraph at this one."""
        counts = self._at.setdefault(numbers.counted, {})
        if at in numbers.anew and (name, at) not in self._begun:
            self._begun.add((name, at))
            counts[at] = numbers.anew[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else numbers.levels[at].start
        for higher in range(at):  # one that was passed over counts as begun
            if higher in numbers.levels:
                counts.setdefault(higher, numbers.levels[higher].start)
        for lower in [n for n in counts if n > at]:
            restarts = numbers.levels[lower].restarts if lower in numbers.levels else LEVELS
            if restarts and (restarts == LEVELS or at < restarts):
                del counts[lower]
        return counts


def number_paragraphs(root: Any, numbering: Numbering, styles: Styles) -> None:
    """Puts the numbers of a part's paragraphs into it: as words, or noted where a list shows them."""
    if not numbering.lists:
        return
    counts = _Counts()
    names = {id(numbers): name for name, numbers in numbering.lists.items()}
    for paragraph in root.iter(f"{W}p"):
        found = None if paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None else numbering.of(paragraph)
        if found is None:
            continue
        numbers, at = found
        level = numbers.levels[at]
        shown = counts.next(names[id(numbers)], numbers, at)
        if level.kind == "bullet" and at < NESTED:
            _set_list(paragraph, names[id(numbers)], at)
        elif (
            at < NESTED
            and level.kind in LIST_KINDS
            and _PLAIN.match(level.text)
            and level.text.find(f"%{at + 1}") >= 0
            and not styles.is_set_apart(paragraph)
        ):
            _set_list(paragraph, names[id(numbers)], at)
            _insert(paragraph, "bookmarkStart").set(
                f"{W}name", f"{MARK}{LIST_KINDS['decimal' if level.legal else level.kind]}-{shown[at]}"
            )
        else:
            _set_list(paragraph, "0", 0)
            if text := _shown(numbers, level, shown):
                _words_before(paragraph, text)


def _shown(numbers: Numbers, level: Level, counts: Mapping[int, int]) -> str:
    """What stands before the paragraph, with the space that follows it."""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        kind = numbers.levels[at].kind if at in numbers.levels else "decimal"
        if kind in ("none", "bullet"):
            return ""
        return written_number(counts.get(at, 0), "decimal" if level.legal else kind)

    if level.kind == "bullet":
        return ""
    text = _PLACE.sub(number, level.text)
    return text if not text.strip() or level.follows == "nothing" else f"{text.rstrip()} "


def _set_list(paragraph: Any, name: str, level: int) -> None:
    """Says the list of a paragraph where mammoth looks for it."""
    own = paragraph.find(f"{W}pPr")
    if own is None:
        own = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, own)
    for old in own.findall(f"{W}numPr"):
        own.remove(old)
    said = own.makeelement(f"{W}numPr")
    for part, value in (("ilvl", str(level)), ("numId", name)):
        element = said.makeelement(f"{W}{part}")
        element.set(f"{W}val", value)
        said.append(element)
    own.append(said)


def _insert(paragraph: Any, name: str) -> Any:
    made = paragraph.makeelement(f"{W}{name}")
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, made)
    return made


def _words_before(paragraph: Any, text: str) -> None:
    run = _insert(paragraph, "r")
    words = run.makeelement(f"{W}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)


def lists_as_numbered(markup: str) -> str:
    """The lists of a page with the first number and the kind that their items note; one that begins anew or changes its
    kind is a list of its own."""
    stack: list[list[Any]] = []  # of each open list: its kind, the number that comes next, whether it has items

    def part(tag: re.Match[str]) -> str:
        text = tag[0]
        if text in ("<ol>", "<ul>"):
            stack.append(["", 0])
            return text
        if text.startswith("</"):
            if stack:
                stack.pop()
            return text
        if tag[1] is None or not stack:
            return text
        kind, number = tag[1], int(tag[2])
        now = stack[-1]
        goes_on = now[0] == kind and now[1] == number
        first = not now[0]
        now[:] = [kind, number + 1]
        if goes_on:
            return "<li>"
        begun = f'<ol start="{number}" type="{kind}">'
        return f"{OPEN}{begun}<li>" if first else f"</ol>\n{begun}<li>"

    made = _PART.sub(part, markup)
    return _LEFT.sub("", re.sub(rf"<ol>(\s*){OPEN}(?=<ol )", r"\1", made))


def noted_number(name: str) -> str:
    """The number of an item that a bookmark notes, as words before the paragraph; "" where it notes none."""
    noted = _NOTED.fullmatch(name)
    if noted is None:
        return ""
    kind = next(kind for kind, sign in LIST_KINDS.items() if sign == noted[1])
    return f"{written_number(int(noted[2]), kind)}. "
