"""Plays whose speakers stand on a line of their own, as in scripts for stage and screen; and lists of a cast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise, takewhile

from converter.document.model import Block, Heading, Line, List, Origin, Paragraph, Speech, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.text.blocks.verse_columns import VerseColumns, verse_columns
from converter.parsers.text.lines.line_joining import Vocabulary, join_rows
from converter.parsers.text.lines.rows import Row, runs_on, starts_lower
from converter.parsers.text.lines.stanzas import LONGEST
from converter.recognisers.headings.forms import SLUG
from converter.recognisers.lines.dates import is_dateline
from converter.recognisers.marks.typed_marks import Marked
from converter.recognisers.vocabulary import either, listed_words

LONGEST_NAME = 40  # characters ("THE SECOND GRAVEDIGGER")
ASIDE = regex(r"\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])\s*\Z", within=120)
DIRECTION = regex(r"[\[(][^\[\]()]{1,300}[\])]\.?\Z")
TRANSITION = regex(
    r"(?:(?:SMASH |MATCH |JUMP )?CUT|FADE|DISSOLVE|WIPE)S?(?: (?:IN|OUT|TO|BACK|UP|FROM))[A-Z' ]{0,20}[:.]?"
)
SCRIPT_SCENES = 2  # headings of scenes make a script for the screen
SCRIPT_INDENT = 10  # columns: so far in stand the names of a script for the screen
TURNS = 4  # of two speakers who return: fewer are a dream, a list, a sign
SHARE = 0.25  # of a play's blocks are speeches, even where much is told between them
DIRECTION_WORDS = 40  # of what tells who comes and goes
VERSE_SHARE = 0.5  # of a play's speeches of several lines are surely verse: then all are that may be
BRACKETS = regex(r"\([^()]{2,120}\)")
STAGE = regex(rf"[(\[]?{either('plays', 'directions')}\b", re.I)
FALLS = regex(rf"{either('plays', 'falls')}(?!\w)", re.I)
SETTING = regex(rf"{either('plays', 'setting')}\s?:\s+(?=\S)", re.I)
CLOSING_WORDS = 4  # of a line that says that the curtain falls
CAST = regex(rf"{either('plays', 'cast')}\s*[.:]?\s*\Z", re.I, 60)
LONGEST_CAST, LONGEST_ENTRY = 40, 160  # lines of a cast list, characters of one
ADDRESSES = frozenset(word.casefold().strip(".") for word in listed_words("ties", "names"))
LEAST_CAST = 2  # lines of a cast list that name somebody who speaks


def called(text: str) -> str:
    """The name that a line of a script holds alone, in capitals, perhaps with an aside; else ""."""
    name = (ASIDE.sub("", text) if text[-1:] in (")", "]") else text).rstrip(".:").strip()
    if not 1 < len(name) <= LONGEST_NAME or not name.isupper() or name[-1] in "!?,;—-":
        return ""
    return name


def is_transition(text: str) -> bool:
    """Whether a line of a script says how the picture changes: "FADE IN:", "SMASH CUT TO:"."""
    return TRANSITION.fullmatch(text) is not None


def is_slugline(text: str) -> bool:
    """Whether a line of a script for the screen says where and when a scene is: "INT. KITCHEN - NIGHT"."""
    return text.isupper() and SLUG.match(text) is not None


def is_screenplay(groups: Iterable[Sequence[Row]]) -> bool:
    """Whether several blocks of a text are such lines."""
    return sum(len(rows) == 1 and is_slugline(rows[0].text) for rows in groups) >= SCRIPT_SCENES


def callers(blocks: Sequence[Sequence[Row]]) -> frozenset[str]:
    """The names that stand over what they say, again and again; none where the text is no play."""
    spoken = (rows for rows in blocks if len(rows) > 1 and not is_dateline(rows[1].text))
    names = Counter(name for rows in spoken if (name := called(rows[0].text)))
    again = {name: n for name, n in names.items() if n > 1}
    set_in = all(rows[0].indent >= SCRIPT_INDENT for rows in blocks if called(rows[0].text) in names)
    spoken_by = names if set_in else again
    if len(again) < 2 or sum(spoken_by.values()) < max(TURNS, SHARE * len(blocks)):
        return frozenset()
    return frozenset(names)


def speeches(rows: Sequence[Row], names: Set[str]) -> Iterator[list[Row]]:
    """A block parted where the next speaker's name stands."""
    start = 0
    for i in range(1, len(rows) - 1):
        if called(rows[i].text) in names:
            yield list(rows[start:i])
            start = i
    yield list(rows[start:])


