"""Paragraphs in which an author speaks to the readers: `A/N: ...`, "Author's note", "Anmerkung der Autorin"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, whole
from converter.recognisers.vocabulary.guards import has_first_word, opens_with

BRACKETS = ("[]", "()", "（）", "［］", "【】", "{}")
SAYS_SO = 60  # characters at a paragraph's start in which it says that it is a note
LABEL_ALONE = 100  # of a line that is a label and nothing else
BEGGING_LETTERS = 300  # of a paragraph that asks readers for votes
TITLE_WORDS = 8  # behind a colon; more are what a note says
SPEECH = frozenset("\"'“‘«„—–-")
_BEFORE = r"[^\w\"“”'‘’«»„「『]{0,6}_?"
_SIGN = r"[:;.\-–—\])*_：】」）]"
_SURE, _BARE = either("notes", "author"), either("notes", "bare")
_OTHER = rf"(?:{either('notes', 'short')}|{either('notes', 'disclaimer')}|{_BARE})"
SURE = regex(
    rf"{_BEFORE}{_SURE}(?:\s*(?:\d+\s*)?{_SIGN}|\s+(?-i:[A-ZÀ-ÞЀ-Я\"“]))",
    re.I,
    SAYS_SO,
    opens_with(("notes", "author")),
)
LABEL = regex(
    rf"{_BEFORE}(?:{_OTHER}\s*(?:\d+\s*)?{_SIGN}|{either('notes', 'short')}\s|{either('notes', 'initials')}\s*[:\-–—])",
    re.I,
    SAYS_SO,
    opens_with(("notes", "short", "disclaimer", "bare", "initials")),
)
ALONE_ON_LINE = regex(
    rf"[\W_]{{0,6}}(?:{_SURE}|{either('notes', 'short')}|{_BARE})[\W_]{{0,6}}\Z",
    re.I,
    LABEL_ALONE,
    opens_with(("notes", "author", "short", "bare")),
)
HEADING = regex(rf"[*_\s]{{0,6}}{_SURE}[*_\s]{{0,6}}", re.I, LABEL_ALONE, opens_with(("notes", "author")))
LABELLED = regex(rf"{_BEFORE}{_OTHER}\s*[:：\]】]", re.I, SAYS_SO, opens_with(("notes", "short", "disclaimer", "bare")))
PLAIN_NOTE = regex(rf"[\W_]{{0,6}}{_BARE}\b(?!\s+(?:from|de|d[ea]l))", re.I)
VOICE = regex(whole("notes", "voice"), re.I)
TO_READERS = regex(rf"\b{either('notes', 'readers', 'readers_too')}\b", re.I)
ONLY_TO_READERS = regex(rf"\b{either('notes', 'readers')}\b", re.I)
SENDS_OFF = regex(rf"\W{{0,6}}(?:[^,.!?]{{1,30}},\s)?{either('notes', 'sends_off')}(?!\w)", re.I, SAYS_SO)
SEND_OFF_WORDS = 12
_NAMED = r"[A-ZÀ-ÞЀ-Я][^\s:,.!?]{0,30}"
REPLY = regex(
    rf"(?:(?i:{either('notes', 'replies')})\s+|@)(?:[^\s:,.!?]{{1,30}}|{_NAMED}\s{_NAMED})\s?[:–—]\s",
)
FROM = regex(rf"{either('notes', 'from')} (?P<name>[^\W_][^\n:]{{1,40}}):?", re.I, SAYS_SO)
BEGS = regex(either("notes", "begs"), re.I, BEGGING_LETTERS)
_may_beg = has_first_word(("notes", "begs"))


def is_note(text: str) -> bool:
    """Whether a paragraph says that it is a note of the author's (the translator's, a disclaimer)."""
    if ALONE_ON_LINE.match(text) or _begs(text):
        return True
    if SURE.match(text[:SAYS_SO]):
        return True
    if not LABEL.match(text[:SAYS_SO]):
        return False
    return not PLAIN_NOTE.match(text) or bool(VOICE.search(text))  # "Note: the door was open" may be the story's own


def _begs(text: str) -> bool:
    """Whether a paragraph asks readers for votes or reviews."""
    if len(text) > BEGGING_LETTERS or not _may_beg(text):
        return False
    return BEGS.search(text) is not None and text.lstrip()[:1] not in SPEECH


def is_told_note(text: str) -> bool:
    """Whether a line is a note's label and the note behind it: "Vorwort: Danke an alle, die mir geschrieben haben!"."""
    label, colon, told = text.partition(":")
    if not colon or len(label) > SAYS_SO or not told.strip() or not is_note(text):
        return False
    return len(told.split()) > TITLE_WORDS or told.rstrip("\"'”’*_)] ")[-1:] in ".!?…"


