"""What doesn't fit at the foot of a page, in Typst: read back from a first layout, put where `going_round.py` has it.

Only the order of a chapter's nodes is changed, the size of a picture, and whether a box may be parted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from converter.writers.pdf.going_round import ROUNDS, Arrangement, Thing, Unit, UnitKind, arranged
from converter.writers.pdf.typst.block_nodes import ASIDES, Node
from converter.writers.pdf.typst.levelling import Sheet, measured
from converter.writers.pdf.typst.levelling.plan import Flow, Piece
from converter.writers.pdf.typst.numbering import has_unparted, is_unparted

if TYPE_CHECKING:
    from converter.writers.pdf.typst.press import Press


def go_round(press: Press, sheet: Sheet) -> None:
    """Lays the book out; what leaves room at the foot of a page goes where text goes round it. Raises OutputError."""
    for _ in range(ROUNDS):
        if not (has_unparted(press.chapters, press.design) and _went_round(press, sheet)):
            return


def _went_round(press: Press, sheet: Sheet) -> bool:
    chapters = press.chapters
    book = measured(press.numbering.chapters, press.marks(), sheet, openings=press.numbering.openings)
    begins = press.numbering.begins
    changed = False
    for flow in book.flows:
        number = abs(flow.pieces[0].number)
        at = max(i for i, begun in enumerate(begins) if begun and begun[0] < number)
        blocks = chapters[at]["blocks"]
        units = list(_units(blocks, begins[at], flow, press.design))
        asked = arranged(units, sheet.rule, flow.used)
        if not asked.nothing:
            _follow(blocks, asked)
            changed = True
    if changed:
        press.rearranged()
    return changed


def _units(blocks: Sequence[Node], begins: Sequence[int], flow: Flow, design: Mapping[str, Any]) -> Iterator[Unit]:
    """The chapter's blocks; one that must stand with the next, or of which nothing is known, goes with it."""
    of: dict[int, list[Piece]] = {}
    for piece in flow.pieces:
        of.setdefault(bisect_left(begins, abs(piece.number)) - 1, []).append(piece)
    first = 0
    before: Node | None = None
    for at, block in enumerate(blocks):
        pieces = of.get(at, [])
        if not pieces and at < len(blocks) - 1:
            continue
        places = tuple(range(first, at + 1))
        things = tuple(Thing(p.choices[0].rows, p.parting, p.gap, p.lead) for p in pieces) or (Thing(0.0, "rows"),)
        gap = things[0].gap
        after_picture = before is not None and before["k"] == "figure"
        plain = len(places) == 1 and block["k"] in ("p", "drop")
        yield Unit(
            places,
            things,
            _kind(blocks[first : at + 1], design),
            _picture_rows(block, design) if block["k"] == "figure" else 0.0,
            breaks=blocks[first]["k"] == "break",
            alone=0.0 if after_picture and plain else gap,
            waited=block.get("waited", 0.0),
        )
        before, first = block, at + 1


def _kind(blocks: Sequence[Node], design: Mapping[str, Any]) -> UnitKind:
    *leading, last = blocks
    if not leading and is_unparted(last, design):
        return "picture" if last["k"] == "figure" else "box"
    fixed = any(block["k"] in ("h", "notes") or block.get("c") in ASIDES for block in blocks)
    return "fixed" if fixed else "text"


def _picture_rows(figure: Node, design: Mapping[str, Any]) -> float:
    """How high the picture itself is set: as template/blocks.typ has it."""
    page, pitch = design["page"], design["pitch"]
    wide = min(figure["w"], page["width"] - page["inner"] - page["outer"])
    high = wide * figure["h"] / figure["w"] / pitch
    return float(min(high, page["lines"] - 4)) * float(figure.get("size", 1))


def _follow(blocks: list[Node], asked: Arrangement) -> None:
    for at, size in asked.sizes.items():
        blocks[at]["size"] = size * blocks[at].get("size", 1)
    for at, rows in asked.waited.items():
        blocks[at]["waited"] = rows
    for at in asked.parted:
        blocks[at]["whole"] = False
    blocks[:] = [blocks[at] for at in asked.order]
