"""The heads of posts and comments: who wrote them, when, and which number they bear in their thread.

A thread that was copied out of a browser's window has them as lines of their own, above the posts.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.lines.dates import MONTH
from converter.recognisers.vocabulary import either

HEAD_LETTERS = 160
_NAME = r"[^\W_][\w.'’\-]{0,40}(?:\s[\w.'’\-]{1,40}){0,3}"
_HANDLE = r"(?:/?u/|@|\[[a-z ]{3,30}\] ?)?[\w\-.]{2,40}"  # "[personal profile] ada"
_CLOCK = r"(?:,?\s(?:at\s|@\s)?\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s(?:UTC|GMT|[A-Z]{2,4}))?)?"
_DAY = (
    rf"(?:[^\W\d_]{{2,9}}\.?,?\s)?(?:{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?\s{MONTH},?\s\d{{4}}|\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}})"
)
_AGO = rf"(?:\d+|an?)\s?{either('interface', 'spans')}\.?(?:\s{either('interface', 'ago')})?"
_DATE = rf"(?:{_DAY}{_CLOCK}|{_AGO})"
_NUMBER = r"#\d{1,6}"
_NUMBERED = regex(rf"(?:{_DATE})[\s·•|]*{_NUMBER}", re.I, HEAD_LETTERS)
_NUMBER_ALONE = regex(_NUMBER)
_DATE_ALONE = regex(_DATE, re.I, HEAD_LETTERS)
_POSTED = regex(
    rf"{either('interface', 'posted')}:\s+{_DATE}(?:\s+{either('interface', 'post_subject')}:.*)?", re.I, HEAD_LETTERS
)
_SUBJECT_LABEL = regex(rf"{either('interface', 'post_subject')}:", re.I)
_SUBJECT = regex(rf"{either('interface', 'post_subject')}:\s+(?P<subject>\S.*)", re.I)
_BY = regex(rf"(?:post|{either('interface', 'posted')})?\s?by\s(?P<name>{_NAME}) » {_DATE}", re.I, HEAD_LETTERS)
_COMMENTS = (
    regex(rf"(?P<name>{_HANDLE})\s+(?:[·•]\s+(?:OP|MOD)\s+)?[·•]\s+{_AGO}.{{0,40}}", re.I, HEAD_LETTERS),
    regex(rf"(?P<name>{_NAME}) on (?:{either('ways', 'told')} \d+ )?{_DATE}.{{0,20}}", re.I, HEAD_LETTERS),
    regex(rf"(?P<name>{_NAME}) {either('interface', 'says')}:", re.I, HEAD_LETTERS),
    regex(rf"(?P<name>{_HANDLE}) \({_HANDLE}\) {either('interface', 'wrote')}:", re.I, HEAD_LETTERS),
    regex(rf"(?P<name>{_HANDLE}) \(?{_DATE} \(UTC\)\)?", re.I, HEAD_LETTERS),
)
_MEMBER = regex(rf"{either('interface', 'of_members')}(?::\s?.{{0,60}})?", re.I, HEAD_LETTERS)
_PRESENCE = regex(either("interface", "presence"), re.I, HEAD_LETTERS)
_ICON = regex(rf"{either('interface', 'icons')}\s(?=(?:re: )?\S)", re.I, HEAD_LETTERS)
_MARK = regex(rf"{either('interface', 'thread_marks')}:\s?(?P<name>\S.*)", re.I, HEAD_LETTERS)
_MARK_LABEL = regex(either("interface", "thread_marks"), re.I, HEAD_LETTERS)
_STARTER = regex(either("interface", "starter"), re.I, HEAD_LETTERS)
_STARTED = regex(rf"{either('interface', 'starter')}\s+(?P<name>{_NAME})", re.I, HEAD_LETTERS)
_SIGNED = regex(rf"(?P<name>{_NAME}), {_DATE}", re.I, HEAD_LETTERS)
_GREETS = regex(rf"{either('notes', 'greetings')}\b", re.I, HEAD_LETTERS)
_ANSWER = regex(rf"\A{either('interface', 'answers')}:\s*", re.I)
_ENTRY = regex(
    rf"(?P<name>{_HANDLE})(?: \({_HANDLE}\))? {either('interface', 'wrote_in')} "
    r"(?:\[[a-z ]{3,30}\] ?)?[\w\-]{2,40}?,?(?P<date>\d{4}-\d\d-\d\d\b.{0,12})?",
    re.I,
    HEAD_LETTERS,
)
_ENTRY_DATE = regex(r"@ (?P<date>\d{4}-\d\d-\d\d)(?: \d\d:\d\d(?::\d\d)?)?", within=HEAD_LETTERS)
POST_TAG = regex(r"\[[A-Z]{2,4}\]\s+(?=[^\W\d_])")  # "[WP]", a writing prompt
LONGEST_POST = 300  # characters of a post's title on forums


class PostHead(NamedTuple):
    """Who wrote a post; "" where the lines beside say it."""

    name: str


def post_head(text: str) -> PostHead | None:
    """The head of a thread's post: its date with its number, or "Posted: <date>", or "by Name » <date>"."""
    if ("#" in text and _NUMBERED.fullmatch(text)) or (":" in text and _POSTED.fullmatch(text)):
        return PostHead("")
    named = _BY.fullmatch(text) if "»" in text else None
    return PostHead(named["name"]) if named else None


