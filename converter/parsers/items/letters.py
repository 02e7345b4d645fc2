"""Letters in a story: from the place and the date above a greeting to the name and the postscripts below.

Whether a letter's lines stand each between blank lines, together in a block, or in quotation marks: its parts are found
in the same way, and all letters of a book have one form. Without a greeting or an end that is sure, nothing is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Aside, Block, Emphasis, Paragraph, Quote, SceneBreak, Verse
from converter.document.words import plain_text
from converter.parsers.items.letter_ends import (
    CLOSING,
    ENDED,
    INITIALS,
    OPENING,
    LetterEnd,
    last_lines,
    letter_end,
    mail_end,
    takes_leave,
    unquoted,
)
from converter.parsers.items.letter_lines import NAME_WORDS, POSTSCRIPT, in_letter_lines, lines_of, text_of
from converter.recognisers.lines.dates import is_dateline
from converter.recognisers.lines.letters import (
    encloses,
    endears,
    greets,
    greets_lightly,
    is_mail_head,
    may_address,
)
from converter.recognisers.metadata.names import is_person

SHORT = 60  # characters of a line with place and date
HEAD_BLOCKS, HEAD_LINES, HEAD_WORDS = 4, 6, 8  # of an address above a greeting: blocks, lines of one, words of a line
ADDRESSED = (",", "—", "–", "--", ":", "!")  # behind a name: "Rufus—"


def name_letters(blocks: Sequence[Block], *, apart: bool = False) -> list[Block]:
    """The blocks of a chapter with its letters as such. `apart`: they are set in or quoted, so that a line above the
    others that may address somebody does."""
    parted = list(in_letter_lines(blocks))
    out: list[Block] = []
    k = last_end = 0
    while k < len(parted):
        mail = _is_head_of_mail(parted[k])
        found = _mail(parted, k) if mail else _letter(parted, k, apart=apart)
        if found is None:
            out.append(_boxed(parted[k]) if mail else _set_apart(parted[k]))
            k += 1
            continue
        inner = [
            p for i in range(k + mail, found.end) for p in _with_role(parted[i], i == k + mail, i >= found.parting)
        ]
        head = [parted[k]] if mail else _head(parted[max(last_end, k - HEAD_BLOCKS - 1) : k])
        if not mail:
            del out[len(out) - len(head) :]
        above = [p for block in head for p in _datelines(block)]
        whole = _without_italics((*above, *inner))
        out.append(Quote(whole, "letter", whole[0].origin))
        k = last_end = found.end
    return out


def _without_italics(letter: tuple[Block, ...]) -> tuple[Block, ...]:
    """A letter's blocks; where all of it is in italics they are the look of a letter, which the book gives it."""
    bare: list[Block] = []
    for block in letter:
        if not isinstance(block, Paragraph) or len(block.content) != 1 or not isinstance(block.content[0], Emphasis):
            return letter
        bare.append(replace(block, content=block.content[0].content))
    return tuple(bare)


def _is_head_of_mail(block: Block) -> bool:
    return is_mail_head(_lines(block))


def _letter(blocks: Sequence[Block], k: int, *, apart: bool) -> LetterEnd | None:
    """The end of the letter that begins with a greeting in place `k`; None where none does."""
    sure = _is_greeting(blocks, k)
    if not sure and not _may_greet(blocks, k, apart=apart):
        return None
    fills = len(_head(blocks[max(0, k - HEAD_BLOCKS - 1) : k])) == k
    found = letter_end(blocks, k, fills=fills)
    if found is None or sure or apart:
        return found
    if any(greets(text_of(block)) for block in blocks[k + 1 : found.parting]):
        return None
    return found if takes_leave(blocks[found.parting]) else None


def _mail(blocks: Sequence[Block], k: int) -> LetterEnd | None:
    """The end of the mail whose head stands in place `k`: that of the letter that is greeted below it, else of what
    follows; None where nothing does."""
    found = _letter(blocks, k + 1, apart=True) if k + 1 < len(blocks) else None
    return found or mail_end(blocks, k, _is_head_of_mail)


# ------------------------------------------------------------------------------------------ letters in many blocks


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
        return text[-1:] not in CLOSING and greets(unquoted(text)) and below[:1] in OPENING
    if not text.endswith(ADDRESSED) or len(text.split()) > NAME_WORDS or block.role or not text:
        return False
    if text[-1] == "," and k and is_mail_head(_lines(blocks[k - 1])):
        return True
    name = text.rstrip("".join(set("".join(ADDRESSED))))
    named = INITIALS.match(name) is not None or is_person(name) or endears(name)
    return named and k <= HEAD_BLOCKS and len(_head(blocks[:k])) == k and last_lines(blocks, k, len(blocks)) is not None


def _may_greet(blocks: Sequence[Block], k: int, *, apart: bool) -> bool:
    """Whether a block opens a letter if one ends below: it greets as people do, or it may address somebody and stands
    above all that is set `apart`, below a date, or below the words that announce it."""
    text = text_of(blocks[k])
    if not text or greets_lightly(text):
        return bool(text)
    if apart:
        return may_address(text)
    above = text_of(blocks[k - 1]) if k else ""
    if may_address(text):
        return above[-1:] == ":" or _is_dated(blocks, k)
    return endears(text) and text[-1].isalpha() and len(text.split()) <= NAME_WORDS and _is_dated(blocks, k)


def _is_dated(blocks: Sequence[Block], k: int) -> bool:
    """Whether a letter's head with a date stands right above the block in place `k`."""
    head = _head(blocks[max(0, k - HEAD_BLOCKS - 1) : k])
    return any(is_dateline(line) for block in head for line in _lines(block))


def _with_role(block: Block, first: bool, parting: bool) -> Sequence[Block]:
    """A block of a letter: its `first` as the greeting if it addresses somebody, what takes leave as signatures."""
    if isinstance(block, Verse) and parting:
        return [Paragraph(line.content, "signature", "", line.origin) for stanza in block.stanzas for line in stanza]
    text = text_of(block)
    if not isinstance(block, Paragraph) or POSTSCRIPT.match(text) or encloses(text):
        return [block]
    greeting = first and (
        may_address(text)
        or greets(unquoted(text))
        or endears(text)
        or block.role == "salutation"
        or text[:1] in OPENING
    )
    return [replace(block, role="salutation" if greeting else "signature" if parting else block.role)]


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
    if POSTSCRIPT.match(line) or _is_sentence(line):
        return False
    return 0 < len(line.split()) <= HEAD_WORDS and line[-1] not in '!?…"”:;' and line[0] not in "\"“„«'‘-–—"


def _is_sentence(line: str) -> bool:
    """Whether a line with a stop says something, most of its words small: an address has names and numbers."""
    words = line.split()
    return line.endswith(".") and 2 * sum(word[0].islower() for word in words) > len(words)


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


def _set_apart(block: Block) -> Block:
    """A quotation that holds a letter and nothing else as that letter; any other block as it is."""
    if not isinstance(block, Quote) or block.kind != "quote" or not block.blocks:
        return block
    inside = name_letters(block.blocks, apart=True)
    if len(inside) == 1 and isinstance(letter := inside[0], Quote) and letter.kind == "letter":
        return replace(letter, origin=block.origin)
    return block
