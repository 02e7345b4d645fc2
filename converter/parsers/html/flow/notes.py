"""Footnotes of a page: anchors that point at a place below them, with the text that stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from bs4.element import NavigableString, Tag

from converter.document.contracts import Omission
from converter.document.record import dataclass
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.flow.note_bodies import beside, continued, holder_of, term_above
from converter.parsers.tag_names import ANNOUNCING
from converter.recognisers.lines.list_headings import over_notes, over_sources
from converter.recognisers.lines.note_marks import (
    MARK_LETTERS,
    is_mark,
    is_sign_of_note,
    leads_back,
    names_note,
    stands_apart,
)

NOTE_TEXT = 20_000  # letters; a longer target is a section, not a note
NOTES_LIMIT = 3_000
HEADING_WORDS = 6
HEADING_LEVELS = 4  # elements around a note beside which a heading may stand
OWNER = "notes"
SOURCE_LIST = 2  # entries of a list that its heading calls one of sources
CITED_AGAIN = 1  # entries of a list that are cited from several places: sources are, notes are not
_STOP = re.compile(r"\s*[.:)]\s+")
LEVELS = 3  # elements around a list beside which its heading may stand


@dataclass(frozen=True, slots=True)
class PageNotes:
    """The notes of a page's story. `bodies`: id(anchor) -> its mark and the elements of its note; `instead`: what is
    read in the place of a text (by its id) whose typed number is cut off; `omissions`: the marks."""

    bodies: Mapping[int, tuple[str, Sequence[Tag]]] = field(default_factory=dict)
    instead: Mapping[int, str] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()


NO_NOTES = PageNotes()


def find_notes(page: Page, excluded: Exclusions, roots: Iterable[Tag], *, sources: bool = False) -> PageNotes:
    """The notes that are cited in these elements. Ways back and headings over notes are excluded, and so are the notes:
    they stand where they are cited.

    `sources`: a list of the works that an article cites stays a list where it is, and its marks stay in the text.
    """
    targets: dict[str, Tag] = {}
    for element in page.elements:
        for name in ("id", "name"):
            value = attribute(element, name)
            if value:
                targets.setdefault(value, element)
    inside = {id(root) for root in roots}
    anchors = [
        a
        for a in page.index.by_name.get("a", ())
        if len(href := attribute(a, "href")) > 1 and href[0] == "#" and any(id(p) in inside for p in a.parents)
    ]
    cited = [one for a in anchors[: 4 * NOTES_LIMIT] if (one := _cited(excluded, a, targets)) is not None]
    listed = _lists_of_sources(cited) if sources else set()
    apparatus = _Apparatus(page, excluded)
    for anchor, mark, holder in cited:
        if len(apparatus.bodies) < NOTES_LIMIT and id(holder.parent) not in listed:
            apparatus.take(anchor, mark, holder, targets)
    apparatus.exclude_headings()
    for _, body in apparatus.bodies.values():
        for element in body:
            excluded.move(element, "notes")
    return PageNotes(apparatus.bodies, apparatus.instead, tuple(apparatus.omissions))


class _Apparatus:
    """The notes so far, and what was cut off around them."""

    def __init__(self, page: Page, excluded: Exclusions) -> None:
        self.page, self.excluded = page, excluded
        self.bodies: dict[int, tuple[str, Sequence[Tag]]] = {}
        self.instead: dict[int, str] = {}
        self.omissions: list[Omission] = []
        self.used: set[int] = set()

    def take(self, anchor: Tag, mark: str, holder: Tag, targets: Mapping[str, Tag]) -> None:
        """A note with its body, unless that is another's already, left out, or too long for one."""
        if id(holder) in self.used or self.excluded.holds(anchor):
            return
        body = [holder, *continued(holder, targets)]
        if sum(len(one_line(b)) for b in body) > NOTE_TEXT:
            return
        self.used.update(map(id, body))
        self.bodies[id(anchor)] = (mark.strip("[](){} "), body)
        self._omit(mark, anchor)
        if (term := term_above(holder)) is not None and is_sign_of_note(one_line(term)):
            self.excluded.add(term, "note mark", OWNER)
        self._exclude_way_back(body, anchor, mark)
        self._cut_typed_mark(body[0], mark.strip("[](){} ."))

    def exclude_headings(self) -> None:
        """A heading that only announces the notes, and stands between none of them and the story any more."""
        for _, body in self.bodies.values():
            at: Tag | None = body[0]
            for _ in range(HEADING_LEVELS):
                if at is None:
                    break
                before = next((e for e in beside(at.previous_siblings) if e not in self.excluded), None)
                if before is not None:
                    if before.name in ANNOUNCING and over_notes(one_line(before)):
                        self.excluded.add(before, "note heading", OWNER)
                    break
                at = at.parent

    def _omit(self, text: str, at: Tag) -> None:
        if text:
            self.omissions.append(Omission("note mark", text, self.page.origin(at)))

    def _exclude_way_back(self, body: Sequence[Tag], anchor: Tag, mark: str) -> None:
        around = [anchor, *list(anchor.parents)[:2], *anchor.find_all(True)]
        own = {attribute(e, n) for e in around for n in ("id", "name")} - {""}
        bare = mark.strip("[](){} .")
        for element in body:
            for link in element.find_all("a"):
                words = one_line(link)
                repeats = bool(words) and words.strip("[](){} .:") == bare
                if attribute(link, "href")[1:] in own or leads_back(words) or repeats:
                    raised = link.parent
                    whole = raised is not None and raised.name == "sup" and one_line(raised) == words
                    top = raised if raised is not None and whole else link
                    self.excluded.add(top, "note mark", OWNER)
                    self._cut_brackets(top)

    def _cut_brackets(self, link: Tag) -> None:
        """The brackets that stood around a way back: "[back]"."""
        before, after = link.previous_sibling, link.next_sibling
        if isinstance(after, NavigableString) and not (before is not None and before.get_text().strip()):
            self._cut_stop(after, link)
        if not isinstance(before, NavigableString) or not isinstance(after, NavigableString):
            return
        opened, closed = self._shown(before).rstrip(), self._shown(after).lstrip()
        if opened[-1:] + closed[:1] not in ("[]", "()", "{}"):
            return
        self._omit(opened[-1] + closed[0], link)
        self.instead[id(before)] = opened[:-1]
        self.instead[id(after)] = closed[1:]

    def _cut_stop(self, after: NavigableString, link: Tag) -> None:
        """The stop behind a way back that begins the note: "1. "."""
        shown = self._shown(after)
        if (stop := _STOP.match(shown)) and shown[stop.end() :].strip():
            self._omit(stop[0].strip(), link)
            self.instead[id(after)] = shown[stop.end() :]

    def _cut_typed_mark(self, body: Tag, bare: str) -> None:
        """The note's own number at the beginning of its words: in an element of its own, or typed."""
        words = (t for t in body.find_all(string=True) if self._shown(t).strip() and not isinstance(t, NOT_TEXT))
        first = next((t for t in words if not self.excluded.holds(t)), None)
        if not isinstance(first, NavigableString) or not bare:
            return
        text, parent = self._shown(first), first.parent
        own = parent is not None and parent.name in ("sup", "span", "b", "strong")
        if parent is not None and own and text.strip().strip("[](){} .:") == bare:
            self.excluded.add(parent, "note mark", OWNER)
        elif typed := _typed_mark(text, bare):
            self._omit(typed.strip(), body)
            self.instead[id(first)] = text[len(typed) :]

    def _shown(self, node: NavigableString) -> str:
        return self.instead.get(id(node), node)


