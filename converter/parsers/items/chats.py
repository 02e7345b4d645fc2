"""Chats: lines that begin with who said them, before a colon or in brackets, perhaps after the hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Edit
from converter.document.edit_script import edit_inlines, flat_text
from converter.document.model import Block, Emphasis, Line, Paragraph, Quote, Speech, Strong, Text, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.recognisers.lines.dates import WEEKDAY, is_only_date

_DAY = r"\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4},?\s"
_HEART = r"(?: (?:<3|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]{1,4}))?"  # that people set behind a name
CHAT = regex(
    rf"(?:[\[(]?(?:{_DAY})?\d{{1,2}}:\d\d(?::\d\d)?(?:\s?[ap]m)?[\])]?\s*(?:[-–]\s*)?)?"
    r"(?:(?:<(?=[\w .\-]+>)|\[(?=[\w .\-]+\]:))([\w .\-]{1,24})(?:>|\]:)|([\w@][\w.\-']{0,19}(?: [A-Z][\w.\-']{0,14})?"
    + _HEART
    + r")(?: ?\(\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?\))?:)\s+(?=\S)",
    re.I,
)
TIMED = regex(rf"[\[(]?(?:{_DAY})?\d{{1,2}}:\d\d|[^:()\n]{{1,40}}\(\d{{1,2}}:\d\d")
DONE = regex(r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s*)?(?:\*{1,3}|-!-|-->|<--|→|←)\s+\S")  # joined, quit, waves
SAID_BY_APP = regex(r"\[[^\[\]\n]{3,200}\]")  # "[ada added ben]", the hour
STAMP_LETTERS = 40
DAY_AND_HOUR = regex(
    rf"(?:{WEEKDAY}\.?,?\s*)?(?:\w{{1,3}}\s)?\d{{1,2}}[:.h]\d\d(?:\s?[ap]\.?m\.?)?\Z", re.I, STAMP_LETTERS
)
LEAST = 3  # lines with a name and a colon; fewer are a person speaking


def is_stamped(text: str) -> bool:
    """Whether a line is a message of a chat, with the hour and who said it, or who came and went then."""
    if not (text[0].isdigit() or text[0] in "[(") or not TIMED.match(text):
        return False
    return CHAT.match(text) is not None or DONE.match(text) is not None


def is_said(text: str, at: int) -> bool:
    """Whether all that stands before a place in a line is who says what follows: "ada: [image]"."""
    m = CHAT.match(text)
    return m is not None and m.end() >= at > 0


def are_messages(texts: Sequence[str], *, stressed: bool = False) -> bool:
    """Whether these lines are all messages of a chat: several talk, and somebody again; where the names are `stressed`,
    one who talks twice is enough. Labels of a sheet are all different."""
    names = [m for text in texts if (m := CHAT.match(text))]
    who = {(m[1] or m[2]).casefold() for m in names}
    if len(names) < len(texts) or len(who) == len(names):
        return False
    return stressed or (len(names) >= LEAST and len(who) > 1)


def name_chats(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with runs of such lines as chats."""
    out: list[Block] = []
    run: list[tuple[Paragraph, re.Match[str] | None]] = []
    known: set[str] = set()

    def close() -> None:
        made = _chat(run, known)
        if made and isinstance(chat := made[0], Quote) and out and (stamp := _stamp(out[-1])):
            out[-1] = replace(chat, blocks=(stamp, *chat.blocks), origin=stamp.origin)
            del made[0]
        out.extend(made)
        run.clear()

    for block in map(_chat_set_apart, _lines_of_chats(blocks)):
        if isinstance(block, Paragraph):
            m = CHAT.match(words := _words(block))
            if m or (run and _is_done(words)):
                run.append((block, m))
                continue
        if run:
            close()
        out.append(block)
    close()
    return out


def _chat_set_apart(block: Block) -> Block:
    """A quotation that holds nothing but messages, their names stressed, as a chat; any other block as it is."""
    if not isinstance(block, Quote) or block.kind != "quote":
        return block
    said = [p for p in block.blocks if isinstance(p, Paragraph) and p.content]
    if len(said) < len(block.blocks) or not are_messages(
        [_words(p) for p in said], stressed=all(isinstance(p.content[0], Strong) for p in said)
    ):
        return block
    return replace(block, blocks=tuple(_turn(p, m) if (m := CHAT.match(_words(p))) else p for p in said), kind="chat")


