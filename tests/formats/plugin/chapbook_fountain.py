"""A package of somebody else's: screenplays in Fountain are read, lists of words are written."""

from __future__ import annotations

import re

from converter.build.formats import Reader, ReadOptions, WriteOptions, Writer, Written
from converter.document.contracts import Omission, Parsed, Parser, Source, SourceText, Theme
from converter.document.findings.plugin import PluginFinding
from converter.document.model import Block, Book, Chapter, Heading, Metadata, Origin, Paragraph, Person, Speech, Text
from converter.document.words import book_text, words

SCENE = re.compile(r"(?:INT|EXT|EST|I/E)[. ]", re.I)
CUE = re.compile(r"[A-Z][A-Z .'-]*")


def parse(source: Source) -> Parsed:
    """A screenplay -> its title page as metadata, scenes as headings, dialogue as speeches."""
    text = source.data.decode("utf-8")
    blocks: list[Block] = []
    told: dict[str, str] = {}
    left_out: list[Omission] = []
    line = 1
    for part in text.split("\n\n"):
        rows = part.strip("\n").split("\n")
        origin = Origin(source.name, line + len(part) - len(part.lstrip("\n")))
        line += part.count("\n") + 2
        fields = [re.match(r"(\w+):\s*(.*)", row) for row in rows]
        if not blocks and all(fields):
            told |= {f[1].lower(): f[2] for f in fields if f}
            left_out.append(Omission("title page", "\n".join(rows), origin))
        elif SCENE.match(rows[0]):
            blocks.append(Heading((Text(" ".join(rows)),), 1, origin))
        elif len(rows) > 1 and CUE.fullmatch(rows[0]):
            blocks.append(Speech((Text(rows[0]),), (Paragraph((Text(" ".join(rows[1:])),), origin=origin),), origin))
        elif any(rows):
            blocks.append(Paragraph((Text(" ".join(rows)),), origin=origin))
    people = (Person(told["author"]),) if "author" in told else ()
    book = Book(Metadata(title=told.get("title", ""), people=people), (Chapter(tuple(blocks)),))
    undated = PluginFinding("fountain-undated", "no draft date on the title page", "warning", Origin(source.name, 1))
    findings = () if "date" in told else (undated,)
    return Parsed(book, (SourceText(source.name, text),), findings, omissions=tuple(left_out))


def make(_asked: ReadOptions) -> Parser:
    """The parser; a screenplay can be read in one way only."""
    return parse


def write(book: Book, _theme: Theme, _asked: WriteOptions) -> Written:
    """Every word on a line of its own."""
    return Written("\n".join(words(book_text(book))).encode())


READER = Reader("fountain", (".fountain",), make)
WRITER = Writer("words", ".words", write)
