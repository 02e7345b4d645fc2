"""The blocks of a chapter, of a note, of a cell as values for the template.

A block is a mapping: `k` says its kind, `b` what it holds. The template (`template/blocks.typ`) has a function for each
kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from converter.document.record import dataclass
from converter.writers.columns import CELLS, count_columns, rows_of, span
from converter.writers.columns import COLUMNS as WIDTHS
from converter.writers.drop_caps import tail_of
from converter.writers.long_words import SOFT_HYPHEN
from converter.writers.pdf.typst.opening import opening_of
from converter.writers.pdf.typst.runs import Room, Run, last_word_held, plain, runs_of
from converter.writers.scene_breaks import BLANK

Node = dict[str, Any]

DEEPEST_BLOCK = 8  # blocks inside blocks: Typst gives up at twenty or so, and what is deeper has no room to be seen
ROW = 30  # characters that a row counts for which is not full
DEEPEST_TABLE = 4
ROWS = ("p", "br", "li", "dt", "dd", "tr", "hr", "div", "blockquote", "aside")
WHOLE = 900  # characters: what a design wants unbroken and is longer is broken, or it would leave the page
HOLDS_BLOCKS = frozenset("p ul ol dl table figure blockquote div aside pre hr h2 h3 h4 h5 h6".split())
LAST = frozenset(["held", "last-lines"])
MOST_LAST = 10  # lines, in wide letters: paragraphs longer than that may be parted at the end of a chapter, too
MINDED = frozenset(["short", "keeps"]) | LAST
"""Classes that say how a paragraph is broken, not what it is."""
QUOTED = frozenset(["quote", "letter", "epigraph", "dedication", "sign", "telegram", "document", "chat"])
ASIDES = frozenset(["note", "summary", "spoiler", "box"])


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many characters there are in a line of text, of a chapter's title, of the book's."""

    line: int
    title: int
    book_title: int


