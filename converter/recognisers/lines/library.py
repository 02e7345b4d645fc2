"""The lines that digital libraries set around a book: where it starts and ends, licence, credits, places of pictures.

The wording is Project Gutenberg's, whose texts other collections pass on.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

NAMES_LONGEST = 400  # characters: title and author stand on two lines at most
_THE = r"(?:TH(?:E|IS)\s+)?PROJECT\s+GUTENBERG"
_START = regex(rf"\*\s*START OF {_THE}", re.I)
_OLD_START = regex(r"END\W{0,3}\s*(?:\*\s*)?THE SMALL PRINT|\*END\*", re.I)
_END = regex(
    rf"\W*END OF {_THE}|\W*This (?:file|book) should be named .{{1,40}}\.(?:txt|zip)|"
    r"\*{3}\s*END OF TH(?:E|IS) PROJECT",
    re.I,
)
_LICENCE = regex(r"\W*(?:START: FULL LICENSE|THE FULL PROJECT GUTENBERG LICENSE)", re.I)
_OF = r"Project Gutenberg(?:'s|’s)?(?: e-?(?:book|text))?"
_NAMED = regex(
    rf"(?:(?:The )?{_OF},?(?: of)?|End of (?:the )?{_OF}(?: of)?)\s+(.+?),\s+by\s+(.+?)\s*\Z", re.I, NAMES_LONGEST
)
_OWNER = b"PROJECT GUTENBERG"
_FRAME_STARTS = re.compile(rb"\*\s?START OF TH(?:E|IS) PROJECT GUTENBERG[^*]{0,400}\*{3}")
_FRAME_ENDS = re.compile(rb"\*\s?END OF TH(?:E|IS) PROJECT GUTENBERG")
_CREDIT = regex(rf"\W*{either('library', 'credits')}", re.I)
_NOTE = regex(rf"\W*{either('library', 'notes')}(?:'s|s'|’s|s’)?[\s\-]*(?:note|comment|remark)s?\b", re.I)
_OWN_WORDS = regex(rf"\b{either('library', 'speaks_of')}", re.I)  # what libraries speak of in headers and licences
PICTURE_PLACE = regex(rf"\[{either('library', 'pictures')}\b[^\[\]]{{0,400}}\]\s*", re.I)
_CAPTIONED = regex(rf"(\[{either('library', 'pictures')}:)\s*([^\[\]]{{3,400}})(\])\s*\Z", re.I, 500)
_CAPTION_WORDS = 4  # of a sentence below a picture; fewer name what is seen


def caption_in(text: str) -> tuple[str, str, str] | None:
    """The words that were printed below a picture that is missing, between the signs around them; None where nothing
    but the picture is named: somebody's words in quotation marks, or a sentence."""
    m = _CAPTIONED.match(text)
    if m is None:
        return None
    caption = m[2].strip()
    quoted = caption[:1] in "\"“‘'«„_" and caption[-1:] in "\"”’'»“_"
    sentence = caption[:1].isupper() and caption[-1:] in ".!?…" and len(caption.split()) >= _CAPTION_WORDS
    return (m[1], caption, m[3]) if quoted or sentence else None


def without_frame(data: bytes) -> bytes:
    """The bytes of a file without the library's header and licence, where its own lines say where the book begins and
    ends; of several files one after the other without any of them."""
    if _OWNER not in data:
        return data
    ends = [m.start() for m in _FRAME_ENDS.finditer(data)]
    kept, closed = [], 0
    for opens in _FRAME_STARTS.finditer(data):
        if opens.start() < closed:
            continue
        at = bisect_right(ends, opens.end())
        closed = ends[at] if at < len(ends) else len(data)
        kept.append(data[opens.end() : closed])
    return b"\n".join(kept) or data


def is_start(line: str) -> bool:
    """Whether a line ends a library's header: the book starts below it."""
    return _START.search(line) is not None


def is_old_start(line: str) -> bool:
    """The same for headers of the first years, which end in "small print"."""
    return _OLD_START.search(line) is not None


def is_end(line: str) -> bool:
    """Whether a line says that the book is over and the library speaks again."""
    return _END.match(line) is not None


def is_licence(line: str) -> bool:
    """Whether a licence begins with this line."""
    return _LICENCE.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line says who made the file: "Produced by", "Scanned and"."""
    return _CREDIT.match(line) is not None


def is_transcribers_note(line: str) -> bool:
    """Whether a line is, or heads, the note of the person who made the file."""
    return _NOTE.match(line) is not None


def speaks_as_library(line: str) -> bool:
    """Whether a line speaks of what libraries tell about their files."""
    return _OWN_WORDS.search(line) is not None


def title_and_author(line: str) -> tuple[str, str] | None:
    """What a library's first or last line calls the book ("The Project Gutenberg eBook of The Road, by Ada Thorn")."""
    named = _NAMED.search(line.strip("* "))
    return (named[1].strip(), named[2].strip(" .*")) if named else None
