"""Messages: a story out of an archive of mail or news, in one message or in several parts."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from codecs import lookup
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.utils import parseaddr
from quopri import decodestring
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.rows import Row, estimate_words, numbered_rows
from converter.parsers.text.systems.writing import BREAK, Translation
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.subjects import Subject, read_subject
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import author_in

FIELD = regex(r"([A-Za-z][A-Za-z0-9\-]{1,40}):(?:[ \t]|\Z)")
MBOX = regex(r"From \S{1,200} .{0,60}\d{4}\b", within=300)
MACHINES = frozenset(
    "message-id newsgroups mime-version content-type content-transfer-encoding references in-reply-to received path xref lines"
    " nntp-posting-host organization return-path delivered-to x-mailer x-newsreader user-agent sender reply-to list-id".split()
)  # fields that no letter in a story has
SENT = regex(r"\d{1,2}:\d\d(?::\d\d)?(?:\s+(?:[AP]M\s*)?(?:[+\-]\d{4}|\(?[A-Z]{2,4}\)?))?\s*(?:\([A-Z]{2,5}\))?\s*\Z", within=100)
LEAST_FIELDS = 3
ESCAPES = regex(r"(?:=[0-9A-Fa-f]{2})+")
SOFT_END = regex(r"=[ \t]*\Z")
LEAST_ESCAPES = 3  # of a text without a head, with as many soft line ends
BASE64 = regex(r"[A-Za-z0-9+/=]{4,80}\Z", within=80)
CHARSET = regex(r"charset\s*=\s*\"?([\w.:\-]{1,40})", re.I)
BOUNDARY = regex(r"boundary\s*=\s*(?:\"([^\"\n]{1,100})\"|([^\s;\"]{1,100}))", re.I)
QUOTED = regex(r"[ \t]{0,3}((?:>[ \t]?){1,8}|>)")
WHOLLY = 0.9  # of the lines are quoted: then the story is
LEAST_QUOTED = 5
SIGNATURE = 12  # lines below "--" at most
HEAD_LINES = 24  # of a message, in which its title may be said again
TELLS = 6  # words of a line that is no heading
FIELDS_WITHIN = 40  # rows of the first message, in which a story's own head may stand

Lines = list[tuple[int, str]]


@dataclass(slots=True)
class Message:
    """A message: its fields with their lines, the lines of its body and of its head with their numbers."""

    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    body: Lines = field(default_factory=list)
    head: Lines = field(default_factory=list)

    def one(self, name: str) -> str:
        """The value of a field, "" where there is none."""
        return self.fields.get(name, ("", 0))[0]


def read_mail(text: str, name: str) -> Translation | None:
    """The story in these messages; None where the text is none, and nothing in it is encoded."""
    lines = text.split("\n")
    omissions: list[Omission] = []
    messages = _messages(lines)
    if not messages:
        if not _is_encoded(lines):
            return None
        messages = [Message({"content-transfer-encoding": ("quoted-printable", 0)}, list(enumerate(lines, 1)))]
    story = _Story(name, omissions)
    story.read(messages)
    said = [story.decoded.get(number, line) for number, line in enumerate(lines, 1)]
    return Translation(
        "\n".join(said),
        tuple(numbered_rows(story.lines)),
        tuple(story.head),
        tuple(omissions),
        story.headings,
        quoted=frozenset(story.quoted),
    )


# ------------------------------------------------------------------------------------------------- heads


def _messages(lines: Sequence[str]) -> list[Message]:
    """The messages of a text, if it begins with the head of one."""
    out: list[Message] = []
    at = 0
    while at < len(lines):
        begins = at == 0 or not lines[at - 1].strip() or (not out and not any(line.strip() for line in lines[:at]))
        head = _head(lines, at) if begins and lines[at].strip() else None
        if head is None:
            if out:
                out[-1].body.append((at + 1, lines[at]))
            elif lines[at].strip():
                return []
            at += 1
            continue
        fields, end = head
        out.append(Message(fields, [], list(enumerate(lines[at:end], at + 1))))
        at = end
    return out


def _head(lines: Sequence[str], at: int) -> tuple[dict[str, tuple[str, int]], int] | None:
    """The fields that stand here, and the line behind them; None where no head of a message does."""
    fields: dict[str, tuple[str, int]] = {}
    start = at
    mbox = bool(MBOX.match(lines[at]))
    at += mbox
    last = ""
    while at < len(lines) and lines[at].strip():
        m = FIELD.match(lines[at])
        if m:
            last = m[1].casefold()
            fields.setdefault(last, (lines[at][m.end() :].strip(), at + 1))
        elif last and lines[at][0] in " \t":
            value, number = fields[last]
            fields[last] = (f"{value} {lines[at].strip()}", number)
        elif lines[at].startswith(">From "):
            pass
        else:
            return None
        at += 1
    known = "from" in fields or "subject" in fields
    machine = mbox or not MACHINES.isdisjoint(fields) or bool(SENT.search(fields.get("date", ("", 0))[0]))
    if not known or not machine or len(fields) < LEAST_FIELDS or at == start:
        return None
    return fields, at


def _is_encoded(lines: Sequence[str]) -> bool:
    """Whether a text without a head is in the encoding of mail: line ends that are none, and letters by their numbers."""
    soft = sum(bool(SOFT_END.search(line)) for line in lines)
    return soft >= LEAST_ESCAPES and sum(len(ESCAPES.findall(line)) for line in lines) >= LEAST_ESCAPES


# ------------------------------------------------------------------------------------------------- bodies


def _decoded(message: Message) -> tuple[Lines, dict[int, str]]:
    """The lines of a body as they were meant, and the file's lines with what each of them says."""
    encoding = message.one("content-transfer-encoding").casefold()
    charset = _charset(message.one("content-type"))
    if "quoted-printable" in encoding:
        return _unquoted(message.body, charset)
    if "base64" in encoding and (made := _from_base64(message.body, charset)) is not None:
        return made
    if "flowed" in message.one("content-type").casefold():
        return _flowed(message.body), {}
    return message.body, {}


