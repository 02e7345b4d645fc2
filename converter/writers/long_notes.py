"""Notes at the foot of a page that are longer than a foot can be: which of them can be parted, and their parts.

WeasyPrint parts no note. It does put a whole one off to the next page, so a long note becomes several: the first
stands where it is cited, the others, without call and number, behind it, each on the first page that has room. A part
ends with a sentence or a paragraph. After the note the chapter needs text enough for the pages on which it goes on;
where that is not there, or a note holds what has no place at a foot, all notes of the chapter stand at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from converter.document.patterns import regex
from converter.writers.pages import PageGeometry

A5_MEASURE = 113.0  # mm, in type of A5's size
ROOMY = frozenset(["figure", "table", "pre"])  # never at the foot of a page
NOTE_ROWS = ("p", "li", "dt", "dd", "span", "hr")  # a line of a note at least, and what one holds on A5; mm
NOTE_LINE, NOTE_PITCH = 90, 4.0
LONGEST = 0.5  # of a page's lines: a note that stands at its foot in one
PART = 0.15  # of a page's lines: the parts of a longer one
NEXT_TO_GO = 1.0  # pages of text that must follow a parted note, and for each page of its parts so much more
FOR_EACH = 0.5
SENTENCE = regex('[.!?…][”’"»)\\]]*\\s+')
GOES_ON = "footnote goes-on"


def stand_at_feet(pieces: Sequence[etree._Element], page: PageGeometry, *, go_on: bool) -> bool:
    """Whether all notes of a chapter, given as its elements, can stand at the feet of its pages. Where an engine's
    notes don't `go_on` over a page, those that are too long are parted, if then they all can."""
    notes = [note for piece in pieces for note in notes_in(piece)]
    if any(_holds_more(note) for note in notes):
        return False
    long = [note for note in notes if _lines(note, page) > LONGEST * _page_lines(page)]
    if any(_rows(note) for note in long):
        return False
    if go_on or not long:
        return True
    parts = {note: _parts(note, page) for note in long}
    if not all(parts.values()) or not _is_followed(pieces, long, page):
        return False
    for note, made in parts.items():
        _put(note, made)
    return True


def notes_in(piece: etree._Element) -> Iterator[etree._Element]:
    """The notes at feet, as elements of the text that cites them."""
    return (e for e in piece.iter("span") if _is_note(e))


def _is_note(element: etree._Element) -> bool:
    return "footnote" in (element.get("class") or "").split()


def _holds_more(note: etree._Element) -> bool:
    return any(e.tag in ROOMY or _is_note(e) for e in note.iterdescendants())


def _rows(note: etree._Element) -> int:
    found = note.iterdescendants(*NOTE_ROWS)
    return sum(1 for e in found if e.tag != "span" or "line" in (e.get("class") or "").split())


def _lines(note: etree._Element, page: PageGeometry) -> float:
    return _rows(note) + len("".join(note.itertext())) / _line(page)


def _line(page: PageGeometry) -> float:
    """Characters in a line of a note."""
    return NOTE_LINE * (page.width - page.inner - page.outer) / page.scale / A5_MEASURE


def _page_lines(page: PageGeometry) -> float:
    return (page.height - page.top - page.bottom) / page.scale / NOTE_PITCH


Part = list["str | etree._Element"]


def _parts(note: etree._Element, page: PageGeometry) -> list[Part]:
    """What the parts of a note hold; none where something in it is too long to be parted."""
    most = PART * _page_lines(page) * _line(page)
    parts: list[Part] = [[]]
    size = 0
    for one in _stretches(note):
        is_break = not isinstance(one, str) and one.tag == "br"
        if size >= most and (is_break or (parts[-1] and _ends(parts[-1][-1]))):
            parts.append([])
            size = 0
        if not is_break or parts[-1]:
            parts[-1].append(one)
        size += len(one if isinstance(one, str) else "".join(one.itertext()))
    if size < most / 2 and len(parts) > 1:
        parts[-2:] = [[*parts[-2], *parts[-1]]]
    sizes = (sum(len(one if isinstance(one, str) else "".join(one.itertext())) for one in part) for part in parts)
    return parts if max(sizes) < LONGEST * _page_lines(page) * _line(page) else []


def _ends(one: str | etree._Element) -> bool:
    return isinstance(one, str) and SENTENCE.search(one) is not None


def _stretches(note: etree._Element) -> Iterator[str | etree._Element]:
    """The sentences and elements of a note, in order."""
    yield from _sentences(note.text)
    for child in note:
        yield child
        yield from _sentences(child.tail)


def _sentences(text: str | None) -> Iterator[str]:
    done = 0
    for end in SENTENCE.finditer(text or ""):
        yield (text or "")[done : end.end()]
        done = end.end()
    if rest := (text or "")[done:]:
        yield rest


def _is_followed(pieces: Sequence[etree._Element], long: Sequence[etree._Element], page: PageGeometry) -> bool:
    """Whether after each of these notes there is text for the pages on which it goes on, and those after it."""
    sheet = _page_lines(page) * _line(page)
    text = parts = 0.0
    for piece in reversed(pieces):
        for element in reversed(list(piece.iter())):
            if element in long:
                parts += len("".join(element.itertext())) / sheet
                if text / sheet < NEXT_TO_GO + FOR_EACH * parts:
                    return False
            inside = any(_is_note(around) for around in element.iterancestors("span"))
            if not inside:
                text += len(element.tail or "") + (0 if _is_note(element) else len(element.text or ""))
    return True


def _put(note: etree._Element, parts: Sequence[Part]) -> None:
    """Makes the note one of these parts, with the others behind it."""
    tail = note.tail
    for child in list(note):
        note.remove(child)
    note.text = note.tail = None
    at = note
    for number, part in enumerate(parts):
        if number:
            at.addnext(etree.Element("span", {"class": GOES_ON}))
            at = at.getnext()
        for one in part:
            if not isinstance(one, str):
                one.tail = None
                at.append(one)
            elif len(at):
                at[-1].tail = (at[-1].tail or "") + one
            else:
                at.text = (at.text or "") + one
    at.tail = tail
