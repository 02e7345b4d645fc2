"""Songs pasted into prose: lines parted by strokes in one paragraph, lines between double strokes or tildes."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Emphasis, Inlines, Line, Origin, Paragraph, Verse
from converter.document.patterns import regex
from converter.parsers.text.blocks.lined import split_at_breaks
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.lines.stanzas import LONGEST
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.typed_marks import read_inlines

STROKE = regex(r"(?<=\s)//?(?=\s)")
LEAST_LINES, LEAST_WORDS = 3, 2  # of lines between strokes; of words in each: "he / she / they" is none
STRESS = "*_~♪♫ "
QUOTES = frozenset("\"“”„«»‘’'「」『』")
INSIDE = regex(r"[.:;!?…][\"”’»)]?\s+\S")  # of a line: something ends there
SINGS = "/~♪♫"  # how such a line begins
SUNG = regex(r"(//|~{1,2}|♪|♫)\s*(?=[^\s/~♪♫])(.*[^\s/~♪♫])\s*\1\Z", within=200)


def stroke_lines(text: str) -> list[str]:
    """The lines of a paragraph that is a song with strokes between them and nothing else; none where it may be none:
    a sentence keeps its strokes."""
    if text.count("/") < LEAST_LINES - 1 or _says_more(text):
        return []
    parts = [part.strip() for part in STROKE.split(text)]
    if len(parts) < LEAST_LINES or any(len(p.split()) < LEAST_WORDS or len(p) > LONGEST for p in parts):
        return []
    sentence = text.rstrip(STRESS)[-1:] in ".!?…" and any(p.strip(STRESS)[:1].islower() for p in parts[1:])
    return [] if sentence else parts


def _says_more(text: str) -> bool:
    """Whether words stand before or behind what is sung, as a narrator's do: a sentence or an announcement ends in a
    line, or speech begins or ends anywhere but at the ends of the paragraph."""
    bare = text.strip(STRESS)
    if bare[:1] in QUOTES and bare[-1:] in QUOTES:
        bare = bare[1:-1]
    if any(sign in QUOTES and not _is_apostrophe(bare, at) for at, sign in enumerate(bare)):
        return True
    return any(INSIDE.search(part.strip()) for part in STROKE.split(bare))


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] in "'’‘" and (text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha())


def stroke_song(parts: Sequence[str], marks: Marks, origin: Origin) -> tuple[Verse, list[str]] | None:
    """These lines as a stanza, and the tags in them; None where a mark runs over the ends of lines that it can't."""
    content, _, tags = read_inlines("\x00".join(parts), marks)
    lines = split_at_breaks(content)
    if len(lines) != len(parts):
        return None
    return Verse((tuple(Line(line, 0, origin) for line in lines),), origin), list(tags)


def sung(group: RowGroup, marks: Marks, name: str) -> tuple[Paragraph | Verse, list[str]] | None:
    """A block whose every line stands between such signs, stressed and without them, and the tags in it; else None."""
    if group.rows[0].text[0] not in SINGS:
        return None
    matches = [SUNG.match(r.text) for r in group.rows]
    tags: list[str] = []
    read: list[Inlines] = []
    for m in matches:
        if m is None or m[1] in m[2] or (m[1][0] != "/" and len(matches) == 1):
            return None
        marked = read_inlines(m[2], marks)
        tags.extend(marked.tags)
        read.append((Emphasis(marked.content),))
    origin = Origin(name, group.line)
    if len(read) == 1:
        return Paragraph(read[0], origin=origin), tags
    lines = (Line(words, 0, Origin(name, row.line)) for words, row in zip(read, group.rows, strict=True))
    return Verse((tuple(lines),), origin), tags
