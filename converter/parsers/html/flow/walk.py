"""The allowlist walk: elements of the story -> items (blocks, gaps, headings). What has no place in the model
is not carried over.

Elements that only wrap are walked with a stack of our own, so nesting costs nothing; only what nests in the model
(quotes, lists, tables, boxes) is walked by recursion, to `NEST_LIMIT`, and unwrapped below that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bs4.element import NavigableString, Tag

from converter.document.model import Block, Inlines, Note
from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.html.dom.nodes import BLOCKS, NOT_TEXT, UNSEEN, child_nodes, element_text, one_line
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.images import Images
from converter.parsers.html.flow.inline_style import InlineContext, is_ruby, is_space, ruby_runs, state_below_tag
from converter.parsers.html.flow.listed import Listed, lists_joined
from converter.parsers.html.flow.story import WalkContext
from converter.parsers.html.flow.stretch import Close, Stretch
from converter.parsers.html.flow.verse_indents import NO_LEADS, lead_below, lead_of
from converter.parsers.items.frames import NEST_LIMIT, STORY_SHARE
from converter.parsers.items.inlines import BREAK, NO_MARK, Run, nest, tidy
from converter.parsers.items.kinds import Item
from converter.parsers.items.normalisation import blocks_of, signs_as_text
from converter.parsers.items.style_marks import PLAINLY, State, text_runs

PREFORMATTED = frozenset("pre xmp listing plaintext".split())
INITIAL = 3  # letters of a dropped initial: “A, “I or one letter
QUOTED = ("“", "”", "„", "«", "»", "‘", '"', "'", "「", "『")  # a `<q>` that brings its own marks gets no others


TagHandler = Callable[["PageWalk", Tag, ComputedStyle, State, int], "Sequence[Item | Listed] | bool"]


class PageWalk:
    """One walk over one page's story. `handle` makes the items of an element that is more than a wrapper, and says
    False of any other (`elements.special_items`). What it uses elsewhere (a caption) is added to `story.excluded`."""

    def __init__(
        self,
        story: WalkContext,
        handle: TagHandler,
        images: Images,
    ) -> None:
        self.story, self.page, self.styles, self.excluded = story, story.page, story.styles, story.excluded
        self.images, self.habit = images, story.habit
        self.handle = handle
        self.notes = dict(story.notes.bodies)
        self.instead = story.notes.instead
        self.ground = InlineContext(story.habit, story.language, story.address, story.places)
        self.keys = story.places.keys
        self.note_roots: list[Tag] = []
        self.orders: dict[int, dict[int, int]] = {}  # id(parent) -> id(child) -> place
        self.joined: set[int] = set()  # ids of elements that an element before them took along
        self.forced: set[int] = set()  # ids of excluded elements that are being walked all the same
        self.passed: set[int] = set()  # ids of elements that are passed over until it is known what they are
        self.asides = story.asides

    # ------------------------------------------------------------------------------------------- blocks

    def items(self, roots: Iterable[Tag | NavigableString], state: State = PLAINLY, depth: int = 0) -> list[Item]:
        """The items of these nodes, in order."""
        stretch = Stretch(self.story, state.align)
        stack: list[tuple[Tag | NavigableString | Close, State]] = [(r, state) for r in reversed(list(roots))]
        while stack:
            node, outer = stack.pop()
            if isinstance(node, Close):
                stretch.close(node, outer)
            elif isinstance(node, NavigableString):
                stretch.text(node, outer)
            elif self._is_left_out(node):
                stretch.left_out(node)
            elif not self._leaf(stretch, node, outer):
                style = self.styles.get(id(node), PLAIN)
                special = depth < NEST_LIMIT and self.handle(self, node, style, outer, depth)
                if special is not False and special is not True:
                    stretch.flush()
                    stretch.out.extend(special)
                else:
                    stack.extend(self._opened(stretch, node, style, outer, depth))
        stretch.flush()
        return lists_joined(stretch.out, self.excluded)

    def _is_left_out(self, node: Tag) -> bool:
        if node.name in UNSEEN and node.name != "img":
            return True
        return self.passes_over(node) and id(node) not in self.forced

    def passes_over(self, node: Tag) -> bool:
        """Whether an element is excluded, or for now none of the text."""
        return id(node) in self.excluded.ids or id(node) in self.passed

    def shown(self, node: NavigableString) -> str:
        """What is read of a text: a note's typed number is cut off."""
        return self.instead.get(id(node), node)

    def text_of(self, node: Tag) -> str:
        """The words of an element without what is left out, lines parted by "\n"."""
        return element_text(node, self.excluded.ids, instead=self.instead)

    def _leaf(self, stretch: Stretch, node: Tag, state: State) -> bool:
        """Whether an element was one that ends a line, a paragraph of text alone, or a picture; then it is in its
        place."""
        match node.name:
            case "br":
                stretch.begin(node, state)
                stretch.runs.append(Run(BREAK))
            case "img" if not self._is_captioned(node):
                self.image(node, state, stretch.runs)
                if stretch.runs:
                    stretch.begin(node, state)
            case "p" if (only := self._only_text(node)) is not None:  # most of a page's elements
                stretch.flush()
                stretch.at, stretch.align = only, state.align
                stretch.runs.extend(text_runs(self.shown(only), state))
                stretch.flush()
            case _:
                return False
        return True

    def _is_captioned(self, node: Tag) -> bool:
        """Whether a picture has a caption below it that is still to be read."""
        caption = self.story.captions.get(id(node))
        return caption is not None and caption not in self.excluded

    def _opened(
        self, stretch: Stretch, node: Tag, style: ComputedStyle, state: State, depth: int
    ) -> Iterator[tuple[Tag | NavigableString | Close, State]]:
        """What is to be walked of an element that only wraps, the last first; its beginning is in its place."""
        name = node.name
        if name == "a" and id(node) in self.notes:
            stretch.begin(node, state)
            stretch.runs.append(Run("", NO_MARK, self._note(node, depth)))
            return
        if is_ruby(node):
            stretch.runs.extend(ruby_runs(node, state, self.excluded.ids))
            return
        inner = self.inherit(node, style, state)
        if name in PREFORMATTED:
            inner = replace(inner, pre=True)
        if _begins_line(node, style):
            stretch.flush()
            yield Close(), state
            if style.align or attribute(node, "align") or name == "center":
                stretch.align = inner.align
        elif name == "q" and not one_line(node).startswith(QUOTED):
            stretch.runs.append(Run("“", inner.mark))
            yield Close(False, "”"), inner
        yield from ((c, inner) for c in reversed(child_nodes(node)))

    def _only_text(self, node: Tag) -> NavigableString | None:
        """The text of an element that holds nothing else and says nothing about it."""
        key = id(node)
        if node.attrs or len(node.contents) != 1 or key in self.styles or key in self.asides or key in self.keys:
            return None
        only = node.contents[0]
        return only if type(only) is NavigableString and not only.isspace() else None

    def blocks(
        self, roots: Iterable[Tag | NavigableString], state: State = PLAINLY, depth: int = 0
    ) -> tuple[Block, ...]:
        """The finished blocks of a part that has no chapters in it: gaps settled, headings as `Heading`."""
        return blocks_of(self.items(roots, state, depth), inner=True)

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

    def inherit(self, element: Tag, style: ComputedStyle, state: State) -> State:
        """The state below this element."""
        return state_below_tag(element, style, state, self.ground)

    def is_most(self, node: Tag) -> bool:
        """Whether an element holds most of the story: then it is a frame around it."""
        if not self.habit.letters:
            return False
        return len(" ".join(self.text_of(node).split())) > STORY_SHARE * self.habit.letters

    def runs(self, node: Tag, state: State = PLAINLY, leads: Mapping[int, str] = NO_LEADS) -> list[Run]:
        """All text under an element as runs; blocks and `<br>` become line breaks. `leads`: what stands before the text
        of elements, by id()."""
        runs: list[Run] = []
        stack: list[tuple[Tag | NavigableString | None, State]] = [(c, state) for c in reversed(child_nodes(node))]
        while stack:
            child, outer = stack.pop()
            if child is None:
                runs.append(Run(BREAK))
            elif isinstance(child, NavigableString):
                if not isinstance(child, NOT_TEXT):
                    runs.extend(text_runs(self.shown(child), replace(outer, pre=False) if outer.pre else outer))
            elif child.name == "br":
                runs += (Run(BREAK), *lead_below(child, leads))
            elif child.name == "img":
                self.image(child, outer, runs)
            elif is_ruby(child) and not self.passes_over(child):
                runs.extend(ruby_runs(child, outer, self.excluded.ids))
            elif child.name == "a" and id(child) in self.notes:
                runs.append(Run("", NO_MARK, self._note(child, NEST_LIMIT)))
            elif self.passes_over(child) or child.name in UNSEEN:
                if child.name in BLOCKS:
                    runs.append(Run(BREAK))
                elif is_space(child):
                    runs.append(Run(" "))
            else:
                style = self.styles.get(id(child), PLAIN)
                inner = self.inherit(child, style, outer)
                if _begins_line(child, style):
                    runs.append(Run(BREAK))
                    stack.append((None, outer))
                runs += lead_of(child, leads)
                stack.extend((c, inner) for c in reversed(child_nodes(child)))
        return runs

    def inline(self, node: Tag) -> Inlines:
        """All text under an element as one run of inlines, lines joined by spaces."""
        runs = [Run(" ") if r.object is None and r.text == BREAK else r for r in self.runs(node)]
        return nest(tidy(runs))

    def _note(self, anchor: Tag, depth: int) -> Note:
        mark, roots = self.notes[id(anchor)]
        self.note_roots.extend(roots)
        del self.notes[id(anchor)]  # a note that cites itself ends here
        frame = len(roots) == 1 and roots[0].name in ("li", "dd", "td", "aside", "div")
        content = child_nodes(roots[0]) if frame else roots
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

    def image(self, node: Tag, state: State, runs: list[Run]) -> None:
        """The picture, or its words where there is none, at the end of the runs."""
        picture = self.images.find(node, self.page)
        if isinstance(picture, str):
            runs.append(Run(picture or " ", state.mark))  # a picture that is not there parts what it stood between
        else:
            runs.append(Run("", NO_MARK, picture))


def _begins_line(node: Tag, style: ComputedStyle) -> bool:
    """Whether an element stands on lines of its own, by its name or by CSS."""
    return node.name in BLOCKS or bool(style.block and not _is_initial(node, style))


def _is_initial(node: Tag, style: ComputedStyle) -> bool:
    """A large first letter that the text flows around: it is the beginning of a word, not a line."""
    return bool(style.floats) and len(one_line(node)) <= INITIAL
