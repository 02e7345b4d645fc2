"""What is no story: told by a file's name, its ending and its first lines. In doubt it is a story."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from converter.document.patterns import regex
from converter.folders.highlights import HIGHLIGHTS, NOTEBOOK, RULED, are_clippings, are_highlights
from converter.folders.jottings import PASSWORDS, SHOPPING, TAKEOUT, TASKS, chat_log, jotted_page, jotting, trade_letter
from converter.folders.listed import PROSE_WORDS, are_told, ends_told, is_point, is_secret, is_task, point_of
from converter.folders.listing import FIRST, PICTURES
from converter.recognisers.vocabulary import either, listed_words

LONGEST_NAME = 255
LEAST_LINES = 4  # that say what a file is, where its name does not
MOST_LINES = 80
SHARE = 0.8  # of the lines that look alike
CODE_SHARE = 0.6
CELL_WORDS = 4  # of a table's cell, on the average
LEAST_MEASURES = 3  # lines of a recipe that say how much of what
MEASURED_SHARE = 0.4  # of its lines
PROJECTS = (".scriv",)
PAGES = (".html", ".htm", ".xhtml")
EMPTY, BLANK = "the file is empty", "the file is blank"
BLANKS = b" \t\r\n\f\v\0\xef\xbb\xbf"  # and the mark with which a text in UTF-8 may begin
OUR_PAGE, HEAD = b'<meta name="generator" content="Chapbook: ', 1_000  # bytes in which it stands
NAMED = (  # words in a name, what such a file is; its lines have to agree
    ("passwords", PASSWORDS),
    ("tasks", TASKS),
    ("shopping", SHOPPING),
    ("lists", "a list"),
)
_NAMED = tuple(
    (regex(rf"(?:^|.*[\W_\d]){either('files', key)}(?:$|[\W_\d])", re.I, LONGEST_NAME), what) for key, what in NAMED
)
TABLE, SOUND, PROGRAM, PICTURE = "a table", "sound or film", "a program", "a picture"
SOURCE, SETTINGS, DATA = "source code", "settings of a program", "data of a program"
WHOLE_ARCHIVE = "unpack it, or name it with --cluster local to have all its stories made"
ENDINGS = {  # of what is not read, what to say of it
    "": "it has no ending; name it NAME.txt to have it read",
    "zip": "an archive; name it to have it read",
    "mbox": "a box of mails, maybe of many stories; name it to have it read as one, or save the mails one by one",
    "twee tw ink": "the source of an interactive story; publish it as a page, and convert that",
    "rar 7z bz2 xz": "an archive; unpack it",
    "tar gz tgz parquet warc": f"an archive; {WHOLE_ARCHIVE}",
    "doc odt pages wpd": "a word processor's file; save it as .docx, HTML or text",
    "csv tsv xls xlsx ods": TABLE,
    "py js mjs jsx ts tsx c h cpp hpp cs java go rs rb php pl sh bat ps1 lua sql r swift kt ipynb": SOURCE,
    "css scss less vue": SOURCE,
    "ini cfg conf yaml yml env lock": SETTINGS,
    "json jsonl": DATA,
    "log": "a program's log",
    "mp3 m4a wav ogg flac mp4 mkv avi mov": SOUND,
    "exe dll so bin iso dmg": PROGRAM,
    "bak tmp swp part crdownload": "a copy that a program keeps, or half a download",
}
_BY_ENDING = {f".{ending}" if ending else "": why for key, why in ENDINGS.items() for ending in key.split(" ")}
_TAGS = re.compile(rb"<[^<>]*>")
_JSON = regex(r'\s*[\[{]\s*(?:[\[{]\s*)?"[^"\n]{0,80}"\s*[:,\]]|\s*[\[{]\s*[\]}]\s*\Z')
_XML = regex(r"\s*<\?xml\b(?![^>]{0,200}>\s*<(?:!doctype\s+)?html)", re.I)
_CODE_END = regex(r"[{};\\]\Z|\)\s?:\Z|=>\Z")
_CODE_START = regex(
    r"(?:import|from|def|class|return|function|const|let|var|public|private|static|#include|#define|using|package|if|for|"
    r"while|else|elif|try|except|print|int|void|end|require|local|select|insert|create|echo|export)\b"
    r".{0,120}[(){};:=<>\[\]\"',./]|//|/\*|\*/|@\w+|</?\w+[^>]{0,80}>\s*\Z|[})\]]+[;,]?\s*\Z",
    re.I,
)
_ASSIGNED = regex(r"[\w.\[\]\"']{1,60}\s{0,4}(?:=|\+=|:=|==)\s{0,4}\S|[\w.]{1,60}\(.{0,200}\)\s?;?\Z")
_SETTING = regex(r"\[[\w .:\-]{1,60}\]\s*\Z|[\w.\-]{1,60}\s*=\s*\S?|[#;]\s?\S")
_LOGGED = regex(
    r"\W{0,3}(?:\d{4}-\d\d-\d\d|\d\d[/.]\d\d[/.]\d{2,4}|\d\d:\d\d:\d\d|"
    r"\w{3} [ \d]\d \d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3} )"
)
_LEVEL = regex(r"\b(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|CRITICAL|HTTP/\d)\b")
_MEASURE = regex(
    r"(?:[-*+•]\s*)?(?:\d{1,4}(?:[.,/]\d{1,3})?|[½¼¾⅓⅔])"
    rf"(?:\s?(?P<unit>{either('files', 'measures')})\.?)?\s+[^\W\d_]",
    re.I,
)


def systems_folder(name: str) -> tuple[Literal["no story", "hidden"], str] | None:
    """What a system or a program keeps in a folder of this name, and what is said of it: what was thrown away, what the
    system knows of its files, a writing program's project; None for a person's folder."""
    bare = name.casefold()
    if bare.endswith(PROJECTS):
        return "no story", "a Scrivener project; compile it there to HTML, RTF or text, and convert what comes out"
    if bare in listed_words("files", "thrown_away"):
        return "no story", "where a system keeps what was thrown away; name it to have it read"
    return ("hidden", "a system's own folder") if bare in listed_words("files", "of_systems") else None


def name_accompanies(name: str) -> bool:
    """Whether a file of this name goes with stories and is none: a README ("00_Read me first"), a licence."""
    letters = "".join(c for c in name.rpartition(".")[0].casefold() if c.isalnum())
    return letters.lstrip("0123456789") in listed_words("files", "accompanies")


def ending_of(name: str) -> str:
    """A name's ending in small letters, with its dot; "" where it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem.strip(".") and ending and " " not in ending else ""