def _stamp(block: Block) -> Paragraph | None:
    """The day and the hour alone on a line, as a chat has it above its messages; None for anything else."""
    if not isinstance(block, Paragraph) or block.role:
        return None
    text = plain_text(block.content).strip(" *_[]()—–-")
    if len(text) > STAMP_LETTERS or not (is_only_date(text) or DAY_AND_HOUR.match(text)):
        return None
    return replace(block, role="dateline")


def _is_done(text: str) -> bool:
    """Whether a line says what somebody did in a chat, or when."""
    return DONE.match(text) is not None or SAID_BY_APP.fullmatch(text) is not None


def _chat(run: Sequence[tuple[Paragraph, re.Match[str] | None]], known: set[str]) -> list[Block]:
    """A run of lines as a chat, where several talk in it, or those who talked before (`known`); else as paragraphs."""
    said = [(k, m) for k, (_, m) in enumerate(run) if m]
    names = {(m[1] or m[2]).casefold() for _, m in said}
    timed = _are_timed(run) and not (len(names) == len(said) and all("]:" in m[0] for _, m in said))  # labels
    again = names <= known and len(names) > 1
    if not again and (len(said) < LEAST or len(names) < 2 or not (timed or len(names) <= len(said) - 2)):
        return [p for p, _ in run]
    known |= names
    end = said[-1][0] + 1
    turns = tuple(_turn(p, m) if m else p for p, m in run[:end])
    return [Quote(turns, "chat", run[0][0].origin), *(p for p, _ in run[end:])]


def _are_timed(run: Sequence[tuple[Paragraph, re.Match[str] | None]]) -> bool:
    """Whether each message shows by more than name and colon that it is one: by the hour, brackets, a stressed name."""
    return all(m is None or TIMED.match(m[0]) or m[1] or isinstance(p.content[0], Strong) for p, m in run)


def _words(block: Paragraph) -> str:
    """What a paragraph says, where it begins with text or with stressed text."""
    stressed = block.content and isinstance(block.content[0], Text | Strong | Emphasis)
    return plain_text(block.content).strip() if stressed else ""


def _lines_of_chats(blocks: Sequence[Block]) -> list[Block]:
    """Stanzas whose lines all begin with a name and a colon (or say who came and when), as a paragraph a line."""
    stanzas = [stanza for block in blocks if isinstance(block, Verse) for stanza in block.stanzas]
    known = {name for stanza in stanzas if _is_chat(stanza, set()) for name in _names(stanza)}
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Verse) or not any(_is_chat(stanza, known) for stanza in block.stanzas):
            out.append(block)
            continue
        for stanza in block.stanzas:
            if _is_chat(stanza, known):
                out.extend(Paragraph(line.content, "", "", line.origin) for line in stanza)
            elif out and isinstance(before := out[-1], Verse) and before is not block:
                out[-1] = replace(before, stanzas=(*before.stanzas, stanza))
            else:
                out.append(Verse((stanza,), stanza[0].origin))
    return out


def _names(stanza: Sequence[Line]) -> list[str]:
    """Who speaks in these lines, as far as a name stands before what is said."""
    texts = (plain_text(line.content).strip() for line in stanza)
    return [(m[1] or m[2]).casefold() for text in texts if (m := CHAT.match(text))]


def _is_chat(stanza: Sequence[Line], known: set[str]) -> bool:
    """Whether these lines are a chat's: several talk, and somebody again, or all who talk are known to."""
    names = _names(stanza)
    done = sum(_is_done(plain_text(line.content).strip()) for line in stanza)
    again = len(names) >= LEAST and len(set(names)) < len(names)
    return len(names) + done == len(stanza) and (again or (len(names) > 1 and known.issuperset(names)))


def _turn(paragraph: Paragraph, m: re.Match[str]) -> Block:
    """A message: who says it, whose name may be stressed, and what."""
    flat = flat_text(paragraph.content)
    end = m.end() + len(flat) - len(flat.lstrip())
    said = edit_inlines(paragraph.content, [Edit(0, end, "")])
    return Speech((Text(m[0].rstrip()),), (replace(paragraph, content=said),), paragraph.origin)
