"""Raised endings of French ordinals: 1er, 2e, XIXe (Lexique de l'Imprimerie nationale, "Adjectifs numéraux")."""

from __future__ import annotations

from collections.abc import Iterator

from converter.document.contracts import Change, Improved
from converter.document.model import Book, Inline, Inlines, Origin, Styled, Text
from converter.document.patterns import regex
from converter.document.text_units import map_book, map_chapter
from converter.document.traversal import UnitKind
from converter.document.words import around

ORDINAL = regex(
    r"(?<![\w.,\-])(?:1(?P<first>er|re|ers|res)|2(?P<second>de?|nde?)|I(?P<ruler>er)"
    r"|(?:\d{1,4}|(?!I?e)X{0,3}(?:IX|IV|V?I{0,3}))(?P<other>es?|[èi]{1,2}mes?))(?![\w\-'’])"
)
KINDS = frozenset(["paragraph", "line", "caption"])


def ordinals(book: Book) -> Improved:
    """The book with the endings of its ordinals raised, a change for each: the letters stay."""
    changes: list[Change] = []

    def visit(content: Inlines, kind: UnitKind, origin: Origin | None) -> Inlines:
        if kind not in KINDS:
            return content
        new: list[Inline] = []
        for inline in content:
            new += _raised(inline.text, changes, origin) if isinstance(inline, Text) else (inline,)
        return tuple(new) if len(new) > len(content) else content

    return Improved(map_book(book, lambda chapter: map_chapter(chapter, visit)), tuple(changes))


def _raised(text: str, changes: list[Change], origin: Origin | None) -> Iterator[Inline]:
    at = 0
    for m in ORDINAL.finditer(text):
        ending = m[m.lastgroup or 0]
        start = m.end() - len(ending)
        changes.append(Change("ordinals", m[0], m[0], around(text, *m.span()), origin))
        yield Text(text[at:start])
        yield Styled("super", (Text(ending),))
        at = m.end()
    if at < len(text):
        yield Text(text[at:])
