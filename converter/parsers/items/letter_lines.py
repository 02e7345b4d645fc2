"""The lines of letters that stand together in one block: a note in a few lines, a signature, the head of a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from converter.document.model import (
    Block,
    Inline,
    Inlines,
    Line,
    LineBreak,
    Paragraph,
    ParagraphRole,
    Quote,
    Verse,
)
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.recognisers.lines.letters import closes, greets, is_mail_field, is_mail_head
from converter.recognisers.metadata.names import is_person

PARTING_WORDS, NAME_WORDS = 6, 4  # of the last line of a letter, of the name under it, at most
POSTSCRIPT = regex(r"[*_\"“]{0,2}P\.? ?-? ?(?:P\.? ?-? ?)?[SD](?:\.|:|\b)(?=\W)|P[SD](?:\W)|Pos(?:t)?data\b")
SIGNED_LINES = 4  # of words of parting, with the name below them
LETTER_LINES = 8  # of a note that stands in one block


def text_of(block: Block) -> str:
    """What a paragraph says; "" for any other block."""
    return plain_text(block.content).strip() if isinstance(block, Paragraph) else ""


def takes_leave(texts: Sequence[str]) -> bool:
    """A few words that end in a comma, and under them a name: words of parting that no table knows."""
    words, *names = texts
    return (
        words.endswith(",")
        and len(words.split()) <= PARTING_WORDS
        and all(is_person(n.rstrip("."), handle=False) and len(n.split()) <= NAME_WORDS for n in names)
    )


def in_letter_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; lines that close a letter ("Yours truly, / Ada") are a signature, not verse, and a note in a few
    lines is a letter."""
    for block in map(_in_lines, _signed_apart(_mail_heads(blocks))):
        if not isinstance(block, Verse) or len(block.stanzas) != 1 or not 1 < len(block.stanzas[0]) <= LETTER_LINES:
            yield block
            continue
        lines = block.stanzas[0]
        texts = [plain_text(line.content).strip() for line in lines]
        if greets(texts[0]) and len(texts) > 2:
            yield Quote(_lines_of_letter(lines, texts), "letter", block.origin)
        elif len(lines) <= SIGNED_LINES and _closes_in_lines(texts):
            yield from (Paragraph(line.content, "signature", "", line.origin) for line in lines)
        else:
            yield block


def _closes_in_lines(texts: Sequence[str]) -> bool:
    """Whether a few lines are words of parting, mostly with a name below them."""
    if any(map(closes, texts[:-1])) or closes(" ".join(texts)) or takes_leave(texts):
        return True
    return closes(texts[-1]) and texts[-1][-1] == ","


def _mail_heads(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; paragraphs of a line each, one below the other, that are the head of a mail as a stanza."""
    run: list[Paragraph] = []

    def closed() -> Iterator[Block]:
        if is_mail_head([text_of(p) for p in run]):
            yield Verse((tuple(Line(p.content, 0, p.origin) for p in run),), run[0].origin)
        else:
            yield from run
        run.clear()

    for block in blocks:
        if run and not (isinstance(block, Paragraph) and _is_right_below(run[-1], block)):
            yield from closed()
        if isinstance(block, Paragraph) and is_mail_field(text_of(block)):
            run.append(block)
            continue
        yield from closed()
        yield block
    yield from closed()


def _is_right_below(above: Block, below: Block) -> bool:
    return above.origin is not None and below.origin is not None and below.origin.line == above.origin.line + 1


def _in_lines(block: Block) -> Block:
    """A short paragraph whose lines were ended by hand as these lines; any other block as it is."""
    if not isinstance(block, Paragraph) or not any(isinstance(i, LineBreak) for i in block.content):
        return block
    parts = lines_of(block)
    texts = [plain_text(part).strip() for part in parts]
    signed = 1 < len(parts) <= SIGNED_LINES and (any(map(closes, texts[:-1])) or takes_leave(texts))
    if not signed and not (2 < len(parts) <= LETTER_LINES and greets(texts[0])):
        return block
    return Verse((tuple(Line(part, 0, block.origin) for part in parts),), block.origin)


def lines_of(block: Paragraph) -> list[Inlines]:
    """The lines of a paragraph, as its author ended them."""
    lines: list[list[Inline]] = [[]]
    for inline in block.content:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return [tuple(line) for line in lines if line]


def _signed_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; stanzas of which the first closes a letter are parted from those below it."""
    for block in blocks:
        first = block.stanzas[0] if isinstance(block, Verse) and len(block.stanzas) > 1 else ()
        closing = 1 < len(first) <= SIGNED_LINES and closes(plain_text(first[0].content).strip())
        if closing and isinstance(block, Verse):
            yield replace(block, stanzas=(first,))
            yield replace(block, stanzas=block.stanzas[1:], origin=block.stanzas[1][0].origin)
        else:
            yield block


def _lines_of_letter(lines: Sequence[Line], texts: Sequence[str]) -> tuple[Paragraph, ...]:
    """A note in a few lines: its greeting, what it says, the words of parting, who signs it."""
    last = len(lines) - 1
    parting = next((k for k in range(1, len(lines)) if closes(texts[k])), len(lines))
    signed = texts[-1]
    if parting > last and len(signed.split()) <= NAME_WORDS and signed[-1:] not in ".!?…,":
        parting = last
    roles: tuple[ParagraphRole, ...] = tuple(
        "salutation" if k == 0 else "signature" if k >= parting and not POSTSCRIPT.match(texts[k]) else ""
        for k in range(len(lines))
    )
    return tuple(Paragraph(line.content, role, "", line.origin) for line, role in zip(lines, roles, strict=True))
