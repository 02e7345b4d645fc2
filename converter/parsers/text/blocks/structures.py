"""What neighbouring blocks mean together: quotations, letters, telegrams, chats, lists.

A structure is named only where its own signs say so; in doubt the blocks stay as they are, words and lines untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Block, Line, List, Origin, Paragraph, ParagraphRole, Quote, Text, Verse
from converter.document.patterns import regex
from converter.document.tasks import as_task, is_typed_task
from converter.document.words import plain_text
from converter.parsers.items.chats import name_chats
from converter.parsers.text.blocks.mottos import name_epigraph, name_front, paragraph_text
from converter.parsers.text.blocks.papers import name_papers
from converter.recognisers.lines.dates import is_dateline, is_only_date
from converter.recognisers.lines.letters import SIGNATURE_WORDS, closes, greets
from converter.recognisers.metadata.names import is_person

BULLET_SIGNS = frozenset("•·▪◦‣*-–—+")
BULLET = regex(r"(?:[•·▪◦‣]|[*\-–—+](?=\s))\s*(?=\S)")
BULLETS = 3
NUMBERED = regex(r"(\d{1,2})[.)]\s+(?=\S)")
PARTING_WORDS, NAME_WORDS = 6, 4  # of the last line of a letter, of the name under it, at most
SHORT = 60  # characters of a line with place and date
POSTSCRIPT = regex(r"[*_]{0,2}P\.? ?-? ?(?:P\.? ?-? ?)?S(?:\.|:|\b)(?=\W)|PS(?:\W)")
SIGNED_LINES = 4  # of words of parting, with the name below them
INITIALS = regex(r"(?:[^\W\d_]\.[ ]?){1,4}\Z")
LETTER_LINES = 8  # of a note that stands in one block
LETTER_BLOCKS = 40  # from greeting to signature at most
DATELINES = 4
BULLET_LONGEST = 40  # words


def name_structures(
    blocks: Sequence[Block],
    set_in: frozenset[int],
    omissions: list[Omission],
    name: str,
    *,
    front: bool,
    dash_speech: bool,
) -> list[Block]:
    """The blocks of a chapter (of the `front` matter), with the structures that their own signs show.

    `set_in` holds the first line numbers of blocks set in from the margin; `dash_speech` says that this language opens
    speech with a dash, so that a dash is no bullet.
    """
    out = _quotations(list(blocks), set_in)
    out = name_papers(out)
    out = _signatures(out)
    out = _letters(out)
    out = name_chats(_days(out))
    out = _lists(out, omissions, name, dash_speech=dash_speech)
    out = _numbered_lists(out, omissions, name)
    return name_front(out) if front else name_epigraph(out)


def _begins(block: Block) -> str:
    """The sign with which a paragraph begins, where it begins with text."""
    if isinstance(block, Paragraph) and block.content and isinstance(first := block.content[0], Text):
        return first.text.lstrip()[:1]
    return ""


def _quotations(blocks: list[Block], set_in: frozenset[int]) -> list[Block]:
    """Runs of blocks set in from the margin: a letter when one of them greets or signs, else a quotation."""
    out: list[Block] = []
    run: list[Block] = []

    def close() -> None:
        if any(isinstance(b, Paragraph) and not b.align for b in run):
            letter = any(isinstance(b, Paragraph) and b.role in ("salutation", "signature") for b in run)
            letter = letter or closes(paragraph_text(run[-1]))
            out.append(Quote(tuple(run), "letter" if letter else "quote", run[0].origin))
        else:
            out.extend(run)
        run.clear()

    for block in blocks:
        if block.origin is not None and block.origin.line in set_in and isinstance(block, Paragraph | Verse):
            run.append(block)
            continue
        if run:
            close()
        out.append(block)
    if run:
        close()
    return out


def _signatures(blocks: list[Block]) -> list[Block]:
    """Lines that close a letter ("Yours truly, / Ada") are a signature, not verse."""
    out: list[Block] = []
    for block in _signed_apart(blocks):
        if isinstance(block, Verse) and len(block.stanzas) == 1 and 1 < len(block.stanzas[0]) <= LETTER_LINES:
            lines = block.stanzas[0]
            texts = [plain_text(line.content).strip() for line in lines]
            if greets(texts[0]) and len(texts) > 2:
                out.append(Quote(_lines_of_letter(lines), "letter", block.origin))
                continue
            if len(lines) <= SIGNED_LINES and (any(map(closes, texts[:-1])) or _takes_leave(texts)):
                out.extend(Paragraph(line.content, "signature", "", line.origin) for line in lines)
                continue
        out.append(block)
    return out


def _days(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the days over the entries of a diary as such."""

    def is_day(block: Block) -> bool:
        return isinstance(block, Paragraph) and not (block.role or block.align) and is_only_date(paragraph_text(block))

    return [replace(b, role="dateline") if isinstance(b, Paragraph) and is_day(b) else b for b in blocks]