def unread_because(name: str) -> str:
    """Why no story is read from a file whose ending no parser knows."""
    return _BY_ENDING.get(ending_of(name), f"no story is read from {ending_of(name)}")


def called_no_story(name: str) -> str:
    """What a file is by its ending, where nobody calls a story so ("a table"); "" for all others. One that a person
    names is read all the same, as long as it holds text."""
    if ending_of(name) in PICTURES:
        return PICTURE
    why = _BY_ENDING.get(ending_of(name), "")
    return why if why in (TABLE, SOUND, PROGRAM, SOURCE, SETTINGS, DATA) else ""


def holds_nothing(name: str, first: bytes, size: int) -> str:
    """Why there is nothing to read in a file of `size` bytes, by its name and its first bytes; "" where there is."""
    if size == 0:
        return EMPTY
    if len(first) != size:
        return ""
    if not first.translate(None, BLANKS):
        return BLANK
    body = first.partition(b"<body")[2].lower() if ending_of(name) in PAGES else b""
    shown = b"<img" in body or b"<image" in body
    return "a page of nothing but pictures" if shown and b"<script" not in body and not _words_of(body) else ""


def _words_of(body: bytes) -> bytes:
    """What stands in the body of a page beside its tags."""
    return _TAGS.sub(b"", body.partition(b">")[2]).replace(b"&nbsp;", b"").translate(None, BLANKS)


def our_page(first: bytes) -> bool:
    """Whether a page that begins so was written by this program: a report, a proof, what was rewritten."""
    return OUR_PAGE in first[:HEAD]


def no_story_page(name: str, first: bytes) -> str:
    """What a page is when it is no story, by its name and its first bytes; "" for a story."""
    if our_page(first):
        return "a page of ours about stories"
    if all(part in first for part in NOTEBOOK):
        return HIGHLIGHTS
    return jotted_page(name, first.decode("utf-8", "replace")) if len(first) < FIRST or name == TAKEOUT else ""


