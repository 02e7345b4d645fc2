"""What a site's interface says on a line: menus, buttons, counts, ways to other chapters, in a text that was copied
out of a browser's window.

"sure": nobody says so in a story; "words": words of an interface alone, which stand beside sure ones; "everyday": words
that stories have as well; "count": numbers with a sign of a count; "number": numbers alone; "": the story's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from converter.document.patterns import regex
from converter.recognisers.lines.dates import MONTH, WEEKDAY
from converter.recognisers.vocabulary import either, ended, listed_words
from converter.recognisers.vocabulary.guards import opens_with

RowKind = Literal["sure", "words", "everyday", "count", "number", ""]
LINE_LETTERS = 200
SELECT_LETTERS = 2_000  # of a list of chapters between "previous" and "next"
OPENING_LETTERS = 600  # of a line that begins as only a site does: names of those who liked a post
BULLETS = ("•", "·", "|")  # between the parts of a line that the browser set on lines of their own
NUMBER = 4  # its place among the kinds of words
OPENING = 5  # letters by which a line is known that may be one
PARTED, IN_A_ROW = 2, 3  # words of an interface that make a line sure: with marks between them, with blanks
LABEL_WORDS = 4  # of a label in a menu
COUNTS_ALONE = 2  # counts on a line: "7.3K 410 66"
_SIGNS = r"|•·*~\[\]{}<>«»‹›:()\-–—_/\\+&→←↑↓⇐⇒►◄▶◀▼▲△▽☰♥♡❤💬👁👍👎⭐★☆✓✔✕×…️"
_PICTURES = regex(r"[→←↑↓⇐⇒►◄▶◀▼▲☰♥♡❤💬👁👍👎⭐★☆]|<{1,2}(?!\w)|(?<!\w)>{1,2}|[«»‹›]")
_ICONS = regex(r"[👁👍👎💬☰♥♡❤⭐★☆▲▼]")
_BETWEEN = regex(rf"(?:[\s{_SIGNS}]|(?<=\s)\.(?=\s))+")
_MARKS = regex(rf"[{_SIGNS}]|\s\.\s|\s\s")
_DRAWN = _SIGNS.replace("\\", "") + " \t.@（）【】"
_AROUND = "[]{}<>|~*=_•·→←↑↓»«›‹ -–—()（）【】"
_HELD = listed_words("interface", "sure_holds")
_LETTERS = regex(r"[^(*]*")
_SAID = regex(ended("interface", "sure"), re.I, LINE_LETTERS, opens_with(("interface", "sure")))
_WORDS = regex(
    rf"{ended('interface', 'words')}|{either('ways', 'beside', 'edges')} {ended('ways', 'told')}",
    re.I,
    LINE_LETTERS,
    opens_with(("interface", "words"), ("ways", "beside", "edges")),
)
_WAYS = regex(ended("ways", "beside"), re.I, LINE_LETTERS, opens_with(("ways", "beside")))
_EVERYDAY = regex(
    rf"{ended('interface', 'everyday')}|{ended('headings', 'contents')}|"
    rf"{ended('ways', 'edges', 'home', 'home_alone', 'contents', 'up', 'onward')}",
    re.I,
    LINE_LETTERS,
    opens_with(
        ("interface", "everyday"),
        ("headings", "contents"),
        ("ways", "edges", "home", "home_alone", "contents", "up", "onward"),
    ),
)
_NUMBER = regex(r"#?\d[\d.,/]*\+?(?:[kKmM万]|(?=\W|\Z))%?(?!\w)", within=LINE_LETTERS)
_COUNT = regex(r"(?<![\d.,])\d[\d.,]*[kKmM]\b", within=LINE_LETTERS)
_ENDS_SURE = r"(?:\s*[(（\[:]?\s*[\d.,]+[kKmM]?\s*[)）\]]?|:)?"  # "Comments (31)"
_POSTER = rf"(?:/?r/\w+\s?[•·|]?\s)?{either('interface', 'posted_by')} /?u/[\w\-]+"
_SURE = regex(
    rf"{either('interface', 'sure')}{_ENDS_SURE}|/?r/\w+|{either('interface', 'go_to')} (?:r/)?\w+|"
    rf"[\d.,]+[kKmM]? {either('interface', 'counted')}|/?u/[\w\-]+ {either('interface', 'avatar')}|"
    rf"{either('interface', 'pages')} \d+ {either('site', 'of')} \d+(?: .{{0,40}})?|"
    rf"(?:{_POSTER} ?)?(?:\d+|an?) ?{either('interface', 'spans')}\.? {either('interface', 'ago')}|{_POSTER}",
    re.I,
    LINE_LETTERS,
    opens_with(("interface", "sure", "go_to", "pages", "posted_by"), also=(*"0123456789", "r/", "u/", "a ", "an ")),
)
_SURE_OPENS = regex(
    rf"{either('interface', 'sure_opens')}(?!\w)", re.I, OPENING_LETTERS, opens_with(("interface", "sure_opens"))
)
_BLOG = regex(r"(?:[^\w\s]{1,3}\s?)?[a-z][\w\-]{2,40}\s{1,3}Follow(?:ing)?", within=LINE_LETTERS)  # "lamp-wick  Follow"
_GREETS = regex(rf"{either('notes', 'greetings')},? \S+!", re.I, LINE_LETTERS)
_SELECT = regex(
    rf"[<«‹←]+\s?{either('ways', 'beside')}\b.*|.*\b{either('ways', 'beside')}\s?[>»›→]+", re.I, SELECT_LETTERS
)
_CRUMBS = regex(r"[^\W\d_][^»›>|]{0,60}(?:\s[»›>]\s[^»›>|.!?]{1,60}){1,5}", within=LINE_LETTERS)
_CLOSES = regex(rf"{either('interface', 'closes')}{_ENDS_SURE}[:.!]?", re.I, LINE_LETTERS)
_POSTED = regex(
    rf"{either('interface', 'posted_on')} (?:{WEEKDAY},? )?(?:{MONTH}|\d)[^.!?]{{0,60}}\d{{4}}.{{0,60}}",
    re.I,
    LINE_LETTERS,
    opens_with(("interface", "posted_on")),
)
_THOUGHTS = regex(rf"\d+ {either('interface', 'thoughts')} .{{1,150}}", re.I, LINE_LETTERS)
_LIKED = regex(rf"[^.!?:;\"”]{{3,150}} and [\d,]+ {either('interface', 'others')}", re.I, LINE_LETTERS)
_LIKES = regex(rf"[\d,.]+ {either('interface', 'likes')}: .{{1,300}}", re.I, OPENING_LETTERS)
_ONWARD = regex(rf"{either('ways', 'beside')}: .{{1,120}} [>»›→]+", re.I, LINE_LETTERS)
_RIGHTS = regex(rf"(?:{either('fields', 'rights')} )?(?:©|\(c\)) ?\d{{4}}\b.{{0,120}}", re.I, LINE_LETTERS)
FOLLOWED = regex(rf"(?:^|(?<=\s)){either('interface', 'before_title')}\s+(?=\S)", re.I)  # a button before a title
_SITES = regex(either("interface", "sites"), re.I, LINE_LETTERS)
_SKIPS = regex(either("interface", "skips"), re.I, LINE_LETTERS)
_LISTS = regex(rf"{either('interface', 'lists')}:?", re.I, LINE_LETTERS)
_PART = regex(rf"{either('ways', 'told')} \d{{1,5}}", re.I, LINE_LETTERS)
_LISTS_BELOW = regex(either("interface", "lists_below"), re.I, LINE_LETTERS)
_ABOUT = regex(rf"{either('interface', 'about')}:?", re.I, LINE_LETTERS)
_SEE_NOTES = regex(rf"\W?{either('interface', 'see_notes')}\W{{0,2}}", re.I, LINE_LETTERS)
_EDITED = regex(  # a month alone may be a name: "edited by May Thorn" credits somebody
    rf"{either('interface', 'edited')}\b(?:.{{0,40}}?(?:\d|{either('interface', 'ago')})"
    rf"|(?!\s+{either('names', 'by')}\b).{{0,40}}?\b{MONTH}).{{0,80}}",
    re.I,
    LINE_LETTERS,
    opens_with(("interface", "edited")),
)


class _Entries(NamedTuple):
    """What a line is made of: words of interfaces (twice those that no story says), everyday ones, ways to the page
    before or after, numbers."""

    words: int
    everyday: int
    ways: int
    numbers: int
    large: bool  # every word begins with a capital, or its script has none


def is_button(text: str) -> bool:
    """Whether a few words are what a site writes on a button, and nobody calls a story so: "Add to library"."""
    return _SAID.fullmatch(text.strip()) is not None


def kind_of_row(text: str) -> RowKind:
    """What a line is of an interface."""
    text = text.strip()
    if not _may_be(text):
        return ""
    if _is_sure(text):
        return "sure"
    if len(text) > LINE_LETTERS:
        return ""
    if text.endswith(("Follow", "Following")) and _BLOG.fullmatch(text):
        return "sure"
    if _GREETS.fullmatch(text) or _LIKED.fullmatch(text):
        return "words"
    entries = _entries(text)
    return _kind_of(entries, text) if entries else ""


def _may_be(text: str) -> bool:
    """Whether a line begins as one of an interface may: most lines of a story don't, and are asked no further."""
    if not text or text[0] in "<«‹←" or text[-1] in ">»›→" or text.endswith(("Follow", "Following")):
        return bool(text)
    opening = text.lstrip(_DRAWN)[:OPENING].casefold()
    if not opening or opening[0].isdigit():
        return len(text) <= LINE_LETTERS
    if not _openings().isdisjoint((opening, opening[:4], opening[:3], opening[:2], opening[:1])):
        return True
    return any(map(text.__contains__, _HELD)) or (
        text[-1] in "sr" and " and " in text.casefold() and _LIKED.fullmatch(text) is not None
    )


