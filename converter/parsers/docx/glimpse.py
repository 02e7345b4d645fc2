"""A quick look at a Word document, for whoever only has to know what it is: its lines, italics in underscores."""

from __future__ import annotations

import re
from html import unescape

from converter.limits.unzip import Archive, Damaged
from converter.parsers.docx.package import LIMITS

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
MOST = 4_000_000  # characters of a part that are looked at
_END = re.compile(r"</w:p>")
_BREAK = re.compile(r"<w:(?:br|cr|tab)\b[^<>]{0,200}>")
_RUN = re.compile(r"<w:r(?=[\s>])")
_ITALIC = re.compile(r"<w:i(?:\s{1,9}w:val=\"(?:1|true|on)\")?\s{0,9}/>")
_TEXT = re.compile(r"<w:t(?:\s[^<>]{0,200})?>([^<]*)")


def glimpse(data: bytes) -> bytes:
    """The text of a document's bytes in UTF-8, a blank line between paragraphs; b"" where there is none to be had."""
    try:
        archive = Archive(data, LIMITS)
        names = archive.names()
        parts = [archive.read(name).decode("utf-8", "replace")[:MOST] for name in PARTS if name in names]
    except Damaged:
        return b""
    paragraphs = (_line(paragraph) for part in parts for paragraph in _END.split(part))
    return "\n\n".join(filter(None, paragraphs)).encode()


def _line(paragraph: str) -> str:
    text = []
    for run in _RUN.split(_BREAK.sub("<w:t> </w:t>", paragraph)):
        words = "".join(_TEXT.findall(run))
        bare = words.strip()
        text.append(words.replace(bare, f"_{bare}_") if bare and _ITALIC.search(run) else words)
    return unescape("".join(text)).strip()
