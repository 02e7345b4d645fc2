"""Where letters and mails in a story end: at words of parting, a name, a postscript, a break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from converter.document.model import Block, List, Paragraph, Quote, SceneBreak, Speech, Verse
from converter.document.patterns import regex
from converter.document.words import block_text, plain_text
from converter.parsers.items.letter_lines import NAME_WORDS, PARTING_WORDS, POSTSCRIPT, text_of
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.lines.letters import SIGNATURE_WORDS, closes, closes_formally, encloses, greets
from converter.recognisers.metadata.names import is_person

INITIALS = regex(r"(?:[-–—+] ?)?(?:[^\W\d_]\.[ ]?){1,4}\Z")
LETTER_BLOCKS = 40  # from greeting to signature at most, in a story that goes on below it
ENCLOSURES = 4  # blocks below the name at most
SIGNED_LINES = 4  # of a name with what its bearer is
DASHES = ("-", "–", "—", "~")
ENDED = '.!?…"”:;'
OPENING, CLOSING = '"“„«', '"”»'


class LetterEnd(NamedTuple):
    """Where the parting words of a letter begin, and the block behind all of it."""

    parting: int
    end: int


def unquoted(text: str) -> str:
    """A line without the mark with which each paragraph begins that somebody reads out, and the last one ends."""
    return text.lstrip(OPENING).rstrip(CLOSING) if text[:1] in OPENING else text


def letter_end(blocks: Sequence[Block], start: int, *, fills: bool) -> LetterEnd | None:
    """Where the letter that is greeted here ends: below words of parting or a name; at the chapter's end, or before a
    break, below a name. `fills`: it opens the chapter, and may be all of it."""
    quoted = text_of(blocks[start])[:1] in OPENING
    farthest = len(blocks) if fills else min(len(blocks), start + LETTER_BLOCKS)
    k = start + 1
    while k < farthest:
        block = blocks[k]
        stops = isinstance(block, SceneBreak) or (k > start + 1 and _is_new_greeting(block))
        if stops or not isinstance(block, Paragraph | Verse | List | Quote | Speech):
            break
        if takes_leave(block) or (k > start + 1 and not fills and signs(block)):
            whole_sentence = closes_formally(text_of(block)) and not closes(text_of(block))
            return LetterEnd(k + 1 if whole_sentence else k, below_name(blocks, k))
        if quoted and text_of(block)[:1] not in OPENING:
            return None
        k += 1
    return last_lines(blocks, start, k) if k < farthest or k == len(blocks) else None


def mail_end(blocks: Sequence[Block], k: int, is_head: Callable[[Block], bool]) -> LetterEnd | None:
    """Where the mail ends whose head stands in place `k`: below words of parting or a name; where the next mail begins;
    at the end of the scene that it opened. Where nothing shows it, the first paragraph is the mail's, and what follows
    is taken for the story."""
    stop = k + 1
    while stop < min(len(blocks), k + LETTER_BLOCKS) and isinstance(blocks[stop], Paragraph | Verse | List | Quote):
        if is_head(blocks[stop]) or block_text(blocks[stop]).lstrip()[:1] in OPENING:
            break
        if stop > k + 1 and (takes_leave(blocks[stop]) or signs(blocks[stop])):
            return LetterEnd(stop, below_name(blocks, stop))
        stop += 1
    if stop == k + 1:
        return None
    opens = k == 0 or isinstance(blocks[k - 1], SceneBreak)
    closed = stop == len(blocks) or isinstance(blocks[stop], SceneBreak)
    if (stop < len(blocks) and is_head(blocks[stop])) or (opens and closed):
        return LetterEnd(stop, stop)
    return LetterEnd(k + 2, k + 2)


def takes_leave(block: Block) -> bool:
    """Whether a paragraph closes a letter: words of parting, or a name behind a dash."""
    if not isinstance(block, Paragraph):
        return False
    text = unquoted(text_of(block))
    return block.role == "signature" or closes(text) or closes_formally(text) or (text[:1] in DASHES and is_name(text))


def signs(block: Block) -> bool:
    """Whether a block is a name and nothing else, or one with what its bearer is below it: "O. Brandt / Keeper"."""
    if not isinstance(block, Verse):
        return is_name(text_of(block))
    lines = [plain_text(line.content).strip() for stanza in block.stanzas for line in stanza]
    short = len(lines) <= SIGNED_LINES and all(0 < len(line.split()) <= SIGNATURE_WORDS for line in lines)
    return short and is_name(lines[0]) and not any(line[-1] in ENDED for line in lines[1:])


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


def below_name(blocks: Sequence[Block], k: int) -> int:
    """Where all ends that stands below the block in place `k`, which takes leave: the name, postscripts, what is said
    of enclosures, and the mail that is quoted below it."""
    first = end = _name_end(blocks, k)
    while end < len(blocks) and (POSTSCRIPT.match(text_of(blocks[end])) or encloses(text_of(blocks[end]))):
        end += 1
    if end > first and end < len(blocks) and isinstance(mail := blocks[end], Quote) and mail.kind == "quote":
        end += 1
    return end


def last_lines(blocks: Sequence[Block], start: int, stop: int) -> LetterEnd | None:
    """The end of a letter that fills a chapter up to its end, or to a break, where a name stands there, perhaps with
    words of parting that no table knows."""
    name = stop - 1
    least = stop - 2 * ENCLOSURES
    while name > max(start, least) and (POSTSCRIPT.match(text_of(blocks[name])) or encloses(text_of(blocks[name]))):
        name -= 1
    if name <= start + 1 or not signs(blocks[name]):
        return None
    parting = name - 1 if _parts(text_of(blocks[name - 1])) and name - 1 > start + 1 else name
    return LetterEnd(parting, stop)


def is_name(text: str) -> bool:
    """Whether a line is the name of somebody, or initials, and nothing else."""
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
    if near == 3 and is_name(text):  # below two lines of Markdown
        return True
    if near <= 1 and is_name(text.rstrip(".")):
        return True
    return not ended and (near == 1 or (near == 2 and len(text.split()) <= NAME_WORDS))
