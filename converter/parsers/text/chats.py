"""Chats: lines that begin with who said them, before a colon or in angle brackets, perhaps after the hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Line, Paragraph, Quote, Speech, Text, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text

CHAT = regex(
    r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?[\])]?\s*(?:[-–]\s*)?)?"
    r"(?:<([\w .\-]{1,24})>|([\w@][\w.\-']{0,19}(?: [A-Z][\w.\-']{0,14})?):)\s+(?=\S)",
    re.I,
)
TIMED = regex(r"[\[(]?\d{1,2}:\d\d")
DONE = regex(r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s*)?(?:\*{1,3}|-!-|-->|<--|→|←)\s+\S")  # joined, quit, waves
LEAST = 3  # lines with a name and a colon; fewer are a person speaking


def name_chats(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with runs of such lines as chats."""
    out: list[Block] = []
    run: list[tuple[Paragraph, re.Match[str] | None]] = []
    for block in _lines_of_chats(blocks):
        if isinstance(block, Paragraph):
            m = CHAT.match(words := _words(block))
            if m or (run and DONE.match(words)):
                run.append((block, m))
                continue
        out.extend(_chat(run))
        run.clear()
        out.append(block)
    out.extend(_chat(run))
    return out


def _chat(run: Sequence[tuple[Paragraph, re.Match[str] | None]]) -> list[Block]:
    """A run of lines as a chat, where several talk in it; else as paragraphs."""
    said = [(k, m) for k, (_, m) in enumerate(run) if m]
    names = {(m[1] or m[2]).casefold() for _, m in said}
    timed = all(TIMED.match(m[0]) or m[1] for _, m in said)
    if len(said) < LEAST or len(names) < 2 or not (timed or len(names) <= len(said) - 2):
        return [p for p, _ in run]
    end = said[-1][0] + 1
    turns = tuple(_turn(p, m) if m else p for p, m in run[:end])
    return [Quote(turns, "chat", run[0][0].origin), *(p for p, _ in run[end:])]


def _words(block: Paragraph) -> str:
    """What a paragraph begins with, where that is text."""
    return plain_text(block.content).strip() if block.content and isinstance(block.content[0], Text) else ""


def _lines_of_chats(blocks: Sequence[Block]) -> list[Block]:
    """Stanzas whose lines all begin with a name and a colon (or say who came and went), as a paragraph a line."""
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Verse) or not any(map(_is_chat, block.stanzas)):
            out.append(block)
            continue
        for stanza in block.stanzas:
            if _is_chat(stanza):
                out.extend(Paragraph(line.content, "", "", line.origin) for line in stanza)
            elif out and isinstance(before := out[-1], Verse) and before is not block:
                out[-1] = replace(before, stanzas=(*before.stanzas, stanza))
            else:
                out.append(Verse((stanza,), stanza[0].origin))
    return out


def _is_chat(stanza: Sequence[Line]) -> bool:
    texts = [plain_text(line.content).strip() for line in stanza]
    names = [m[1] or m[2] for text in texts if (m := CHAT.match(text))]
    done = sum(bool(DONE.match(text)) for text in texts)
    return len(names) >= LEAST and len(names) + done == len(texts) and len(set(names)) < len(names)


def _turn(paragraph: Paragraph, m: re.Match[str]) -> Block:
    first = paragraph.content[0]
    assert isinstance(first, Text)
    if len(first.text) < m.end():
        return paragraph
    rest = first.text[m.end() :]
    content = ((Text(rest),) if rest else ()) + paragraph.content[1:]
    return Speech((Text(m[0].rstrip()),), (replace(paragraph, content=content),), paragraph.origin)