def comment_head(text: str) -> str:
    """Who wrote a comment, where the line is the head of one: "u/Name · 3 yr. ago", "Name says:"; else ""."""
    return next((m["name"] for p in _COMMENTS if (m := p.fullmatch(text))), "")


def post_subject(text: str) -> str:
    """What a post is called, on the line of its date ("Posted: <date> Post subject: The Lamp") or on one of its own,
    without what says that it is an answer; else ""."""
    said = _SUBJECT.search(text) if len(text) <= HEAD_LETTERS else None
    return _ANSWER.sub("", said["subject"], count=1) if said else ""


def is_post_subject(text: str) -> bool:
    """Whether a line has the date of a post and the label of its subject, though it may have none."""
    return ":" in text and _POSTED.fullmatch(text) is not None and _SUBJECT_LABEL.search(text) is not None


def is_post_number(text: str) -> bool:
    """Whether a line is a post's number alone: "#12"."""
    return _NUMBER_ALONE.fullmatch(text) is not None


def is_post_date(text: str) -> bool:
    """Whether a line is a date alone, as heads of posts have it: "Feb 2, 2020", "3 yr. ago"."""
    return _DATE_ALONE.fullmatch(text) is not None


def is_member_fact(text: str) -> bool:
    """Whether a line says something of a forum's member: "Joined: 12 Jan 2005", "Posts: 345"."""
    return _MEMBER.fullmatch(text) is not None or is_presence(text)


def is_presence(text: str) -> bool:
    """Whether a line says only that a member is there, or isn't: "Offline"."""
    return _PRESENCE.fullmatch(text) is not None


def icon_end(text: str) -> int:
    """How many letters of a post's subject are the name of the picture before it; 0 where there is none."""
    icon = _ICON.match(text)
    return icon.end() if icon else 0


def thread_mark(text: str) -> str:
    """The name that a thread gives to the post below this line: "Threadmarks: 1.1"; else ""."""
    marked = _MARK.fullmatch(text)
    return marked["name"] if marked else ""


def is_mark_label(text: str) -> bool:
    """Whether a line says that the name of a post stands below it."""
    return _MARK_LABEL.fullmatch(text) is not None


def is_starter_label(text: str) -> bool:
    """Whether a line says that who began the thread stands below it."""
    return _STARTER.fullmatch(text) is not None


def thread_starter(text: str) -> str:
    """Who began a thread, where one line says it without a colon: "Thread starter   Raven Nine"; else ""."""
    said = _STARTED.fullmatch(text)
    return said["name"] if said else ""


def post_signer(text: str) -> str:
    """Whose post ends with this line: "Raven Nine, Feb 2, 2020"; else ""."""
    said = _SIGNED.fullmatch(text) if "," in text else None
    return said["name"] if said else ""


def entry_head(text: str) -> tuple[str, str] | None:
    """Who wrote a journal's entry, and when, where the line says it: "ada (ada) wrote in lamp_fic,"."""
    said = _ENTRY.fullmatch(text)
    return (said["name"], (said["date"] or "")[:10]) if said else None


def entry_date(text: str) -> str:
    """The date below an entry's head: "@ 2006-04-12 23:51:00"."""
    said = _ENTRY_DATE.fullmatch(text)
    return said["date"] if said else ""


def answers_somebody(text: str, others: Set[str]) -> bool:
    """Whether a post opens with thanks or a greeting, or with the name of somebody else in its thread."""
    opening = text[:HEAD_LETTERS].lstrip("@ ")
    return _GREETS.match(opening) is not None or any(opening.startswith(name) for name in others)


def tagged_title(line: str) -> str:
    """The title of a post behind the tag by which a forum sorts its posts: "A knight" of "[WP] A knight"; else ""."""
    tag = POST_TAG.match(line) if len(line) <= LONGEST_POST else None
    return line[tag.end() :].strip() if tag else ""
