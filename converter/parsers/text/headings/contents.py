"""The contents list that a text brings along: found, taken out (the book makes a real one), a witness for headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.families import title_key
from converter.recognisers.headings.forms import Form, read_form, unwrap
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.letters import attributes
from converter.recognisers.metadata.names import is_person
from converter.recognisers.vocabulary import either

LONGEST_ENTRY = 400
LEADERS = regex(
    r"(?:[\s.·…_]{3,}|\s{2,}|\t|[.·…]+\s*|,\s+)(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxlc]{1,7})\s*\Z",
    within=LONGEST_ENTRY,
)
BETWEEN = regex(
    rf"\s*(?:[.·…_]\s?){{3,}}|(?<!\s)\s{{3,}}|\t|(?<!\s)\s[-–—/]\s|,?\sby\s|,\s{either('names', 'by')}\s",
    within=LONGEST_ENTRY,
)
BOTH = 2  # title and author
COUNT = regex(r"(?!1\s*\Z)\d[\d,.]{0,8}(?:\s*/\s*(?:\d{1,5}|\?))?", within=30)  # under "Chapters:": how many there are
LONGEST_LABEL = 60  # characters of a heading whose number is looked for
SHORT_ENTRY = 8  # letters of an entry that may come twice in a list: "The End", "Part I"
TWO_SENTENCES = regex(r"\w{3}[.!?…][\"'”’]?\s+[A-ZÀ-Þ\"“‘'][^.!?…]{8,}\w{3}[.!?…][\"'”’]?\s*\Z", within=LONGEST_ENTRY)
PROSE_WORDS = 35  # a block of more words that ends a sentence and has no number before it is no entry
TELLING_WORDS = 12  # a sentence of more is no title page's
LEAST_ENTRIES = 3
HEADING_ROWS, HEADING_WORDS = 5, 30  # of what an entry may name
SEEN_AGAIN = 0.5  # of the entries of an unnamed list stand again later as lines of their own
WIDE = 2  # blank lines part a list from the text after it; one stands between blocks anyway
OPENING_QUOTES = '"“‘«„'
SAID_BEHIND = regex(r"[,!?…—-][\"”’»“]\s\w", within=LONGEST_ENTRY)  # "Down!" said Wren.
ENDS = ".!?…"
STEP_BACK = 4  # blocks between the list and the first prose that may belong to the text: title, part, chapter


class ContentsList(NamedTuple):
    """Groups `start` to `stop` (exclusive) are a contents list; `entries` are its keys."""

    start: int
    stop: int
    entries: frozenset[str]


def find_contents(groups: Sequence[RowGroup], lex: Lexicon) -> list[ContentsList]:
    """All contents lists: those under a heading of their own, else one numbered list at either end of the text."""
    lists: list[ContentsList] = []
    last = cache(lambda: _last_places(groups, lex))
    begun = False  # the story
    at = 0
    while at < len(groups):
        rows = groups[at].rows
        name = _list_name(groups[at])
        names_list = len(rows) == 1 and name in lex.contents | lex.pictures
        if names_list and not COUNT.fullmatch(_below(groups, at).strip()):
            listed = _under_heading(groups, at, lex)
            if listed and _is_of_the_book(groups, listed, lex, last, begun):
                lists.append(listed if name in lex.contents else listed._replace(entries=frozenset()))
                at = listed.stop
                continue
        begun = begun or (groups[at].words > TELLING_WORDS and may_end_paragraph(groups[at].rows[-1].text))
        at += 1
    return lists or _unnamed(groups, lex)


def _last_places(groups: Sequence[RowGroup], lex: Lexicon) -> dict[str, int]:
    """The last group in which a short line with this key stands."""
    last: dict[str, int] = {}
    for at, group in enumerate(groups):
        if len(group.rows) <= HEADING_ROWS and group.words <= HEADING_WORDS:
            for text in (*(r.text for r in group.rows), " ".join(r.text for r in group.rows)):
                last.update(dict.fromkeys(entry_keys(text, lex), at))
    return last


def _is_of_the_book(
    groups: Sequence[RowGroup], listed: ContentsList, lex: Lexicon, last: Callable[[], Mapping[str, int]], begun: bool
) -> bool:
    """Whether a list under "Contents" is the book's, and not what a drawer holds: it stands before the story and has
    several entries, or they name pages, or most of them are lines again further on."""
    rows = [r for g in groups[listed.start : listed.stop] for r in g.rows][1:]
    pictures = _list_name(groups[listed.start]) in lex.pictures  # they are nowhere else in the text
    if (not begun or pictures) and len(rows) >= LEAST_ENTRIES:
        return True
    pages = sum(bool(LEADERS.search(r.text)) for r in rows)
    divisions = sum(form is not None and form.shape == "division" for r in rows for form in (read_form(r.text, lex),))
    if max(pages, divisions) >= SEEN_AGAIN * len(rows):
        return True
    again = sum(any(last().get(key, -1) >= listed.stop for key in entry_keys(r.text, lex)) for r in rows)
    return again >= SEEN_AGAIN * len(rows)


def without_lists(
    groups: Sequence[RowGroup], lists: Sequence[ContentsList], name: str
) -> tuple[list[RowGroup], frozenset[str], list[Omission]]:
    """The groups without the contents lists, the keys of all their entries, and the lists as omissions."""
    out = list(groups)
    entries: set[str] = set()
    omissions: list[Omission] = []
    for place in reversed(lists):
        listed = out[place.start : place.stop]
        text = "\n".join(r.text for g in listed for r in g.rows)
        omissions.append(Omission("contents list", text, Origin(name, listed[0].line)))
        entries |= place.entries
        del out[place.start : place.stop]
        if place.start < len(out):
            after = out[place.start]
            out[place.start] = after._replace(gap=max(after.gap, *(g.gap for g in listed)))
    return out, frozenset(entries), omissions


def entry_keys(text: str, lex: Lexicon) -> set[str]:
    """The keys of one entry: whole, without its page number, and its title alone."""
    bare = LEADERS.sub("", text).strip()
    form = read_form(bare, lex)
    keys = {title_key(text), title_key(bare), title_key(_without_author(bare))}
    if form and form.title:
        keys.add(title_key(form.title))
    return {k for k in keys if len(k) > 1}


def _without_author(entry: str) -> str:
    """An entry of an anthology's list without the author's name: "Pilot Light . . . . Ada Thorn"."""
    parts = [p for p in BETWEEN.split(entry[:LONGEST_ENTRY]) if p]
    return parts[0] if len(parts) == BOTH and is_person(parts[1]) else entry


def _form_key(form: Form | None) -> tuple[str, int, str] | None:
    if form and form.number and form.shape in ("division", "numbered-title", "number"):
        return form.word, form.number.value, title_key(form.title)[:24]
    return None


def _is_entry(group: RowGroup, lex: Lexicon) -> bool:
    if sum(len(r.text) for r in group.rows) > LONGEST_ENTRY and len(group.rows) < 4:
        return False
    form = read_form(group.rows[0].text, lex)
    if form and form.shape in ("division", "numbered-title", "number", "single"):
        return True
    if LEADERS.search(group.rows[0].text):
        return True
    if _is_said(group):
        return False
    if group.lines:
        return True
    words = sum(len(r.text.split()) for r in group.rows)
    if TWO_SENTENCES.search(" ".join(r.text for r in group.rows)):
        return False
    return words < PROSE_WORDS and not (words > 14 and may_end_paragraph(group.rows[-1].text) and len(group.rows) < 4)


def _is_said(group: RowGroup) -> bool:
    """Whether a block is somebody's speech, with who says so or with its author below it; a title in quotation marks
    has nothing behind them."""
    text = " ".join(r.text for r in group.rows)
    if text[0] not in OPENING_QUOTES:
        return False
    sourced = len(group.rows) > 1 and attributes(group.rows[-1].text)
    return sourced or (text[-1] in ENDS and SAID_BEHIND.search(text) is not None)


def _names_a_part(text: str, lex: Lexicon) -> bool:
    """Whether a line is the one word that a part without a number has: "Preface"."""
    form = read_form(text, lex)
    return form is not None and form.shape == "single"


def _list_name(group: RowGroup) -> str:
    return unwrap(group.rows[0].text)[0].strip(" .:*_").casefold()


def _below(groups: Sequence[RowGroup], at: int) -> str:
    """The line below a list's name."""
    return groups[at + 1].rows[0].text if at + 1 < len(groups) else ""