def _charset(content: str) -> str:
    m = CHARSET.search(content)
    try:
        known = lookup(m[1]).name if m else "utf-8"
    except LookupError:
        known = "utf-8"
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _text_of(data: bytes, charset: str) -> str:
    for known in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(known)
        except UnicodeDecodeError:
            continue
    return data.decode(charset, "replace")


def _unquoted(body: Lines, charset: str) -> tuple[Lines, dict[int, str]]:
    """Quoted-printable: a line that ends in "=" goes on in the next, "=E9" is a letter."""
    out: Lines = []
    said: dict[int, str] = {}
    run: Lines = []
    for number, line in (*body, (0, "")):
        soft = SOFT_END.search(line)
        run.append((number, line[: soft.start()] if soft else line))
        if soft and number:
            continue
        run = [row for row in run if row[0]]
        if run:
            whole = ESCAPES.sub(lambda m: _text_of(decodestring(m[0]), charset), "".join(line for _, line in run))
            whole = whole.replace("\r", "").replace("\n", " ")
            out.append((run[0][0], whole))
            said |= _shared_out(whole, run)
        run = []
    return out, said


def _shared_out(whole: str, run: Lines) -> dict[int, str]:
    """A line that goes on over others, shared out among them: each begins with a word, and says about what it said."""
    said: dict[int, str] = {}
    start = wanted = 0
    for number, line in run[:-1]:
        wanted += len(line)
        end = wanted if wanted > start else start
        while end < len(whole) and not whole[end - 1 : end].isspace():
            end += 1
        said[number] = whole[start:end]
        start = end
    said[run[-1][0]] = whole[start:]
    return said


def _from_base64(body: Lines, charset: str) -> tuple[Lines, dict[int, str]] | None:
    """A body of letters that stand for bytes; lines that are too many are said by the last one of the file."""
    coded = [(number, line.strip()) for number, line in body if BASE64.match(line.strip())]
    if not coded or len(coded) < sum(bool(line.strip()) for _, line in body):
        return None
    try:
        whole = _text_of(b64decode("".join(line for _, line in coded)), charset)
    except Error:
        return None
    lines = whole.replace("\r\n", "\n").split("\n")
    numbers = [number for number, _ in body]
    out = [(numbers[min(k, len(numbers) - 1)], line) for k, line in enumerate(lines)]
    said = dict.fromkeys(numbers, "")
    for number, line in out:
        said[number] = f"{said[number]} {line}".strip()
    return out, said


