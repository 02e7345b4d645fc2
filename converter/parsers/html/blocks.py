"""The allowlist walk: elements of the story -> items (blocks, gaps, headings). What has no place in the model
is not carried over.

Elements that only wrap are walked with a stack of our own, so nesting costs nothing; only what nests in the model
(quotes, lists, tables, boxes) is walked by recursion, to `NEST_LIMIT`, and unwrapped below that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bs4.element import NavigableString, Tag

from converter.document.model import Align, Block, Inlines, Note
from converter.parsers.html.anchors import NOWHERE, Places
from converter.parsers.html.breaks import Habit
from converter.parsers.html.images import Images
from converter.parsers.html.inlines import BREAK, NO_MARK, Run, nest, tidy
from converter.parsers.html.items import Item
from converter.parsers.html.listed import Listed, lists_joined
from converter.parsers.html.look import PLAIN, Look
from converter.parsers.html.marks import PLAINLY, Ground, State, inherit, is_ruby, is_space, ruby_runs, text_runs
from converter.parsers.html.page import BLOCKS, NOT_TEXT, UNSEEN, Page, attribute, children, element_text, one_line
from converter.parsers.html.paragraphs import paragraphs
from converter.parsers.html.shapes import settle, signs_as_text
from converter.parsers.html.tree import LeanString

MOST = 0.6  # of a story's letters
PREFORMATTED = frozenset("pre xmp listing plaintext".split())
NEST_LIMIT = 12  # quotes in lists in boxes; a deeper nest is an accident of the markup
INITIAL = 3  # letters of a dropped initial: “A, “I or one letter
QUOTED = ("“", "”", "„", "«", "»", "‘", '"', "'", "「", "『")  # a `<q>` that brings its own marks gets no others


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a block element on the walk's stack; `text` is written there (the closing mark of `<q>`)."""

    block: bool = True
    text: str = ""


Handler = Callable[["Walk", Tag, Look, State, int], "Sequence[Item | Listed] | bool"]


