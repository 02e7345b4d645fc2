"""What stands inside a paragraph, as the template takes it: texts, and lists that begin with the name of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any

from lxml import etree

from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.writers.long_words import LETTERS, SOFT_HYPHEN, hyphenated
from converter.writers.paper import BOOK

SPACES = regex(r"[ \t\n\r\f\v]+")
CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(127, 160), 65532, 65534, 65535)) | {0x85: " "}
OBJECT = "\ufffc"  # the one of these that counts as printable
DEEPEST_RUN = 8  # marks inside marks: Typst gives up at thirty, and nobody sees the difference between three and four
LONGEST_ADDRESS = 2_000  # characters; no browser takes much more
NO_BREAK_SPACE = "\u00a0"
NARROW = 1.35  # letters are so much narrower, for the most part, than those by which a line's characters are counted
BREAK = "\x1f"  # a line may end here; a control character, for no text has one any more
UNSPACED = regex(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u200b"
    "\u3041-\u30fb\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts without spaces, and the sign that stands for one: Typst knows where their lines may end, and no
mark that closes begins one."""
MARKS = regex("[\u2010-\u2027\u3000-\u3020\uff01-\uff65]")  # so it does of these, where they stand among such letters
AFTER = frozenset("/.-_&=?#%:;,")  # where an address or a name is broken first
STYLES: Mapping[str, str] = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "s": "strike", "u": "under",
                             "sup": "super", "sub": "sub", "code": "code"}  # fmt: skip
HYPHENS, DASHES, JOINER = "-\u2010", "\u2013\u2014", "\u2060"
SHORTEST_PARTED, LONGEST_HELD = 5, 24  # characters of a word: a shorter one is not parted, a longer one may have to be
ONE_LINE = 0.8  # of the characters of a line: what has fewer has no other
BLOCKS = frozenset("p ul ol dl table figure blockquote div aside pre hr".split())
NAMED: Mapping[str, str] = {"small-caps": "caps", "lead": "lead", "speaker": "who", "direction": "direction",
                             "meta-name": "name", "web-address": "address"}  # fmt: skip

Run = Any
"""A text, or a list: the name of a kind, then what it holds (`runs_of` makes it, template/inlines.typ sets it)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file below the root, and its natural size in points."""

    path: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Room:
    """What inlines depend on: the places that links can lead to, the pictures by address, how many characters fit in a
    line, whether spaces are kept, the language; and who makes blocks of what stands in a note below its first lines."""

    places: frozenset[str]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    characters: int = 40
    kept: bool = False
    language: str = ""
    blocks: Callable[[Sequence[etree._Element]], Sequence[Any]] = list


def plain(text: str) -> str:
    """The text without control characters and with single spaces."""
    if text.isprintable() and "  " not in text and OBJECT not in text:  # as most are
        return text
    return SPACES.sub(" ", text).translate(CONTROLS)


def runs_of(element: etree._Element, room: Room) -> list[Run]:
    """What an element holds, without the spaces at its ends."""
    runs = list(_inside(element, room, 0))
    return runs if room.kept else _after_speakers(_joined(_trimmed(runs)))


def breakable(text: str, characters: int, language: str = "") -> str:
    """The text with places to break words that are longer than a line: a soft hyphen between letters, elsewhere a
    `BREAK`, for which the template sets nothing, and nothing is copied out of the book."""
    if len(text) <= characters or max(map(len, text.split(" "))) <= characters:
        return text
    return " ".join(_parted(word, characters, language) if len(word) > characters else word for word in text.split(" "))