def _flowed(body: Lines) -> Lines:
    """Lines that end in a space go on in the next."""
    out: Lines = []
    goes_on = False
    for number, line in body:
        if goes_on and line.strip():
            out[-1] = (out[-1][0], out[-1][1] + line.lstrip())
        else:
            out.append((number, line))
        goes_on = line.endswith(" ") and line.rstrip() != "--" and bool(line.strip())
    return out


def _parts(message: Message, name: str, omissions: list[Omission]) -> Iterator[Message]:
    """A message with several parts has the story in those that are plain text."""
    m = BOUNDARY.search(message.one("content-type"))
    if not m or "multipart" not in message.one("content-type").casefold():
        yield message
        return
    border = f"--{m[1] or m[2]}"
    part: Message | None = None
    in_head = False
    gone: Lines = []
    for number, line in message.body:
        if line.rstrip() in (border, f"{border}--"):
            if part is not None and part.body:
                yield part
            part, in_head = Message(), True
            gone.append((number, line))
        elif part is None:
            gone.append((number, line))
        elif in_head:
            gone.append((number, line))
            if not line.strip():
                in_head = False
            elif f := FIELD.match(line):
                part.fields[f[1].casefold()] = (line[f.end() :].strip(), number)
            elif part.fields:
                last = next(reversed(part.fields))
                part.fields[last] = (f"{part.fields[last][0]} {line.strip()}", number)
        elif part.one("content-type").casefold().startswith(("text/plain", "message")) or not part.fields:
            part.body.append((number, line))
        else:
            gone.append((number, line))
    if part is not None and part.body:
        yield part
    omissions += _named("other parts of a message", gone, name)


def _named(rule: str, lines: Lines, name: str) -> list[Omission]:
    """Lines that are left out, one by one."""
    return [
        Omission(rule, line.strip(), Origin(name, number)) for number, line in lines if any(map(str.isalnum, line))
    ]


# ------------------------------------------------------------------------------------------------- the story


class _Letter(NamedTuple):
    """A message whose head is read: its subject, who sent it, and what heads it in the story ("": nothing does)."""

    message: Message
    subject: Subject
    sender: str
    heading: str = ""

    def line(self, name: str) -> int:
        """The line of a field."""
        return self.message.fields.get(name, ("", 0))[1]


