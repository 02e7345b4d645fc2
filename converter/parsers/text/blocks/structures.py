"""What neighbouring blocks mean together: quotations, letters, telegrams, chats, lists.

A structure is named only where its own signs say so; in doubt the blocks stay as they are, words and lines untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from converter.document.contracts import Omission
from converter.document.model import Block, List, Origin, Paragraph, Quote, Text, Verse
from converter.document.patterns import regex
from converter.document.tasks import as_task, is_typed_task
from converter.parsers.items.chats import name_chats
from converter.parsers.items.front_leaves import name_front
from converter.parsers.items.labels import with_scene_labels
from converter.parsers.items.letters import name_letters
from converter.parsers.items.mottos import paragraph_text
from converter.parsers.text.blocks.mottos import name_epigraph, with_dateline
from converter.parsers.text.blocks.papers import name_papers
from converter.parsers.text.blocks.poems import is_poem, name_poems
from converter.recognisers.lines.dates import is_only_date
from converter.recognisers.lines.letters import closes

BULLET_SIGNS = frozenset("•·▪◦‣*-–—+")
BULLET = regex(r"(?:[•·▪◦‣]|[*\-–—+](?=\s))\s*(?=\S)")
BULLETS = 3
NUMBERED = regex(r"(\d{1,2})[.)]\s+(?=\S)")
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
    out = name_letters(out)
    out = name_poems(out, dash_speech=dash_speech)
    out = name_chats(_days(out))
    out = _lists(out, omissions, name, dash_speech=dash_speech)
    out = _numbered_lists(out, omissions, name)
    out = name_front(out) if front else with_dateline(name_epigraph(out))
    return out if front else with_scene_labels(out, _joined(out))


def _joined(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the blocks that no blank line parts from the one above or below."""
    lines = [block.origin.line if block.origin else 0 for block in blocks]
    pairs = [k for k, (a, b) in enumerate(pairwise(lines)) if b == a + 1]
    return frozenset((*pairs, *(k + 1 for k in pairs)))


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
        if any(isinstance(b, Paragraph) and not b.align for b in run) and not is_poem(run):
            letter = any(isinstance(b, Paragraph) and b.role in ("salutation", "signature") for b in run)
            letter = letter or closes(paragraph_text(run[-1]))
            named = name_letters(run, apart=True)
            if len(named) == 1 and isinstance(named[0], Quote):
                out.append(named[0])
            else:
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


def _days(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the days over the entries of a diary as such."""

    def is_day(block: Block) -> bool:
        return isinstance(block, Paragraph) and not (block.role or block.align) and is_only_date(paragraph_text(block))

    return [replace(b, role="dateline") if isinstance(b, Paragraph) and is_day(b) else b for b in blocks]


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

    for block in _items_apart(blocks, dash_speech=dash_speech):
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


def _items_apart(blocks: Sequence[Block], *, dash_speech: bool) -> Iterator[Block]:
    """The blocks; a stanza whose lines all begin with a bullet as a paragraph for each."""
    for block in blocks:
        stanza = block.stanzas[0] if isinstance(block, Verse) and len(block.stanzas) == 1 else ()
        items = [Paragraph(line.content, origin=line.origin) for line in stanza]
        listed = len(items) >= BULLETS and all(_bullet(item, dash_speech=dash_speech) for item in items)
        yield from items if listed else (block,)


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
