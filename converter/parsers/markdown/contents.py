"""A file's own contents list: links to places in it. The book makes its own, so this one is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.parsers.markdown.tree import Element, MarkdownNode, Tree, TreeLeaf, elements, written_in
from converter.parsers.markdown.walk import words_of_node
from converter.parsers.tag_names import ANNOUNCING, CONTENTS
from converter.recognisers.lines.list_headings import over_contents
from converter.recognisers.lines.note_marks import is_short_mark

ENTRIES = 3  # links; fewer are a cross-reference
LINKED_SHARE = 0.6  # of the list's words stand in its links; the rest are numbers, dots and page numbers
ENTRY = frozenset("p li div h2 h3 h4 h5".split())
ENTRY_WORDS = 20

Links = dict[int, list[str]]  # the words of the links in a block, by its id()


def contents_of(tree: Tree) -> Iterator[Element]:
    """The blocks of the file's contents lists, and the headings that announce them, in order."""
    links = _links(tree)
    if not links:
        return
    counts = _word_counts(tree.body)
    gone: dict[int, Element] = {}
    for element in elements(tree.body):
        words = links.get(id(element))
        if words is None or element.name not in CONTENTS or _is_in(element, gone):
            continue
        if len(words) >= ENTRIES and sum(len(w.split()) for w in words) >= LINKED_SHARE * counts[id(element)]:
            gone[id(element)] = element
            gone.update(_heading(element, gone))
    for run in _single_entries(tree, links, counts, gone):
        for entry in run:
            gone[id(entry)] = entry
        gone.update(_heading(run[0], gone))
    yield from (e for e in elements(tree.body) if id(e) in gone)


def _links(tree: Tree) -> Links:
    by_block: Links = {}
    for link in tree.links:
        if not link.attribute("href").startswith("#") or len(link.attribute("href")) < 2:
            continue
        words = " ".join("".join(leaf.text for leaf in written_in(link)).split())
        if not words or is_short_mark(words):
            continue
        at = link.parent
        while at is not None and at is not tree.body:
            by_block.setdefault(id(at), []).append(words)
            at = at.parent
    return by_block


def _is_in(element: Element, gone: dict[int, Element]) -> bool:
    at: Element | None = element
    while at is not None:
        if id(at) in gone:
            return True
        at = at.parent
    return False


def _heading(listing: Element, gone: dict[int, Element]) -> dict[int, Element]:
    """The short line just before a contents list that names it, by its id()."""
    row = listing.parent.children if listing.parent is not None else []
    before = next((c for at in range(listing.place - 1, -1, -1) if (c := row[at]) and words_of_node(c)), None)
    if not isinstance(before, Element) or before.name not in ANNOUNCING or id(before) in gone:
        return {}
    return {id(before): before} if over_contents(words_of_node(before)) else {}


def _word_counts(body: Element) -> dict[int, int]:
    """The words in every block, in one pass."""
    counts: dict[int, int] = {}
    words = 0
    stack: list[tuple[MarkdownNode, int]] = [(body, -1)]  # a block comes back with the words before it
    while stack:
        node, before = stack.pop()
        if isinstance(node, TreeLeaf):
            words += len(node.text.split())
        elif before >= 0:
            counts[id(node)] = words - before
        else:
            stack.append((node, words))
            stack.extend((child, -1) for child in reversed(node.children))
    return counts


def _single_entries(
    tree: Tree, links: Links, counts: dict[int, int], gone: dict[int, Element]
) -> Iterator[Sequence[Element]]:
    """Contents as a row of paragraphs, one link each."""
    run: list[Element] = []
    for element in elements(tree.body):
        if element.name not in ENTRY or _is_in(element, gone):
            continue
        words = links.get(id(element), [])
        is_entry = (
            len(words) == 1
            and counts[id(element)] <= ENTRY_WORDS
            and len(words[0]) >= LINKED_SHARE * len(words_of_node(element))
        )
        if is_entry and (not run or element.parent is run[-1].parent):
            run.append(element)
        elif counts[id(element)] and run:
            if len(run) >= ENTRIES:
                yield run
            run = [element] if is_entry else []
    if len(run) >= ENTRIES:
        yield run