class _Entries:
    """The entries of a list as they are read; where one of them comes again the text begins."""

    def __init__(self, lex: Lexicon) -> None:
        self.keys: set[str] = set()
        self._lex = lex
        self._numbers: set[tuple[str, int, str]] = set()
        self._titles: set[str] = set()
        self._named: set[str] = set()  # behind a number

    def add(self, rows: Sequence[Row]) -> None:
        """Take these lines for entries."""
        self._numbers.update(self._numbered(rows))
        for row in rows:
            bare = LEADERS.sub("", row.text)
            self.keys |= entry_keys(row.text, self._lex)
            self._titles.add(title_key(_without_author(bare)))
            form = read_form(bare.strip(), self._lex)
            if form and form.number and form.title:
                self._named.add(title_key(form.title))

    def has_numbered_title(self, rows: Sequence[Row]) -> bool:
        """Whether these lines are the title alone of an entry that has its number before it."""
        title = title_key(" ".join(r.text for r in rows))
        return len(title) > SHORT_ENTRY and title in self._named

    def has_number(self, rows: Sequence[Row], *, bare: bool) -> bool:
        """Whether the first number in these lines is an entry's; `bare`: even one that nothing stands with."""
        number = next(self._numbered(rows), None)
        return number in self._numbers and (bare or number[0] != "" or bool(number[2]))

    def has_title(self, rows: Sequence[Row]) -> bool:
        """Whether a line alone is an entry again, which short ones may be within a list."""
        title = title_key(rows[0].text)
        apart = rows[0].gap >= WIDE  # from the list
        telling = len(title) > SHORT_ENTRY or apart or _names_a_part(rows[0].text, self._lex)
        return telling and title in self._titles and len(rows) == 1

    def _numbered(self, rows: Sequence[Row]) -> Iterator[tuple[str, int, str]]:
        for row in rows:
            if key := _form_key(read_form(LEADERS.sub("", row.text).strip(), self._lex)):
                yield key


