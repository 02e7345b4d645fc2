"""The tree that is printed (`writers/paper.py`) as values for the template: front matter, chapters, blocks.

A block is a mapping: `k` says its kind, `b` what it holds. The template (`template/blocks.typ`) has a function for each
kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from converter.document.record import dataclass
from converter.writers.columns import CELLS, count_columns, rows_of, span
from converter.writers.columns import COLUMNS as WIDTHS
from converter.writers.drop_caps import tail_of
from converter.writers.long_words import SOFT_HYPHEN
from converter.writers.paper import COVER
from converter.writers.pdf.typst.opening import opening_of
from converter.writers.pdf.typst.runs import Picture, Room, Run, last_word_held, plain, runs_of
from converter.writers.scene_breaks import BLANK

Node = dict[str, Any]
DEEPEST_BLOCK = 8  # blocks inside blocks: Typst gives up at twenty or so, and what is deeper has no room to be seen
ROW = 30  # characters that a row counts for which is not full
DEEPEST_TABLE = 4
ROWS = ("p", "br", "li", "dt", "dd", "tr", "hr", "div", "blockquote", "aside")
WHOLE = 900  # characters: what a design wants unbroken and is longer is broken, or it would leave the page
COLUMNS = {"two-columns": 2, "three-columns": 3}
SMALLER = (
    2.0  # what is longer than so many lines of a title, and no word, is parted in it; else the title is set smaller
)
NUMBER, LEAST_ENTRY = 8, 6  # characters of a line of the contents that a page number takes; those of a short line
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


def book_nodes(html: etree._Element, pictures: Mapping[str, Picture], sizes: Sizes) -> Node:
    """All of the book: `cover`, `half`, `title`, `details`, `leaves`, `contents`, `chapters`."""
    places = frozenset(e.get("id", "") for e in html.iterfind("body/main//*[@id]"))
    walk = _Walk(Room(places, pictures, sizes.line, language=html.get("lang") or ""), sizes)
    book: Node = {"cover": None, "half": None, "details": [], "leaves": [], "contents": None, "chapters": []}
    for part in html.iterfind("body/*"):
        names = (part.get("class") or "").split()
        if "cover" in names:
            image = part.find("img")
            if image is not None and COVER in pictures:
                book["cover"] = {"path": pictures[COVER].path, "alt": plain(image.get("alt", "")).strip()}
        elif "half-title" in names:
            book["half"] = walk.half_title(part)
        elif "titlepage" in names:
            book["title"] = walk.title_page(part, names)
        elif "details-page" in names:
            book["details"] = list(walk.details(part))
        elif "leaf" in names:
            book["leaves"].append(walk.leaf(part))
        elif "contents-page" in names:
            book["contents"] = walk.contents(part)
        elif part.tag == "main":
            shown = frozenset(book["contents"]["names"]) if book["contents"] else frozenset[str]()
            book["chapters"] = [walk.chapters(run, shown) for run in chapter_runs(part)]
    return book


def chapter_runs(story: etree._Element) -> list[list[etree._Element]]:
    """The sections of a story by the page that begins with the first of each, and below it the others."""
    runs: list[list[etree._Element]] = []
    for section in story:
        if runs and "run-on" in (section.get("class") or "").split():
            runs[-1].append(section)
        else:
            runs.append([section])
    return runs


def heads_of(chapter: Node) -> Iterator[Node]:
    """A chapter's node, and what says of those that run on in it which they are."""
    yield chapter
    yield from (block["c"] for block in chapter["blocks"] if block["k"] == "opener")


class _Walk:
    """Goes through the tree."""

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

    # ------------------------------------------------------------------------------------------ front matter

    def title_page(self, page: etree._Element, names: list[str]) -> Node:
        """The title page: its name for the outline, and its lines."""
        size = self.sizes.book_title
        title = int(size * SMALLER)
        lines = [
            {
                "c": (e.get("class") or "").partition(" ")[0],
                "b": self._title_runs(e, title if e.tag == "h1" else size * 2),
            }
            for e in page
        ]
        return {"name": plain(page[0].get("data-name", "")), "long": "long-title" in names, "recto": "recto" in names,
                "lines": lines}  # fmt: skip

    def half_title(self, page: etree._Element) -> Node:
        """The title alone, small."""
        return {"b": self._title_runs(page[0], int(self.sizes.book_title * SMALLER))}

    def details(self, page: etree._Element) -> Iterator[Node]:
        """What is known about the story."""
        for part in page:
            name = part.get("class") or ""
            for p in part if part.tag == "div" else (part,):
                yield {"c": name, "b": self._runs(p)}

    def leaf(self, page: etree._Element) -> list[Node]:
        """What stands on a leaf by itself."""
        return list(self._blocks(page, 0))

    def contents(self, page: etree._Element) -> Node:
        """The contents' name, the names of what is listed by its keys, which of them hold others or stand apart from
        the one above, how many columns it takes."""
        heading = page.find(".//h1")
        return {
            "name": plain("".join(heading.itertext())) if heading is not None else "",
            "names": {
                a.get("href", "")[1:]: self._title_runs(a, max(LEAST_ENTRY, self.sizes.line - NUMBER))
                for a in page.iter("a")
            },
            **{
                name: [li[0].get("href", "")[1:] for li in page.iter("li") if name in (li.get("class") or "").split()]
                for name in ("holds", "apart")
            },
            "columns": next((n for name, n in COLUMNS.items() if name in (page[0].get("class") or "")), 1),
        }

    # ---------------------------------------------------------------------------------------------- chapters

    def chapters(self, run: Sequence[etree._Element], listed: frozenset[str]) -> Node:
        """The first of these chapters; the others are among its blocks."""
        first, *others = (self.chapter(section, listed) for section in run)
        for other in others:
            blocks = other.pop("blocks")
            begins = [{"k": block["k"], "c": block.get("c", "")} for block in blocks[:1]]
            first["blocks"] += [{"k": "opener", "c": {**other, "blocks": begins}}, *blocks]
        return first

    def chapter(self, section: etree._Element, listed: frozenset[str]) -> Node:
        """A chapter: its names, its heading, its blocks. `listed` are the keys of those in the contents."""
        names = (section.get("class") or "").split()
        before: list[Node] = []
        head, *rest = section
        if head.get("class") == "before":
            before = [self.chapter(one, listed) for one in head]
            head, *rest = rest
        key, size = section.get("id") or head.get("id") or "", int(self.sizes.title * SMALLER)
        depth = next((int(n.removeprefix("level-")) for n in names if n.startswith("level-")), 1)
        self.base = self.level = min(depth, 3)
        title = head.find("h1")
        blocks = list(self._blocks(rest, 0))
        return {
            "id": key,
            "level": self.base,
            "kind": next((n for n in ("part", "volume", "dedication", "epigraph") if n in names), ""),
            "recto": "recto" in names,
            "long": "long-title" in names,
            "below-act": "below-act" in (head.get("class") or "").split(),
            "name": plain(head.get("data-name") or key).strip() or key,
            "listed": key in listed,
            "verso": plain(head.get("data-verso") or ""),
            "recto-head": plain(head.get("data-recto") or ""),
            "title": None if title is None else [
                {"c": (span.get("class") or "").partition(" ")[0], "b": self._title_runs(span, size)}
                for span in title
            ],
            "blocks": blocks,
            "before": before,
        }  # fmt: skip

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
        signs = [_taken_box(item) if li.get("class") == "task" else "" for li, item in zip(e, items, strict=True)]
        yield {"k": e.tag, "start": max(0, first), "b": items, "inner": depth > 0,
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