def _signed_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; stanzas of which the first closes a letter are parted from those below it."""
    for block in blocks:
        first = block.stanzas[0] if isinstance(block, Verse) and len(block.stanzas) > 1 else ()
        closing = 1 < len(first) <= SIGNED_LINES and closes(plain_text(first[0].content).strip())
        if closing and isinstance(block, Verse):
            yield replace(block, stanzas=(first,))
            yield replace(block, stanzas=block.stanzas[1:], origin=block.stanzas[1][0].origin)
        else:
            yield block


def _lines_of_letter(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """A note in a few lines: its greeting, what it says, who signs it."""
    last = len(lines) - 1
    signed = plain_text(lines[-1].content).strip()
    named = closes(signed) or (len(signed.split()) <= NAME_WORDS and signed[-1:] not in ".!?…,")
    roles: tuple[ParagraphRole, ...] = tuple(
        "salutation" if k == 0 else "signature" if k == last and named else "" for k in range(len(lines))
    )
    return tuple(Paragraph(line.content, role, "", line.origin) for line, role in zip(lines, roles, strict=True))


def _takes_leave(texts: Sequence[str]) -> bool:
    """A few words that end in a comma, and under them a name: words of parting that no table knows."""
    words, *names = texts
    return (
        words.endswith(",")
        and len(words.split()) <= PARTING_WORDS
        and all(is_person(n.rstrip("."), handle=False) and len(n.split()) <= NAME_WORDS for n in names)
    )


def _letters(blocks: list[Block]) -> list[Block]:
    """From a salutation to its signature: a letter. Without a signature within reach the salutation stays alone."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block = blocks[k]
        end = _letter_end(blocks, k) if isinstance(block, Paragraph) and block.role == "salutation" else None
        if end is None:
            out.append(block)
            k += 1
            continue
        inner = [_signed(b) if i >= end[0] else b for i, b in enumerate(blocks[k : end[1]], k)]
        dated = _dateline(out[-1]) if out else []
        if dated:
            out.pop()
        out.append(Quote((*dated, *inner), "letter", dated[0].origin if dated else block.origin))
        k = end[1]
    return out


def _letter_end(blocks: Sequence[Block], start: int) -> tuple[int, int] | None:
    """Where the signature of the letter that starts here begins and ends."""
    for k in range(start + 1, min(len(blocks), start + LETTER_BLOCKS)):
        block = blocks[k]
        if not isinstance(block, Paragraph | Verse | List | Quote) or (
            isinstance(block, Paragraph) and block.role == "salutation"
        ):
            return None
        if isinstance(block, Paragraph) and block.role == "signature":
            end = k + 1
            while end < len(blocks) and isinstance(b := blocks[end], Paragraph) and b.role == "signature":
                end += 1
            return k, _postscript_end(blocks, end)
        if closes(paragraph_text(block)):
            end = k + 1
            while end < len(blocks) and end <= k + 3 and _below(blocks[end - 1], blocks[end]):
                end += 1
            return k, _postscript_end(blocks, end)
    return None


def _postscript_end(blocks: Sequence[Block], end: int) -> int:
    """Where the postscripts that follow a signature end."""
    while end < len(blocks) and POSTSCRIPT.match(paragraph_text(blocks[end])):
        end += 1
    return end


def _dateline(block: Block) -> list[Paragraph]:
    """Place and date set as lines right above a greeting."""
    if isinstance(block, Paragraph) and len(text := paragraph_text(block)) <= SHORT and is_dateline(text):
        return [replace(block, role="dateline")]
    if not isinstance(block, Verse) or len(block.stanzas) != 1 or len(block.stanzas[0]) > DATELINES:
        return []
    lines = block.stanzas[0]
    if any(len(plain_text(line.content).split()) > SIGNATURE_WORDS for line in lines):
        return []
    return [Paragraph(line.content, "dateline", "", line.origin) for line in lines]


