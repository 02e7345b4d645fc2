"""Footnotes of a page: anchors that point at a place below them, with the text that stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bs4.element import NavigableString, Tag

from converter.document.contracts import Omission
from converter.parsers.html.dom.page import NOT_TEXT, UNSEEN, Page, attribute, one_line
from converter.parsers.html.dom.tree import place, retell

MARK = re.compile(r"[\[({]?\s*(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4}|fn\s?\d{1,3}|note\s?\d{1,3})\s*[\])}]?", re.I)
NOTEREF = re.compile(r"footnote|noteref|fnref|endnote|footref|fnanchor|ftnref", re.I)
BACK = re.compile(r"[↑↩⏎^⤴↵←]\ufe0e?|\[?back\]?|return(?: to text)?|(?:go )?back to (?:text|content)", re.I)
NOTE_TEXT = 20_000  # letters; a longer target is a section, not a note
LIMIT = 3_000
MARK_LETTERS = 12
HEADING_WORDS = 6
HEADS = frozenset("h1 h2 h3 h4 h5 h6 p div hr".split())
NOTES = re.compile(
    r"(?:foot|end)?-?notes?|anmerkungen|fu(?:ß|ss)noten|notes(?: de bas de page)?|notas(?: al pie|"
    r" de rodapé)?|note|voetnoten|"
    r"примечания|сноски|poznámky|przypisy|fotnoter|註|注釈|注释",
    re.I,
)
HOLDERS = frozenset("li p dd td div aside blockquote".split())
SOURCES = re.compile(
    r"references?|citations?|sources?|bibliography|works cited|literature|(?:einzel)?nachweise|quellen|literatur|"
    r"références|bibliographie|referencias|bibliograf[ií]a|referências|fonti|riferimenti|литература|источники|"
    r"参考文献|出典|参考资料",
    re.I,
)
SOURCE_LIST = 2  # entries of a list that its heading calls one of sources
CITED_AGAIN = 1  # entries of a list that are cited from several places: sources are, notes are not
LEVELS = 3  # elements around a list beside which its heading may stand


def find_notes(page: Page, roots: Iterable[Tag], *, sources: bool = False) -> dict[int, tuple[str, Sequence[Tag]]]:
    """id(anchor) -> (mark, the elements of its note). The marks and the way back are dropped on `page`, as
    omissions.

    `sources`: a list of the works that an article cites stays a list where it is, and its marks stay in the text.
    """
    targets: dict[str, Tag] = {}
    for element in page.elements:
        for name in ("id", "name"):
            value = attribute(element, name)
            if value:
                targets.setdefault(value, element)
    found: dict[int, tuple[str, Sequence[Tag]]] = {}
    taken: set[int] = set()
    inside = {id(root) for root in roots}
    anchors = [
        a
        for a in page.index.by_name.get("a", ())
        if len(href := attribute(a, "href")) > 1 and href[0] == "#" and any(id(p) in inside for p in a.parents)
    ]
    cited = [one for a in anchors[: 4 * LIMIT] if (one := _cited(page, a, targets)) is not None]
    listed = _lists_of_sources(cited) if sources else set()
    for anchor, mark, holder in cited:
        if len(found) >= LIMIT or id(holder) in taken or id(holder.parent) in listed or _under_drop(page, anchor):
            continue
        body = [holder, *_continued(holder, targets)] if holder.name == "p" else [holder]
        if sum(len(one_line(b)) for b in body) > NOTE_TEXT:
            continue
        taken.update(map(id, body))
        found[id(anchor)] = (mark.strip("[](){} "), body)
        _omit(page, mark, anchor)
        _drop_way_back(page, body, anchor, mark)
    _drop_headings(page, [b for _, body in found.values() for b in body[:1]])
    return found


def _cited(page: Page, anchor: Tag, targets: dict[str, Tag]) -> tuple[Tag, str, Tag] | None:
    """A link that cites a note below it: itself, its sign, the element that holds the note."""
    mark = one_line(anchor)
    if len(mark) > MARK_LETTERS or not _is_reference(anchor, mark) or _under_drop(page, anchor):
        return None
    target = targets.get(attribute(anchor, "href")[1:])
    if target is None or place(target) <= place(anchor):
        return None
    holder = _holder(target)
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
        or (len(entries) >= SOURCE_LIST and SOURCES.search(_named(lists[key])))
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
            heading = before if before.name in HEADS else before.find(["h2", "h3", "h4"])
            words = one_line(heading) if isinstance(heading, Tag) else ""
            return words if len(words.split()) <= HEADING_WORDS else ""
        at = at.parent
    return ""


def _drop_headings(page: Page, bodies: Sequence[Tag]) -> None:
    """A heading that only announces the notes, and stands between none of them and the story any more."""
    for body in bodies:
        at: Tag | None = body
        for _ in range(4):
            if at is None:
                break
            before = at.find_previous_sibling()
            if isinstance(before, Tag):
                if before.name in HEADS and NOTES.fullmatch(one_line(before).strip(" .:")):
                    page.drop(before, "note heading")
                break
            at = at.parent


def _omit(page: Page, text: str, at: Tag) -> None:
    if text:
        page.omissions.append(Omission("note mark", text, page.origin(at)))


def _is_reference(anchor: Tag, mark: str) -> bool:
    said = (
        f"{attribute(anchor, 'class')} {attribute(anchor, 'epub:type')} {attribute(anchor, 'role')} "
        f"{attribute(anchor, 'id')} {attribute(anchor, 'href')}"
    )
    if NOTEREF.search(said):
        return bool(mark) and not BACK.fullmatch(mark)
    if not MARK.fullmatch(mark):
        return False
    raised = anchor.find("sup") is not None or (anchor.parent is not None and anchor.parent.name == "sup")
    return raised or mark[:1] in "[({*†‡§"


def _holder(target: Tag) -> Tag | None:
    at: Tag | None = target
    while at is not None and at.name not in HOLDERS:
        at = at.parent
        if at is not None and at.name in ("body", "html"):
            return None
    if at is not None and at.name == "p" and at.parent is not None and at.parent.name in ("li", "dd", "aside"):
        first = next((c for c in at.parent.contents if isinstance(c, Tag)), None)
        if first is at:
            at = at.parent
    if at is not None and not _has_words(at):
        after = at.find_next_sibling()
        return after if isinstance(after, Tag) and after.name in HOLDERS else None
    return at


def _has_words(element: Tag) -> bool:
    return any(c.isalnum() for c in one_line(element))


def _continued(first: Tag, targets: dict[str, Tag]) -> list[Tag]:
    """Paragraphs after a note's first one that belong to it: in a list of notes, up to the next note."""
    more: list[Tag] = []
    if not NOTEREF.search(
        " ".join(attribute(p, "class") + " " + attribute(p, "id") for p in [first, *list(first.parents)[:2]])
    ):
        return more
    for sibling in first.find_next_siblings():
        if not isinstance(sibling, Tag) or sibling.name != "p" or attribute(sibling, "id") in targets or len(more) >= 8:
            break
        if sibling.find(["a"], attrs={"id": True}) is not None or sibling.find(["a"], attrs={"name": True}) is not None:
            break
        more.append(sibling)
    return more


