"""Messages: a story out of an archive of mail or news, in one message or in several parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row, estimate_words, numbered_rows
from converter.parsers.text.systems.mail_bodies import decoded_body, named, parts_of
from converter.parsers.text.systems.mail_heads import Lines, Message, is_encoded, messages_in
from converter.parsers.text.systems.mail_tails import footer_start, marks_of_parts
from converter.parsers.text.systems.writing import BREAK, Translation
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.subjects import TITLE_WORDS, Subject, author_below_title, read_subject
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import author_in

QUOTED = regex(r"[ \t]{0,3}((?:>[ \t]?){1,8}|>)")
WHOLLY = 0.9  # of the lines are quoted: then the story is
LEAST_QUOTED = 5
SIGNATURE = 12  # lines below "--" at most
HEAD_LINES = 24  # of a message, in which its title may be said again
TELLS = 6  # words of a line that is no heading
FIELDS_WITHIN = 40  # rows of the first message, in which a story's own head may stand


def read_mail(text: str, name: str) -> Translation | None:
    """The story in these messages; None where the text is none, and nothing in it is encoded."""
    lines = text.split("\n")
    omissions: list[Omission] = []
    messages = messages_in(lines)
    if not messages:
        if not is_encoded(lines):
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
        several = len({title_key(r.subject.title) for r in letters}) > 1
        for k, letter in enumerate(letters):
            before = letters[k - 1] if k else None
            self._add(letter._replace(heading=_heading(letter, before, letters[0], several=several)), first=k == 0)
        if several:
            self.head = [fact for fact in self.head if fact[0] != "title"]
        told = [r for r in letters if not r.subject.answers]
        known = {value for name, value, _ in self.head if name == "author"}
        known |= {letters[0].sender} if known else set()  # who sent somebody's story
        for sender in dict.fromkeys(r.sender for r in told[1:] if r.sender not in known):
            line = next(r.line("from") for r in told if r.sender == sender)
            self.head += [("author", sender, line)] if self.head else []

    def _add(self, letter: _Letter, *, first: bool) -> None:
        """The next message."""
        message = letter.message
        body: Lines = []
        for part in parts_of(message, self.name, self.omissions):
            lines, said = decoded_body(part)
            self.decoded |= said
            body += lines
        body = self._unindented(self._without_marks(self._unsigned(self._without_footer(body))))
        rows = numbered_rows(body)
        if first or letter.heading:
            self.title, self.author = letter.subject.title, letter.subject.author or letter.sender
        if first and (above := _above_byline(rows, self.author)):
            self.title = above
        if signed := author_below_title([row.text for row in rows[:HEAD_LINES]], self.title):
            self.author = signed
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
        self.omissions += named("head of a message", gone, self.name)
        return number in self.headings

    def _parted(self, rows: Sequence[Row]) -> None:
        """Between two parts of a story the scene changes, unless one of them says so."""
        before = next((line.strip() for _, line in reversed(self.lines) if line.strip()), "")
        after = rows[0].text if rows else ""
        told = all(text and not is_break(text) and estimate_words(text) >= TELLS for text in (before, after))
        self.lines += [(0, ""), (rows[0].line, BREAK), (0, "")] if told else [(0, "")] * 2

    def _without_footer(self, body: Lines) -> Lines:
        """A body without what its mailing list sets below it."""
        end = footer_start(body)
        self.omissions += named("footer of a mailing list", [line for line in body[end:] if line[1].strip()], self.name)
        return body[:end]

    def _without_marks(self, body: Lines) -> Lines:
        """A body without lines that say which part of the story it is, where the story is one text."""
        marks = marks_of_parts(body)
        self.omissions += named("mark of a part", [body[at] for at in sorted(marks)], self.name)
        return [line for at, line in enumerate(body) if at not in marks]

    def _unsigned(self, body: Lines) -> Lines:
        """A body without what stands below "--" at its end."""
        for k in range(len(body) - 1, -1, -1):
            if body[k][1].rstrip() == "--":
                below = [line for line in body[k + 1 :] if line[1].strip()]
                if len(below) > SIGNATURE:
                    return body
                self.omissions += named("signature", below, self.name)
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
        self.omissions += named("repeated title", [line for line in body if line[0] in gone], self.name)
        out: Lines = []
        taken = False
        for line in body:
            taken = line[0] in gone or (taken and not line[1].strip())  # with the blank lines below it
            out += [] if taken else [line]
        return out

    def _unindented(self, body: Lines) -> Lines:
        """A body without the signs of quoted lines: the whole story is quoted, or a part of it is a quotation."""
        said = [line for _, line in body if line.strip()]
        quoted = sum(bool(QUOTED.match(line)) for line in said)
        if not quoted:
            return body
        wholly = quoted >= max(LEAST_QUOTED, WHOLLY * len(said))
        out: Lines = []
        inside = False
        for number, typed in body:
            escaped = typed.startswith(">From ")
            line = typed[1:] if escaped else typed
            m = QUOTED.match(line)
            if bool(m) != inside and not wholly:
                out.append((0, ""))
            inside = bool(m)
            if m and not wholly:
                self.quoted.add(number)
            out.append((number, line[m.end() :] if m else line))
        return out


def _above_byline(rows: Sequence[Row], author: str) -> str:
    """The title that stands over the sender's byline: a subject says less; "" where none does."""
    for row, below in pairwise(rows[:HEAD_LINES]):
        if title_key(author_in(below.text)) == title_key(author) != "" and len(row.text.split()) <= TITLE_WORDS:
            return read_subject(row.text).title if not read_field(row.text) else ""
    return ""


def _heading(letter: _Letter, before: _Letter | None, first: _Letter, *, several: bool) -> str:
    """What heads a message in the story: the subject of somebody's answer, or of a story among others."""
    if letter.subject.answers and letter.sender != first.sender:
        return letter.message.one("subject")
    fresh = before is None or title_key(before.subject.title) != title_key(letter.subject.title)
    return letter.subject.title if several and fresh else ""


def _letter(message: Message) -> _Letter:
    from email.utils import parseaddr

    name, address = parseaddr(_header(message.one("from")))
    return _Letter(
        message, read_subject(_header(message.one("subject")), f"{name} {address}"), name or address.partition("@")[0]
    )


def _header(value: str) -> str:
    """A field of a head, its coded words read."""
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value