def spoken_verse(blocks: Sequence[Sequence[Row]]) -> VerseColumns | None:
    """The columns of the lines of a play in verse, whose speeches, each below a name, are these blocks; None for one in
    prose."""
    spoken = [[r for r in rows[1:] if not DIRECTION.match(r.text)] for rows in blocks]
    several = [rows for rows in spoken if len(rows) > 1]
    verse = [rows for rows in several if _is_verse(rows)]
    if not verse or len(verse) < VERSE_SHARE * len(several):
        return None
    margin = min(r.indent for rows in verse for r in rows)
    return VerseColumns(margin, max(r.indent for rows in spoken for r in rows) - margin)


def script_speech(
    rows: Sequence[Row],
    words: Vocabulary,
    read: Callable[[str], Marked],
    name: str,
    columns: VerseColumns | None = None,
) -> tuple[Block, list[str]]:
    """A name with what stands under it: directions in brackets, lines of verse, else prose; and the tags in it.
    `columns`: of a play in verse, where a line or two that might be either are verse as well."""
    tags: list[str] = []

    def inlines(text: str) -> Marked:
        marked = read(text)
        tags.extend(marked.tags)
        return marked

    blocks: list[Block] = []
    rest: list[Row] = []

    def close() -> None:
        if not rest:
            return
        origin = Origin(name, rest[0].line)
        if _is_verse(rest) or (columns is not None and _may_be_verse(rest)):
            step = (columns or verse_columns(rest)).steps
            lines = (Line(inlines(r.text).content, step(r.indent), Origin(name, r.line)) for r in rest)
            blocks.append(Verse((tuple(lines),), origin))
        else:
            blocks.append(Paragraph(inlines(join_rows(rest, words)).content, origin=origin))
        rest.clear()

    for row in rows[1:]:
        if DIRECTION.match(row.text):
            close()
            blocks.append(Paragraph(inlines(row.text).content, "stage-direction", "", Origin(name, row.line)))
        else:
            rest.append(row)
    close()
    return Speech(inlines(rows[0].text).content, tuple(blocks), Origin(name, rows[0].line)), tags


def _is_verse(rows: Sequence[Row]) -> bool:
    """Lines that begin with capitals inside a sentence, too."""
    broken = [(a, b) for a, b in pairwise(rows) if runs_on(a.text, b.text)]
    short = max(len(r.text) for r in rows) <= LONGEST
    return bool(broken) and short and not any(starts_lower(b.text) for _, b in broken)


def _may_be_verse(rows: Sequence[Row]) -> bool:
    """Lines as short as verse of which none goes on with a small letter."""
    return max(len(r.text) for r in rows) <= LONGEST and not any(starts_lower(r.text) for r in rows[1:])


def cast_lines(rows: Sequence[Row]) -> list[Row]:
    """The lines right below each other under the heading of a play's cast list ("CHARACTERS"), if there is one."""
    at = next((k for k, row in enumerate(rows) if CAST.match(row.text)), len(rows))
    entries = list(rows[at + 1 : at + 2])
    entries += takewhile(lambda row: not row.gap, rows[at + 2 : at + 1 + LONGEST_CAST])
    return entries if len(entries) >= LEAST_CAST and all(len(row.text) <= LONGEST_ENTRY for row in entries) else []