class _Story:
    """The lines of the story, message by message."""

    def __init__(self, name: str, omissions: list[Omission]) -> None:
        self.name = name
        self.omissions = omissions
        self.lines: Lines = []
        self.quoted: set[int] = set()
        self.decoded: dict[int, str] = {}
        self.headings: dict[int, int] = {}
        self.head: list[tuple[str, str, int]] = []
        self.title = self.author = ""

    def read(self, messages: Sequence[Message]) -> None:
        """All messages: the parts of one story, or a story each."""
        letters = [_letter(m) for m in messages]
        titles = {title_key(r.subject.title) for r in letters}
        for k, letter in enumerate(letters):
            before = letters[k - 1].subject if k else None
            other = letter.sender != letters[0].sender and letter.subject.answers
            fresh = before is None or title_key(before.title) != title_key(letter.subject.title)
            heading = letter.message.one("subject") if other else letter.subject.title if len(titles) > 1 and fresh else ""
            self._add(letter._replace(heading=heading), first=k == 0)
        told = [r for r in letters if not r.subject.answers] or letters[:1]
        if len(titles) > 1:
            self.head = [fact for fact in self.head if fact[0] != "title"]
        for letter in told[1:]:
            if self.head and letter.sender not in {value for name, value, _ in self.head if name == "author"}:
                self.head.append(("author", letter.sender, letter.line("from")))

    def _add(self, letter: _Letter, *, first: bool) -> None:
        """The next message."""
        message = letter.message
        body: Lines = []
        for part in _parts(message, self.name, self.omissions):
            lines, said = _decoded(part)
            self.decoded |= said
            body += lines
        body = self._unindented(self._unsigned(body))
        rows = numbered_rows(body)
        if first or letter.heading:
            self.title, self.author = letter.subject.title, letter.subject.author or letter.sender
        if first:
            own = {f[0] for r in rows[:FIELDS_WITHIN] if (f := read_field(r.text)) and f[1]}
            facts = (("title", self.title, letter.line("subject")), ("author", self.author, letter.line("from")))
            self.head = [fact for fact in facts if fact[1] and fact[0] not in own]
        body = self._without_title(body, rows)
        headed = self._name_head(letter)
        if not first and not headed:
            self._parted(numbered_rows(body))
        self.lines.append((0, ""))
        self.lines += body

    def _name_head(self, letter: _Letter) -> bool:
        """Names the lines of a head as left out, but for the words that head the message in the story."""
        number = letter.line("subject")
        gone: Lines = []
        for line, said in letter.message.head:
            at = said.find(letter.heading) if line == number and letter.heading else -1
            if at < 0:
                gone.append((line, said))
                continue
            gone += [(line, said[:at]), (line, said[at + len(letter.heading) :])]
            self.lines += [(0, ""), (0, ""), (line, letter.heading), (0, "")]
            self.headings[line] = 1
        self.omissions += _named("head of a message", gone, self.name)
        return number in self.headings

    def _parted(self, rows: Sequence[Row]) -> None:
        """Between two parts of a story the scene changes, unless one of them says so."""
        before = next((line.strip() for _, line in reversed(self.lines) if line.strip()), "")
        after = rows[0].text if rows else ""
        told = all(text and not is_break(text) and estimate_words(text) >= TELLS for text in (before, after))
        self.lines += [(0, ""), (rows[0].line, BREAK), (0, "")] if told else [(0, "")] * 2

    def _unsigned(self, body: Lines) -> Lines:
        """A body without what stands below "--" at its end."""
        for k in range(len(body) - 1, -1, -1):
            if body[k][1].rstrip() == "--":
                below = [line for line in body[k + 1 :] if line[1].strip()]
                if len(below) > SIGNATURE:
                    return body
                self.omissions += _named("signature", below, self.name)
                return body[:k]
        return body

    def _without_title(self, body: Lines, rows: Sequence[Row]) -> Lines:
        """A body without the title and the author's name above it: they are known."""
        key, gone = title_key(self.title), set[int]()
        for k, row in enumerate(rows[:HEAD_LINES]):
            if not key or title_key(read_subject(row.text).title) != key:
                continue
            gone.add(row.line)
            below = rows[k + 1] if k + 1 < len(rows) else None
            if below and title_key(author_in(below.text)) == title_key(self.author) != "":
                gone.add(below.line)
            break
        self.omissions += _named("repeated title", [line for line in body if line[0] in gone], self.name)
        return [line for line in body if line[0] not in gone]

    def _unindented(self, body: Lines) -> Lines:
        """A body without the signs of quoted lines: the whole story is quoted, or a part of it is a quotation."""
        said = [line for _, line in body if line.strip()]
        quoted = sum(bool(QUOTED.match(line)) for line in said)
        if not quoted:
            return body
        wholly = quoted >= max(LEAST_QUOTED, WHOLLY * len(said))
        out: Lines = []
        inside = False
        for number, line in body:
            m = QUOTED.match(line)
            if line.startswith(">From "):
                m = None
                line = line[1:]
            if bool(m) != inside and not wholly:
                out.append((0, ""))
            inside = bool(m)
            if m and not wholly:
                self.quoted.add(number)
            out.append((number, line[m.end() :] if m else line))
        return out


def _letter(message: Message) -> _Letter:
    name, address = parseaddr(_header(message.one("from")))
    return _Letter(message, read_subject(_header(message.one("subject"))), name or address.partition("@")[0])


def _header(value: str) -> str:
    """A field of a head, its coded words read."""
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value