@cache
def _openings() -> frozenset[str]:
    """The first letters of all that an interface says; what is shorter as it is."""
    kinds = "sure sure_opens words everyday go_to pages edited see_notes posted_on posted_by".split()
    of_ways = "beside edges home home_alone contents up onward".split()
    entries = [e for k in kinds for e in listed_words("interface", k)]
    entries += [e for k in of_ways for e in listed_words("ways", k)]
    entries += [
        *listed_words("headings", "contents"),
        *listed_words("notes", "greetings"),
        *listed_words("ways", "told"),
        "r/",
        "/r/",
        "u/",
        "/u/",
        "a ",
        "an ",
    ]
    return frozenset(opening for entry in entries for opening in _openings_of(entry))


def _openings_of(entry: str) -> Iterator[str]:
    """How the ways begin in which an entry is written: what stands in brackets at its start may be missing."""
    if entry[0] == "(":
        inner, _, rest = entry[1:].partition(")")
        for either_of in inner.split("|"):
            yield from _openings_of(either_of.lstrip() + rest)
        entry = rest.lstrip()
    yield _LETTERS.match(entry)[0][:OPENING].casefold()  # type: ignore[index]


def _is_sure(text: str) -> bool:
    bare = _bare(text)
    if (
        _SURE.fullmatch(bare)
        or _POSTED.fullmatch(bare)
        or _SURE_OPENS.match(bare)
        or _LIKES.fullmatch(bare)
        or _ONWARD.fullmatch(text)
        or any(map(text.__contains__, _HELD))
    ):
        return True
    if "|" in text and (all(_PART.fullmatch(part.strip("[]() ")) for part in text.split("|")) or _is_menu(text)):
        return True
    return bool(_SELECT.fullmatch(text) or _SEE_NOTES.fullmatch(text) or _EDITED.fullmatch(bare))


