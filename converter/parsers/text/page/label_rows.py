"""Labels that stand alone on their rows, with the values on the rows below, as pages of archives have them when they
are copied: "Rating:", below it "Teen"; the summary; title and author between them, which nothing announces."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import LISTS
from converter.parsers.text.lines.rows import Row, estimate_words, may_end_paragraph
from converter.parsers.text.page.pasted_page import HEAD, PastedPage, head_end
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.metadata.fields import read_facts, read_field
from converter.recognisers.metadata.names import byline, pen_name
from converter.recognisers.vocabulary import language_table, languages

HEAD_ROWS = 150  # an archive's head with many tags has about a hundred
LEAST_BARE = 2  # labels with their values below them: one alone may be the story's
VALUE_WORDS = 14  # of one value of a list
NAMES_ROWS = 2  # rows between the facts and the summary: title and author
TITLE_WORDS, TITLE_LETTERS = 16, 90
LABEL_LETTERS = 30
DESCRIBED_ROWS = 12  # rows of a summary at most
ARCHIVED = frozenset(
    ("rating", "warnings", "fandoms", "words", "chapters", "status", "tags", "published", "relationships")
)
_HEADINGS = frozenset(w for tag in languages() for w in language_table(tag, "headings").get("single", ()))
COUNTED = frozenset(("words", "chapters", "published", "updated", "ignore"))  # fields whose value has a digit


def take_labels(page: PastedPage) -> None:
    """Labels alone on their rows, with values on the rows below, up to the next label; title and author among them."""
    fields = [read_field(r.text) for r in page.rows[:HEAD_ROWS]]
    bare = [at for at, f in enumerate(fields) if f and not f[1] and f[0] != "note"]
    if len(bare) < LEAST_BARE:
        return
    if bare[0] >= head_end(page) or (
        "sure" not in page.kinds and sum(f[0] in ARCHIVED for f in fields if f) < LEAST_BARE
    ):
        return  # a play's list of characters, a form in the story
    at, named = bare[0], False
    while at < len(fields):
        entry = fields[at]
        if entry:
            after = _after_field(page, at, entry)
        else:
            after = 0 if named else _names_below(page, at)
            named = True
        if not after:
            break
        at = after


def _after_field(page: PastedPage, at: int, entry: tuple[str, str, str]) -> int:
    """The row behind a label and its values, which are taken; 0 where it says nothing of the story."""
    name, value, _ = entry
    if name == "note" or (value and is_told(value)):
        return 0
    if value:
        take_value(page, at, entry)
        return at + 1
    if name == "description":
        return take_description(page, at)
    page.take(at, HEAD)
    stop = _values_end(page, at + 1, name)
    for k in range(at + 1, stop):
        take_value(page, k, entry)
    return stop


def take_value(page: PastedPage, at: int, entry: tuple[str, str, str]) -> None:
    """A row that holds a value, or several facts."""
    text, line = page.rows[at].text, page.rows[at].line
    facts = read_facts(text)
    for name, value, label in facts or ((entry[0], entry[1] or text, entry[2]),):
        page.head.add(name, value, line, label)
    page.take(at, HEAD)


def take_description(page: PastedPage, at: int) -> int:
    """The rows below the label of a summary: all up to the next label or row of the page, or else the first block.

    The row behind them.
    """
    rows = page.rows
    start = at + 1
    within = range(start, min(len(rows), start + DESCRIBED_ROWS))
    labelled = (k for k in within if page.kinds[k] == "sure" or read_field(rows[k].text) or _is_label(rows[k].text))
    headed = (k for k in within if page.is_heading(rows[k].text) or is_break(rows[k].text))
    block = next((k for k in within if k > start and rows[k].gap), start + 1)
    stop = next(labelled, 0)
    if stop > block and _words(rows[stop:]) < _words(rows[start:stop]):
        stop = 0  # what is below would be all of the story
    stop = min(stop or block, next(headed, len(rows)))
    if stop <= start or start >= len(rows):
        return start
    page.take(at, HEAD)
    page.head.add("description", " ".join(r.text for r in rows[start:stop]), rows[start].line)
    for k in range(start, stop):
        page.take(k, HEAD)
    return stop


def _words(rows: Sequence[Row]) -> int:
    return sum(estimate_words(r.text) for r in rows)


def describes(text: str) -> bool:
    """Whether a row is the label of a summary alone, with its colon or without; what also heads a chapter
    ("Introduzione") is none without it."""
    bare = text.rstrip(":：")
    entry = read_field(f"{bare}:") if len(text) <= LABEL_LETTERS else None
    if entry is None or entry[1] or entry[0] != "description":
        return False
    return bare != text or bare.casefold() not in _HEADINGS


def _is_label(text: str) -> bool:
    """Whether a row is a label without its colon, over a note or a summary: "Notes"."""
    entry = read_field(f"{text}:") if len(text) <= LABEL_LETTERS else None
    return entry is not None and not entry[1] and entry[0] in ("note", "description")


def _values_end(page: PastedPage, start: int, name: str) -> int:
    """Where the values of a label are over."""
    rows = page.rows
    at = start
    while at < len(rows) and rows[at].gap == 0 and not read_field(rows[at].text):
        text = rows[at].text
        if name not in LISTS and (at > start or (name in COUNTED and not any(map(str.isdigit, text)))):
            break
        if len(text.split()) > VALUE_WORDS:
            break
        at += 1
    return at


def _names_below(page: PastedPage, at: int) -> int:
    """Title and author between an archive's facts and its summary, where nothing says what they are: the row behind
    them, 0 where there are none."""
    rows = page.rows
    stop = at + NAMES_ROWS
    if stop >= len(rows) or any(page.kinds[k] for k in range(at, stop)):
        return 0
    if not (page.kinds[stop] == "sure" or read_field(rows[stop].text) or _is_label(rows[stop].text)):
        return 0
    title, author = rows[at].text, rows[at + 1].text
    name = pen_name(byline(author) or author)
    if not may_be_title(title) or not name:
        return 0
    page.fact(at, "title", title)
    page.fact(at + 1, "author", name)
    return stop


def may_be_title(text: str) -> bool:
    """Whether a row may be a title by its length and its end."""
    return len(text.split()) <= TITLE_WORDS and len(text) <= TITLE_LETTERS and not text.endswith((".", ",", ";"))


def is_told(value: str) -> bool:
    """Whether the words after a label are a sentence."""
    return may_end_paragraph(value) and len(value.split()) > 2
