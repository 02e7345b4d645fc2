"""A tree to items: paragraphs of what stands in the lines, and of what is more the items that `kinds` makes.

Blocks that only wrap are walked with a stack of our own; only what nests in a book (quotes, lists, tables, boxes) is
walked by recursion, to `NEST_LIMIT`, and unwrapped below that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from converter.document.model import Block, Inlines, Note, Origin
from converter.parsers.items.frames import NEST_LIMIT, STORY_SHARE
from converter.parsers.items.inlines import BREAK, NO_MARK, Run, nest, tidy
from converter.parsers.items.kinds import Item
from converter.parsers.items.normalisation import blocks_of, signs_as_text
from converter.parsers.items.paragraphs import paragraphs
from converter.parsers.items.style_marks import PLAINLY, State, text_runs
from converter.parsers.markdown.marks import MarkdownContext, ruby_of, ruby_pairs, state_below_element
from converter.parsers.markdown.pictures import FilePictures
from converter.parsers.markdown.tree import Element, MarkdownNode, TreeLeaf, tree_leaves

ElementHandler = Callable[["MarkdownWalk", Element, State, int], "Sequence[Item] | None"]
NoteMaker = Callable[["MarkdownWalk", str], "Note | None"]


def no_note(_walk: MarkdownWalk, _key: str) -> Note | None:
    """Where nothing is cited."""
    return None


class MarkdownWalk:
    """One walk over the tree of a file. `handle` makes the items of a block that is more than a wrapper, None of any
    other; `note` the note of a key, None where it has been made. `dropped` holds the ids of the elements that are left
    out."""

    def __init__(
        self,
        name: str,
        ground: MarkdownContext,
        pictures: FilePictures,
        dropped: set[int],
        handle: ElementHandler,
        note: NoteMaker = no_note,
    ) -> None:
        self.name = name
        self.ground = ground
        self.pictures = pictures
        self.dropped = dropped
        self.handle = handle
        self.note = note
        self._last: tuple[tuple[Element, ...], State, State] = ((), PLAINLY, PLAINLY)

    def origin(self, node: MarkdownNode | None) -> Origin:
        """Where a node stands in the file."""
        return Origin(self.name, node.line if node is not None else 1)

    # ---------------------------------------------------------------------------------------------------- blocks

    def items(self, nodes: Iterable[MarkdownNode], state: State = PLAINLY, depth: int = 0) -> list[Item]:
        """The items of these nodes, in order."""
        out: list[Item] = []
        row: list[TreeLeaf] = []  # that has no end yet
        at: State = state  # what the row stands in

        def end_row() -> None:
            if row:
                out.extend(self._paragraphs(row, at))
                row.clear()

        stack: list[tuple[MarkdownNode | None, State]] = [(n, state) for n in reversed(list(nodes))]
        while stack:
            node, outer = stack.pop()
            if isinstance(node, TreeLeaf):
                if not row or (outer is not at and _is_space(row)):
                    at = outer
                row.append(node)
                continue
            end_row()
            if node is None or id(node) in self.dropped:
                continue
            made = self.handle(self, node, outer, depth) if depth < NEST_LIMIT else None
            if made is not None:
                out.extend(made)
            else:
                inner = self.inherit(node, outer)
                stack.append((None, outer))
                stack.extend((child, inner) for child in reversed(node.children))
        end_row()
        return out

    def _paragraphs(self, row: Sequence[TreeLeaf], state: State) -> list[Item]:
        runs = self.runs_of(row, state)
        first = next((leaf for leaf in row if leaf.kind != "text" or not leaf.text.isspace()), None)
        return paragraphs(runs, state.align, self.origin(first), self.ground.habit) if runs else []

    def blocks(self, nodes: Iterable[MarkdownNode], state: State = PLAINLY, depth: int = 0) -> tuple[Block, ...]:
        """The finished blocks of a part that has no chapters in it: gaps settled, headings as `Heading`."""
        return blocks_of(self.items(nodes, state, depth), inner=True)

    def inherit(self, element: Element, state: State) -> State:
        """The state below this element."""
        return state_below_element(element, state, self.ground)

    def is_most(self, node: Element) -> bool:
        """Whether an element holds most of the story: then it is a frame around it."""
        letters = self.ground.habit.letters
        return bool(letters) and len(" ".join(text_of(node, self.dropped).split())) > STORY_SHARE * letters

    # ----------------------------------------------------------------------------------------------------- lines

    def runs_of(self, row: Sequence[TreeLeaf], state: State) -> list[Run]:
        """The runs of leaves that stand in one block."""
        runs: list[Run] = []
        at = 0
        while at < len(row):
            leaf = row[at]
            ruby = ruby_of(leaf) if leaf.around else None
            if ruby is not None and (group := _one_ruby(row, at, ruby)):
                runs.extend(ruby_pairs(group, self._around(group[0], state).mark))
                at += len(group)
            else:
                self._leaf(leaf, state, runs)
                at += 1
        return runs

    def _leaf(self, leaf: TreeLeaf, state: State, runs: list[Run]) -> None:
        """The runs of one leaf, at the end of the runs."""
        if leaf.around and self.dropped and any(id(e) in self.dropped for e in leaf.around):
            return
        match leaf.kind:
            case "text":
                runs.extend(text_runs(leaf.text, self._around(leaf, state) if leaf.around else state))
            case "break":
                runs.append(Run(BREAK))
            case "picture":
                picture = self.pictures.find(leaf)
                if isinstance(picture, str):  # a picture that is not there parts what it stood between
                    runs.append(Run(picture or " ", self._around(leaf, state).mark))
                else:
                    runs.append(Run("", NO_MARK, picture))
            case "note":
                note = self.note(self, leaf.text)
                if note is not None:
                    runs.append(Run("", NO_MARK, note))

    def _around(self, leaf: TreeLeaf, state: State) -> State:
        """The state in all the elements of the line around a leaf."""
        around, outer, known = self._last
        if around is leaf.around and outer is state:
            return known
        inner = state
        for element in leaf.around:
            inner = state_below_element(element, inner, self.ground)
        self._last = (leaf.around, state, inner)
        return inner

    def runs(self, node: Element, state: State = PLAINLY) -> list[Run]:
        """All text below an element; the borders of blocks become line ends."""
        runs: list[Run] = []
        row: list[TreeLeaf] = []
        at = state

        def end_row() -> None:
            runs.extend(self.runs_of(row, replace(at, pre=False)))
            row.clear()

        stack: list[tuple[MarkdownNode | None, State]] = [(c, state) for c in reversed(node.children)]
        while stack:
            child, outer = stack.pop()
            if isinstance(child, TreeLeaf):
                at = outer
                row.append(child)
                continue
            end_row()
            runs.append(Run(BREAK))
            if child is not None and id(child) not in self.dropped:
                inner = self.inherit(child, outer)
                stack.append((None, outer))
                stack.extend((c, inner) for c in reversed(child.children))
        end_row()
        return runs

    def inline(self, node: Element) -> Inlines:
        """All text below an element as one run of inlines, lines joined by spaces."""
        runs = [Run(" ") if r.object is None and r.text == BREAK else r for r in self.runs(node)]
        return nest(tidy(runs))

    def note_of(self, nodes: Iterable[MarkdownNode], mark: str) -> Note:
        """A note that says what these nodes hold."""
        return Note(signs_as_text(self.blocks(nodes, PLAINLY, 1)), mark)


def text_of(node: MarkdownNode, dropped: set[int] | frozenset[int] = frozenset()) -> str:
    """The words of a node as one string: "\\n" between blocks, nothing between texts of a line."""
    parts: list[str] = []
    stack: list[MarkdownNode | str] = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, str):
            parts.append(at)
        elif isinstance(at, TreeLeaf):
            parts.append(at.text if at.kind in ("text", "break") else "")
        else:
            parts.append("\n")
            if at is node or id(at) not in dropped:
                stack.append("\n")
                stack.extend(reversed(at.children))
    return "".join(parts)


def _is_space(row: Sequence[TreeLeaf]) -> bool:
    return all(leaf.kind == "text" and leaf.text.isspace() for leaf in row)


def _one_ruby(row: Sequence[TreeLeaf], at: int, ruby: Element) -> list[TreeLeaf]:
    """The texts of a `<ruby>`; none where it holds more than texts, or a link, or no reading."""
    group: list[TreeLeaf] = []
    for leaf in row[at:]:
        if all(e is not ruby for e in leaf.around):
            break
        if leaf.kind != "text" or any(e.name == "a" for e in leaf.around[leaf.around.index(ruby) :]):
            return []
        group.append(leaf)
    return group if any(e.name == "rt" for leaf in group for e in leaf.around) else []


def words_of_node(node: MarkdownNode) -> str:
    """The words of a node with all white space as single spaces."""
    return " ".join(text_of(node).split())


def has_words(node: MarkdownNode) -> bool:
    """Whether there is a letter or a digit below a node."""
    return any(leaf.kind == "text" and any(map(str.isalnum, leaf.text)) for leaf in tree_leaves(node))