def _under_heading(groups: Sequence[RowGroup], start: int, lex: Lexicon) -> ContentsList | None:
    """The list under the name that is group `start`: up to an entry that comes again, or up to the first prose."""
    pictures = _list_name(groups[start]) in lex.pictures
    entries = _Entries(lex)
    first = at = start + 1
    again = False
    while at < len(groups) and _is_entry(groups[at], lex) and _list_name(groups[at]) not in lex.contents | lex.pictures:
        rows = groups[at].rows
        numbered = entries.has_number(rows, bare=at - first > 1) and not _restarts(groups, at, lex)
        again = numbered or (at > first and not pictures and entries.has_title(rows))
        if again:
            break
        if at > first and not pictures and entries.has_numbered_title(rows):
            at -= _is_label(groups[at - 1], lex) and at - 1 > first
            again = True
            break
        entries.add(rows)
        at += 1
    stop = at if again else _step_back(groups, first, at)
    return ContentsList(start, stop, frozenset(entries.keys)) if stop > first else None


def _is_label(group: RowGroup, lex: Lexicon) -> bool:
    """Whether a block is a heading's first line, its title below it: "CHAPTER I."."""
    form = read_form(group.rows[0].text, lex) if len(group.rows) == 1 else None
    return form is not None and form.shape in ("division", "number") and not form.title


def _restarts(groups: Sequence[RowGroup], at: int, lex: Lexicon) -> bool:
    """In a list with parts each part's chapters begin at I again: the entry before the repeated one is a part."""
    before = read_form(groups[at - 1].rows[-1].text, lex) if at else None
    return bool(before and before.kind in ("part", "volume", "act")) and groups[at].gap <= WIDE


def _step_back(groups: Sequence[RowGroup], first: int, at: int) -> int:
    """The blocks right before the first prose are its headings: the widest space parts them from the list."""
    candidates = range(max(first + 1, at - STEP_BACK), at)
    if at >= len(groups) or not candidates:
        return at
    best = max(candidates, key=lambda i: (groups[i].gap, -i))
    return at if groups[best].gap < WIDE <= groups[at].gap else best


