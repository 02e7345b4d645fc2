"""Letters in a story: from the place and the date above a greeting to the name and the postscripts below.

Whether a letter's lines stand each between blank lines, together in a block, or in quotation marks: its parts are found
in the same way, and all letters of a book have one form. Without a greeting or an end that is sure, nothing is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import (
    Aside,
    Block,
    List,
    Paragraph,
    Quote,
    SceneBreak,
    Speech,
    Verse,
)
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.letter_lines import (
    NAME_WORDS,
    PARTING_WORDS,
    POSTSCRIPT,
    in_letter_lines,
    lines_of,
    text_of,
)
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.lines.dates import is_dateline
from converter.recognisers.lines.letters import SIGNATURE_WORDS, closes, encloses, endears, greets, is_mail_head
from converter.recognisers.metadata.names import is_person

SHORT = 60  # characters of a line with place and date
INITIALS = regex(r"(?:[-–—+] ?)?(?:[^\W\d_]\.[ ]?){1,4}\Z")
LETTER_BLOCKS = 40  # from greeting to signature at most, in a story that goes on below it
HEAD_BLOCKS, HEAD_LINES, HEAD_WORDS = 4, 6, 8  # of an address above a greeting: blocks, lines of one, words of a line
ENCLOSURES = 4  # blocks below the name at most
DASHES = ("-", "–", "—", "~")
ADDRESSED = (",", "—", "–", ":", "!")  # behind a name: "Rufus—"
ENDED = '.!?…"”:;'
OPENING, CLOSING = '"“„«', '"”»'


class LetterEnd(NamedTuple):
    """Where the parting words of a letter begin, and the block behind all of it."""

    parting: int
    end: int


def name_letters(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a chapter with its letters as such."""
    parted = list(in_letter_lines(blocks))
    out: list[Block] = []
    k = last_end = 0
    while k < len(parted):
        found = _letter_end(parted, k) if _is_greeting(parted, k) else None
        if found is None:
            out.append(_set_apart(parted[k]) if not is_mail_head(_lines(parted[k])) else _boxed(parted[k]))
            k += 1
            continue
        inner = [_with_role(b, i == 0, i + k >= found.parting) for i, b in enumerate(parted[k : found.end])]
        head = _head(parted[max(last_end, k - HEAD_BLOCKS - 1) : k])
        del out[len(out) - len(head) :]
        above = [p for block in head for p in _datelines(block)]
        whole = (*above, *inner)
        out.append(Quote(whole, "letter", whole[0].origin))
        k = last_end = found.end
    return out


# ------------------------------------------------------------------------------------------ letters in many blocks


def _unquoted(text: str) -> str:
    """A line without the mark with which each paragraph begins that somebody reads out, and the last one ends."""
    return text.lstrip(OPENING).rstrip(CLOSING) if text[:1] in OPENING else text


def _is_greeting(blocks: Sequence[Block], k: int) -> bool:
    """Whether a block opens a letter: by its words, in quotation marks that go on below, or, where a chapter begins, as
    a name and a comma or a dash."""
    block = blocks[k]
    if not isinstance(block, Paragraph):
        return False
    text = text_of(block)
    if block.role == "salutation" or greets(text):
        return True
    if text[:1] in OPENING:
        below = text_of(blocks[k + 1]) if k + 1 < len(blocks) else ""
        return text[-1:] not in CLOSING and greets(_unquoted(text)) and below[:1] in OPENING
    if text[-1:] not in ADDRESSED or len(text.split()) > NAME_WORDS or block.role or not text:
        return False
    if text[-1] == "," and k and is_mail_head(_lines(blocks[k - 1])):
        return True
    name = text.rstrip("".join(ADDRESSED))
    named = INITIALS.match(name) is not None or is_person(name) or endears(name)
    return (
        named and k <= HEAD_BLOCKS and len(_head(blocks[:k])) == k and _last_lines(blocks, k, len(blocks)) is not None
    )


def _letter_end(blocks: Sequence[Block], start: int) -> LetterEnd | None:
    """Where the letter that is greeted here ends: below words of parting; at the chapter's end, or before a break,
    below a name."""
    quoted = text_of(blocks[start])[:1] in OPENING
    above = blocks[max(0, start - HEAD_BLOCKS - 1) : start]
    opens = len(_head(above)) == start  # the chapter: then it may be all of it
    farthest = len(blocks) if opens else min(len(blocks), start + LETTER_BLOCKS)
    k = start + 1
    while k < farthest:
        block = blocks[k]
        stops = isinstance(block, SceneBreak) or (k > start + 1 and _is_new_greeting(block))
        if stops or not isinstance(block, Paragraph | Verse | List | Quote | Speech):
            break
        if isinstance(block, Paragraph) and _takes_leave(block):
            return LetterEnd(k, _below_name(blocks, _name_end(blocks, k)))
        if quoted and text_of(block)[:1] not in OPENING:
            return None
        k += 1
    return _last_lines(blocks, start, k) if k < farthest or k == len(blocks) else None


def _takes_leave(block: Paragraph) -> bool:
    """Whether a paragraph closes a letter: words of parting, or a name behind a dash."""
    text = _unquoted(text_of(block))
    return block.role == "signature" or closes(text) or (text[:1] in DASHES and _is_name(text))


