"""Parsers: a source in, a book out. Which one reads which file is this table and nothing else.

In comes a `Source` (a name, bytes, a suffix, the files beside it), out comes `Parsed`: the book, the decoded text, what
was left out on purpose with its place, what is in doubt, and why it was decided so. `text/` reads plain text, `html/`
web pages, `markdown/` Markdown, `epub/` and `docx/` EPUBs and Word documents as pages, `mail.py` mails as texts or
pages, `works/` puts many files together; `decoding.py` and `charsets.py` make text of bytes for all of them,
`plainly.py` is what reads a story that nothing else could; `switches.py` names what a parser can leave alone.

A parser knows one format and the model. It sets no type (`passes/`), settles no metadata (`build/` asks
`recognisers/metadata` with the options of the person), and opens no file: what lies beside a story comes through
`Source.assets`. What a line means is asked of `recognisers/`, so that texts and pages agree.
"""

from __future__ import annotations

PARSERS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".rtf": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".htmlz": "html",
    ".zip": "html",
    ".epub": "epub",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "docx",
    ".eml": "mail",
    ".mbox": "text",
}
STAGES = ("page", "styled", "annotated", "extracted", "flow", "divided")  # of the reading of a page, which can be shown
