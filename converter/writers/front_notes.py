"""What an author says before a story has no page of its own where that page would be mostly empty.

A note or a summary stands above the heading of the first chapter then, in the order of the story; in a story of one
chapter a dedication, an epigraph or a preface, too, which elsewhere are leaves of a book. In come the sections as they
would be printed; they are changed.
"""

from __future__ import annotations

from lxml import etree

from converter.document.model import PARTS
from converter.recognisers.vocabulary import listed_words
from converter.writers.pages import PageGeometry

BEFORE = frozenset(["front", "preface", "foreword", "dedication", "epigraph"])
NOTES = frozenset(["note", "summary", "spoiler", "box"])
TITLES = frozenset(
    word
    for topic, key in (("fields", "note"), ("letters", "motto_label"), ("letters", "dedication_label"))
    for word in listed_words(topic, key)
)
ROWS = ("p", "li", "pre", "tr")
LINE, PITCH, MEASURE = 62, 5.1, 113.0  # characters of a line of A5; mm from line to line; mm of such a line
HEADING = 7  # rows
BRIEF = 6  # rows of what has no page of its own before a long first chapter, either
PAGES = 2  # of a short first chapter
WHOLE = 100_000  # characters of a story: a longer one is a book, whose front matter has pages of its own


def join_front_notes(story: etree._Element, page: PageGeometry) -> None:
    """Puts what stands before the only chapter above its heading, into a `div.before`, as far as half a page holds it
    and the chapter is short; before a longer one, or the first of several, notes and a few lines alone, and a third
    of a page. The chapter's name moves to its header."""
    front: list[etree._Element] = []
    for section in story:
        if not _is_front(section):
            break
        front.append(section)
    first = story[len(front)] if front and len(front) < len(story) else None
    if first is None or first.find("header") is None or not PARTS.isdisjoint(_names(first)):
        return
    room = (page.height - page.top - page.bottom) / page.scale / PITCH
    line = LINE * (page.width - page.inner - page.outer) / page.scale / MEASURE
    alone = len(story) == len(front) + 1
    short = alone and _rows(first, line) <= PAGES * room and sum(len(text) for text in story.itertext()) < WHOLE
    while front and not (short or all(_is_notes(section) or _is_brief(section, line) for section in front)):
        front.pop(0)
    while sum(_rows(section, line) for section in front) > room / (2 if short else 3):
        front.pop(0)
    if front:
        _set_before(first, front)


def join_acts(story: etree._Element) -> None:
    """Puts the name of an act of a play above its first scene, where nothing else stands between the two."""
    for act in list(story):
        scene = act.getnext()
        if "act" not in _names(act) or len(act) > 1 or act.find("header") is None:
            continue
        if scene is not None and scene.find("header") is not None and PARTS.isdisjoint(_names(scene)):
            _set_before(scene, [act])
            heading = scene.find("header")
            heading.set("class", f"{heading.get('class', '')} below-act")


def _set_before(first: etree._Element, front: list[etree._Element]) -> None:
    before = etree.Element("div", {"class": "before"})
    before.extend(front)
    for section in front:
        section.set("class", " ".join(name for name in _names(section) if name != "recto"))
        section[0].set("class", section[0].get("class", "").replace("running", "named"))
    first[0].set("id", first.attrib.pop("id"))  # where the chapter begins for whoever is led there
    first.insert(0, before)


def _names(section: etree._Element) -> list[str]:
    return (section.get("class") or "").split()


def _is_front(section: etree._Element) -> bool:
    names = _names(section)
    title = section.find("header")
    if title is not None and " ".join("".join(title.itertext()).split()).strip(" :.").casefold() in TITLES:
        return True
    return not BEFORE.isdisjoint(names) or ("untitled" in names and PARTS.isdisjoint(names))


def _is_notes(section: etree._Element) -> bool:
    return "untitled" in _names(section) and all(
        e.tag == "aside" and not NOTES.isdisjoint(_names(e)) for e in section[1:]
    )


def _is_brief(section: etree._Element, line: float) -> bool:
    """Whether a section before the story is a few lines of text without a heading, as what a story is about is."""
    names = _names(section)
    plain = "front" in names and "untitled" in names and all(e.tag == "p" for e in section[1:])
    return plain and _rows(section, line) <= BRIEF


def _rows(section: etree._Element, line: float) -> float:
    rows = sum(1 + len("".join(e.itertext())) // line for e in section.iter(*ROWS))
    return rows + (HEADING if section.find("header") is not None else 0)
