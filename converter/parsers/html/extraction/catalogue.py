"""Pages that show works and hold none: what a search found, an author's works, a finder of novels, a work's overview,
a tag's beginnings of stories, a forum's threads.

An entry of a catalogue leads to another page and counts its chapters and who has read it: "Chapters 61, Views 900"; or
it counts more words than it has, ends in a link to where its heading leads ("Continue reading"), or says in a few words
how many answered. No story and no post does, so a page that tells next to nothing outside such entries is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bs4.element import Tag

from converter.document.errors import ListsOnly
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.words import text_size
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import page_language
from converter.parsers.html.dom.nodes import element_text, one_line, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.tag_names import HEADINGS
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.metadata.addresses import names_chapter
from converter.recognisers.vocabulary import whole

ENTRIES = 2  # entries in a row; one alone may be the head of the story itself
ENTRY_CHARACTERS = 6_000  # of a long one, with what it is about: a post that says all of its story is longer
REST_WORDS = 250  # that the page may tell besides: an author's own lines
LIST_WORDS = 600  # ... where at least
MANY_ENTRIES = 8  # stand on it
FEW_REST_WORDS = 80  # that it may tell beside entries that only begin a text, or name it: a very short story has more
MORE_WORDS = 2  # times the words of an entry: those that it counts are elsewhere
LEAST_COUNTED = 50  # words: a smaller number may count anything
THREADS, THREAD_WORDS = 5, 40  # entries that are a thread's name, who began it, how many answered
_CHAPTERS, _NUMBER_OF, _COUNTED = (whole("catalogue", key) for key in ("chapters", "number_of", "counted"))
_BEFORE = r"\d[\d.,]{0,12}\s?[km]?\s{0,3}"
PARTS = regex(rf"{_CHAPTERS}\s?:?\s{{0,3}}\d|{_NUMBER_OF}\s?:\s?\d|{_BEFORE}(?:{_CHAPTERS}|{_NUMBER_OF})", re.I)
READ = regex(rf"{_COUNTED}\s?:?\s{{0,3}}[★☆]?\s?\d|{_BEFORE}{_COUNTED}", re.I)
MORE = regex(whole("catalogue", "more"), re.I)
_WORDS = whole("catalogue", "words")
COUNTS = (  # "part 3. Words: 400" has two
    regex(rf"{_WORDS}\s?:?\s{{0,3}}(\d[\d.,]{{0,12}})", re.I),
    regex(rf"(\d[\d.,]{{0,12}})\s{{0,3}}{_WORDS}", re.I),
)
_ANSWERED = whole("catalogue", "answered")
ANSWERED = regex(rf"{_ANSWERED}\s?:?\s{{0,3}}\d|{_BEFORE}{_ANSWERED}", re.I)


def refuse_catalogue(page: Page, excluded: Exclusions) -> None:
    """Raises ListsOnly for a page that is a list of works."""
    lex = lexicon(page_language(page) or "en")
    for sort in _SORTS:
        entries = _entries(page, excluded, sort, lex)
        most = sort.many_rest if len(entries) >= MANY_ENTRIES else sort.rest
        if entries and _words_outside(page, excluded, entries) <= most:
            what = f"the page is {sort.what} ({len(entries)} of them), each with a few words about it, and holds none"
            raise ListsOnly(what, page.name, "open the story that is wanted and save that page")


def _entries(page: Page, excluded: Exclusions, sort: EntrySort, lex: Lexicon) -> list[Tag]:
    """The outermost elements that stand in a row of their kind and are entries of this sort."""
    entries: list[Tag] = []
    inside: set[int] = set()
    for element in page.elements:
        if id(element.parent) in inside or (element in excluded and excluded.rule(element) == "hidden"):
            inside.add(id(element))
            continue
        rows: dict[tuple[str, str], list[Tag]] = {}
        for child in element.contents:
            if isinstance(child, Tag) and child.name in ("div", "li", "article", "section", "tr", "dl", "table"):
                rows.setdefault((child.name, attribute(child, "class").partition(" ")[0]), []).append(child)
        for row in rows.values():
            found = [child for child in row if _is_entry(child, sort, lex)] if len(row) >= sort.least else []
            if len(found) >= sort.least:
                entries.extend(found)
                inside.update(map(id, found))
    return entries


def _is_entry(element: Tag, sort: EntrySort, lex: Lexicon) -> bool:
    """Whether an element leads to a work, and is of this sort."""
    links = [(one_line(a), attribute(a, "href")) for a in element.find_all("a", limit=4)]
    away = [(words, address) for words, address in links if address and not address.startswith("#")]
    if not away or any(names_chapter(words, address, lex) == "word" for words, address in away):
        return False
    text = " ".join(" ".join(texts(element)).split())  # a label and its number may touch
    return len(text) <= ENTRY_CHARACTERS and sort.fits(element, text)


def _is_counted(_element: Tag, text: str) -> bool:
    """Whether an entry counts chapters and readers, or chapters, and says where to read on."""
    return bool(PARTS.search(text)) and bool(READ.search(text) or MORE.search(text))


def _is_summary(_element: Tag, text: str) -> bool:
    """Whether an entry counts more words than it has."""
    found = (m[1] for counts in COUNTS for m in counts.finditer(text))
    counted = max((int(re.sub(r"\D", "", number)) for number in found), default=0)
    return counted >= LEAST_COUNTED and counted > MORE_WORDS * text_size(text)


def _is_beginning(element: Tag, _text: str) -> bool:
    """Whether an entry has a heading and, behind its words, a link to read on that lead to the same page."""
    heading = element.find(HEADINGS)
    named = heading.find("a", href=True) or heading.find_parent("a", href=True) if isinstance(heading, Tag) else None
    if not isinstance(named, Tag):
        return False
    page = attribute(named, "href").partition("#")[0]
    return any(
        a is not named and attribute(a, "href").partition("#")[0] == page and MORE.search(one_line(a))
        for a in element.find_all("a", href=True)
    )


def _is_thread(_element: Tag, text: str) -> bool:
    """Whether an entry is a few words, and how many answered."""
    return text_size(text) <= THREAD_WORDS and bool(ANSWERED.search(text))


@dataclass(frozen=True, slots=True)
class EntrySort:
    """What entries are like, how many are a list, and how many words may stand beside them: few or `many_rest`."""

    what: str
    fits: Callable[[Tag, str], bool]
    least: int = ENTRIES
    rest: int = FEW_REST_WORDS
    many_rest: int = REST_WORDS


_SORTS = (
    EntrySort("a list of works", _is_counted, rest=REST_WORDS, many_rest=LIST_WORDS),
    EntrySort("a list of works", _is_summary),
    EntrySort("a list of works that only begins them", _is_beginning),
    EntrySort("a list of threads", _is_thread, least=THREADS, many_rest=FEW_REST_WORDS),
)


def _words_outside(page: Page, excluded: Exclusions, entries: Sequence[Tag]) -> int:
    """The words of a page that stand in no entry and no link."""
    links = {id(a) for a in page.index.by_name.get("a", ()) if "href" in a.attrs}
    return text_size(element_text(page.body, excluded.ids.keys() | links | set(map(id, entries))))
