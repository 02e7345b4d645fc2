"""Plain text in any of the paragraph habits people use: bytes in, a book out.

Open `reading.py` first, the way of a text: `story_rows.py`, `outlining.py`, then the blocks. Its rooms: `lines/` has
rows and makes groups of them by the habit of the whole file; `page/` takes off what stands around a story that was
copied out of a browser; `head/` reads what is said of the story before it begins; `headings/` finds contents lists and
headings and builds the tree of chapters; `blocks/` says what each group is. What is no story is taken out and named on
the way.

A habit is measured over the whole file before one line is judged. Which lines are headings, breaks or fields is asked
of `recognisers/`; this folder knows lines, indents and blank lines, and no markup but the few tags that people type
(`blocks/markup.py`). A text in the marks of LaTeX, of a wiki, of a mail program is first written in those (`systems/`).
Pages that are a text, and Markdown that is, come here too.
"""

from __future__ import annotations

from converter.document.contracts import Parsed, Parser, Source
from converter.parsers.text.options import NOTHING_SAID, TextOptions


def text_parser(options: TextOptions = NOTHING_SAID) -> Parser:
    """A parser for plain text. It raises NotAStory when there is nothing to read, TooLarge when there is too much."""

    def parse(source: Source) -> Parsed:
        from converter.parsers.text.reading import read_text

        return read_text(source, options)

    return parse


__all__ = ["TextOptions", "text_parser"]
