"""The lines of a letter, and what stands like one before a story: greetings, closings, attributions, dedications."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.recognisers.metadata.names import IN_NAMES
from converter.recognisers.vocabulary import either, listed_words, whole
from converter.recognisers.vocabulary.guards import opens_with

GREETING_LONGEST = 60  # characters
SIGNATURE_WORDS = 10
DEDICATION_WORDS = 25
WEAK_WORDS = 12  # of a dedication that begins as other sentences do
SOURCE_WORDS = 8  # of where quoted words are from
NAME_WORDS = 2  # of an attribution at least, or a comma: "No" after a dash is an answer
_LITTLE = sorted(IN_NAMES - {"&"} | set(listed_words("titles", "small")))  # of the name of a person or a work
GREETING = regex(
    rf"(?:{either('letters', 'salutation_opens')}\s+)?{either('letters', 'salutation')}\b.{{0,50}}[,:!—-]+\Z",
    re.I,
    GREETING_LONGEST,
    opens_with(("letters", "salutation_opens", "salutation")),
)
ENDEARING = regex(rf"(?<!\w){either('letters', 'salutation')}(?!\w)", re.I, GREETING_LONGEST)
CLOSING = regex(rf"{either('letters', 'closing')}\b.{{0,60}}[,.:!]?\Z", re.I, guard=opens_with(("letters", "closing")))
CLOSING_SHORT = regex(
    rf"{either('letters', 'closing_short')}(?:\s?[,.!–—-].{{0,40}})?\Z",
    re.I,
    60,
    opens_with(("letters", "closing_short")),
)
CLOSING_FORMULA = regex(
    rf"{either('letters', 'closing_formula')}(?!\w)", re.I, guard=opens_with(("letters", "closing_formula"))
)
FORMULA_WORDS = 30
LIGHT_GREETING = regex(
    rf"{either('letters', 'salutation_light')}(?!\w)[^,:!—–]{{0,40}}[,:!—–]\Z",
    re.I,
    GREETING_LONGEST,
    opens_with(("letters", "salutation_light")),
)
ADDRESS_WORDS = 8  # of a line that may address somebody
CLOSING_OPENS = regex(rf"{either('letters', 'closing_opens')}(?:\b|(?<=,))", re.I)
OPENED_WITHIN = 50  # characters between "I am" and "yours"
TWO_SENTENCES = regex(
    r"(?<!\betc)(?<=[^\W\d_]{3})[.!?]\s+[^\W\d_]{2}.*[.!?]\Z", within=200
)  # "Your lamp smokes. See to it."
_WORD = regex(r"\b\w")
ENCLOSED = regex(rf"{either('letters', 'enclosed')}(?!\w)", re.I, guard=opens_with(("letters", "enclosed")))
ENCLOSED_WORDS = 12
MAIL_FIELD = regex(rf"{either('letters', 'mail_fields')}\s?:\s+\S", re.I, guard=opens_with(("letters", "mail_fields")))
MAIL_SUBJECT = regex(rf"{either('letters', 'mail_subject')}\s?:\s+(\S.*)", re.I)
LEAST_FIELDS = 2  # of a mail's head
ATTRIBUTION = regex(
    rf"(?:[-–—―]{{1,2}}|~)\s?(?:(?:[A-ZÀ-ÞЀ-Я\"“«][\w'’.\-]*+|\d{{1,4}}|{'|'.join(_LITTLE)}|c\.|ca\.)"
    r"[,:;.\"”»]{0,2}(?:\s|\Z))++\Z"
)
DEDICATION = regex(
    rf"{whole('letters', 'dedication')}.{{1,120}}\Z|[^.!?]{{1,80}}?{whole('letters', 'dedication_ends')}[.!。]?\Z|"
    rf"{either('letters', 'dedication_label')}\s?[:：].{{1,160}}\Z",
    re.I | re.S,
)
WEAK_DEDICATION = regex(rf"{either('letters', 'dedication_weak')}\b.{{1,80}}\Z", re.I | re.S)
MOTTO = regex(rf"{either('letters', 'motto_label')}\s?[:：].{{2,600}}\Z", re.I | re.S)
SOURCE = regex(r"\([^()]{3,80}\)\Z|\[[^\[\]]{3,80}\]\Z|（[^（）]{2,60}）\Z")
_AND = regex(rf"\A{either('headings', 'and')}\s+", re.I)
LABELLED = regex(rf"{either('letters', 'dedication_label', 'motto_label')}\s?[:：]\s*", re.I, 60)


def greets(text: str) -> bool:
    """Whether a line opens a letter: "Dear Ada,"."""
    return GREETING.match(text) is not None


def greets_lightly(text: str) -> bool:
    """Whether a line greets somebody as letters and people do: "Hi Ruth,"."""
    return LIGHT_GREETING.match(text) is not None


def may_address(text: str) -> bool:
    """Whether a line may address somebody, for what else is known of it: a few words, the first with a capital, up to
    the sign behind an address: "Members of the board,", "Nephew--"."""
    addressed = text[-1:] in ",:!—–" or text.endswith("--")
    return text[:1].isupper() and addressed and len(text.split()) <= ADDRESS_WORDS


def closes_formally(text: str) -> bool:
    """Whether a paragraph is the sentence with which formal letters end: "Veuillez agréer, Monsieur, ..."."""
    return len(text.split()) <= FORMULA_WORDS and CLOSING_FORMULA.match(text) is not None


def endears(text: str) -> bool:
    """Whether a few words, the first with a capital, call somebody dear, wherever they say so: "Clem, dear"."""
    return text[:1].isupper() and ENDEARING.search(text[:GREETING_LONGEST]) is not None


def closes(text: str) -> bool:
    """Whether a line closes a letter: "Yours truly,", perhaps with the name behind it."""
    if not 0 < len(text.split()) <= SIGNATURE_WORDS or text[-1] == "?" or TWO_SENTENCES.search(text):
        return False
    if CLOSING.match(text) or CLOSING_SHORT.match(text):
        return True
    opened = CLOSING_OPENS.match(text)
    words = _WORD.finditer(text, opened.end(), opened.end() + OPENED_WITHIN) if opened else ()
    return any(CLOSING.match(text, w.start()) for w in words)


def encloses(text: str) -> bool:
    """Whether a line below a letter says what came with it, who else has it, or with what it was sent: "Encl. (1)"."""
    return 0 < len(text.split()) <= ENCLOSED_WORDS and ENCLOSED.match(text) is not None


def is_mail_head(lines: Sequence[str]) -> bool:
    """Whether lines are the head of a mail in a story, each with its label: "From: ...", "Subject: ..."."""
    return len(lines) >= LEAST_FIELDS and all(map(is_mail_field, lines))


def is_mail_field(text: str) -> bool:
    """Whether a line is one of such a head."""
    return MAIL_FIELD.match(text) is not None


def attributes(text: str) -> bool:
    """Whether a line names whose words stand above it: a dash and a name, capitals, numbers and little words, nothing
    that speaks."""
    bare = text.replace("*", "").replace("_", "")
    if not ATTRIBUTION.match(bare) or bare[-1] in "!?…":
        return False
    return len(bare.split()) > NAME_WORDS or "," in bare or len(re.findall(r"[^\W\d_]+", bare)) >= NAME_WORDS


def is_source(text: str) -> bool:
    """Whether a line below a quotation says after a dash where it is from, in words that end no sentence: "--old
    saying", "--Proverb", "--Anon."."""
    bare = text.strip("*_ ")
    words = bare.lstrip("-–—―~ ").strip("*_ ")
    if bare[:1] not in "-–—―~" or not 0 < len(words.split()) <= SOURCE_WORDS:
        return False
    return words[-1] not in '.!?…,;:"”»' or words.casefold().strip(".") in listed_words("letters", "nobody_known")