def _is_menu(text: str) -> bool:
    """Whether a line is a row of short labels, two of them words of a site: "Home | Fiction | Poetry | About"."""
    labels = [part.strip("[]() ") for part in text[:LINE_LETTERS].split("|")]
    if len(labels) < IN_A_ROW or not all(0 < len(label.split()) <= LABEL_WORDS for label in labels):
        return False
    known = [(label, entries) for label in labels if (entries := _entries(label)) and not entries.numbers]
    homes = listed_words("ways", "home")  # "Read | Write" may be a story's, "Home | About" is a site's
    sure = any(e.words or e.ways or label.casefold() in homes for label, e in known)
    return sure and len(known) >= PARTED


def _kind_of(entries: _Entries, text: str) -> RowKind:
    said = entries.words + entries.everyday + entries.ways
    if not said:
        if not entries.numbers:
            return "everyday" if text in BULLETS else ""
        counts = entries.numbers >= COUNTS_ALONE and _COUNT.search(text)
        return "count" if counts or _ICONS.search(text) or _COUNT.fullmatch(text) else "number"
    company = entries.words >= 1 or entries.ways >= PARTED
    if company and said >= PARTED and _MARKS.search(text.strip(_DRAWN)):
        return "sure"
    if company and (said >= IN_A_ROW and entries.large):
        return "sure"
    if entries.words + entries.ways and _PICTURES.search(text):
        return "sure"
    return "words" if entries.words else "everyday"


