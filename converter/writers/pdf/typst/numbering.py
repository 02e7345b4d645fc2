"""What stands in the chapters gets numbers, by which its place on the pages can be asked for.

With them goes what levelling has to know of each: where it may be parted, how wide its lines are, whether it may be set
tighter and looser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import count
from typing import Any

from converter.document.record import dataclass
from converter.writers.pdf.typst.block_nodes import Node
from converter.writers.pdf.typst.levelling import Numbered, Opening
from converter.writers.pdf.typst.note_runs import notes_in, with_numbers, without_links

Design = Mapping[str, Any]
FREE = frozenset(["", "first", "after-break", "continued", "spoken"])
"""Roles of paragraphs that may be set a line longer or shorter."""
ELSEWHERE = frozenset(["ref", "at", "cite", "back"])  # runs that need something outside their paragraph
NOTED = 1000  # more than one paragraph cites
LOW = 3  # lines above a heading
LONGEST_STANZA = 12  # lines; a longer one is parted
APART = ("figure", "table", "break")  # kinds of which the design says how they stand
INK = ("stroke", "stroke-top", "stroke-bottom", "fill", "outline", "banner", "width", "start-part", "end-part")


@dataclass(frozen=True, slots=True)
class Numbering:
    """`chapters`: what was numbered, in order. `begins`: of each chapter, for each of its blocks, the last number
    before it. `lined`: all paragraphs. `paragraphs`: those that can be set by themselves, and tighter or looser where
    feet are levelled. `around`: what each of these stands in, and whether it is first there. `column`: blocks before
    which a page may end early. `openings`: of each chapter that has a heading, what ends with it, and the lines below.
    `sinks`: by their first numbers the chapters whose headings stand so low that they may stand a little higher.
    `notes`: those cited in what was numbered, by numbers of their own, as they are set where they are tried."""

    chapters: tuple[tuple[Numbered, ...], ...]
    begins: tuple[tuple[int, ...], ...] = ()
    lined: Mapping[int, Node] = field(default_factory=dict)
    paragraphs: Mapping[int, Node] = field(default_factory=dict)
    around: Mapping[int, tuple[Node | None, bool]] = field(default_factory=dict)
    column: Mapping[int, Node] = field(default_factory=dict)
    openings: tuple[Opening | None, ...] = ()
    sinks: Mapping[int, Node] = field(default_factory=dict)
    notes: Mapping[int, list[Any]] = field(default_factory=dict)

    def alone(self, number: int, factor: float, name: int, changed: Node | None = None) -> list[Node]:
        """A paragraph set by this factor and marked by this name, with what is around it: blocks for the template;
        `changed` is what is another in it. Its notes have names from `NOTED` times its own on."""
        box, first = self.around[number]
        one = (
            {key: value for key, value in self.paragraphs[number].items() if key != "f"} | (changed or {}) | {"n": name}
        )
        if self.notes:
            names = count(name * NOTED)
            one |= {
                key: with_numbers(one[key], self.notes, names) for key in ("b", "rest", "words")[::-1] if key in one
            }
        if factor:  # one that is set by none is broken by other limits
            one["f"] = factor
        if box is None:
            return [one]
        before = [] if first else [{"k": "p", "c": "", "b": ["\N{NO-BREAK SPACE}"]}]
        return [{**{key: value for key, value in box.items() if key != "n"}, "b": [*before, one]}]


def numbered(chapters: Sequence[Node], design: Design) -> Numbering:
    """Numbers, from 1, in the nodes of these chapters, as `n`."""
    walk = _Numbers(design)
    openings, told = [], []
    for chapter in chapters:
        openings.append(walk.opening(chapter))
        told.append(tuple(walk.chapter(chapter["blocks"])))
    sinks = {one[0].number: c for c, one in zip(chapters, told, strict=True) if one and _sinks(c, design)}
    return Numbering(
        tuple(told), tuple(walk.begins), walk.lined, walk.paragraphs, walk.around, walk.column, tuple(openings), sinks,
        walk.notes,
    )  # fmt: skip


def _sinks(chapter: Node, design: Design) -> bool:
    """Whether a chapter's heading stands below the first line of its page."""
    low = design["opener"]["sink"] * design["sink-lines"] >= LOW
    return low and not chapter["kind"] and not chapter["before"] and chapter["title"] is not None


