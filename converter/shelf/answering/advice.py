"""What a page says of a finding: what was found, without the words for whoever gives commands, and what to do about it
here. The message of a finding is made of clauses, of which the first says what was found."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import PurePath

from converter.build.settings import KEYS
from converter.catalogue.records import Story
from converter.document.record import dataclass
from converter.shelf.languages import language_name

PART = "; "  # parts the clauses of a message
OPTIONS = "|".join(
    sorted((*(key.replace("_", "-") for key in KEYS), "force", "jobs", "together", "why"), key=len)[::-1]
)
COMMAND = re.compile(
    rf"(?<![\w-])--(?:{OPTIONS})(?![\w-])|\bchapbook \w+|\bpip install\b|\bconvert (?:it|them)\b"
    r"|(?<!\S)-[a-z](?![\w-])|`"
)
_PLACE = re.compile(r"(?<![\w:/.~])(?:/|[A-Za-z]:\\)(?:[^\s/\\](?:[^\n/\\;“”]{0,200}[^\s/\\;“”])?[/\\])+(?=[^\s/\\])")
_ENDINGS = re.compile(r"(?:known are|stories end in) (?:\.\w+, ){5,}\.\w+")
READ = "texts, saved web pages, Markdown, Word documents, EPUBs, and zips of these are read"
HERE = (  # what whoever gives commands is told, and what it is on a page
    ("the archive holds no page; unpack it, and name a story that is in it",
     "there is no text in this archive that can be read; unpack it, and drop a story that is in it by itself"),
    ("no story is called like it", "a picture that is no cover here: a cover is called as its story is, or “cover”"),
    ("name the file itself to have it read", "drop it by itself, and it is read"),
)  # fmt: skip
TITLES = {  # of what was changed and left out, where a page says it in other words
    "Contents list": "The list of contents, which the book has anew",
    "Duplicate title": "The title, where it stood once more",
    "Full stops behind the numbers of chapters": "Full stops after the numbers of chapters",
    "Head of the file": "Lines above the story (title, author and the like), read as facts about the book",
    "Heading of notes": "The heading above the notes, which stand where they belong",
    "Heading without text": "Headings with no text below them",
    "List number": "Numbers of lists, which are counted anew",
    "Metadata": "What was said about the story (title, author and the like), read as facts about the book",
    "Note mark": "Marks of notes, which are links now",
    "Page number": "Numbers of pages",
    "Repeated heading": "Headings that stood there twice",
    "Repeated title": "The title, where it stood once more",
    "Scene break": "Signs between scenes, which are set anew",
}
UNKEPT = {
    errno.ENOSPC: "the disk is full; make room, and try again",
    errno.EDQUOT: "no more may be kept there; make room, and try again",
    errno.EACCES: "the shelf may not write there",
    errno.EPERM: "the shelf may not write there",
    errno.EROFS: "nobody may write to this disk",
    errno.ENOENT: "the folder is not where it was; put it back, and try again",
    errno.ENAMETOOLONG: "its name is too long; give it a shorter one",
}
_TAG = re.compile(r"'([A-Za-z][\w-]*)'")
REWORDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "chapter-pattern": ((r"\A--chapter “", "the pattern “"),),
    "html-hidden": (("; `--hidden` changes that", ""),),
    "page-continues": ((r" - save that page too and convert them together\Z", ""),),
    "print-only-bold": ((": pip install .*", ""),),
    "setting-unused": (
        (r"\A--chapter\b", "the pattern of chapters"),
        (r"\A--no-chapters\b", "that there are no chapters"),
        (r"\A--site\b", "what was said of the site"),
        (r"\A--volumes parts\b", "a division by parts"),
        (r": name it with --series\Z", ": say the series, too"),
    ),
    "story-part": ((r"; save the others too\b.*", ""),),
}  # fmt: skip
"""Where the first clause has such words, or another has more than these: what they are on a page, by the code."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a finding. `field`: of the form for answers, where the answer is given; "" for none."""

    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as a page says it: its code, its words, where it was found, what to do about it."""

    code: str
    words: str
    place: str
    advice: Advice


_LINES = Advice("say which lines begin a chapter", "chapter")
_COVER = Advice("give a cover", "cover")
_TOGETHER = Advice("number the files in their names, and give them together again")
_NOTHING = Advice("")
ADVICE: Mapping[str, Advice] = {
    "archive-authors": Advice("unpack it, and give its stories one by one"),
    "archive-part": Advice("download the archive again, or unpack it and give its files"),
    "chapter-empty": _LINES,
    "chapter-missing": _LINES,
    "chapter-none": _LINES,
    "chapter-order": _LINES,
    "chapter-pattern": Advice("mend the pattern", "chapter"),
    "chapter-repeated": _LINES,
    "cover-coarse": Advice("give a picture of more pixels", "cover"),
    "cover-failed": _COVER,
    "cover-letters": _COVER,
    "cover-signs": _COVER,
    "cover-unfit": Advice("give another picture", "cover"),
    "encoding-nonsense": Advice("save the text as UTF-8, and give it again"),
    "heading-doubt": _LINES,
    "left-out-prose": Advice("look at it below, at “What is not in the text”"),
    "mail-attached": Advice("save it, and give it by itself if it is a story"),
    "metadata-file-name": Advice("say the right title", "title"),
    "metadata-language": Advice("say the language", "language"),
    "metadata-no-author": Advice("say who wrote it", "author"),
    "metadata-no-title": Advice("say the title", "title"),
    "page-continues": Advice("save that page, too, and give them together"),
    "sidecar-outside": Advice("put it beside the story"),
    "story-part": Advice("save the others, too, and give them together"),
    "story-unlikely": Advice("take it off if it is none"),
    "work-dates": _TOGETHER,
    "work-order": _TOGETHER,
    "work-unsure": Advice("give stories one by one; number the chapters of one work, and give them together"),
}
"""By the code of a finding; of all others the message says all that there is to do."""


def said_here(code: str, message: str, place: str = "") -> Said:
    """A finding as a page says it, of its code, its message and its place (a path, perhaps with a line)."""
    where, colon, line = place.rpartition("/")[2].rpartition(":")  # where files lie here is nobody's business
    shown = f"{where}, line {line}" if colon and line.isdecimal() else f"{where}{colon}{line}"
    for pattern, here in REWORDED.get(code, ()):
        message = re.sub(pattern, here, message, count=1)
    if code == "metadata-language":
        message = _TAG.sub(lambda tag: language_name(tag[1]), message)
    return Said(code, plainly(message), shown, ADVICE.get(code, _NOTHING))


def doubted_fields(story: Story) -> set[str]:
    """The fields of the form that settle what is doubted in a story."""
    return {ADVICE[code].field for _, code, *_ in story.findings if code in ADVICE} - {""}


def plainly(message: str) -> str:
    """A message without the clauses behind its first that are for whoever gives commands, and without this machine's
    folders."""
    for said, here in HERE:
        message = message.replace(said, here)
    message = _ENDINGS.sub(READ, message)
    first, *others = _PLACE.sub("", message).split(PART)
    return PART.join([first, *(clause for clause in others if not COMMAND.search(clause))])


def refusal(message: str, name: str) -> str:
    """What is wrong with something of this name, plainly, without the name once more."""
    said = plainly(message)
    called, colon, rest = said.partition(": ")
    return rest if colon and name in (called, PurePath(called).stem) else said


def kept_plain(what: str) -> str:
    """What an OutputError says of a database, on a page."""
    return what.replace("database or disk is full", "the disk is full")


def unkept(error: OSError) -> str:
    """Why something can't be written, and what to do."""
    return UNKEPT.get(error.errno or 0, error.strerror or "it can't be written")