def dedicates(text: str, *, brief: bool = False) -> bool:
    """Whether a paragraph on the pages before a story dedicates it: "To my mother". `brief` says that nothing longer
    stands there: then a word that begins other sentences as well ("Till", "Στη") opens a dedication, too."""
    words = len(text.split())
    if words <= DEDICATION_WORDS and DEDICATION.match(text):
        return not greets(text)  # "To whom it may concern:"
    return brief and words <= WEAK_WORDS and WEAK_DEDICATION.match(text) is not None


def without_and(text: str) -> str:
    """A text without the "and" with which it begins."""
    return _AND.sub("", text)


def is_motto(text: str) -> bool:
    """Whether a paragraph says that it is the motto of what follows: "Motto: ..."."""
    return MOTTO.match(text) is not None


def in_brackets(text: str) -> bool:
    """Whether a line names in brackets where the words above it are from: "(a street song)"."""
    return SOURCE.match(text) is not None


def begins_epigraph(text: str) -> bool:
    """Whether a line has the label of a dedication or of a motto: neither is a fact about the story."""
    return LABELLED.match(text) is not None


def opens_dedication(text: str) -> bool:
    """Whether a line is the first word of a dedication, alone: "To", the names below it."""
    return text.casefold() in listed_words("letters", "dedication_opens")