@dataclass(frozen=True, slots=True)
class _Room:
    """What a paragraph stands in: the column, or a box. `within`: a number for each; `lower`: how much lower than the
    body's its baselines lie, in points."""

    left: float
    width: float
    within: int = 0
    lower: float = 0.0
    box: Node | None = None
    free: bool = True


class _Numbers:
    def __init__(self, design: Design) -> None:
        self.design = design
        self.last = 0
        self.lined: dict[int, Node] = {}
        self.paragraphs: dict[int, Node] = {}
        self.around: dict[int, tuple[Node | None, bool]] = {}
        self.column: dict[int, Node] = {}
        self.begins: list[tuple[int, ...]] = []
        self.notes: dict[int, list[Any]] = {}
        self.counted = 0  # notes since they were last counted from 1
        page = design["page"]
        self.page = _Room(0.0, page["width"] - page["inner"] - page["outer"])

    def _next(self, block: Node, room: _Room, many: int = 1) -> int:
        number = self.last + 1
        block["n"] = number
        self.last += many
        if room is self.page:
            self.column[number] = block
        return number

    def opening(self, chapter: Node) -> Opening | None:
        """What is told of a chapter's heading."""
        if chapter["title"] is None:
            return None
        self.last += 1
        chapter["n"] = self.last
        return Numbered(self.last, "opening", "never", edges=True), self.design["opener"]["below"]

    def chapter(self, blocks: Sequence[Node]) -> Iterator[Numbered]:
        """What is told of each of a chapter's blocks."""
        begins: list[int] = []
        self.counted = 0
        yield from self.blocks(blocks, self.page, begins)
        self.begins.append(tuple(begins))

    def blocks(self, blocks: Sequence[Node], room: _Room, begins: list[int] | None = None) -> Iterator[Numbered]:
        """What is told of each of these blocks, and of those inside them that flow as they do; into `begins` goes the
        last number before each."""
        before = ""
        for i, block in enumerate(blocks):
            if begins is not None:
                begins.append(self.last)
            block.pop("n", None)  # of an earlier numbering
            yield from self._block(block, room, before, first=i == 0)
            before = block["k"]

    def _block(self, block: Node, room: _Room, before: str, *, first: bool) -> Iterator[Numbered]:
        kind = block["k"]
        if kind in ("p", "drop"):
            yield self._paragraph(block, room, before, first)
        elif kind == "break":
            kind = "white" if "blank" in block else kind
            yield self._edged(block, room, "never", kind, leads=True, scene_break=True)
        elif kind == "verse":
            number = self._next(block, room, len(block["b"]))
            for i, stanza in enumerate(block["b"]):
                long = len(stanza) > LONGEST_STANZA
                column = room is self.page and not i
                yield Numbered(
                    number + i, "stanza", "rows" if long else "never", within=number, edges=True, column=column,
                    leads="keeps" in block and i == len(block["b"]) - 1, notes=self._noted(stanza),
                )  # fmt: skip
        elif kind == "box":
            if is_unparted(block, self.design):
                yield self._edged(block, room, "never", leads=block["keeps"])
            else:
                yield from self.blocks(block["b"], self._inside(block, _look(self.design, block), room))
        elif kind == "speech" and not (room.box and "turn" in _look(self.design, room.box)):
            self.last += 1
            inner = _Room(room.left, room.width, self.last, room.lower, free=False)
            told = self.blocks(block["b"], inner)
            if room is self.page and (first_told := next(told, None)) is not None:
                self.column[first_told.number] = block
                yield replace(first_told, column=True)
            yield from told
        elif kind == "opener":
            self.counted = 0
            yield self._edged(block, room, "never", leads=True)
        elif kind == "h":
            number = self._next(block, room)
            yield Numbered(number, "h", "never", within=room.within, leads=True, column=room is self.page)
        else:
            yield self._edged(block, room, "never" if is_unparted(block, self.design) else "rows")

    def _edged(self, block: Node, room: _Room, parting: Any, kind: str = "", **more: Any) -> Numbered:
        number, column = self._next(block, room), room is self.page
        around = _around(self.design, block)
        return Numbered(
            number, kind or block["k"], parting, within=room.within, edges=True, column=column, around=around, **more
        )

    def _paragraph(self, block: Node, room: _Room, before: str, first: bool) -> Numbered:
        number = self._next(block, room)
        self.lined[number] = block
        role = block.get("c", "")
        look = self.design["paragraphs"].get(role, {})
        drop = block["k"] == "drop"
        plain = "a" not in block and role in FREE and "tracking" not in look and before != "h"
        notes = self._noted(block["words"] + block["rest"] if drop else block["b"])
        alone = room.free and plain and not _elsewhere(block["rest" if drop else "b"])
        if alone:
            self.paragraphs[number] = block
            self.around[number] = room.box, first
        leads = bool(look.get("kept")) or "keeps" in block
        return Numbered(
            number, f"p {'a' if 'a' in block else ''}", leads=leads, within=room.within,
            free=alone and self.design["levelled"], alone=alone, column=room is self.page, notes=notes,
            left=room.left, width=room.width, lower=room.lower, beside=self._beside_cap(block) if drop else 0,
        )  # fmt: skip

    def _noted(self, runs: Sequence[Any]) -> tuple[int, ...]:
        """Gives the notes that are cited in these runs numbers of their own, which it answers with."""
        found = []
        for note in notes_in(runs):
            self.counted = note[3] if note[3:] and note[3] else self.counted + 1
            number = len(self.notes) + 1
            note[3:] = [note[3] if note[3:] else None, number]
            self.notes[number] = [*without_links(note[:3]), self.counted, number]
            found.append(number)
        return tuple(found)

    def _beside_cap(self, block: Node) -> int:
        lines: int = self.design["cap-lines"]
        return min(2, lines) if block["short"] else lines

    def _inside(self, box: Node, look: Mapping[str, Any], outer: _Room) -> _Room:
        design = self.design
        self.last += 1
        size = design["size"] * look.get("size", 1)
        _, end, _, start = look.get("pad", (0, 0, 0, 0))
        left = (look.get("start", 0) + start) * size
        right = (look.get("end", 0) + end) * size
        flush = look.get("align", "") in ("", "justify") and "tracking" not in look
        free = outer.free and outer.box is None and not outer.within and flush and not any(k in look for k in INK)
        face = design["measures"][look.get("face", "body")]
        height = size * look["height"] if "height" in look else design["pitch"]
        lower = baseline(height, size, face) - baseline(design["pitch"], design["size"], design["measures"]["body"])
        free = free and "height" not in look
        return _Room(outer.left + left, outer.width - left - right, self.last, lower, box, free)