class BlockWalk:
    """Goes through blocks. `base` is the level of the heading above them, `level` that of the last one."""

    def __init__(self, room: Room, sizes: Sizes) -> None:
        self.room = room
        self.sizes = sizes
        self.level = 1
        self.base = 1

    def _runs(self, element: etree._Element, characters: int = 0) -> list[Run]:
        room = self.room
        inside = Room(room.places, room.pictures, characters or room.characters, blocks=self._in_note,
                      language=room.language)  # fmt: skip
        return runs_of(element, inside)

    def _in_note(self, elements: Sequence[etree._Element]) -> list[Node]:
        return list(self._blocks(elements, 1))

    def _title_runs(self, element: etree._Element, characters: int) -> list[Run]:
        """The words of a title; one that is typed in capitals is set as a whole. Longer words than these characters are
        broken."""
        runs = self._runs(element, characters)
        return [["capitals", runs]] if "capitals" in (element.get("class") or "").split() else runs

    def _blocks(self, elements: Any, depth: int) -> Iterator[Node]:
        for element in elements:
            if isinstance(element.tag, str):
                yield from self._block(element, depth)

    def _block(self, e: etree._Element, depth: int) -> Iterator[Node]:
        names = (e.get("class") or "").split()
        match e.tag:
            case "p":
                yield from self._paragraph(e, names)
            case "h2" | "h3" | "h4" | "h5" | "h6":
                yield self._heading(e)
            case "hr":
                yield {"k": "break", "blank": True} if e.get(BLANK) else {"k": "break"}
            case "ul" | "ol":
                yield from self._list(e, depth)
            case "dl":
                yield from self._definitions(e, depth)
            case "table" if depth < DEEPEST_TABLE:
                yield self._table(e, depth)
            case "table":
                for cell in e.iter("caption", "th", "td"):
                    yield from self._items(cell, depth)
            case "figure":
                yield from self._figure(e)
            case "pre":
                yield self._preformatted(e)
            case "section":
                yield {"k": "notes", "b": [self._note(aside, depth) for aside in e]}
            case _:
                yield from self._set_apart(e, names, depth)

    def _set_apart(self, e: etree._Element, names: list[str], depth: int) -> Iterator[Node]:
        """A poem, a speech, something quoted, a box; what is too deep inside others is not set apart."""
        kind = next((n for n in names if n in QUOTED or n in ASIDES), "")
        if "verse" in names:
            kept: Node = {"keeps": True} if "keeps" in names else {}
            yield {"k": "verse", "b": [[self._line(span) for span in p] for p in e], **kept}
        elif depth < DEEPEST_BLOCK and "speech" in names:
            side = next((n for n in names if n.startswith("side-")), "")
            yield {"k": "speech", "side": side, "b": list(self._blocks(e, depth + 1))}
        elif depth < DEEPEST_BLOCK and kind:
            whole = _weight(e) < WHOLE and e.find(".//figure") is None and "parted" not in names
            inside = list(self._blocks(e, depth + 1))
            yield {
                "k": "box",
                "c": kind,
                "q": e.tag == "blockquote",
                "b": inside,
                "whole": whole,
                "few": "few" in names,
                "keeps": "keeps" in names,
            }
        else:
            yield from self._blocks(e, depth)

    def _heading(self, e: etree._Element) -> Node:
        self.level = max(self.base + 1, min(self.base + int(e.tag[1]) - 1, self.level + 1, 6))
        words = plain("".join(e.itertext())).replace(SOFT_HYPHEN, "").strip()
        return {
            "k": "h",
            "c": min(e.tag, "h4"),
            "l": self.level,
            "t": words,
            "b": self._title_runs(e, self.sizes.title),
        }

    def _preformatted(self, e: etree._Element) -> Node:
        runs = runs_of(e, Room(self.room.places, self.room.pictures, self.room.characters, kept=True))
        while runs and runs[-1] == ["br"]:
            runs.pop()
        return {
            "k": "pre",
            "b": runs,
            "whole": "parted" not in (e.get("class") or "") and _weight(e) + ROW * runs.count(["br"]) < WHOLE,
        }

    def _paragraph(self, e: etree._Element, names: list[str]) -> Iterator[Node]:
        runs = self._runs(e)
        if not runs:
            return
        align = next((n for n in names if n in ("center", "right", "left")), "")
        role = next((n for n in names if n != align and n not in MINDED), "")
        node: Node = {"k": "p", "c": role, "b": last_word_held(runs, self.room.characters)}
        if align:
            node["a"] = align
        if "keeps" in names:
            node["keeps"] = True
        if not LAST.isdisjoint(names):
            node["last"] = _weight(e) <= self.room.characters * MOST_LAST
        cap = e.find("span[@class='dropcap']")
        if cap is not None and (opening := opening_of("".join(cap.itertext()), runs, self.room.characters)):
            opening["rest"] = last_word_held(opening["rest"], 0)
            node |= {"k": "drop", "short": "short" in names, "tail": tail_of(cap), **opening}
        yield node

    def _line(self, span: etree._Element) -> Node:
        names = (span.get("class") or "").split()
        runs = self._runs(span)
        if runs and runs[-1] == ["br"]:
            runs.pop()
        return {"i": next((int(n.removeprefix("indent-")) for n in names if n.startswith("indent-")), 0), "b": runs}

    def _items(self, e: etree._Element, depth: int) -> list[Node]:
        """The blocks of an element that holds either blocks or words."""
        if any(c.tag in HOLDS_BLOCKS for c in e):
            return list(self._blocks(e, depth))
        runs = self._runs(e)
        return [{"k": "p", "c": "first", "b": runs}] if runs else []

    def _list(self, e: etree._Element, depth: int) -> Iterator[Node]:
        items = [self._items(li, depth + 1) for li in e]
        if depth >= DEEPEST_BLOCK:
            yield from (block for item in items for block in item)
            return
        start = e.get("start") or "1"
        first = int(start) if start.removeprefix("-").isdigit() and len(start) < 9 else 1
        cast = "cast" in (e.get("class") or "").split()
        signs = [_taken_box(item) if li.get("class") == "task" else "" for li, item in zip(e, items, strict=True)]
        yield {"k": e.tag, "start": max(0, first), "b": items, "inner": depth > 0, "cast": cast,
               "numerals": e.get("type", ""),
               "signs": [sign or "•" for sign in signs] if any(signs) else []}  # fmt: skip

    def _definitions(self, e: etree._Element, depth: int) -> Iterator[Node]:
        """Terms and meanings: `t` are terms, `b` what they mean."""
        entries = [(one.tag, self._items(one, depth + 1)) for one in e]
        if depth >= DEEPEST_BLOCK:
            yield from (block for _, blocks in entries for block in blocks)
            return
        groups: list[Node] = []
        for tag, blocks in entries:
            if not groups or (tag == "dt" and groups[-1]["b"]):
                groups.append({"t": [], "b": []})
            groups[-1]["t" if tag == "dt" else "b"].append(blocks)
        yield {"k": "dl", "b": groups, "inner": depth > 0}

    def _note(self, aside: etree._Element, depth: int) -> Node:
        return {"id": aside.get("id") or "", "b": list(self._blocks(aside, depth + 1))}

    def _figure(self, e: etree._Element) -> Iterator[Node]:
        image, caption = e.find("img"), e.find("figcaption")
        runs = self._runs(caption) if caption is not None else []
        picture = self.room.pictures.get(image.get("src", "")) if image is not None else None
        if picture is None:
            if runs:
                yield {"k": "p", "c": "", "a": "center", "b": runs}
            return
        words = plain("".join(caption.itertext())).replace(SOFT_HYPHEN, "").strip() if caption is not None else ""
        alt = plain(image.get("alt", "")).strip() if image is not None else ""
        yield {"k": "figure", "path": picture.path, "w": picture.width, "h": picture.height, "alt": alt or words,
               "cap": runs}  # fmt: skip

    # ------------------------------------------------------------------------------------------------ tables

    def _table(self, e: etree._Element, depth: int) -> Node:
        rows = rows_of(e)
        columns = count_columns([tr for tr, _ in rows])
        caption = e.find("caption")
        said, asked = e.get(WIDTHS), e.get(CELLS, "")
        outer, names = self.room, (e.get("class") or "").split()
        wide = "wide" in names
        self.room = Room(
            outer.places,
            outer.pictures,
            outer.characters * 2 if said else max(4, int(outer.characters * (1.4 if wide else 1) / columns) - 2),
            language=outer.language,
        )
        widths = [1] * columns
        heads: list[list[Node]] = []
        body: list[list[Node]] = []
        taken = [0] * columns  # rows that a cell from above still fills
        for tr, is_head in rows:
            cells = []
            at = 0
            for cell in tr:
                while at < columns and taken[at]:
                    at += 1
                if at >= columns:
                    break
                across = min(span(cell.get("colspan")), columns - at)
                down = min(span(cell.get("rowspan")), len(rows))
                words = len("".join(cell.itertext()).strip())
                for i in range(at, at + across):
                    taken[i] = max(taken[i], down)
                    widths[i] = max(widths[i], min(40, words // across))
                cells.append({
                    "x": at, "c": across, "r": down, "h": cell.tag == "th", "b": self._items(cell, depth + 2),
                    "a": next((n for n in (cell.get("class") or "").split() if n in ("center", "right")), ""),
                })  # fmt: skip
                at += across
            taken = [max(0, n - 1) for n in taken]
            (heads if is_head else body).append(cells)
        self.room = outer
        return {"k": "table", "cols": columns, "widths": [float(one) for one in (said or asked).split()] or widths,
                "wide": wide, "set": said is not None, "asked": bool(asked), "whole": "whole" in names,
                "head": heads, "rows": body,
                "cap": self._runs(caption) if caption is not None else []}  # fmt: skip


def _taken_box(item: list[Node]) -> str:
    """The box with which a task begins, which is taken from its words: it stands in the place of the bullet."""
    runs = item[0].get("b") if item else None
    if not runs or not isinstance(runs[0], str):
        return ""
    box, _, rest = runs[0].partition(" ")
    runs[0] = rest
    return box


def _weight(e: etree._Element) -> int:
    """How much room an element takes, in characters."""
    return len("".join(e.itertext())) + ROW * sum(1 for _ in e.iter(*ROWS))
