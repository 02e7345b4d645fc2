"""What a file is by its text: pages saved as `.txt`, texts saved as `.html`, what is piped in without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.contracts import Evidence, Source
from converter.document.model import Origin
from converter.parsers import PARSERS

PAIRS = 24  # paragraphs or blocks that are closed, in a file that begins with a tag
LEAST_LINES, BROKEN = 6, 0.8  # lines, and of them so many end in a tag
_SAMPLE = 20_000  # bytes
_BROKEN = re.compile(rb"<br\s?/?>$|^<(?:p|h[1-6]|div|center|blockquote|hr|table|ul|ol)\b.*>$", re.I)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html[\s>])", re.I)
_TAG = re.compile(rb"<[a-zA-Z!/?]")
_CLOSED = re.compile(rb"</(?:p|div|h[1-6]|blockquote)\s*>", re.I)
_ARCHIVE = re.compile(rb"PK|(?:[\w-]+:[^\n]*\n){0,40}?(?:content-type|mime-version):", re.I)


def guessed_suffix(data: bytes) -> str:
    """What was piped in: a page when it begins like one, else text."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".html" if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")) else ".txt"


def undisguised(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources, with the ending of what they hold."""
    return tuple(replace(s, suffix=suffix) if (suffix := _suffix(s)) != s.suffix else s for s in sources)


def disguise_evidence(sources: Sequence[Source], read: Sequence[Source]) -> Iterator[Evidence]:
    """What is to be said of the sources that are `read` as something else."""
    for source, other in zip(sources, read, strict=True):
        if source.suffix != other.suffix:
            page = PARSERS[other.suffix] == "html"
            why = f"the file is called {source.suffix}, but " + ("it is markup" if page else "there is no tag in it")
            yield Evidence("kind", "a page" if page else "plain text", why, 0.9, Origin(source.name, 1))


def _suffix(source: Source) -> str:
    kind, data = PARSERS.get(source.suffix), source.data
    if kind == "text" and (
        _PAGE.match(data) or (data.lstrip()[:1] == b"<" and _has_pairs(data)) or _breaks_lines(data)
    ):
        return ".html"
    bare = source.suffix in (".html", ".htm", ".xhtml") and b"\0" not in data[:1_000]
    return ".txt" if bare and not _TAG.search(data) and not _ARCHIVE.match(data) else source.suffix


def _breaks_lines(data: bytes) -> bool:
    """Whether the lines of a file end in markup that ends lines, or are blocks of markup, as a form took them."""
    if b"<" not in data[:_SAMPLE]:
        return False
    lines = [line.strip() for line in data[:_SAMPLE].split(b"\n") if line.strip()]
    return len(lines) >= LEAST_LINES and sum(bool(_BROKEN.search(line)) for line in lines) >= BROKEN * len(lines)


def _has_pairs(data: bytes) -> bool:
    return sum(1 for _ in zip(range(PAIRS), _CLOSED.finditer(data), strict=False)) == PAIRS