def follows_the_end(text: str) -> bool:
    """Whether a paragraph behind the story's last word is a note: it has a label, if only one that a story may use."""
    return LABELLED.match(text[:SAYS_SO]) is not None


def in_own_brackets(text: str) -> bool:
    """Whether a paragraph opens a bracket and closes it with its last word: what follows is no part of the note."""
    bare = text.strip("*_ ")
    return len(bare) > 1 and f"{bare[0]}{bare[-1]}" in BRACKETS and bare[0] not in bare[1:]


def note_writer(text: str) -> str:
    """Whose note a line announces: "A note from Ada Thorn"; else ""."""
    announced = FROM.fullmatch(text.strip())
    return announced["name"].strip() if announced else ""


def is_label(text: str) -> bool:
    """Whether a paragraph only announces a note: what follows is the note."""
    return ALONE_ON_LINE.match(text) is not None


def heads_note(text: str) -> bool:
    """Whether a line is the heading over an author's note in a book: it says so in full ("A/N" doesn't), without a
    colon behind it."""
    if len(text) > LABEL_ALONE or not set("/.").isdisjoint(text) or not HEADING.fullmatch(text):
        return False
    return not text.strip("*_ ")[0].islower()


def speaks_to_readers(text: str) -> bool:
    """Whether a paragraph near a note goes on with it: it tells readers what authors do, and is no speech."""
    return TO_READERS.search(text) is not None and not is_spoken(text)


def speaks_only_to_readers(text: str) -> bool:
    """Whether a paragraph says what an author says to readers and hardly a story: of reviews and updates, an answer to
    one of them by name, words that send them off to the story."""
    if is_spoken(text):
        return False
    return ONLY_TO_READERS.search(text) is not None or REPLY.match(text) is not None or sends_off(text) or is_note(text)


def surely_to_readers(text: str) -> bool:
    """Whether it says so twice, which is enough where nothing shows that the note goes on."""
    if not speaks_only_to_readers(text):
        return False
    if not ONLY_TO_READERS.search(text):
        return True
    return len({m[0].casefold() for m in TO_READERS.finditer(text)}) > 1


def sends_off(text: str) -> bool:
    """Whether the last words of a note send its readers off to the story: "Enjoy!", "Viel Spaß beim Lesen!"."""
    return len(text.split()) <= SEND_OFF_WORDS and SENDS_OFF.match(text) is not None and not is_spoken(text)


def is_own_voice(text: str) -> bool:
    """Whether an author may speak here of what authors speak of: of themselves, too. A story's teller does as well."""
    return VOICE.search(text) is not None and not is_spoken(text)


def is_spoken(text: str) -> bool:
    """Whether a paragraph begins as what somebody in a story says."""
    return text.lstrip()[:1] in SPEECH


def open_bracket(text: str) -> str:
    """The sign with which a bracket is closed that a paragraph opens and doesn't close; else ""."""
    bare = text.strip("*_ ")
    pair = next((pair for pair in BRACKETS if bare[:1] == pair[0]), "")
    return pair[1] if pair and pair[1] not in bare else ""
