"""A mail in a file (`.eml`): what it says as a text or a page, its encoding undone, under its subject, sender and date.

Python's `email` takes the mail apart. Of parts that say the same in two ways the plain one is read, as the writer's own
lines; a mail that has a page alone is read as a page. What is attached is named and not read, except where there is
nothing else: then the text was sent as a file.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html import escape, unescape
from typing import NamedTuple

from converter.document.contracts import Parsed, Parser, Source
from converter.document.errors import NotAStory
from converter.document.findings.works import MailAttached
from converter.document.model import Origin
from converter.parsers.decoding import decode
from converter.recognisers.lines.subjects import author_below_title

FIELDS = ("From", "To", "Subject", "Date", "Message-ID")  # of the head, that are kept
MOST_PARTS = 1_000
OPENING, OPENING_LINES = 10_000, 24  # characters and lines of a page in which the story's own author may stand
PLAIN, PAGE = "text/plain", "text/html"
_TAG = re.compile(r"<[^<>]{0,500}>")
_HEAD = re.compile(r"<head\b[^<>]{0,300}>", re.I)


class Letter(NamedTuple):
    """What a mail says: its fields by name, its texts, its pages, the names of what is attached."""

    fields: dict[str, str]
    texts: tuple[str, ...]
    pages: tuple[str, ...]
    attached: tuple[str, ...]
    flowed: bool = False  # lines that end in a blank go on


def mail_parser(text: Parser, page: Parser) -> Parser:
    """A parser for `.eml` that reads a mail's text by one of these parsers.

    Raises NotAStory for a mail without a text, and what that parser raises.
    """

    def parse(source: Source) -> Parsed:
        letter = letter_of(source.data, source.name)
        if letter.texts:
            parsed = text(replace(source, data=_as_text(letter).encode(), suffix=".txt"))
        elif letter.pages:
            parsed = page(replace(source, data=_as_page(letter).encode(), suffix=".html"))
        else:
            named = f" ({', '.join(letter.attached)})" if letter.attached else ""
            raise NotAStory(f"the mail has no text{named}", source.name, "save what is attached, and convert that")
        told = tuple(MailAttached(name, Origin(source.name, 1)) for name in letter.attached)
        return replace(parsed, findings=(*parsed.findings, *told))

    return parse


def glimpse(data: bytes) -> bytes:
    """The text of a mail's bytes in UTF-8 under its fields, for whoever only has to know what it is; b"" for none."""
    try:
        letter = letter_of(data, "")
    except NotAStory:
        return b""
    return (_as_text(letter) if letter.texts else "".join(letter.pages)).encode()


def letter_of(data: bytes, name: str) -> Letter:
    """What a mail says. Raises NotAStory for one that is damaged beyond reading."""
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
        fields = {field: _field(message, field) for field in FIELDS}
        parts = _Parts(message)
        texts, pages, attached = parts.found()
    except NotAStory:
        raise
    except Exception as error:  # Python's reader of mail has no list of what it raises for broken heads
        what = f"the mail is damaged ({type(error).__name__})"
        raise NotAStory(what, name, "save it again from the mail program") from None
    return Letter(fields, tuple(texts), tuple(pages), tuple(attached), parts.flowed)


def _field(message: Message, name: str) -> str:
    """A field of the head on one line, as it is read."""
    raw = " ".join(str(message.get(name, "") or "").split())
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (LookupError, UnicodeError, ValueError):
        return raw


class _Parts:
    """The parts of a mail in their order."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.texts: list[str] = []
        self.pages: list[str] = []
        self.files: list[tuple[str, Message]] = []
        self.flowed = False

    def found(self) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """The texts, the pages, and the names of what is attached. Texts that are attached are read where nothing
        else is."""
        for part in _leaves(self.message):
            self._take(part)
        read: set[int] = set()
        if not any(map(_says, (*self.texts, *self.pages))):
            self.texts = [_text_of(part) for _, part in self.files if part.get_content_type() == PLAIN]
            self.pages = [_text_of(part) for _, part in self.files if part.get_content_type() == PAGE]
            read = {id(part) for _, part in self.files if part.get_content_type() in (PLAIN, PAGE)}
        texts, pages = list(filter(_says, self.texts)), list(filter(_says, self.pages))
        return texts, [] if texts else pages, [name for name, part in self.files if id(part) not in read]

    def _take(self, part: Message) -> None:
        name = _field_value(part.get_filename())
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in (PLAIN, PAGE):
            self.files.append((name or f"a part of the kind {kind}", part))
        elif kind == PLAIN:
            self.texts.append(_text_of(part))
            self.flowed = self.flowed or str(part.get_param("format", "")).lower() == "flowed"
        else:
            self.pages.append(_text_of(part))


def _leaves(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _field_value(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _text_of(part: Message) -> str:
    """The text of a part in the encoding that it names, or in the one that it has."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        return decode(data, str(part.get_content_charset() or "")).text.replace("\r\n", "\n")
    except NotAStory:  # it is called a text, and is none
        return ""


def _as_text(letter: Letter) -> str:
    """The mail as one text, as mail is that has nothing encoded: its fields, a blank line, what it says."""
    kind = f"{PLAIN}; charset=utf-8{'; format=flowed' if letter.flowed else ''}"
    said = {**letter.fields, "Content-Type": kind}
    head = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
    return "\n\n".join((head, *letter.texts))


def _as_page(letter: Letter) -> str:
    """The mail's page with what its fields tell in its head."""
    sender, address = parseaddr(letter.fields["From"])
    told = f"<title>{escape(letter.fields['Subject'])}</title>"
    page = "\n<hr>\n".join(letter.pages)
    lines = [said for line in _TAG.sub("\n", page[:OPENING]).split("\n") if (said := unescape(line).strip())]
    signed = author_below_title(lines[:OPENING_LINES], letter.fields["Subject"])
    if author := signed or sender or address.partition("@")[0]:
        told += f'<meta name="author" content="{escape(author)}">'
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return f"{page[:at]}{told}{page[at:]}" if head else f"<head>{told}</head>{page}"
