"""The messages of an archive of mail or news: their heads, and what belongs to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from converter.document.patterns import regex
from converter.recognisers.headings.candidates import title_key
from converter.recognisers.lines.subjects import ANSWERS, read_subject
from converter.recognisers.vocabulary import either

FIELD = regex(r"([A-Za-z][A-Za-z0-9\-]{1,40}):(?:[ \t]|\Z)")
MBOX = regex(r"From \S{1,200} .{0,60}\d{4}\b", within=300)
MACHINES = frozenset(
    "message-id newsgroups mime-version content-type content-transfer-encoding references in-reply-to received path"
    " xref lines nntp-posting-host organization return-path delivered-to x-mailer x-newsreader user-agent sender"
    " reply-to list-id".split()
)  # fields that no letter in a story has
SENT = regex(
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s+(?:[AP]M\s*)?(?:[+\-]\d{4}|\(?[A-Z]{2,4}\)?))?\s*(?:\([A-Z]{2,5}\))?\s*\Z", within=100
)
FORWARDED = regex(rf"[-\s>]{{2,40}}{either('mail', 'forwarded')}[-\s:]{{0,40}}", re.I, 100)
LEAST_FIELDS = 3
ESCAPES = regex(r"(?:=[0-9A-Fa-f]{2})+")
SOFT_END = regex(r"=[ \t]*\Z")
LEAST_ESCAPES = 3  # of a text without a head, with as many soft line ends

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


def messages_in(lines: Sequence[str]) -> list[Message]:
    """The messages of a text, if it begins with the head of one."""
    out: list[Message] = []
    at = 0
    while at < len(lines):
        begins = (
            at == 0
            or MBOX.match(lines[at])
            or not lines[at - 1].strip()
            or (not out and not any(line.strip() for line in lines[:at]))
            or FORWARDED.fullmatch(lines[at].strip())
        )
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
    if FORWARDED.fullmatch(lines[at].strip()) and at + 2 < len(lines):
        at += 1 if lines[at + 1].strip() else 2
        start = at
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
    machine = (
        mbox or _is_sent(fields) or not MACHINES.isdisjoint(fields) or bool(SENT.search(fields.get("date", ("", 0))[0]))
    )
    if not known or not machine or len(fields) < LEAST_FIELDS or at == start:
        return None
    return fields, at


def _is_sent(fields: dict[str, tuple[str, int]]) -> bool:
    """Whether these are the fields of a mail program for people, which tells when it was sent, and the subject says
    that a story comes: stories have letters with such heads, too."""
    subject = fields.get("subject", ("", 0))[0]
    story = read_subject(subject)
    marked = story.part > 0 or title_key(story.title) != title_key(ANSWERS.sub("", subject))
    return {"from", "sent"} <= fields.keys() and bool(SENT.search(fields["sent"][0])) and marked


def is_encoded(lines: Sequence[str]) -> bool:
    """Whether a text without a head is encoded as mail is: line ends that are none, letters by their numbers."""
    soft = sum(bool(SOFT_END.search(line)) for line in lines)
    return soft >= LEAST_ESCAPES and sum(len(ESCAPES.findall(line)) for line in lines) >= LEAST_ESCAPES
