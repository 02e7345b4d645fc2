"""Capitals as stress, set in italics when the person asks for it. The letters stay as they were typed."""

from __future__ import annotations

from collections.abc import Iterator

from converter.document.contracts import Change, Improved
from converter.document.model import Book, Chapter, Emphasis, Inline, Inlines, Origin, Text
from converter.document.patterns import regex
from converter.document.text_units import chapter_units, map_book, map_chapter
from converter.document.traversal import UnitKind
from converter.document.words import around

WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BETWEEN = (" ", " I ", " A ")  # one letter alone is no stress, but belongs to the run it stands in


def capitals_to_italics(book: Book) -> Improved:
    """Every run of stressed capitals in running text becomes emphasis; one change per run.

    The book is its own dictionary: a word is stressed when the book has it in small letters too, so that initials
    and names of one form (NASA, TV) stay. A paragraph without a small letter is a sign or a heading, and stays.
    """
    small: set[str] = set()
    _learn(book.chapters, small)
    changes: list[Change] = []

    def visit(content: Inlines, kind: UnitKind, origin: Origin | None) -> Inlines:
        if kind != "paragraph" or not any(isinstance(i, Text) and i.text != i.text.upper() for i in content):
            return content
        parts = [(i, _runs(i.text, small) if isinstance(i, Text) else []) for i in content]
        if not any(runs for _, runs in parts):
            return content
        new: list[Inline] = []
        for inline, runs in parts:
            if isinstance(inline, Text) and runs:
                new.extend(_set(inline.text, runs))
                changes.extend(_change(inline.text, start, end, origin) for start, end in runs)
            else:
                new.append(inline)
        return tuple(new)

    return Improved(map_book(book, lambda chapter: map_chapter(chapter, visit)), tuple(changes), ())


def _learn(chapters: tuple[Chapter, ...], small: set[str]) -> None:
    for chapter in chapters:
        for unit in chapter_units(chapter):
            small.update(w for w in WORD.findall(unit.text.replace("’", "'")) if w.islower())
        _learn(chapter.children, small)


def _runs(text: str, small: set[str]) -> list[tuple[int, int]]:
    """Where stressed capitals begin and end; stressed words with only spaces between them are one run."""
    runs: list[tuple[int, int]] = []
    for m in WORD.finditer(text):
        word = m[0]
        if len(word) < 2 or not word.isupper() or word.replace("’", "'").lower() not in small:
            continue
        if runs and text[runs[-1][1] : m.start()] in BETWEEN:
            runs[-1] = (runs[-1][0], m.end())
        else:
            runs.append((m.start(), m.end()))
    return runs


def _set(text: str, runs: list[tuple[int, int]]) -> Iterator[Inline]:
    at = 0
    for start, end in runs:
        if start > at:
            yield Text(text[at:start])
        yield Emphasis((Text(text[start:end]),))
        at = end
    if at < len(text):
        yield Text(text[at:])


def _change(text: str, start: int, end: int, origin: Origin | None) -> Change:
    return Change("capitals", text[start:end], f"_{text[start:end]}_", around(text, start, end), origin)