def _unnamed(groups: Sequence[RowGroup], lex: Lexicon) -> list[ContentsList]:
    """The longest run of numbered lines before the first prose, where most of them stand again later on."""
    start, stop = _longest_run(groups, lex)
    rows = [r for g in groups[start:stop] for r in g.rows]
    if len(rows) < LEAST_ENTRIES or not _counts_on(groups[start:stop], lex):
        return []
    if _count_again(rows, groups[stop:], lex) < SEEN_AGAIN * len(rows):
        return []
    return [ContentsList(start, stop, frozenset(key for r in rows for key in entry_keys(r.text, lex)))]


def _longest_run(groups: Sequence[RowGroup], lex: Lexicon) -> tuple[int, int]:
    """(start, stop) of the most groups in a row before the first prose that are entries enough for a list."""
    limit = next((i for i, g in enumerate(groups) if _is_prose(g)), len(groups))
    best = (0, 0)
    at = 0
    while at < limit:
        stop = _run_end(groups, at, limit, lex)
        if sum(len(g.rows) for g in groups[at:stop]) >= LEAST_ENTRIES and stop - at > best[1] - best[0]:
            best = (at, stop)
        at = max(stop, at + 1)
    return best


def _run_end(groups: Sequence[RowGroup], start: int, limit: int, lex: Lexicon) -> int:
    """Where numbered lines that begin with group `start` end: at a title that comes again, or at a second list."""
    titles: set[str] = set()
    count = 0
    for at in range(start, limit):
        forms = [read_form(LEADERS.sub("", r.text).strip(), lex) for r in groups[at].rows]
        numbered = [f for f in forms if f and f.shape in ("division", "numbered-title", "number")]
        if len(numbered) < len(forms):
            return at
        own = {title_key(f.title) for f in numbered if f.title}
        number = numbered[0].number
        if own & titles or (count >= LEAST_ENTRIES and number and number.value == 1):
            return at
        titles |= own
        count += len(forms)
    return limit


def _count_again(rows: Sequence[Row], later: Sequence[RowGroup], lex: Lexicon) -> int:
    """How many of these entries stand again in the groups after the list, by their words or their number."""
    short = [g for g in later if len(g.rows) <= 2]
    asked = tuple({k for row in rows for k in entry_keys(row.text, lex)})
    texts = (" ".join(r.text for r in g.rows) for g in short)
    keys = {k for text in texts if title_key(text).endswith(asked) for k in entry_keys(text, lex)}
    forms = [read_form(g.rows[0].text, lex) for g in short if len(g.rows[0].text) <= LONGEST_LABEL]
    numbers = {(f.kind, f.number.value) for f in forms if f and f.number}
    return sum(_bare_number(row, lex) in numbers or not keys.isdisjoint(entry_keys(row.text, lex)) for row in rows)


def _bare_number(row: Row, lex: Lexicon) -> tuple[str, int] | None:
    """The kind and the number of an entry that has no title: "Chapter 3"."""
    form = read_form(LEADERS.sub("", row.text).strip(), lex)
    bare = form is not None and form.shape == "division" and not form.title
    return (form.kind, form.number.value) if bare and form and form.number else None


def _counts_on(groups: Sequence[RowGroup], lex: Lexicon) -> bool:
    """Some series in it goes 1, 2, 3: part, book and chapter one under each other are headings, not a list."""
    last: dict[str, tuple[int, int]] = {}
    for group in groups:
        for row in group.rows:
            form = read_form(LEADERS.sub("", row.text).strip(), lex)
            if form and form.number:
                n, length = last.get(form.word, (0, 0))
                last[form.word] = (form.number.value, length + 1 if form.number.value == n + 1 else 1)
                if last[form.word][1] >= LEAST_ENTRIES:
                    return True
    return False


def _is_prose(group: RowGroup) -> bool:
    words = sum(r.text.count(" ") + 1 for r in group.rows)
    return words >= PROSE_WORDS and not group.lines
