"""Where an epigraph is from stands on a line of its own below it, as names below letters do; how it and a dedication
look, the style says."""

from __future__ import annotations

from dataclasses import replace

from converter.document.model import Block, Blocks, Emphasis, Line, LineBreak, Paragraph, Verse
from converter.document.words import plain_text
from converter.recognisers.lines.letters import in_brackets

DASHES = "-–—―"


def with_source(blocks: Blocks) -> Blocks:
    """The blocks of an epigraph, its source at the end apart and as a signature: a last line behind a dash or in
    brackets."""
    *above, last = blocks or (None,)
    if last is None:
        return blocks
    said, source = _parted(last)
    if source is None or not (said or above):
        return blocks
    return (*above, *said, source)


def without_look(blocks: Blocks) -> Blocks:
    """The blocks of an epigraph or a dedication; what is emphasised as a whole there isn't: within a slanted look it
    would stand upright."""
    return tuple(_plain(block) for block in blocks)


def _plain(block: Block) -> Block:
    match block:
        case Paragraph((Emphasis(content),)):
            return replace(block, content=content)
        case Verse(stanzas) if all(_is_slanted(line) for stanza in stanzas for line in stanza):
            lines = tuple(tuple(_plain_line(line) for line in stanza) for stanza in stanzas)
            return replace(block, stanzas=lines)
    return block


def _is_slanted(line: Line) -> bool:
    return len(line.content) == 1 and isinstance(line.content[0], Emphasis)


def _plain_line(line: Line) -> Line:
    match line.content:
        case (Emphasis(content),):
            return replace(line, content=content)
    return line


def _parted(block: Block) -> tuple[Blocks, Paragraph | None]:
    """What is quoted in a block, and the source that it ends with."""
    match block:
        case Paragraph(content, "", "") if any(isinstance(inline, LineBreak) for inline in content):
            at = max(i for i, inline in enumerate(content) if isinstance(inline, LineBreak))
            source = Paragraph(content[at + 1 :], "signature", origin=block.origin)
            return ((replace(block, content=content[:at]),), source) if _is_source(source) else ((block,), None)
        case Paragraph(_, "", "") if _is_source(block):
            return (), replace(block, role="signature")
        case Verse((*stanzas, (*lines, last))) if lines and _is_source(line := Paragraph(last.content)):
            said = replace(block, stanzas=(*stanzas, tuple(lines)))
            return (said,), replace(line, role="signature", origin=last.origin)
    return (block,), None


def _is_source(paragraph: Paragraph) -> bool:
    text = plain_text(paragraph.content).strip()
    return in_brackets(text) or (text[:1] in DASHES and bool(text.strip(DASHES)))
