"""What a page says of a finding: what was found, without the words for whoever gives commands, and what to do about it
here. The message of a finding is made of clauses, of which the first says what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping

from converter.build.settings import KEYS
from converter.catalogue.records import Story
from converter.document.record import dataclass
from converter.shelf.languages import language_name

PART = "; "  # parts the clauses of a message
OPTIONS = "|".join(
    sorted((*(key.replace("_", "-") for key in KEYS), "force", "jobs", "together", "why"), key=len)[::-1]
)
COMMAND = re.compile(rf"(?<![\w-])--(?:{OPTIONS})(?![\w-])|\bchapbook \w+|\bpip install\b|\bconvert (?:it|them)\b|`")
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
    "contents-disregarded": Advice("look whether its chapters are right"),
    "cover-coarse": Advice("give a picture of more pixels", "cover"),
    "cover-failed": _COVER,
    "cover-letters": _COVER,
    "cover-signs": _COVER,
    "cover-unfit": Advice("give another picture", "cover"),
    "encoding-nonsense": Advice("save the text as UTF-8, and give it again"),
    "heading-doubt": _LINES,
    "left-out-prose": Advice("look at it below, at “What is not in the book”"),
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
    """A message without the clauses behind its first that are for whoever gives commands."""
    first, *others = message.split(PART)
    return PART.join([first, *(clause for clause in others if not COMMAND.search(clause))])