def _below(before: Block, block: Block) -> bool:
    """A short line right below the one before it: a name, a title, a place."""
    text = paragraph_text(block)
    if not text or len(text.split()) > SIGNATURE_WORDS or before.origin is None or block.origin is None:
        return False
    near = block.origin.line - before.origin.line
    ended = text[-1] in '.!?…"”' and not INITIALS.match(text)
    return near == 1 or (near == 2 and len(text.split()) <= 4 and not ended)


def _signed(block: Block) -> Block:
    if not isinstance(block, Paragraph) or POSTSCRIPT.match(paragraph_text(block)):
        return block
    return replace(block, role="signature")


def _lists(blocks: list[Block], omissions: list[Omission], name: str, *, dash_speech: bool) -> list[Block]:
    out: list[Block] = []
    run: list[tuple[Paragraph, re.Match[str]]] = []

    def close() -> None:
        marks = {m[0].strip() for _, m in run}
        tasks = all(is_typed_task(paragraph_text(p)[m.end() :]) for p, m in run)
        if run and (len(run) >= BULLETS or tasks) and len(marks) == 1:
            items = [_without(p, m) for p, m in run]
            out.append(List(tuple((_tasked(p, omissions, name),) for p in items), origin=run[0][0].origin))
        else:
            out.extend(p for p, _ in run)
        run.clear()

    for block in blocks:
        m = _bullet(block, dash_speech=dash_speech)
        if m and isinstance(block, Paragraph):
            run.append((block, m))
            continue
        if run:
            close()
        out.append(block)
    if run:
        close()
    return out


def _bullet(block: Block, *, dash_speech: bool) -> re.Match[str] | None:
    """The bullet with which a short paragraph begins; a dash may be one that opens speech, but not before a box."""
    text = paragraph_text(block)
    m = BULLET.match(text) if _begins(block) in BULLET_SIGNS else None
    if m is None or len(text.split()) > BULLET_LONGEST:
        return None
    dash = m[0].strip() in "-–—" and (dash_speech or text[-1:] in '.!?…"”')
    return None if dash and not is_typed_task(text[m.end() :]) else m


def _tasked(item: Paragraph, omissions: list[Omission], name: str) -> Paragraph:
    """An item with a drawn box in the place of the one that is typed; the old one is left out."""
    first = item.content[0] if item.content else None
    if not isinstance(first, Text) or (drawn := as_task(first.text)) == first.text:
        return item
    if first.text[1] != " ":
        omissions.append(Omission("task", first.text[:3], item.origin or Origin(name, 1)))
    return replace(item, content=(Text(drawn), *item.content[1:]))


def _numbered_lists(blocks: list[Block], omissions: list[Omission], name: str) -> list[Block]:
    """Short paragraphs that count 1, 2, 3: a numbered list. It writes its own numbers, so the old ones are left out."""
    out: list[Block] = []
    run: list[tuple[Paragraph, re.Match[str]]] = []

    def close() -> None:
        if len(run) >= BULLETS:
            for paragraph, m in run:
                where = paragraph.origin or Origin(name, 1)
                omissions.append(Omission("list number", m[0].strip(), where))
            out.append(List(tuple((_without(p, m),) for p, m in run), True, 1, run[0][0].origin))
        else:
            out.extend(p for p, _ in run)
        run.clear()

    for block in blocks:
        m = NUMBERED.match(paragraph_text(block)) if _begins(block).isdigit() else None
        if m and isinstance(block, Paragraph) and len(paragraph_text(block).split()) <= BULLET_LONGEST:
            if int(m[1]) == len(run) + 1:
                run.append((block, m))
                continue
            close()
            if int(m[1]) == 1:
                run.append((block, m))
                continue
        elif run:
            close()
        out.append(block)
    close()
    return out


def _without(paragraph: Paragraph, m: re.Match[str]) -> Paragraph:
    first = paragraph.content[0]
    assert isinstance(first, Text)
    rest = first.text.lstrip()[m.end() :]
    return replace(paragraph, content=((Text(rest),) if rest else ()) + paragraph.content[1:])