def _parted(word: str, characters: int, language: str) -> str:
    if SOFT_HYPHEN in word:
        return word
    if NO_BREAK_SPACE in word and not UNSPACED.search(word):  # words held together, for whom a line may be too short
        short = len(word) <= characters * 1.5 and all(len(w) <= characters for w in word.split(NO_BREAK_SPACE))
        return word if short else breakable(word.replace(NO_BREAK_SPACE, " "), characters, language)
    if any(len(run) > characters * NARROW for run in LETTERS.findall(word)):
        word = hyphenated(word, language)
    step, out, since, unspaced = max(2, characters // 3), [], 0, UNSPACED.search(word)
    for c in word:
        out.append(c)
        since = 0 if UNSPACED.match(c) or c == SOFT_HYPHEN or (unspaced and MARKS.match(c)) else since + 1
        if (c in AFTER and since > 3) or (since >= step and not LETTERS.match(c)):
            out.append(BREAK)
            since = 0
    return "".join(out).rstrip(BREAK)


def last_word_held(runs: list[Run], characters: int) -> list[Run]:
    """The runs of a paragraph with its last word in one piece, or half of it could be all that its last line has.
    `characters`: those of a line."""
    last = runs[-1] if runs else ""
    if not isinstance(last, str) or (len(runs) == 1 and len(last) < characters * ONE_LINE):
        return runs
    before, space, word = last.rpartition(" ")
    bare = word.rpartition(JOINER)[2].lstrip(DASHES)
    before += space + word[: len(word) - len(bare)]
    if not SHORTEST_PARTED <= len(bare) <= LONGEST_HELD or not bare.isprintable():
        return runs
    kind = "whole" if any(sign in bare[1:-1] for sign in HYPHENS) else "held"
    return [*runs[:-1], *([before] if before else []), [kind, [bare]]]


def _inside(element: etree._Element, room: Room, depth: int, end: etree._Element | None = None) -> Iterator[Run]:
    """What an element holds, as far as this child of it."""
    if element.text:
        yield from _text(element.text, room)
    for child in element:
        if child is end:
            return
        if isinstance(child.tag, str):
            yield from _run(child, room, depth)
        if child.tail:
            yield from _text(child.tail, room)


def _text(text: str, room: Room) -> Iterator[Run]:
    if not room.kept:
        if text := plain(text):
            yield breakable(text, room.characters, room.language)
        return
    for number, line in enumerate(text.translate(CONTROLS).expandtabs(8).replace("\r", "").split("\n")):
        if number:
            yield ["br"]
        if line:
            yield breakable(line, room.characters, room.language)


def _run(element: etree._Element, room: Room, depth: int) -> Iterator[Run]:
    names = (element.get("class") or "").split()
    tag = element.tag
    if tag == "br":
        yield ["br"]
    elif tag == "img":
        if picture := room.pictures.get(element.get("src", "")):
            yield ["img", picture.path, picture.width, picture.height, plain(element.get("alt", "")).strip()]
    elif tag == "ruby":
        yield ["ruby", plain(element.text or ""), plain("".join(rt.text or "" for rt in element.iter("rt")))]
    elif depth >= DEEPEST_RUN:
        yield from _inside(element, room, depth)
    elif "footnote" in names:
        yield _note(element, room, depth)
    else:
        inner = list(_inside(element, room, depth + 1))
        kind = next((NAMED[n] for n in names if n in NAMED), "") or STYLES.get(tag, "")
        if tag == "a":
            yield from _link(element, inner, room, names)
        elif "foreign" in names or "other-script" in names:
            yield ["lang", element.get("lang", ""), element.get("dir", ""), "foreign" in names, inner]
        elif element.get("id"):
            yield ["at", element.get("id"), inner]
        elif kind and inner:
            yield [kind, inner]
        else:
            yield from inner


def _note(element: etree._Element, room: Room, depth: int) -> Run:
    """A note: its first lines, and the blocks that follow them; its number where it does not follow the one before."""
    below = [child for child in element if child.tag in BLOCKS]
    lines = list(_inside(element, room, depth + 1, below[0] if below else None))
    number = element.get("data-number")
    return ["note", room.blocks(below), _joined(_trimmed(lines)), *([int(number)] if number else [])]


def _link(element: etree._Element, inner: list[Run], room: Room, names: list[str]) -> Iterator[Run]:
    address = element.get("href", "")
    if "noteref" in names or "backlink" in names:
        own = element.get("id", "")
        yield ["cite" if "noteref" in names else "back", address[1:] if address[1:] in room.places else "", own, inner]
    elif address.startswith("#"):
        yield from [["ref", address[1:], inner]] if address[1:] in room.places and inner else inner
    elif inner and len(address) <= LONGEST_ADDRESS and address.isprintable() and not address.startswith(BOOK):
        yield ["link", address, inner]
    else:
        yield from inner


def _after_speakers(runs: list[Run]) -> list[Run]:
    """The runs without the space that follows the name of who speaks: the template sets one, or a new line."""
    for one, other in pairwise(range(len(runs))):
        if isinstance(runs[one], list) and runs[one][0] == "who" and isinstance(runs[other], str):
            runs[other] = runs[other].lstrip(" ")
    return runs


def _trimmed(runs: list[Run]) -> list[Run]:
    if runs and isinstance(runs[0], str):
        runs[0] = runs[0].lstrip(" ")
    if runs and isinstance(runs[-1], str):
        runs[-1] = runs[-1].rstrip(" ")
    return runs


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbouring texts as one, and no two spaces beside each other."""
    out: list[Run] = []
    for run in runs:
        if isinstance(run, str):
            if out and isinstance(out[-1], str):
                before = out.pop()
                out.append(before + (run.lstrip(" ") if before.endswith(" ") else run))
            elif run:
                out.append(run)
        else:
            out.append(run)
    return out
