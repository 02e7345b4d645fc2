"""Notes that are cited by links: `<sup>[1](#n1)</sup>` in the text, `<p id="n1">` where their words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.markdown.tags import BLOCKS
from converter.parsers.markdown.tree import Element, Tree, TreeLeaf, elements, tree_leaves, written_in
from converter.parsers.markdown.walk import has_words, words_of_node
from converter.parsers.tag_names import NOTE_HOLDERS
from converter.recognisers.lines.note_marks import is_mark, leads_back, names_note, stands_apart

NOTE_LETTERS = 20_000  # a longer target is a section, not a note
MOST_NOTES = 3_000
TYPED = regex(r"\s{0,9}[\[({]?([^\s\[\](){}.:]{1,12})[\])}]?[.:)]?\s+")
BRACKETS = "[](){} ."

Omit = Callable[[str, str, int], None]


class Cited(NamedTuple):
    """A note: what cites it, the words of that, and the block that holds it."""

    link: Element
    words: str
    holder: Element

    @property
    def mark(self) -> str:
        """Its sign."""
        return self.words.strip(BRACKETS)


def take_notes(tree: Tree, dropped: set[int], omit: Omit) -> Mapping[str, Cited]:
    """The notes that links cite, by new keys. In the tree each link becomes a citation, and what leads back from a
    note is taken out of it; both are told to `omit`. The blocks of the notes are dropped where they stand."""
    targets: dict[str, Element] = {}
    for element in tree.named:
        for value in (element.attribute("id"), element.attribute("name")):
            targets.setdefault(value, element)
    notes: dict[str, Cited] = {}
    for link in tree.links if targets else ():
        note = _cited(link, targets, dropped)
        if note is None or len(notes) >= MOST_NOTES:
            continue
        key = f"#{len(notes) + 1}"
        notes[key] = note
        dropped.add(id(note.holder))
        omit("note mark", note.words, link.line)
        _cite(link, key)
        _drop_way_back(note, omit)
    return notes


def _cited(link: Element, targets: Mapping[str, Element], dropped: set[int]) -> Cited | None:
    mark = _words(link)
    target = targets.get(link.attribute("href")[1:]) if link.attribute("href").startswith("#") else None
    if target is None or not is_mark(mark) or not _is_raised(link, mark) or target.number <= link.number:
        return None
    holder = _holder(target)
    if holder is None or id(holder) in dropped or len(words_of_node(holder)) > NOTE_LETTERS:
        return None
    if any(at is holder or id(at) in dropped for at in _around(link)):
        return None
    return Cited(link, mark, holder)


def _words(link: Element) -> str:
    return " ".join("".join(leaf.text for leaf in written_in(link)).split())


def _is_raised(link: Element, mark: str) -> bool:
    """Whether a link looks like one to a note: raised, in brackets, a sign, or called so."""
    names = " ".join(link.attribute(name) for name in ("class", "role", "id", "href"))
    raised = all(any(e.name == "sup" for e in leaf.around) for leaf in written_in(link))
    return raised or stands_apart(mark) or names_note(names)


def _around(element: Element) -> Iterator[Element]:
    at = element.parent
    while at is not None:
        yield at
        at = at.parent


def _holder(target: Element) -> Element | None:
    """The block that holds a note, for the place that a link leads to."""
    at: Element | None = target if target.name in BLOCKS else target.parent
    while at is not None and at.name not in NOTE_HOLDERS:
        at = at.parent
    if at is None:
        return None
    above = at.parent
    if at.name == "p" and above is not None and above.name in ("li", "dd", "aside"):
        first = next((c for c in above.children if isinstance(c, Element)), None)
        at = above if first is at else at
    if has_words(at):
        return at
    row = at.parent.children[at.place + 1 :] if at.parent is not None else []
    after = next((c for c in row if isinstance(c, Element)), None)
    return after if after is not None and after.name in NOTE_HOLDERS else None


def _cite(link: Element, key: str) -> None:
    """The words of a link give way to the citation of a note."""
    row = link.parent.children if link.parent is not None else []
    written = [leaf for leaf in written_in(link) if leaf.kind == "text"]
    for leaf in written:
        leaf.text = ""
    if written:
        first = written[0]
        at = next(n for n in range(link.place, len(row)) if row[n] is first)
        row[at] = TreeLeaf("note", key, first.line)


def _drop_way_back(note: Cited, omit: Omit) -> None:
    """Takes out of a note the links that lead back, and the number that stands before its words."""
    inside = {id(note.holder), *(id(e) for e in elements(note.holder))}
    texts = [leaf for leaf in tree_leaves(note.holder) if leaf.kind == "text"]
    for link in {id(e): e for leaf in texts for e in leaf.around if e.name == "a" and id(e.parent) in inside}.values():
        words = _words(link)
        if words and (leads_back(words) or words.strip(BRACKETS + ":") == note.mark):
            omit("note mark", words, link.line)
            for leaf in written_in(link):
                leaf.text = ""
    first = next((leaf for leaf in texts if leaf.text.strip()), None)
    if first is not None and (typed := _typed_mark(first.text, note.mark)):
        omit("note mark", typed.strip(), first.line)
        first.text = first.text[len(typed) :]


def _typed_mark(text: str, bare: str) -> str:
    """The note's own number where it is typed before its words ("1. ", "[1] ", "* "), or "": nothing in doubt."""
    number = TYPED.match(text)
    if number is None or number[1] != bare or not text[number.end() :].strip():
        return ""
    return number[0] if number[0].strip() != bare or not bare[-1:].isalnum() else ""