def has_unparted(chapters: Sequence[Node], design: Design) -> bool:
    """Whether there is a picture or a box that no page may part, among a chapter's own blocks."""
    return any(is_unparted(block, design) for chapter in chapters for block in chapter["blocks"])


def is_unparted(block: Node, design: Design) -> bool:
    """Whether no page may part this block: a picture, what is typed, a small table, a box its design wants whole."""
    if block["k"] == "box":
        return bool(block["whole"] and (block["few"] or _look(design, block).get("whole")))
    return block["k"] == "figure" or (block["k"] in ("pre", "table") and bool(block["whole"]))


def baseline(height: float, size: float, face: Mapping[str, float]) -> float:
    """How far below the upper edge of a line its letters stand: as `template/type.typ` has it."""
    return height / 2 + (face["ascent"] - face["descent"]) / 2 * size


def _look(design: Design, box: Node) -> Mapping[str, Any]:
    blocks = design["blocks"]
    return {**(blocks["blockquote"] if box["q"] else {}), **blocks[box["c"]]}


def _around(design: Design, block: Node) -> float:
    """The rows above and below a block that stands apart."""
    kind = "white" if "blank" in block else block["k"]
    look = _look(design, block) if kind == "box" else design[kind] if kind in APART else design["blocks"].get(kind, {})
    return float(max(look.get("above", 0), look.get("below", 0)))


def _elsewhere(runs: Sequence[Any]) -> bool:
    return any(
        isinstance(run, list)
        and run[:1] != ["note"]
        and (run[0] in ELSEWHERE or any(isinstance(r, list) and _elsewhere(r) for r in run[1:]))
        for run in runs
    )