def _is_new_greeting(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "salutation"


def _name_end(blocks: Sequence[Block], k: int) -> int:
    """Where the lines end that name who takes leave in the block in place `k`."""
    end = k + 1
    while end < len(blocks) and isinstance(b := blocks[end], Paragraph) and b.role == "signature":
        end += 1
    while end < len(blocks) and end <= k + 3 and _below(blocks[end - 1], blocks[end]):
        end += 1
    return end


def _below_name(blocks: Sequence[Block], end: int) -> int:
    """Where the postscripts and what is said of enclosures end, and the mail that is quoted below it."""
    first = end
    while end < len(blocks) and (POSTSCRIPT.match(text_of(blocks[end])) or encloses(text_of(blocks[end]))):
        end += 1
    if end > first and end < len(blocks) and isinstance(mail := blocks[end], Quote) and mail.kind == "quote":
        end += 1
    return end


def _last_lines(blocks: Sequence[Block], start: int, stop: int) -> LetterEnd | None:
    """The end of a letter that fills a chapter up to its end, or to a break, where a name stands there, perhaps with
    words of parting that no table knows."""
    name = stop - 1
    least = stop - 2 * ENCLOSURES
    while name > max(start, least) and (POSTSCRIPT.match(text_of(blocks[name])) or encloses(text_of(blocks[name]))):
        name -= 1
    if name <= start + 1 or not _is_name(text_of(blocks[name])):
        return None
    parting = name - 1 if _parts(text_of(blocks[name - 1])) and name - 1 > start + 1 else name
    return LetterEnd(parting, stop)


def _is_name(text: str) -> bool:
    bare = text.lstrip("-–—~ ")
    if not 0 < len(bare.split()) <= NAME_WORDS or says_the_end(text):
        return False
    return INITIALS.match(text) is not None or (bare[-1] not in ENDED and is_person(bare))


def _parts(text: str) -> bool:
    """Whether a line may be words of parting: a few, that end no sentence."""
    return 0 < len(text.split()) <= PARTING_WORDS and text[-1] not in ENDED


def _below(before: Block, block: Block) -> bool:
    """A short line right below the one before it: a name, a title, a place."""
    text = text_of(block)
    if not text or len(text.split()) > SIGNATURE_WORDS or before.origin is None or block.origin is None:
        return False
    if encloses(text) or greets(text):
        return False
    near = block.origin.line - before.origin.line
    ended = text[-1] in '.!?…"”' and not INITIALS.match(text)
    return near == 1 or (near == 2 and len(text.split()) <= NAME_WORDS and not ended)


def _with_role(block: Block, first: bool, parting: bool) -> Block:
    text = text_of(block)
    if not isinstance(block, Paragraph) or POSTSCRIPT.match(text) or encloses(text):
        return block
    return replace(block, role="salutation" if first else "signature" if parting else block.role)


# ------------------------------------------------------------------------------------------- what stands above it


def _head(before: Sequence[Block]) -> list[Block]:
    """The blocks right above a greeting that say where and when, or that are the head of a mail: the last of these."""
    count = 0
    dated = False
    while count < min(HEAD_BLOCKS, len(before)):
        block = before[-1 - count]
        lines = _lines(block)
        if is_mail_head(lines):
            return list(before[len(before) - 1 - count :])
        if not lines or len(lines) > HEAD_LINES or not all(map(_is_of_head, lines)):
            break
        if dated and any(map(is_dateline, lines)):
            break
        dated = dated or any(map(is_dateline, lines))
        count += 1
    while count and not dated and count < len(before) and not _is_open(before[-1 - count]):
        count -= 1
    return list(before[len(before) - count :])


def _is_open(block: Block) -> bool:
    """Whether what stands above an address without a date ends there: a break, or a sentence."""
    return isinstance(block, SceneBreak) or text_of(block)[-1:] in ENDED


def _is_of_head(line: str) -> bool:
    if is_dateline(line) and len(line) <= SHORT:
        return True
    return 0 < len(line.split()) <= HEAD_WORDS and line[-1] not in '!?…"”:;' and line[0] not in "\"“„«'‘-–—"


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(content, role) if role in ("", "dateline"):
            return [line for line in plain_text(content).strip().split("\n") if line]
        case Verse(stanzas) if len(stanzas) == 1:
            return [plain_text(line.content).strip() for line in stanzas[0]]
    return []


def _datelines(block: Block) -> list[Block]:
    """A block above a greeting: the head of a mail as it is, any other line by line."""
    match block:
        case Paragraph():
            return [replace(block, content=part, role="dateline") for part in lines_of(block)]
        case Verse(stanzas) if not is_mail_head(_lines(block)):
            return [Paragraph(line.content, "dateline", "", line.origin) for line in stanzas[0]]
    return [block]


# --------------------------------------------------------------------------------------------- letters set apart


def _boxed(head: Block) -> Aside:
    """The head of a mail of which no more is found."""
    return Aside((head,), "box", origin=head.origin)


def letters_set_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the quotations that hold a letter as letters; what stands among the story is not looked at."""
    return [_set_apart(block) for block in blocks]


def _set_apart(block: Block) -> Block:
    """A quotation that holds a letter and nothing else as that letter; any other block as it is."""
    if not isinstance(block, Quote) or block.kind != "quote" or not block.blocks:
        return block
    inside = name_letters(block.blocks)
    if len(inside) == 1 and isinstance(letter := inside[0], Quote) and letter.kind == "letter":
        return replace(letter, origin=block.origin)
    return block