def cast_name(entry: str) -> str:
    """The name with which a line of a cast list begins: "MR. PELL, an inspector", "VOICE of the Mayor"."""
    name = re.split(r"[,:(–—]| - ", entry.strip(), maxsplit=1)[0].strip(" .")
    return " ".join(takewhile(str.isupper, name.split())) or name


def is_of_cast(name: str, cast: Iterable[str]) -> bool:
    """Whether a name is that of somebody in a cast, perhaps with less of it: "PELL" of "MR. PELL", "BOY" of "A BOY";
    "MR." alone is nobody's."""
    words = {w.strip(".") for w in name.casefold().split()}
    known = ({w.strip(".") for w in c.casefold().split()} for c in cast)
    return not words <= ADDRESSES and any(words <= c for c in known)


def name_casts(blocks: Sequence[Block], speakers: Set[str]) -> list[Block]:
    """The blocks before the first speech with the persons of a play as a list."""
    known = {s.casefold() for s in speakers}
    out: list[Block] = []
    for k, block in enumerate(blocks):
        if isinstance(block, Speech):
            return [*_with_head(_cast_of_lines(out, known)), *blocks[k:]]
        out.extend(_cast(block, known) if isinstance(block, Verse) else (block,))
    return _with_head(_cast_of_lines(out, known))


def _heads_cast(block: Block) -> bool:
    return isinstance(block, Paragraph) and CAST.match(plain_text(block.content).strip()) is not None


