"""Which elements hold a note: that to which its mark leads, and what goes on with it below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, takewhile

from bs4.element import PageElement, Tag

from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.tag_names import NOTE_HOLDERS
from converter.recognisers.lines.note_marks import is_sign_of_note, names_note

LONGEST = 8  # paragraphs of a note after its first


def holder_of(target: Tag) -> Tag | None:
    """The element that holds a note, for the place that its mark leads to; None where that is no note's."""
    if (term := _term(target)) is not None:
        meaning = term.find_next_sibling() if is_sign_of_note(one_line(term)) else None
        return meaning if isinstance(meaning, Tag) and meaning.name == "dd" else None
    at: Tag | None = target
    while at is not None and at.name not in NOTE_HOLDERS:
        at = at.parent
        if at is not None and at.name in ("body", "html"):
            return None
    if at is not None and at.name == "p" and at.parent is not None and at.parent.name in ("li", "dd", "aside"):
        first = next((c for c in at.parent.contents if isinstance(c, Tag)), None)
        if first is at:
            at = at.parent
    if at is not None and not _has_words(at):
        after = at.find_next_sibling()
        return after if isinstance(after, Tag) and after.name in NOTE_HOLDERS else None
    return at


def _term(target: Tag) -> Tag | None:
    """The term that a place is, or lies in; of a list with one entry also that entry's."""
    if target.name == "dl":
        terms = target.find_all("dt", limit=2)
        return terms[0] if len(terms) == 1 else None
    return target if target.name == "dt" else target.find_parent("dt")


def term_above(meaning: Tag) -> Tag | None:
    """The term of which this is the first meaning."""
    above = meaning.find_previous_sibling() if meaning.name == "dd" else None
    return above if isinstance(above, Tag) and above.name == "dt" else None


def _has_words(element: Tag) -> bool:
    return any(c.isalnum() for c in one_line(element))


def continued(first: Tag, targets: Mapping[str, Tag]) -> list[Tag]:
    """What belongs to a note after its first paragraph: in a list of notes, paragraphs up to the next note; in one of
    definitions, what else a sign means."""
    more: list[Tag] = []
    if first.name == "dd" and term_above(first) is not None:
        meanings = takewhile(
            lambda e: e.name == "dd" and attribute(e, "id") not in targets, beside(first.next_siblings)
        )
        return list(islice(meanings, LONGEST))
    if first.name != "p" or not names_note(
        " ".join(attribute(p, "class") + " " + attribute(p, "id") for p in [first, *list(first.parents)[:2]])
    ):
        return more
    for sibling in first.find_next_siblings():
        if (
            not isinstance(sibling, Tag)
            or sibling.name != "p"
            or attribute(sibling, "id") in targets
            or len(more) >= LONGEST
        ):
            break
        if sibling.find(["a"], attrs={"id": True}) is not None or sibling.find(["a"], attrs={"name": True}) is not None:
            break
        more.append(sibling)
    return more


def beside(siblings: Iterable[PageElement]) -> Iterator[Tag]:
    """The elements among the nodes beside another."""
    return (sibling for sibling in siblings if isinstance(sibling, Tag))
