"""Who began a forum's thread, where the rows above its posts say so, and what else they say of it."""

from __future__ import annotations

from itertools import pairwise

from converter.document.patterns import regex
from converter.parsers.text.page.label_rows import may_be_title
from converter.parsers.text.page.pasted_page import HEAD, PastedPage
from converter.recognisers.lines.posts import is_starter_label, thread_starter
from converter.recognisers.metadata.fields import read_field

TOP = 12  # rows in which a thread says who began it
COLUMNS = regex(r"\s{2,20}")
LABEL_WORDS = 3  # of a label without a colon


def starter(page: PastedPage) -> str:
    """Who began the thread, where the rows above it say so; what they say is taken."""
    rows = page.rows
    for at, row in enumerate(rows[:TOP]):
        for part in row.text.split("  "):
            entry = read_field(part.strip())
            if entry and entry[0] == "author" and entry[1]:
                return entry[1]
        if is_starter_label(row.text) and at + 1 < len(rows):
            _take_starter(page, at)
            return rows[at + 1].text
        if name := thread_starter(row.text) or _set_apart(row.text):
            _take_label_rows(page, at)
            return name
    return ""


def _set_apart(text: str) -> str:
    """Who began a thread, where wide spaces part labels and values: "Thread starter  Raven   Start date  3 May"."""
    parts = COLUMNS.split(text)
    return next((name for label, name in pairwise(parts) if is_starter_label(label)), "")


def _take_starter(page: PastedPage, at: int) -> None:
    """Labels without a colon, each with its value below it: "Thread starter", "Start date", "Tags"."""
    while at + 1 < len(page.rows) and (entry := read_field(f"{page.rows[at].text}:")) and not page.rows[at].gap:
        page.take(at, HEAD)
        page.fact(at + 1, entry[0], page.rows[at + 1].text)
        at += 2


def _take_label_rows(page: PastedPage, at: int) -> None:
    """Labels without a colon, each before its value: "Thread starter   Raven Nine"; the title stands above them."""
    if at and may_be_title(page.rows[at - 1].text) and page.kinds[at - 1] != "sure":
        page.fact(at - 1, "title", page.rows[at - 1].text)
    first = at
    while at < len(page.rows) and (at == first or page.rows[at].gap == 0):
        pairs = COLUMNS.split(page.rows[at].text)
        if len(pairs) > 2 and not len(pairs) % 2 and at == first:
            for label, value in zip(pairs[::2], pairs[1::2], strict=True):
                if entry := read_field(f"{label}: {value}"):
                    page.fact(at, entry[0], value)
            page.take(at, HEAD)
            at += 1
            continue
        words = page.rows[at].text.split()
        labels = (read_field(f"{' '.join(words[:k])}: {' '.join(words[k:])}") for k in range(1, LABEL_WORDS + 1))
        if not (entry := next(filter(None, labels), None)) or not entry[1]:
            return
        page.fact(at, entry[0], entry[1])
        at += 1
