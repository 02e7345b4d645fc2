"""A page painted anew: what isn't text as it was, then its marked contents, one by one, in another order.

A marked content (ISO 32000-1, 14.6) is painted with the state of the page that it had: its transformation, clip,
colours and fonts are set again around it. As text comes last, nothing that lay under it can hide it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

COLOURS = dict.fromkeys(("g", "rg", "k", "cs", "sc", "scn"), "fill") | dict.fromkeys(
    ("G", "RG", "K", "CS", "SC", "SCN"), "stroke"
)
IN_SPACE = frozenset({"sc", "scn", "SC", "SCN"})  # say a colour in the space that was chosen before
SETTING = frozenset({"w", "J", "j", "M", "d", "ri", "i", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts"})
PATHS = frozenset({"m", "l", "c", "v", "y", "h", "re"})
STATE = frozenset({"q", "Q", "cm", "gs"}) | SETTING | COLOURS.keys()
"""What a piece also leaves in its old place: what is painted behind it may be painted with what it set."""

State = dict[Hashable, list[Any]]


def repaint(pdf: Any, page: Any, order: Sequence[int]) -> bool:
    """Paints the page's marked contents in the order of these marks, after all else. A page with other marks, or one
    whose instructions are not balanced, stays as it is (the answer is False)."""
    import pikepdf

    read = _Reading()
    for instruction in pikepdf.parse_content_stream(pikepdf.Page(page)):
        read.add(str(instruction.operator), instruction)
    if not read.is_whole or sorted(read.pieces) != sorted(order):
        return False
    instructions = [_bare("q"), *read.rest, _bare("Q")]
    for mark in order:
        instructions.extend(read.pieces[mark])
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return True


class _Reading:
    """A page's instructions as they come: its `pieces`, by their marks, with what sets their state; the `rest`."""

    def __init__(self) -> None:
        self.rest: list[Any] = []
        self.pieces: dict[int, list[Any]] = {}
        self._is_balanced = True
        self._states: list[State] = [{}]
        self._path: list[Any] = []
        self._clips = False
        self._marked = 0  # marked contents that are open, one in another
        self._piece: list[Any] | None = None
        self._begun = (0, 0)  # the piece: how many were open around it, states and marked contents

    @property
    def is_whole(self) -> bool:
        """Whether all that was begun has ended, each piece in itself."""
        return self._is_balanced and len(self._states) == 1 and not self._marked

    def add(self, name: str, instruction: Any) -> None:
        """The next instruction, and the name of its operator."""
        if name in ("BDC", "BMC"):
            mark = _mark(instruction.operands)
            if self._piece is None and mark >= 0:
                self._begin(mark)
            self._marked += 1
        if self._piece is None:
            self.rest.append(instruction)
        else:
            self._piece.append(instruction)
            if name in STATE:
                self.rest.append(instruction)
        self._follow(name, instruction)
        if name == "EMC":
            self._marked -= 1
            if self._piece is not None and self._marked == self._begun[1]:
                self._end()

    def _begin(self, mark: int) -> None:
        state: State = {}
        for one in self._states:
            state |= one
        self._piece = self.pieces[mark] = [_bare("q"), *(i for some in state.values() for i in some)]
        self._begun = len(self._states), self._marked

    def _end(self) -> None:
        assert self._piece is not None
        self._piece.append(_bare("Q"))
        self._is_balanced &= len(self._states) == self._begun[0]
        self._piece = None

    def _follow(self, name: str, instruction: Any) -> None:
        """Keeps account of the state."""
        state = self._states[-1]
        if name == "q":
            self._states.append({})
        elif name == "Q":
            self._states.pop()
            if not self._states:
                self._is_balanced, self._states = False, [{}]
        elif name in COLOURS:
            kind = COLOURS[name]
            set_before = next((one[kind] for one in reversed(self._states) if kind in one), [])
            state[kind] = [*(set_before[:1] if name in IN_SPACE else ()), instruction]
        elif name in SETTING:
            state[name] = [instruction]
        elif name == "cm":
            state[object()] = [instruction]
        elif name == "gs":
            state[name, str(instruction.operands[0])] = [instruction]
        elif name in PATHS or name in ("W", "W*"):
            self._path.append(instruction)
            self._clips |= name in ("W", "W*")
        elif self._path:  # whatever paints a path ends it
            if self._clips:
                state[object()] = [*self._path, _bare("n")]
            self._path, self._clips = [], False


def _bare(name: str) -> Any:
    import pikepdf

    return pikepdf.ContentStreamInstruction([], pikepdf.Operator(name))


def _mark(operands: Any) -> int:
    import pikepdf

    properties = operands[1] if len(operands) == 2 else None
    return int(properties.get("/MCID", -1)) if isinstance(properties, pikepdf.Dictionary) else -1
