"""The line that closes a story: "THE END", set in the middle; and that which only repeats what its chapter is called:
"End of Chapter 1", left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Aside, Block, Chapter, Origin, Paragraph, SceneBreak
from converter.document.words import plain_text
from converter.recognisers.headings.endings import closed_part, is_closing
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon

WORDS = 6  # of such a line: "End of Book One"


def with_end_line(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a chapter with its last paragraph in the middle, where it says that the story is over or goes on;
    notes of the author's may stand below it."""
    out = list(blocks)
    k = _last_told(out)
    if k > 0 and isinstance(last := out[k], Paragraph) and not (last.align or last.role):
        text = plain_text(last.content).strip()
        if text and len(text.split()) <= WORDS and is_closing(text):
            out[k] = replace(last, align="center")
    return tuple(out)


def without_chapters_ends(
    chapters: Sequence[Chapter], lex: Lexicon, source: str, omissions: list[Omission]
) -> list[Chapter]:
    """The chapters, and those inside them, without a last line that only says that the chapter is over, by its kind and
    number; each such line is named in `omissions`. Notes of the author's may stand below it."""
    out: list[Chapter] = []
    for chapter in chapters:
        made, left_out = _without_end(chapter, lex, source)
        omissions.extend(left_out)
        inner = without_chapters_ends(made.children, lex, source, omissions)
        out.append(replace(made, children=tuple(inner)) if inner else made)
    return out


def _without_end(chapter: Chapter, lex: Lexicon, source: str) -> tuple[Chapter, list[Omission]]:
    """Breaks above the line part nothing any more."""
    k = _last_told(chapter.blocks)
    last = chapter.blocks[k] if k > 0 else None
    if not isinstance(last, Paragraph) or chapter.number is None:
        return chapter, []
    text = plain_text(last.content).strip()
    form = read_form(closed_part(text), lex) if len(text.split()) <= WORDS else None
    if form is None or form.shape != "division" or form.title or form.number is None:
        return chapter, []
    if (form.kind, form.number.value) != (chapter.kind, chapter.number):
        return chapter, []
    stop = k
    while stop > 1 and isinstance(before := chapter.blocks[stop - 1], SceneBreak) and not _has_words(before):
        stop -= 1
    kept = (*chapter.blocks[:stop], *chapter.blocks[k + 1 :])
    return replace(chapter, blocks=kept), [Omission("chapter's end", text, last.origin or Origin(source, 1))]


def _has_words(block: SceneBreak) -> bool:
    return any(map(str.isalnum, block.mark))


def _last_told(blocks: Sequence[Block]) -> int:
    """The place of a chapter's last block that is no note."""
    k = len(blocks) - 1
    while k > 0 and isinstance(blocks[k], Aside):
        k -= 1
    return k