class Walk:
    """One walk over one page. `handle` makes the items of an element that is more than a wrapper, and says False of any
    other (`special.special_items`). `notes` maps id(anchor) to the elements of the note it cites; `places` are
    what its links lead to."""

    def __init__(
        self,
        page: Page,
        handle: Handler,
        looks: Mapping[int, Look],
        images: Images,
        habit: Habit,
        notes: Mapping[int, tuple[str, Sequence[Tag]]] | None = None,
        language: str = "",
        places: Places = NOWHERE,
    ) -> None:
        self.page, self.looks, self.images, self.habit = page, looks, images, habit
        self.handle = handle
        self.notes = dict(notes or {})
        self.ground = Ground(habit, language, page.address, places)
        self.keys = places.keys
        self.note_roots: list[Tag] = []
        self.orders: dict[int, dict[int, int]] = {}  # id(parent) -> id(child) -> place
        self.taken: set[int] = set()  # ids of elements that an element before them took along
        self.forced: set[int] = set()  # ids of dropped elements that are being walked all the same
        self.asides: dict[int, str] = {}  # id(element) -> kind, for notes inside a chapter's text that a table names

    # ------------------------------------------------------------------------------------------- blocks

    def items(self, roots: Iterable[Tag | NavigableString], state: State = PLAINLY, depth: int = 0) -> list[Item]:
        """The items of these nodes, in order."""
        out: list[Item | Listed] = []
        runs: list[Run] = []
        align: Align = state.align
        at: Tag | NavigableString | None = None
        stack: list[tuple[Tag | NavigableString | Close, State]] = [(r, state) for r in reversed(list(roots))]

        def flush() -> None:
            nonlocal at
            if runs:
                out.extend(paragraphs(runs, align, self.page.origin(at), self.habit))
                runs.clear()
            at = None

        while stack:
            node, held = stack.pop()
            if isinstance(node, Close):
                if node.text:
                    runs.append(Run(node.text, held.mark))
                if node.block:
                    flush()
                continue
            if isinstance(node, NavigableString):
                if not isinstance(node, NOT_TEXT) and str(node):
                    if at is None and not str(node).isspace():
                        at, align = node, held.align
                    runs.extend(text_runs(str(node), held))
                continue
            name = node.name
            if (id(node) in self.page.dropped and id(node) not in self.forced) or (name in UNSEEN and name != "img"):
                if name in BLOCKS:
                    flush()
                elif is_space(node):
                    runs.append(Run(" "))  # it parts words whoever leaves it out
                continue
            if name == "br":
                if at is None:
                    at, align = node, held.align
                runs.append(Run(BREAK))
                continue
            if name == "p" and (only := self._only_text(node)) is not None:  # most of a page's elements
                flush()
                at, align = only, held.align
                runs.extend(text_runs(str(only), held))
                flush()
                continue
            look = self.looks.get(id(node), PLAIN)
            if name == "img":
                self.image(node, held, runs)
                if runs and at is None:
                    at, align = node, held.align
                continue
            special = depth < NEST_LIMIT and self.handle(self, node, look, held, depth)
            if special is not False and special is not True:
                flush()
                out.extend(special)
                continue
            inner = self.inherit(node, look, held)
            if name in PREFORMATTED:
                inner = replace(inner, pre=True)
            block = name in BLOCKS or bool(look.block and not _is_initial(node, look))
            if name == "a" and id(node) in self.notes:
                if at is None:
                    at, align = node, held.align
                runs.append(Run("", NO_MARK, self._note(node, depth)))
                continue
            if is_ruby(node):
                runs.extend(ruby_runs(node, held, self.page.dropped))
                continue
            if block:
                flush()
                stack.append((Close(), held))
                if look.align or attribute(node, "align") or name == "center":
                    align = inner.align
            elif name == "q" and not one_line(node).startswith(QUOTED):
                runs.append(Run("“", inner.mark))
                stack.append((Close(False, "”"), inner))
            stack.extend((c, inner) for c in reversed(children(node)))
        flush()
        return lists_joined(out, self.page.dropped)

    def _only_text(self, node: Tag) -> NavigableString | None:
        """The text of an element that holds nothing else and says nothing about it."""
        key = id(node)
        if node.attrs or len(node.contents) != 1 or key in self.looks or key in self.asides or key in self.keys:
            return None
        only = node.contents[0]
        return only if isinstance(only, LeanString) and not only.isspace() else None

    def blocks(
        self, roots: Iterable[Tag | NavigableString], state: State = PLAINLY, depth: int = 0
    ) -> tuple[Block, ...]:
        """The finished blocks of a part that has no chapters in it: gaps settled, headings as `Heading`."""
        return settle(self.items(roots, state, depth), inner=True)

    def after(self, node: Tag) -> Iterator[Tag]:
        """The elements beside this one, after it. Where each stands is looked up once for all: the tree asks anew."""
        parent = node.parent
        if parent is None:
            return
        if id(parent) not in self.orders:
            self.orders[id(parent)] = {id(child): place for place, child in enumerate(parent.contents)}
        for place in range(self.orders[id(parent)][id(node)] + 1, len(parent.contents)):
            if isinstance(child := parent.contents[place], Tag):
                yield child

    def inherit(self, element: Tag, look: Look, held: State) -> State:
        """The state below this element."""
        return inherit(element, look, held, self.ground)

    def is_most(self, node: Tag) -> bool:
        """Whether an element holds most of the story: then it is a frame around it."""
        if not self.habit.letters:
            return False
        return len(" ".join(element_text(node, self.page.dropped).split())) > MOST * self.habit.letters

    def runs(self, node: Tag, state: State = PLAINLY) -> list[Run]:
        """All text under an element as runs; blocks and `<br>` become line breaks."""
        runs: list[Run] = []
        stack: list[tuple[Tag | NavigableString | None, State]] = [(c, state) for c in reversed(children(node))]
        while stack:
            child, held = stack.pop()
            if child is None:
                runs.append(Run(BREAK))
            elif isinstance(child, NavigableString):
                if not isinstance(child, NOT_TEXT):
                    runs.extend(text_runs(str(child), replace(held, pre=False)))
            elif child.name == "br":
                runs.append(Run(BREAK))
            elif child.name == "img":
                self.image(child, held, runs)
            elif is_ruby(child) and id(child) not in self.page.dropped:
                runs.extend(ruby_runs(child, held, self.page.dropped))
            elif child.name == "a" and id(child) in self.notes:
                runs.append(Run("", NO_MARK, self._note(child, NEST_LIMIT)))
            elif id(child) in self.page.dropped or child.name in UNSEEN:
                if child.name in BLOCKS:
                    runs.append(Run(BREAK))
                elif is_space(child):
                    runs.append(Run(" "))
            else:
                inner = self.inherit(child, self.looks.get(id(child), PLAIN), held)
                if child.name in BLOCKS:
                    runs.append(Run(BREAK))
                    stack.append((None, held))
                stack.extend((c, inner) for c in reversed(children(child)))
        return runs

    def inline(self, node: Tag) -> Inlines:
        """All text under an element as one run of inlines, lines joined by spaces."""
        runs = [Run(" ") if r.object is None and r.text == BREAK else r for r in self.runs(node)]
        return nest(tidy(runs))

    def _note(self, anchor: Tag, depth: int) -> Note:
        mark, roots = self.notes[id(anchor)]
        self.note_roots.extend(roots)
        del self.notes[id(anchor)]  # a note that cites itself ends here
        content = [c for r in roots for c in (children(r) if r.name in ("li", "dd", "td", "aside", "div") else [r])]
        self.forced.update(map(id, roots))
        blocks = signs_as_text(self.blocks(content, PLAINLY, min(depth + 1, NEST_LIMIT)))
        self.forced.difference_update(map(id, roots))
        return Note(blocks, mark)

    def uncited(self) -> list[Item]:
        """The notes whose marks the walk never met (they stood in a drawing, a control): as text, so that none is
        lost."""
        out: list[Item] = []
        while self.notes:
            anchor = next(iter(self.notes))
            _, roots = self.notes.pop(anchor)
            self.note_roots.extend(roots)
            self.forced.update(map(id, roots))
            out.extend(self.items(roots))
        return out

    def image(self, node: Tag, held: State, runs: list[Run]) -> None:
        """The picture, or its words where there is none, at the end of the runs."""
        found = self.images.find(node, self.page)
        if isinstance(found, str):
            runs.append(Run(found or " ", held.mark))  # a picture that is not there parts what it stood between
        else:
            runs.append(Run("", NO_MARK, found))


def _is_initial(node: Tag, look: Look) -> bool:
    """A large first letter that the text flows around: it is the beginning of a word, not a line."""
    return bool(look.floats) and len(one_line(node)) <= INITIAL
