"""The head of a mail or of a news group's post in which a story was sent: its subject is the title, its sender the
author.

A story may also begin with a mail that somebody in it writes: one that is addressed to somebody, or not the only one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.patterns import regex
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.rows import Row
from converter.recognisers.lines.dates import is_date
from converter.recognisers.lines.letters import is_mail_field, is_mail_head
from converter.recognisers.metadata.fields import HeadFields
from converter.recognisers.vocabulary import either

FIELD = regex(r"[A-Za-z][A-Za-z-]{1,30}:\s+\S", within=1_000)  # "Newsgroups: ", "Message-ID: "
LABEL = re.compile(r"\s?:\s+")
FROM = regex(rf"{either('letters', 'mail_from')}\s?:\s+", re.I)
SUBJECT = regex(rf"{either('letters', 'mail_subject')}\s?:\s+", re.I)
SENT = frozenset(("date", "sent"))
LEAST = 2  # lines
TO = frozenset(("to", "cc", "bcc"))
ANSWERED = regex(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s?:\s*|\[[^\[\]]{1,40}\]\s*){1,8}", re.I, 1_000)
NAMED = regex(r"\"?([^\"<>@]{1,80}?)\"?\s*<[^<>]{3,200}>\Z|\S+@\S+\s+\(([^()@]{1,80})\)\Z", within=400)


def take_mail_head(groups: Sequence[RowGroup], head: HeadFields) -> int:
    """How many groups are the mail's head with which a file begins, where it tells of the whole file; what it says goes
    to the `head`."""
    count = next((at for at, group in enumerate(groups) if not all(map(_is_field, group.rows))), 0)
    rows = [row for group in groups[:count] for row in group.rows]
    sender, subject = _labelled(rows, FROM), _labelled(rows, SUBJECT)
    if sender is None or subject is None or sender is subject or any(_label(row) in TO for row in rows):
        return 0
    if _labelled([row for group in groups[count:] for row in group.rows], FROM):
        return 0  # a story in mails
    title = _value(subject)
    answered = ANSWERED.match(title)
    head.add("title", title[answered.end() :] if answered else title, subject.line)
    if named := NAMED.match(_value(sender)):
        head.add("author", (named[1] or named[2]).strip(), sender.line)
    for row in rows:
        if _label(row) in SENT and is_date(_value(row)):
            head.add("published", _value(row), row.line)
    return count


def _labelled(rows: Sequence[Row], label: re.Pattern[str]) -> Row | None:
    return next((row for row in rows if label.match(row.text)), None)


def begins_with_mail(groups: Sequence[RowGroup]) -> bool:
    """Whether the first lines are a mail's head."""
    return is_mail_head([row.text for group in groups[:LEAST] for row in group.rows][:LEAST])


def _is_field(row: Row) -> bool:
    return is_mail_field(row.text) or FIELD.match(row.text) is not None


def _label(row: Row) -> str:
    return LABEL.split(row.text, maxsplit=1)[0].casefold()


def _value(row: Row) -> str:
    return LABEL.split(row.text, maxsplit=1)[-1].strip()
