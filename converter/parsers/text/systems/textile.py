"""Textile: what a paragraph is stands before it ("h2. ", "bq. ")."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.systems.writing import HEAD, Rewriter, Translation
from converter.recognisers.lines.breaks import is_break

OPENS = regex(
    r"(h[1-6]|bq|p|bc|pre|notextile)(?:[=<>]|\([^()\n]{1,30}\)|\{[^{}\n]{1,60}\}){0,3}\.{1,2}:?[ \t]{1,4}(?=\S)"
)
LINK = regex(r"\"([^\"\n]{1,200})\":(https?://[^\s<>\"]{1,300}[\w/])")


def read_textile(text: str, name: str) -> Translation:
    """A text with the marks of Textile, in those that are read anyway; stars and underscores mean what they mean."""
    writer = Rewriter(text, name)
    tops = len(re.findall(r"(?m)^h1[^\n.]{0,30}\. ", text))
    for number, line in enumerate(text.split("\n"), 1):
        start, end = writer.line_span(number)
        if not line.strip():
            writer.blank()
            writer.kind = ""
        elif is_break(line.strip()):
            writer.scene_break(start, line.strip())
        elif m := OPENS.match(line):
            writer.blank()
            if m[1] == "h1" and tops == 1:
                writer.head.append(("title", line[m.end() :].strip(), number))
                writer.omit(start, end, HEAD)
                continue
            writer.omit(start, start + m.end())
            writer.kind = "quote" if m[1] == "bq" else ""
            _words(writer, start + m.end(), end)
            if m[1][0] == "h":
                writer.heading(int(m[1][1]))
            else:
                writer.end_line()
        else:
            _words(writer, start, end)
            writer.end_line()
    return writer.translation()


def _words(writer: Rewriter, start: int, end: int) -> None:
    """The words of a line, its links without their addresses."""
    at = start
    for m in LINK.finditer(writer.text, start, end):
        writer.keep(at, m.start())
        writer.keep(*m.span(1))
        writer.omit(m.end(1) + 2, m.end())
        at = m.end()
    writer.keep(at, end)