def _drop_way_back(page: Page, body: Sequence[Tag], anchor: Tag, mark: str) -> None:
    own = {
        attribute(e, n) for e in [anchor, *list(anchor.parents)[:2], *anchor.find_all(True)] for n in ("id", "name")
    } - {""}
    bare = mark.strip("[](){} .")
    for element in body:
        for link in element.find_all("a"):
            words = one_line(link)
            target = attribute(link, "href")
            if target[1:] in own or BACK.fullmatch(words) or (words.strip("[](){} .:") == bare and words):
                top = (
                    link.parent
                    if link.parent is not None and link.parent.name == "sup" and one_line(link.parent) == words
                    else link
                )
                page.drop(top, "note mark")
                _drop_brackets(page, top)
    first = next(
        (
            t
            for t in body[0].find_all(string=True)
            if t.strip() and not isinstance(t, NOT_TEXT) and not _under_drop(page, t)
        ),
        None,
    )
    if isinstance(first, NavigableString) and bare:
        parent = first.parent
        if (
            parent is not None
            and parent.name in ("sup", "span", "b", "strong")
            and first.strip().strip("[](){} .:") == bare
        ):
            page.drop(parent, "note mark")
        elif typed := _typed_mark(first, bare):
            _omit(page, typed.strip(), body[0])
            retell(first, first[len(typed) :])


def _drop_brackets(page: Page, link: Tag) -> None:
    """The brackets that stood around a way back: "[back]"."""
    before, after = link.previous_sibling, link.next_sibling
    if not isinstance(before, NavigableString) or not isinstance(after, NavigableString):
        return
    opened, closed = before.rstrip(), after.lstrip()
    if opened[-1:] + closed[:1] not in ("[]", "()", "{}"):
        return
    _omit(page, opened[-1] + closed[0], link)
    retell(before, opened[:-1])
    retell(after, closed[1:])


def _typed_mark(text: str, bare: str) -> str:
    """The note's own number where it is typed before its words ("1. ", "[1] ", "* "), or "": nothing in doubt."""
    mark = re.escape(bare)
    stop = "" if bare[-1].isalnum() else "?"
    found = re.match(rf"\s*(?:[\[({{]\s*{mark}\s*[\])}}][.:]?|{mark}[.:)]{stop})\s+", text)
    return found[0] if found and text[found.end() :].strip() else ""


def _under_drop(page: Page, node: Tag | NavigableString) -> bool:
    return id(node) in page.dropped or any(id(p) in page.dropped for p in node.parents)