def no_story(name: str, first: bytes, folder: str = "", beside: Collection[str] = ()) -> str:
    """What a text is when it is no story ("source code"), by its name and its first bytes; "" for a story. `folder` is
    the name of the folder it lies in, `beside` are the names of all that lies there."""
    if RULED in first and are_clippings(first.decode("utf-8", "replace")):
        return HIGHLIGHTS
    listed = next((what for pattern, what in _NAMED if pattern.match(name.rpartition(".")[0])), "")
    if not listed and _is_told(first):
        return ""
    text = first.decode("utf-8", "replace").lstrip("\ufeff")
    if opened := _opens_as(text):
        return opened
    lines = [line for raw in text.splitlines()[:MOST_LINES] if (line := raw.strip())]
    if not lines:
        return ""
    whole = len(first) < FIRST
    if whole and (letter := trade_letter(name, lines)):
        return letter
    if are_highlights(lines):
        return HIGHLIGHTS
    if chat := chat_log(name, lines):
        return chat
    if are_told(lines):
        return ""
    return listed or jotting(name, text, folder, beside, whole=whole) or _by_look(lines, whole=whole)


def _by_look(lines: Sequence[str], *, whole: bool) -> str:
    """What lines are by their look alone; `whole`: they are all of a file."""
    if len(lines) < LEAST_LINES:
        return ""
    tests = (*_TESTS, *(_OF_WHOLES if whole else ()))
    return next((what for what, test in tests if test(lines)), "")


def _opens_as(text: str) -> str:
    """What a text is that begins as no story does; "" for others."""
    if _JSON.match(text):
        return "data (JSON)"
    if _XML.match(text):
        return "data (XML)"
    return SOURCE if text.startswith("#!/") else ""


def _is_told(first: bytes) -> bool:
    """Whether the first bytes are told on the face of it: long lines of many words, no sign of a program's."""
    lines = first.count(b"\n") + 1
    return len(first) > 100 * lines and first.count(b" ") > len(first) // 9 and first.lstrip()[:1] not in b'{[<#"'


def _share(lines: Sequence[str], *patterns: re.Pattern[str]) -> float:
    return sum(any(p.match(line) for p in patterns) for line in lines) / len(lines)


def _is_code(lines: Sequence[str]) -> bool:
    ends = sum(bool(_CODE_END.search(line)) for line in lines)
    starts = sum(bool(_CODE_START.match(line)) for line in lines)
    sets = sum(bool(_ASSIGNED.match(line)) for line in lines)
    signed = sum(bool(_CODE_END.search(x) or _CODE_START.match(x) or _ASSIGNED.match(x)) for x in lines)
    kinds = sum(n >= max(2, len(lines) // 10) for n in (ends, starts, sets))
    return kinds >= 2 and signed >= CODE_SHARE * len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    for sign, least in (("\t", 1), (";", 2), (",", 2), ("|", 2)):
        counts = [line.count(sign) for line in lines]
        most = max(set(counts), key=counts.count)
        even = counts.count(most) >= SHARE * len(lines)
        words = sum(len(line.split()) for line in lines) / (len(lines) * (most + 1))
        if most >= least and even and words <= CELL_WORDS and sum(map(ends_told, lines)) < 0.2 * len(lines):
            return True
    return False


def _is_log(lines: Sequence[str]) -> bool:
    levels = sum(bool(_LEVEL.search(line)) for line in lines)
    return _share(lines, _LOGGED) >= SHARE and levels >= len(lines) / 2


def _is_settings(lines: Sequence[str]) -> bool:
    return _share(lines, _SETTING) >= 0.95 and sum("=" in line for line in lines) >= len(lines) / 2


def _is_list(lines: Sequence[str]) -> bool:
    """Whether these are points below one heading: short, and no sentences; what is said behind dashes begins with a
    capital and ends as sentences do."""
    points = lines if point_of(lines[0]) else lines[1:]
    return len(points) >= LEAST_LINES and all(map(is_point, points))


def _is_recipe(lines: Sequence[str]) -> bool:
    """Whether many of the lines say how much of what ("200 g lentils", "1 onion"), some in a kitchen's measures."""
    found = [m for line in lines if len(line.split(None, PROSE_WORDS)) < PROSE_WORDS and (m := _MEASURE.match(line))]
    measured = sum(bool(m["unit"]) for m in found)
    return measured > 1 and len(found) >= max(LEAST_MEASURES, MEASURED_SHARE * len(lines))


_TESTS: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (
    (PASSWORDS, lambda lines: sum(map(is_secret, lines)) >= SHARE * len(lines)),
    (TASKS, lambda lines: sum(map(is_task, lines)) >= SHARE * len(lines)),
    ("a program's log", _is_log),
    (SETTINGS, _is_settings),
    ("a table", _is_table),
    (SOURCE, _is_code),
)
_OF_WHOLES: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (  # of files that are seen to their end
    ("a list of points", _is_list),
    ("a recipe", _is_recipe),
)
