"""What people note down around stories: outlines, lists of names, rules of a contest, reading orders, templates.

Strategy. A word has to say so: in the file's name, as the whole name of its folder, or as the whole first line. And
what stands in the file has to have the form of it: points, labels, names, numbers. Where either is missing it may be a
story, for poems are called "Names" and stories "Rules".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import NamedTuple

from converter.document.patterns import regex
from converter.folders.chats import CHAT, is_channel, is_chat, is_sealed_chat
from converter.folders.desk import (
    are_facts,
    are_traits,
    is_card,
    is_contents,
    is_dated,
    is_day,
    is_judged,
    is_letter_of_the_trade,
    is_minutes,
    is_release,
)
from converter.folders.everyday import are_answers, are_sums, are_things, are_words_to_learn, is_running_order
from converter.folders.highlights import HIGHLIGHTS, are_highlights
from converter.folders.listed import (
    are_told,
    ends_told,
    has_box,
    is_name,
    is_point,
    is_short,
    label_of,
    names_secret,
    point_of,
)
from converter.recognisers.vocabulary import either, listed_words

MOST_LINES = 80
MOST_WORDS = 3  # of what says what a file is
LONGEST_LINE = 300  # characters
SHARE = 0.8  # of the lines that look alike
MOST_SHARE = 0.6  # where the word for it leaves little doubt
FEWEST = 2  # lines that speak of what a file is
FEWEST_TERMS = 3  # of a contest
FEWEST_NAMES = 3  # lines of nothing but names
FEWEST_LINKS = 2
PASSWORDS, TASKS, SHOPPING = "a list of passwords", "a list of things to do", "a shopping list"
NAMES, GLOSSARY = "a list of names", "a glossary"
OF_A_WORK = (NAMES, GLOSSARY)  # what a writer notes of a work, though a book may have a list of that name
TRADE_LETTERS = "trade_letters"
OF_ANY_LENGTH = ("chats",)
SEQUENCES = "sequences"  # a word for it is the whole name of a file
TAKEOUT = "archive_browser.html"
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = regex(r"\d{1,3}(?:\.\d{1,2})?[.):]?\s+\S")
_CODED = regex(r"\w{0,12}\d{1,8}\w{0,4}(?:\.\w{3,4})?[:\s–—-]+\S")
_YEARS = regex(r"(?:19|20)\d\d\s*[-–—/]\s*(?:(?:19|20)\d\d|\w{2,10})?")
_MONEY = regex(r"[$€£]?\s?\d{1,3}(?:[ ,.]?\d{3}){0,3}[.,]\d\d\b")
_LINK = regex(r"(?:[-*+•]\s+)?<?(?:https?://|www\.)\S+\Z")
_BLANK = regex(r"\{\{[^{}]{0,60}\}\}|<%[^%]{0,60}%>")
_CONTEST = regex(rf"\b{either('files', 'contest')}\b", re.I, LONGEST_LINE)
_PERSONAL = regex(rf"\b{either('files', 'personal')}\b", re.I, LONGEST_LINE)
_PLACEHOLDER = regex(rf"\W*{either('files', 'placeholder')}\W*\Z", re.I, LONGEST_LINE)
_CREDIT = regex(rf"\W*{either('files', 'credit')}\b", re.I, LONGEST_LINE)
_TAG = regex(r"<[^<>]{0,500}>")
_PARAGRAPH_END = regex(r"</(?:p|div|h\d|li)>|<br\s?/?>", re.I)


class Sheet(NamedTuple):
    """The lines of a file that are not blank, and those of them behind its heading; `beside`: the names of all that
    lies in its folder."""

    all: Sequence[str]
    lines: Sequence[str]
    beside: Collection[str]

    @property
    def has_company(self) -> bool:
        """Whether something else lies in its folder."""
        return len(self.beside) > 1

    def share(self, test: Callable[[str], object]) -> float:
        """The share of the lines behind the heading for which a test holds."""
        return sum(map(bool, map(test, self.lines))) / max(1, len(self.lines))


def jotting(name: str, text: str, folder: str, beside: Collection[str], *, whole: bool) -> str:
    """What a text is that is noted down around stories ("an outline"); "" for a story. `folder` is the name of the
    folder it lies in, `beside` are the names of all that lies there; `whole`: the text is seen to its end."""
    sheet = _sheet(text, beside)
    if not sheet.all or are_told(sheet.all):
        return ""
    for what, of_itself in _BY_FORM if whole else ():
        if of_itself(sheet):
            return what
    if whole and is_day(name.rpartition(".")[0], sheet.all):
        return "a day's notes"
    stem = name.rpartition(".")[0]
    said = {*_kinds_in(stem), *_whole_kind(folder), *_whole_kind(sheet.all[0])} - {SEQUENCES} | {*_whole_kind(stem)}
    asked = (key for key in _FORMS if key in said and (whole or key in OF_ANY_LENGTH))
    return next((what for what, form in map(_FORMS.__getitem__, asked) if form(sheet)), "")


def chat_log(name: str, lines: Sequence[str]) -> str:
    """What a text is, however it is told, that a program saved of a chat, by its name and how its lines begin; "" for
    others."""
    return CHAT if is_channel(lines) or ("chats" in _kinds_in(name) and is_sealed_chat(lines)) else ""


def trade_letter(name: str, lines: Sequence[str]) -> str:
    """What a file is that is a letter about books to be sold or written, by its name and all its lines; "" for a
    story."""
    said = bool(lines) and TRADE_LETTERS in _kinds_in(name.rpartition(".")[0])
    return "a letter to an agent, or to writers" if said and is_letter_of_the_trade(lines) else ""


def jotted_page(name: str, page: str) -> str:
    """What a short web page is that is no story: a bill, a letter to an agent, highlights out of books, what a service
    says of its export; "" for a story."""
    if name.casefold() == TAKEOUT and re.search("archive|takeout", page, re.I):
        return "the page of an export"
    if letter := trade_letter(name, lines := _paragraphs(page)):
        return letter
    if are_highlights(lines):
        return HIGHLIGHTS
    if "invoices" not in _kinds_in(name.rpartition(".")[0]):
        return ""
    lines = [line for part in _TAG.sub("\n", page).splitlines() if (line := part.strip())]
    return "an invoice" if not are_told(lines) and _is_invoice(Sheet(lines, lines, ())) else ""


def _paragraphs(page: str) -> list[str]:
    """The paragraphs of a short page, each on one line."""
    head, _, body = page.partition("<body")
    parts = (_TAG.sub("", part) for part in _PARAGRAPH_END.split(f"<body{body}" if body else head))
    return [line for part in parts if (line := " ".join(part.split()))]


def _sheet(text: str, beside: Collection[str]) -> Sheet:
    """The lines of a text, without what stands above it between rows of dashes; a heading is one line with a sign, a
    colon or a word that says what follows."""
    lines = [line for raw in text.splitlines()[:MOST_LINES] if (line := raw.strip())]
    if lines[:1] == ["---"] and "---" in lines[1:]:
        above = lines[1 : lines.index("---", 1)]
        blanks = [line for line in above if _BLANK.search(line)]
        lines = [*blanks, *lines[len(above) + 2 :]]
    headed = bool(lines) and (lines[0][0] == "#" or lines[0][-1] == ":" or _whole_kind(lines[0]) != ())
    return Sheet(lines, lines[1:] if headed else lines, beside)


@cache
def _words() -> dict[tuple[str, ...], str]:
    """The words that say what a file is, with what they say."""
    return {tuple(entry.split()): key for key in (*_FORMS, TRADE_LETTERS) for entry in listed_words("files", key)}


def _kinds_in(name: str) -> list[str]:
    """What a name says that a file is, wherever in it."""
    words = _WORD.findall(name.casefold())
    known = _words()
    runs = (tuple(words[at : at + n]) for at in range(len(words)) for n in range(1, MOST_WORDS + 1))
    return [known[run] for run in runs if run in known]


def _whole_kind(text: str) -> tuple[str, ...]:
    """What a text says that is nothing but the word for it."""
    words = tuple(_WORD.findall(text.casefold())) if len(text) <= LONGEST_LINE else ()
    return (_words()[words],) if words in _words() else ()


def _is_outline(sheet: Sheet) -> bool:
    """Whether most lines are points, or all say when something happens, where something else lies beside them."""
    pointed = sheet.share(is_point) >= MOST_SHARE and all(map(is_short, sheet.lines))
    return pointed or (sheet.has_company and is_dated(sheet.lines))


def _is_of_names(sheet: Sheet) -> bool:
    """Whether each line is a name, or a name with what is said of it, no name twice: in a play they come again."""
    lines = [point_of(line) or line for line in sheet.lines if line[0] != "#"]
    if not lines or any(map(ends_told, lines)):
        return False
    names = [line for line in lines if is_name(line)]
    said = [label for line in lines if (label := label_of(line)) and is_name(label)]
    once = len({*names, *said}) == len(names) + len(said)
    listed = (sheet.has_company and len(names) == len(lines) >= FEWEST_NAMES) or len(said) >= FEWEST
    pointed = sheet.share(is_point) == 1
    return pointed or (once and listed and len(names) + len(said) >= SHARE * len(lines))


def _is_of_cards(sheet: Sheet) -> bool:
    """Whether fields say what somebody or something is like."""
    return is_card(sheet.all)


def _is_of_facts(sheet: Sheet) -> bool:
    """Whether a list says what is to be known of people or places, in the company of something else."""
    return sheet.has_company and (are_facts(sheet.lines) or are_traits(sheet.lines))


def _is_of_points(sheet: Sheet) -> bool:
    return len(sheet.lines) >= FEWEST and sheet.share(is_point) == 1


def _is_rules(sheet: Sheet) -> bool:
    """Whether points speak of entries, judges and their like: a story may be told in rules, too."""
    said = {word.casefold() for line in sheet.lines for word in _CONTEST.findall(line)}
    return sheet.has_company and len(said) >= FEWEST_TERMS and sheet.share(point_of) >= MOST_SHARE


def _is_captions(sheet: Sheet) -> bool:
    """Whether the lines begin with the names of pictures that lie there, or are numbered as these are."""
    stems = {name.rpartition(".")[0].casefold() for name in sheet.beside}
    named = sum(line.split()[0].rpartition(".")[0].casefold() in stems or _first(line) in stems for line in sheet.lines)
    return named >= SHARE * len(sheet.lines) > 0 or (named > 0 and sheet.share(_CODED.match) >= SHARE)


def _first(line: str) -> str:
    return line.split(maxsplit=1)[0].rstrip(":-–—").casefold()


def _is_order(sheet: Sheet) -> bool:
    listed = sheet.share(lambda line: _NUMBERED.match(line) or is_point(line))
    return len(sheet.lines) >= FEWEST and listed >= SHARE and not any(map(ends_told, sheet.lines))


def _is_glossary(sheet: Sheet) -> bool:
    labels = [label_of(line) for line in sheet.lines]
    once = len(set(labels)) == len(labels) >= FEWEST and all(labels)
    return once and sheet.has_company and not any(map(ends_told, sheet.lines))


def _is_credits(sheet: Sheet) -> bool:
    """Whether each line says who did what: "Translated by Ada Thorn", "Proofread: Odile"."""
    return sheet.has_company and len(sheet.lines) > 0 and sheet.share(_CREDIT.match) >= SHARE


def _is_template(sheet: Sheet) -> bool:
    """Whether nothing stands there but what is to be filled in."""
    open_lines = [line for line in sheet.all if not (line[0] == "#" or line.rstrip("*_")[-1:] == ":")]
    blank = [line for line in sheet.all if _PLACEHOLDER.match(line) or _BLANK.search(line)]
    return bool(blank) and all(_PLACEHOLDER.match(line) or _BLANK.search(line) for line in open_lines)


def _is_unfilled(sheet: Sheet) -> bool:
    """Whether nothing stands there but headings, and names in braces that a program fills in."""
    open_lines = [line for line in sheet.all if not (line[0] == "#" or line[-1] == ":")]
    return bool(open_lines) and all(_BLANK.search(line) and is_short(line) for line in open_lines)


def _is_invoice(sheet: Sheet) -> bool:
    return sum(_MONEY.search(line) is not None for line in sheet.all) >= FEWEST


def _is_career(sheet: Sheet) -> bool:
    personal = [line for line in sheet.all if _PERSONAL.match(line)]
    if sum(len(line.split()) == 1 for line in personal) >= FEWEST_TERMS:
        return True  # headings: experience, education, skills
    return bool(personal) and sum(_YEARS.match(line) is not None for line in sheet.all) >= FEWEST


def _is_of_secrets(sheet: Sheet) -> bool:
    secret = sum(map(names_secret, sheet.lines))
    return secret >= max(FEWEST, MOST_SHARE * len(sheet.lines)) and all(map(is_short, sheet.lines))


def _is_of_links(sheet: Sheet) -> bool:
    return sum(_LINK.match(line) is not None for line in sheet.lines) >= max(FEWEST_LINKS, SHARE * len(sheet.lines))


_BY_FORM: tuple[tuple[str, Callable[[Sheet], bool]], ...] = (  # whatever it is called
    (TASKS, lambda sheet: sheet.share(has_box) == 1),
    (PASSWORDS, _is_of_secrets),
    ("a list of links", _is_of_links),
    ("a template", _is_unfilled),
)
_FORMS: dict[str, tuple[str, Callable[[Sheet], bool]]] = {  # by the words that say so
    "outlines": ("an outline", _is_outline),
    "timelines": ("a timeline", _is_outline),
    "people": (NAMES, lambda sheet: _is_of_names(sheet) or _is_of_cards(sheet) or _is_of_facts(sheet)),
    "places": ("notes on places", lambda sheet: _is_of_cards(sheet) or _is_of_facts(sheet)),
    "pronunciations": ("how names are said", _is_of_facts),
    "house_rules": ("rules of a game", lambda sheet: sheet.has_company and _is_of_points(sheet)),
    "minutes": ("minutes of a meeting", lambda sheet: is_minutes(sheet.all)),
    "judgements": ("a judge's notes", lambda sheet: sheet.has_company and is_judged(sheet.lines)),
    "releases": ("the number of a version", lambda sheet: sheet.has_company and is_release(sheet.all)),
    "tables_of_contents": ("a table of contents", lambda sheet: is_contents(sheet.all, sheet.beside)),
    "rules": ("the rules of a contest", _is_rules),
    "captions": ("captions of pictures", _is_captions),
    "orders": ("a list of titles", _is_order),
    "glossaries": (GLOSSARY, _is_glossary),
    "credits": ("credits", _is_credits),
    "templates": ("a template", _is_template),
    "invoices": ("an invoice", _is_invoice),
    "careers": ("a CV", _is_career),
    "chats": (CHAT, lambda sheet: is_chat(sheet.all)),
    "tasks": (TASKS, _is_of_points),
    "shopping": (SHOPPING, _is_of_points),
    "packed": ("a packing list", lambda sheet: are_things(sheet.lines)),
    "jotted": ("a note to oneself", lambda sheet: are_things(sheet.lines)),
    "vocabularies": ("words to be learnt", lambda sheet: are_words_to_learn(sheet.lines)),
    "exercises": ("sums", lambda sheet: are_sums(sheet.lines)),
    "answers": ("a list of what was sent in and answered", lambda sheet: are_answers(sheet.lines)),
    SEQUENCES: ("a list of titles", lambda sheet: is_running_order(sheet.lines)),
}
