"""Pages that show works and hold none: what a search found, an author's works, a finder of novels, a work's overview.

An entry of a catalogue leads to another page and counts its chapters and who has read it: "Chapters 61, Views 900". No
story and no post does, so a page that tells next to nothing outside such entries is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import Tag

from converter.document.errors import NotAStory
from converter.document.patterns import regex
from converter.document.words import text_size
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import page_language
from converter.parsers.html.dom.nodes import element_text, one_line, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.metadata.addresses import names_chapter
from converter.recognisers.vocabulary import whole

ENTRIES = 2  # entries in a row; one alone may be the head of the story itself
ENTRY_CHARACTERS = 6_000  # of a long one, with what it is about: a post that says all of its story is longer
REST_WORDS = 250  # that the page may tell besides: an author's own lines
LIST_WORDS = 600  # ... where at least
MANY_ENTRIES = 8  # stand on it
_CHAPTERS, _NUMBER_OF, _COUNTED = (whole("catalogue", key) for key in ("chapters", "number_of", "counted"))
_BEFORE = r"\d[\d.,]{0,12}\s?[km]?\s{0,3}"
PARTS = regex(rf"{_CHAPTERS}\s?:?\s{{0,3}}\d|{_NUMBER_OF}\s?:\s?\d|{_BEFORE}(?:{_CHAPTERS}|{_NUMBER_OF})", re.I)
READ = regex(rf"{_COUNTED}\s?:?\s{{0,3}}[★☆]?\s?\d|{_BEFORE}{_COUNTED}", re.I)
MORE = regex(whole("catalogue", "more"), re.I)


def refuse_catalogue(page: Page, excluded: Exclusions) -> None:
    """Raises NotAStory for a page that is a list of works."""
    entries = _entries(page, excluded)
    if len(entries) < ENTRIES:
        return
    rest = _words_outside(page, excluded, entries)
    if rest > (LIST_WORDS if len(entries) >= MANY_ENTRIES else REST_WORDS):
        return
    what = f"the page is a list of works ({len(entries)} of them), each with a few words about it, and holds none"
    raise NotAStory(what, page.name, "open the story that is wanted and save that page")


def _entries(page: Page, excluded: Exclusions) -> list[Tag]:
    """The outermost elements that stand in a row of their kind and are entries."""
    lex = lexicon(page_language(page) or "en")
    entries: list[Tag] = []
    inside: set[int] = set()
    for element in page.elements:
        if id(element.parent) in inside or (element in excluded and excluded.rule(element) == "hidden"):
            inside.add(id(element))
            continue
        rows: dict[tuple[str, str], list[Tag]] = {}
        for child in element.contents:
            if isinstance(child, Tag) and child.name in ("div", "li", "article", "section", "tr", "dl", "table"):
                rows.setdefault((child.name, attribute(child, "class")), []).append(child)
        for row in rows.values():
            found = [child for child in row if _is_entry(child, lex)] if len(row) >= ENTRIES else []
            if len(found) >= ENTRIES:
                entries.extend(found)
                inside.update(map(id, found))
    return entries


def _is_entry(element: Tag, lex: Lexicon) -> bool:
    """Whether an element leads to a work, and counts its chapters and its readers, or says where to read on."""
    links = [(one_line(a), attribute(a, "href")) for a in element.find_all("a", limit=4)]
    away = [(words, address) for words, address in links if address and not address.startswith("#")]
    if not away or any(names_chapter(words, address, lex) == "word" for words, address in away):
        return False
    text = " ".join(" ".join(texts(element)).split())  # a label and its number may touch
    if len(text) > ENTRY_CHARACTERS:
        return False
    return bool(PARTS.search(text)) and bool(READ.search(text) or MORE.search(text))


def _words_outside(page: Page, excluded: Exclusions, entries: Sequence[Tag]) -> int:
    """The words of a page that stand in no entry and no link."""
    links = {id(a) for a in page.index.by_name.get("a", ()) if "href" in a.attrs}
    return text_size(element_text(page.body, excluded.ids.keys() | links | set(map(id, entries))))
