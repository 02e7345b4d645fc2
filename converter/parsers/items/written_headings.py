"""Headings that nothing marks: paragraphs that are worded like a chapter's heading, and numbers that count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.model import Emphasis, Inlines, Link, Paragraph, Strong, Styled, Text
from converter.document.text_units import notes_in
from converter.document.words import plain_text
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.normalisation import item_texts
from converter.parsers.items.sections import HEADING_LENGTH
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon

LEAST_NUMBERS, LEAST_WORDS = 2, 3  # of a series that nothing but its numbers marks; of one in words ("One.")
LEAST_TITLES = 2  # of a series of numbers with titles that are set off
LONGEST_NUMBER = 12  # characters
NUMBERED_WORDS = 40  # words below most of such numbers
SENTENCE_ENDS = ".!?…,;:"
SPEECH = "\"“”„«»‘'—–"


def written_headings(items: Sequence[Item], lex: Lexicon) -> list[Item]:
    """Paragraphs that are worded like a chapter's heading become one."""
    out: list[Item] = []
    numbers = _numbers_alone(items, lex) | _numbered_titles(items, lex)
    for at, item in enumerate(items):
        if isinstance(item, Paragraph):
            text = plain_text(item.content).strip()
            short = 0 < len(text) <= HEADING_LENGTH
            if at in numbers or (
                short and (_reads_as_heading(item, text, lex) or _reads_as_title(item, text, out, lex))
            ):
                out.append(HeadingItem(_lines(item.content), 6, item.origin, marked=False))
                continue
        out.append(item)
    return out


def _numbers_alone(items: Sequence[Item], lex: Lexicon) -> frozenset[int]:
    """The places of paragraphs that are a number and nothing else, where they count from 1 through the whole story,
    with prose after each."""
    found: list[tuple[int, int]] = []
    words = [0]
    spelt = False
    for at, item in enumerate(items):
        text = plain_text(item.content).strip() if isinstance(item, Paragraph) else ""
        form = read_form(text, lex) if 0 < len(text) <= LONGEST_NUMBER else None
        if form and form.shape == "number" and form.number:
            found.append((at, form.number.value))
            spelt = spelt or form.number.style not in ("digit", "roman")
            words.append(0)
        words[-1] += len(" ".join(item_texts(item)).split())
    counted = [n for _, n in found] == list(range(1, len(found) + 1))
    parted = sorted(words[1:])[len(found) // 2] >= NUMBERED_WORDS if found else False
    enough = len(found) >= (LEAST_WORDS if spelt else LEAST_NUMBERS)
    return frozenset(at for at, _ in found) if enough and counted and parted else frozenset()


def _numbered_titles(items: Sequence[Item], lex: Lexicon) -> frozenset[int]:
    """The places of paragraphs that are a number and a title, set off all in one manner ("I. The Hat", bold in the
    middle), where they count from 1 through the whole story, with prose after each."""
    found: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for at, item in enumerate(items):
        text = plain_text(item.content).strip() if isinstance(item, Paragraph) else ""
        if not isinstance(item, Paragraph) or not 0 < len(text) <= HEADING_LENGTH or text[-1] in SENTENCE_ENDS:
            continue
        form = read_form(text, lex)
        manner = (item.align, _bare(item.content) is not item.content)
        if form and form.shape == "numbered-title" and form.number and (manner[0] == "center" or manner[1]):
            found.setdefault(manner, []).append((at, form.number.value))
    for row in found.values():
        ends = [*(at for at, _ in row[1:]), len(items)]
        below = [
            sum(len(" ".join(item_texts(i)).split()) for i in items[at + 1 : end])
            for (at, _), end in zip(row, ends, strict=True)
        ]
        if len(row) >= LEAST_TITLES and [n for _, n in row] == list(range(1, len(row) + 1)):
            return frozenset(at for at, _ in row) if min(below) >= NUMBERED_WORDS else frozenset()
    return frozenset()


def _reads_as_title(item: Paragraph, text: str, before: Sequence[Item], lex: Lexicon) -> bool:
    """A line in the middle right under a written heading that is only a label: its title."""
    if not before or not isinstance(before[-1], HeadingItem) or before[-1].marked or item.align != "center":
        return False
    form = read_form(" ".join(plain_text(joined(before[-1].lines)).split()), lex)
    return (
        form is not None
        and form.shape == "division"
        and not form.title
        and (text.isupper() or text[-1] not in '.!?…,;”"')
    )


def _lines(content: Inlines) -> tuple[Inlines, ...]:
    text = plain_text(content)
    if "\n" not in text:
        return (_bare(content),)
    lines: list[Inlines] = [(Text(line.strip()),) for line in text.split("\n") if line.strip()]
    lines[-1] = (*lines[-1], *notes_in(content))
    return tuple(lines)


def _bare(content: Inlines) -> Inlines:
    while len(content) == 1 and isinstance(content[0], Strong | Emphasis | Styled):
        if isinstance(content[0], Styled) and content[0].style != "underline":
            break
        content = content[0].content
    return content


def _reads_as_heading(item: Paragraph, text: str, lex: Lexicon) -> bool:
    if text[0] in SPEECH and item.align != "center":
        return False
    first = text.split("\n", maxsplit=1)[0].strip()
    form = read_form(first, lex)
    if form is None:
        return False
    bare = _bare(item.content)
    if len(bare) == 1 and isinstance(bare[0], Link):
        return False  # it leads to that chapter elsewhere
    marked = item.align == "center" or bare is not item.content
    if form.shape == "division":
        return marked or not re.search(r"[.!?…,;][\"'”’»)]*$", form.title or "") or not form.title
    if form.shape == "single":
        return (marked and not form.title) or (first.isupper() and marked)
    return form.shape == "number" and marked and form.number is not None and not _may_sign(item, first)


def _may_sign(item: Paragraph, text: str) -> bool:
    """Whether a numeral is an initial with which somebody signs: at the right, or one of hundreds without a mark of
    headings ("C.")."""
    large = text.strip(".").upper() in ("L", "C", "D", "M")
    return item.align == "right" or (large and item.align != "center" and isinstance(item.content[0], Emphasis))