def _cited(excluded: Exclusions, anchor: Tag, targets: Mapping[str, Tag]) -> tuple[Tag, str, Tag] | None:
    """A link that cites a note below it: itself, its sign, the element that holds the note."""
    mark = one_line(anchor)
    if len(mark) > MARK_LETTERS or not _is_reference(anchor, mark) or excluded.holds(anchor):
        return None
    target = targets.get(attribute(anchor, "href")[1:])
    if target is None or place(target) <= place(anchor):
        return None
    holder = holder_of(target)
    if holder is None or any(p is holder for p in anchor.parents):
        return None
    if any(p is anchor or p.name in UNSEEN for p in holder.parents) or any(p.name in UNSEEN for p in anchor.parents):
        return None  # a link without an end holds all that follows; no browser shows a note in a control
    return anchor, mark, holder


def _lists_of_sources(cited: Sequence[tuple[Tag, str, Tag]]) -> set[int]:
    """Ids of the lists whose entries are sources: their heading says so, or several are cited again and again."""
    times: dict[int, Counter[int]] = {}
    lists: dict[int, Tag] = {}
    for _, _, holder in cited:
        if holder.name == "li" and holder.parent is not None:
            times.setdefault(id(holder.parent), Counter())[id(holder)] += 1
            lists[id(holder.parent)] = holder.parent
    return {
        key
        for key, entries in times.items()
        if sum(n > 1 for n in entries.values()) >= CITED_AGAIN
        or (len(entries) >= SOURCE_LIST and over_sources(_named(lists[key])))
    }


def _named(listing: Tag) -> str:
    """The words of the heading that stands over a list."""
    at: Tag | None = listing
    for _ in range(LEVELS):
        if at is None or at.name == "body":
            break
        before = at.find_previous_sibling()
        while isinstance(before, Tag) and not one_line(before):
            before = before.find_previous_sibling()
        if isinstance(before, Tag):
            heading = before if before.name in ANNOUNCING else before.find(["h2", "h3", "h4"])
            words = one_line(heading) if isinstance(heading, Tag) else ""
            return words if len(words.split()) <= HEADING_WORDS else ""
        at = at.parent
    return ""


def _is_reference(anchor: Tag, mark: str) -> bool:
    names = (
        f"{attribute(anchor, 'class')} {attribute(anchor, 'epub:type')} {attribute(anchor, 'role')} "
        f"{attribute(anchor, 'id')} {attribute(anchor, 'href')}"
    )
    if names_note(names):
        return bool(mark) and not leads_back(mark)
    if not is_mark(mark):
        return False
    raised = anchor.find("sup") is not None or (anchor.parent is not None and anchor.parent.name == "sup")
    return raised or stands_apart(mark)


def _typed_mark(text: str, bare: str) -> str:
    """The note's own number where it is typed before its words ("1. ", "[1] ", "* "), or "": nothing in doubt."""
    mark = re.escape(bare)
    stop = "" if bare[-1].isalnum() else "?"
    typed = re.match(rf"\s*(?:[\[({{]\s*{mark}\s*[\])}}][.:]?|{mark}[.:)]{stop})\s+", text)
    return typed[0] if typed and text[typed.end() :].strip() else ""
