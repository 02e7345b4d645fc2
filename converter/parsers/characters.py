"""Line ends, control characters and invisible characters: what a decoded text is cleaned of, each kind counted."""

from __future__ import annotations

import re
import unicodedata

from converter.document.findings.encoding import EncodingRepaired, Repair
from converter.document.patterns import regex
from converter.document.record import dataclass

SUSPECT = regex(  # all that `clean` looks at: a set of few characters compiles in no time
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u1100-\u11ff\u200b\u2028\u2029\u3099\u309a\ud800-\udfff\ufeff"
    "\ufff9-\uffff]"
)
LINE_END = regex("\r\n?|[\u2028\u2029\v]")
PAIR = regex("[\ud800-\udbff][\udc00-\udfff]")
LONE = regex("[\ud800-\udfff]")
CONTROL = regex("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")
SEPARATORS = frozenset("\x00\x1c\x1d\x1e\x1f")
C1 = regex("[\x80-\x9f]")
NEXT_LINE = "\x85"  # NEL where it is the file's line end; beside other line ends it is cp1252's ellipsis
NO_MARK = regex("[\ufeff\ufffc\ufff9-\ufffb]")
ZERO_WIDTH = regex("(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")  # Thai, Lao, Burmese, Khmer need it
SOFT_HYPHEN = "\u00ad"
DECOMPOSED = regex("\\w[\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}")
LOST = "\ufffd"
NOT_IN_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that may stand in a book; `lost` counts the characters that nobody can read any more (U+FFFD)."""

    text: str
    repairs: tuple[EncodingRepaired, ...] = ()
    page_starts: tuple[int, ...] = ()
    lost: int = 0


def clean(text: str) -> Cleaned:
    """Line ends to "\\n"; form feeds to "\\n" (their lines are kept); what XML forbids and what nobody sees removed.

    Control characters, marks inside the text (U+FEFF, U+FFFC) and soft hyphens go; a soft hyphen at a line's end
    becomes a hyphen. C1 characters are read as cp1252, which is what they nearly always were. Letters written as base
    and accent are joined (canonically the same text). Lone surrogates become U+FFFD.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not SUSPECT.search(text):
        return Cleaned(text)
    repairs: list[EncodingRepaired] = []

    def note(count: int, what: Repair) -> None:
        if count:
            repairs.append(EncodingRepaired(what, count))

    text = LINE_END.sub("\n", text)
    text, n = PAIR.subn(_join_pair, text)
    note(n, "pairs")
    text, n = LONE.subn(LOST, text)
    note(n, "lone")
    if C1.search(text):
        text = _read_c1(text, repairs)
    text, n = CONTROL.subn(_parting, text)
    note(n, "controls")
    text, n = NO_MARK.subn("", text)
    note(n, "marks")
    text, n = ZERO_WIDTH.subn("", text)
    note(n, "zero-width")
    if SOFT_HYPHEN in text:
        note(text.count(SOFT_HYPHEN), "hyphens")
        text = text.replace(SOFT_HYPHEN + "\n", "-\n").replace(SOFT_HYPHEN, "")
    text, n = DECOMPOSED.subn(lambda m: unicodedata.normalize("NFC", m[0]), text)
    note(n, "accents")
    pages: tuple[int, ...] = ()
    if "\f" in text:
        text, pages = _turn_pages(text)
    return Cleaned(text, tuple(repairs), pages, text.count(LOST))


def _parting(match: re.Match[str]) -> str:
    """A space for a separator (or NUL) between two words; nothing for what only made a terminal do something."""
    text, start, end = match.string, match.start(), match.end()
    inside = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
    return " " if inside and not SEPARATORS.isdisjoint(match[0]) else ""


def _join_pair(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _read_c1(text: str, repairs: list[EncodingRepaired]) -> str:
    controls = C1.findall(text)
    if controls.count(NEXT_LINE) == len(controls) > text.count("\n"):
        return text.replace(NEXT_LINE, "\n")
    repairs.append(EncodingRepaired("cp1252", len(controls)))
    return C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore"), text)


def _turn_pages(text: str) -> tuple[str, tuple[int, ...]]:
    pages: list[int] = []
    line = 1
    parts = text.split("\f")
    for part in parts[:-1]:
        line += part.count("\n") + 1
        pages.append(line)
    return "\n".join(parts), tuple(pages)
