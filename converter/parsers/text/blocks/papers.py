"""Papers that a story shows: telegrams, signs on a wall, cuttings from newspapers, mail that quotes other mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Line, Paragraph, Quote, Text, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.mottos import paragraph_text
from converter.recognisers.lines.dates import is_dateline

TELEGRAM = regex(r"\bSTOP\b")
SIGN_LINES = 8  # lines in capitals: more are a poem shouted
HEAD_WORDS, HEAD_BLOCKS = 12, 4  # of lines in capitals above a telegram: of one, and how many
PLACARD_WORDS = 3  # in capitals alone above a sign's lines: "NOTICE"
FOOT_WORDS = 4  # of its sender's name below it
CUTTING_LINES = 6  # of a newspaper's head: its name, the day, headlines
QUOTING = regex(r"(>{1,6}|(?:> ){1,6})[ \t]*(?=[^\s>])")  # what mail programs set before lines of other mail
LEAST_QUOTED = 2  # such lines together


def name_papers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such papers as what they are."""
    return _whole_telegrams([_paper(block) for block in _cuttings(_placards(_quoted_mail(blocks)))])


def _cuttings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines that stand right below each other as the head of a newspaper, where they are one."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = k + 1
        while end < len(blocks) and _is_right_below(blocks[end - 1], blocks[end]):
            end += 1
        if _is_cutting([paragraph_text(b) for b in blocks[k:end]]):
            out.append(Quote(tuple(blocks[k:end]), "document", blocks[k].origin))
        else:
            out.extend(blocks[k:end])
        k = end
    return out


def _is_right_below(above: Block, below: Block) -> bool:
    """Whether a paragraph stands in the line below another's only one."""
    if not isinstance(above, Paragraph) or not isinstance(below, Paragraph):
        return False
    return above.origin is not None and below.origin is not None and below.origin.line == above.origin.line + 1


def _is_cutting(lines: Sequence[str]) -> bool:
    """Whether these are a newspaper's name, and below it the day and headlines."""
    few = 2 < len(lines) <= CUTTING_LINES
    return few and lines[0].isupper() and any(map(is_dateline, lines[1:])) and any(map(str.isupper, lines[2:]))


def _placards(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines mostly in capitals, below a word or two in capitals alone, as a sign on a wall."""
    out: list[Block] = []
    for block in blocks:
        if out and isinstance(block, Verse) and len(block.stanzas) == 1 and _in_capitals(out[-1], PLACARD_WORDS):
            lines = [plain_text(line.content) for line in block.stanzas[0]]
            if (
                len(lines) <= SIGN_LINES
                and not TELEGRAM.search(" ".join(lines))
                and 2 * sum(map(str.isupper, lines)) >= len(lines)
            ):
                above = out.pop()
                out.append(Quote((above, block), "sign", above.origin))
                continue
        out.append(block)
    return out


def _paper(block: Block) -> Block:
    """A stanza in capitals as a telegram or a sign, one with a day among headlines as a cutting; any other as it is."""
    if isinstance(block, Verse) and len(block.stanzas) == 1 and len(block.stanzas[0]) <= SIGN_LINES:
        lines = [plain_text(line.content).strip() for line in block.stanzas[0]]
        text = "\n".join(lines)
        if text.upper() == text and re.search(r"[^\W\d_]{2}", text):
            return Quote((block,), "telegram" if TELEGRAM.search(text) else "sign", block.origin)
        if _is_cutting(lines):
            return Quote((block,), "document", block.origin)
    if isinstance(block, Paragraph) and (text := paragraph_text(block)).isupper() and len(TELEGRAM.findall(text)) > 1:
        return Quote((block,), "telegram", block.origin)
    return block


def _whole_telegrams(blocks: list[Block]) -> list[Block]:
    """The blocks with what is in capitals right above and below a telegram as parts of it: where it was handed in, to
    whom it goes, who sent it."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block = blocks[k]
        k += 1
        if not isinstance(block, Quote) or block.kind != "telegram":
            out.append(block)
            continue
        inside = list(block.blocks)
        while out and len(inside) <= HEAD_BLOCKS and _in_capitals(out[-1], HEAD_WORDS):
            inside.insert(0, out.pop())
        if k < len(blocks) and _in_capitals(blocks[k], FOOT_WORDS):
            inside.append(blocks[k])
            k += 1
        out.append(replace(block, blocks=tuple(inside), origin=inside[0].origin))
    return out


def _in_capitals(block: Block, words: int) -> bool:
    text = paragraph_text(block)
    return text.isupper() and len(text.split()) <= words


def _quoted_mail(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines that all begin with the signs of quoted mail as quotations, one in another where a line has
    several."""
    out: list[Block] = []
    run: list[tuple[int, Paragraph]] = []

    def close() -> None:
        if len(run) >= LEAST_QUOTED:
            out.append(_nested([(depth, _without_sign(p)) for depth, p in run], 1))
        else:
            out.extend(p for _, p in run)
        run.clear()

    for block in blocks:
        lines = _quoting_lines(block)
        if lines:
            run.extend(lines)
            continue
        close()
        out.append(block)
    close()
    return out


def _quoting_lines(block: Block) -> list[tuple[int, Paragraph]]:
    """The lines of a block with the depth of each, where every one begins with such signs; else none."""
    if isinstance(block, Paragraph):
        lines = [block]
    elif isinstance(block, Verse):
        lines = [Paragraph(line.content, "", "", line.origin) for stanza in block.stanzas for line in stanza]
    else:
        return []
    signs = [QUOTING.match(p.content[0].text) if p.content and isinstance(p.content[0], Text) else None for p in lines]
    if not all(m is not None and (len(m[0]) > len(m[1]) or m[1][-1] == " " or len(m[1]) > 1) for m in signs):
        return []
    return [(m[1].count(">"), p) for m, p in zip(signs, lines, strict=True) if m is not None]


def _without_sign(paragraph: Paragraph) -> Paragraph:
    first = paragraph.content[0]
    assert isinstance(first, Text)
    m = QUOTING.match(first.text)
    rest = first.text[m.end() :] if m else first.text
    return replace(paragraph, content=((Text(rest),) if rest else ()) + paragraph.content[1:])


def _nested(lines: Sequence[tuple[int, Paragraph]], depth: int) -> Quote:
    """The lines as a quotation; those with more signs than `depth` as quotations in it. Lines that end no sentence are
    verse, or were broken to fit: they stay lines."""
    inside: list[Block] = []
    k = 0
    while k < len(lines):
        end = k
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        if end > k:
            inside.append(_nested(lines[k:end], depth + 1))
            k = end
            continue
        while end < len(lines) and lines[end][0] <= depth:
            end += 1
        level = [p for _, p in lines[k:end]]
        if len(level) > 1:
            inside.append(Verse((tuple(Line(p.content, 0, p.origin) for p in level),), level[0].origin))
        else:
            inside.extend(level)
        k = end
    return Quote(tuple(inside), "quote", lines[0][1].origin)