def _with_head(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the line above the list of a cast as its heading."""
    out = list(blocks)
    for k, (block, below) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and isinstance(below, List) and _heads_cast(block):
            out[k] = Heading(block.content, 1, block.origin)
    return out


def _cast_of_lines(blocks: Sequence[Block], known: Set[str]) -> list[Block]:
    """The blocks with lines right below each other that name those who speak as the list of a cast."""
    out: list[Block] = []
    run: list[Paragraph] = []

    def close() -> None:
        if run and _heads_cast(run[0]):
            out.append(run.pop(0))
        named = sum(_is_named(plain_text(p.content), known) for p in run)
        if run and named >= (1 if out and _heads_cast(out[-1]) else max(LEAST_CAST, len(run) / 2)):
            out.append(List(tuple((p,) for p in run), origin=run[0].origin, cast=True))
        else:
            out.extend(run)
        run.clear()

    for block in blocks:
        if isinstance(block, Paragraph) and not block.role:
            if run and not _is_next_line(run[-1], block):
                close()
            run.append(block)
            continue
        close()
        out.append(block)
    close()
    return out


def _is_next_line(above: Paragraph, below: Paragraph) -> bool:
    return above.origin is not None and below.origin is not None and below.origin.line == above.origin.line + 1


def _is_named(text: str, known: Set[str]) -> bool:
    """Whether a line of a cast begins with the name of somebody who speaks, perhaps with more of it: "MISS AMITY PRYCE"
    is called "MISS PRYCE" below."""
    name = re.split(r"[,:(–—]| - ", text.strip(), maxsplit=1)[0].strip(" .").casefold()
    words = set(name.split()) if len(name) <= LONGEST_NAME else set()
    return name in known or any(words.issuperset(speaker.split()) for speaker in known if speaker)


def with_directions(blocks: Sequence[Block], speakers: Set[str], *, stage: bool) -> list[Block]:
    """The blocks of a play with its directions as such, which say who comes and goes, what a speaker does, or that the
    curtain falls; a song below who sings it is in his speech. A script for the screen (`stage` is False) tells what its
    persons do in the type of all that is seen."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(before, Speech) and isinstance(block, Verse) and _is_to_sing(before, block):
            out[-1] = replace(before, blocks=(*map(_as_direction, before.blocks), block))
        elif isinstance(block, Paragraph) and not (block.role or block.align):
            text = plain_text(block.content)
            if _closes(text):
                out.append(replace(block, align="center"))
                continue
            directs = _directs(text) or _sets_scene(text) or (stage and _does(text, speakers))
            out.append(replace(block, role="stage-direction") if directs else block)
        else:
            out.append(block)
    return out


def _does(text: str, speakers: Set[str]) -> bool:
    """Whether a paragraph begins with the name of a speaker, in the capitals that names have there, and says what he
    does: "AGNES sings."."""
    name = next((s for s in speakers if s.isupper() and text.startswith(s)), "")
    behind = text[len(name) :]
    return bool(name) and behind[:1] == " " and behind[1:2].islower() and len(text.split()) <= DIRECTION_WORDS


def _as_direction(block: Block) -> Block:
    """A paragraph as a direction."""
    if not isinstance(block, Paragraph):
        return block
    return replace(block, role="stage-direction")


def _is_to_sing(speech: Speech, verse: Verse) -> bool:
    """Whether a speech is no more than a direction, and this verse stands right below it."""
    only = speech.blocks[0] if len(speech.blocks) == 1 else None
    if not isinstance(only, Paragraph) or not BRACKETS.fullmatch(plain_text(only.content).strip(" .")):
        return False
    return only.origin is not None and verse.origin is not None and verse.origin.line == only.origin.line + 1


def _closes(text: str) -> bool:
    """Whether a line says that the curtain falls, and nothing else: such a line stands in the middle."""
    return 0 < len(text.split()) <= CLOSING_WORDS and text[0] not in "[(" and FALLS.match(text) is not None


def _sets_scene(text: str) -> bool:
    """Whether a paragraph says behind its label what the stage shows: "SCENE: A waiting-room."; the time and the place
    of a play are printed upright."""
    return len(text.split()) <= DIRECTION_WORDS and SETTING.match(text) is not None


def _directs(text: str) -> bool:
    """Whether a paragraph of a play tells who comes and goes on the stage, and nothing else."""
    closed = text.find("]") if text[:1] == "[" else -1
    only = closed in (-1, len(text.rstrip(" .")) - 1)
    return only and len(text.split()) <= DIRECTION_WORDS and STAGE.match(text) is not None


def sung_speech(
    rows: Sequence[Row], end: int, read: Callable[[str], Marked], name: str, columns: VerseColumns | None = None
) -> tuple[Block, list[str]]:
    """A name, up to place `end` of its line, and the verse that is spoken, in the `columns` of its play: behind the
    name and below it, or below a direction that stands there; and the tags in it."""
    rest = rows[0].text[end:].strip()
    directs = not rest or (rest[0] in "([" and rest.rstrip(".:")[-1:] in (")", "]"))
    spoken = [*rows[1:]] if directs else [rows[0]._replace(text=rest), *rows[1:]]
    speaker, direction = read(rows[0].text[:end]), read(rest if directs else "")
    step = (columns or verse_columns(spoken)).steps
    lines = [(read(r.text), r) for r in spoken]
    verse = tuple(Line(x.content, step(r.indent), Origin(name, r.line)) for x, r in lines)
    origin = Origin(name, rows[0].line)
    above = (Paragraph(direction.content, "stage-direction", "", origin),) if direction.content else ()
    tags = [tag for marked in (speaker, direction, *(x for x, _ in lines)) for tag in marked.tags]
    return Speech(speaker.content, (*above, Verse((verse,), verse[0].origin)), origin), tags


def _cast(block: Verse, known: Set[str]) -> Iterator[Block]:
    for stanza in block.stanzas:
        lines = list(stanza)
        texts = [plain_text(line.content).strip() for line in lines]
        if len(lines) > LEAST_CAST and texts[0][-1:] == ":":
            yield Paragraph(lines.pop(0).content, origin=stanza[0].origin)
            del texts[0]
        named = sum(_is_named(text, known) for text in texts)
        if named >= max(LEAST_CAST, len(texts) / 2):
            entries = tuple((Paragraph(line.content, origin=line.origin),) for line in lines)
            yield List(entries, origin=lines[0].origin, cast=True)
        else:
            yield Verse((tuple(lines),), lines[0].origin)