def _entries(text: str) -> _Entries | None:
    """A line as words of interfaces and nothing else; each is the longest that stands there."""
    kinds: list[int] = []
    large = True
    gap = _BETWEEN.match(text)
    at = gap.end() if gap else 0
    while at < len(text):
        found = (
            _SAID.match(text, at),
            _WORDS.match(text, at),
            _WAYS.match(text, at),
            _EVERYDAY.match(text, at),
            _NUMBER.match(text, at),
        )
        end, kind = max((m.end() if m else at, -kind) for kind, m in enumerate(found))
        if end == at:
            return None
        large = large and (not text[at].islower() or -kind == NUMBER)
        kinds.append(-kind)
        gap = _BETWEEN.match(text, end)
        at = gap.end() if gap else end
    sure, words, ways, everyday, numbers = (kinds.count(kind) for kind in range(NUMBER + 1))
    return _Entries(2 * sure + words, everyday, ways, numbers, large)


def _bare(text: str) -> str:
    return " ".join(text.replace("|", " ").replace("::", " ").split()).strip(_AROUND).rstrip(".!…")


def is_trail(text: str) -> bool:
    """Whether a line says where in a site a page stands: "Books » Weir Chronicles"."""
    return _CRUMBS.fullmatch(text) is not None


def opens_comments(text: str) -> bool:
    """Whether below this line others speak, to the end of the page: "Post Comment", "Sort by: Best"."""
    return _CLOSES.fullmatch(_bare(text)) is not None or _THOUGHTS.fullmatch(text) is not None


def may_open_comments(text: str) -> bool:
    """Whether a part of a line says so: "(3 comments) - (Post a new comment)"."""
    return len(text) <= LINE_LETTERS and any(_CLOSES.fullmatch(part.strip()) for part in re.split(r"[|()·•]", text))


def is_posted(text: str) -> bool:
    """Whether a line says when a post was made, and by whom."""
    return _POSTED.fullmatch(text) is not None


def says_rights(text: str) -> bool:
    """Whether a line says whose a page is, and since when: "Copyright © 2020 Lamplight. Theme: Ashes"."""
    return _RIGHTS.fullmatch(text) is not None


def is_site_name(text: str) -> bool:
    """Whether a line is the name of a site alone."""
    return _SITES.fullmatch(_bare(text)) is not None


def skips_to_content(text: str) -> bool:
    """Whether a line leads past a page's top: the site's name stands below it."""
    return _SKIPS.fullmatch(_bare(text)) is not None


def opens_list(text: str, *, below: bool) -> bool:
    """Whether below this line a site names other stories: "You'll also like". `below`: a row of the site is above."""
    bare = _bare(text)
    return _LISTS.fullmatch(bare) is not None or (below and _LISTS_BELOW.fullmatch(bare) is not None)


def opens_about(text: str) -> bool:
    """Whether a box about the author begins here."""
    return _ABOUT.fullmatch(_bare(text)) is not None


def points_to_notes(text: str) -> bool:
    """Whether a line only says where notes are to be found: "(See the end of the chapter for notes.)"."""
    return _SEE_NOTES.fullmatch(text.strip()) is not None
