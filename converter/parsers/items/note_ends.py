"""Where an author's note at the start of a chapter ends and the story begins, in texts, Markdown and pages alike.

A reader knows it by what the note says and by what stands below it: a bracket that it opened, a look of its own
(italics), words that send the readers off ("Enjoy!"), a line or a heading below paragraphs that still speak to readers
and of nothing that a story tells. Where none of these shows it, the note is its first paragraph: in doubt, text is a
story.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Emphasis, Heading, List, Paragraph, SceneBreak, Strong, Text, Verse
from converter.document.words import block_text
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.recognisers.lines.authors_notes import (
    in_own_brackets,
    is_own_voice,
    is_spoken,
    open_bracket,
    sends_off,
    speaks_only_to_readers,
    speaks_to_readers,
    surely_to_readers,
)

NOTE_BLOCKS, NOTE_WORDS = 20, 400  # of a note that speaks to readers up to a line: answers to a dozen of them
APART_BLOCKS, APART_WORDS = 8, 120  # of one that only its line shows, which parts no scenes of the chapter
SIGNED_WORDS = 4  # of a name below a note's last words
DASHES = ("-", "–", "—", "~")


def note_end(items: Sequence[Item], start: int) -> int:
    """The place behind the last item of the note that begins in place `start` and says something itself there."""
    first = _text(items[start])
    if in_own_brackets(first):
        return start + 1
    limit = min(len(items), start + NOTE_BLOCKS)
    stop = next((k for k in range(start + 1, limit) if not _is_told(items[k])), limit)
    if closing := open_bracket(first):
        closed = next((k for k in range(start + 1, stop) if _text(items[k]).rstrip("*_ ").endswith(closing)), None)
        if closed is not None:
            return closed + 1
    spoken = next((k for k in range(start + 1, stop) if is_spoken(_text(items[k]))), stop)
    off = next((k for k in range(start + 1, spoken) if sends_off(_text(items[k]))), None)
    if off is not None:
        return _signed(items, off + 1, stop)
    if stop < len(items) and isinstance(items[stop], SceneBreak | HeadingItem | Heading) and spoken == stop:
        return _up_to_line(items, start, stop)
    end = start + 1
    while end < spoken and (surely_to_readers(_text(items[end])) or _looks_alike(items, start, end)):
        end += 1
    return _signed(items, end, stop) if end > start + 1 else end


def _up_to_line(items: Sequence[Item], start: int, stop: int) -> int:
    """Where the note ends above a line or a heading in place `stop`, when nobody speaks in what stands between."""
    texts = [_text(items[k]) for k in range(start + 1, stop)]
    words = sum(len(text.split()) for text in texts)
    if len(texts) < APART_BLOCKS and words <= APART_WORDS and _parts_no_scenes(items, stop):
        return stop
    if words > NOTE_WORDS:
        return start + 1
    last = max((k for k, text in enumerate(texts, 1) if speaks_only_to_readers(text)), default=0)
    while last < len(texts) and _looks_alike(items, start, start + last + 1):
        last += 1
    if last and all(is_own_voice(text) or speaks_to_readers(text) for text in texts[last:]):
        last = len(texts)
    return _signed(items, start + last + 1, stop)


def _parts_no_scenes(items: Sequence[Item], stop: int) -> bool:
    """Whether what stands below a note is a heading, or a line of a kind that the chapter's own breaks have not."""
    line = items[stop]
    if not isinstance(line, SceneBreak):
        return True
    others = {b.mark for b in items[stop + 1 :] if isinstance(b, SceneBreak)}
    return bool(others) and line.mark not in others and any(others)


def _signed(items: Sequence[Item], end: int, stop: int) -> int:
    """The place below a name behind a dash with which the note is signed."""
    if end >= stop:
        return end
    text = _text(items[end])
    dashed = text[:1] in DASHES or isinstance(items[end], List)  # Markdown has items of lists for dashes
    return end + 1 if dashed and 0 < len(text.split()) <= SIGNED_WORDS and text[-1:] not in ".!?" else end


def _looks_alike(items: Sequence[Item], start: int, at: int) -> bool:
    """Whether a paragraph is all in italics or bold, as the note's first one is."""
    look = _look(items[start])
    return look is not None and _look(items[at]) is look


def _look(item: Item) -> type[Emphasis | Strong] | None:
    content = (
        [i for i in item.content if not (isinstance(i, Text) and not i.text.strip())]
        if isinstance(item, Paragraph)
        else []
    )
    return type(content[0]) if len(content) == 1 and isinstance(content[0], Emphasis | Strong) else None


def _is_told(item: Item) -> bool:
    return isinstance(item, Paragraph | Verse | List)


def _text(item: Item) -> str:
    return "" if isinstance(item, Gap | HeadingItem) else block_text(item).strip()
