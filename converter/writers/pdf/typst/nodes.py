"""The tree that is printed (`writers/paper.py`) as values for the template: front matter, chapters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from converter.writers.paper import COVER
from converter.writers.pdf.typst.block_nodes import BlockWalk, Node, Sizes
from converter.writers.pdf.typst.runs import Picture, Room, plain

COLUMNS = {"two-columns": 2, "three-columns": 3}
SMALLER = (
    2.0  # what is longer than so many lines of a title, and no word, is parted in it; else the title is set smaller
)
NUMBER, LEAST_ENTRY = 8, 6  # characters of a line of the contents that a page number takes; those of a short line


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


class _Walk(BlockWalk):
    """Goes through the tree."""

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
            "blocks": self._story(rest, headed=title is not None),
            "before": before,
        }  # fmt: skip

    def _story(self, elements: Sequence[etree._Element], *, headed: bool) -> list[Node]:
        """What stands below a chapter's heading; a picture without one above it stands where the heading would."""
        blocks = list(self._blocks(elements, 0))
        if not headed and blocks and blocks[0]["k"] == "figure":
            blocks[0]["sunk"] = True
        return blocks
