"""Plain text: bytes to lines, lines to groups, groups to headings and blocks, blocks to a book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from converter.contracts import Diagnostic, Evidence, Omission, Parsed, Parser, Source
from converter.errors import NotAStory
from converter.language import detect_language
from converter.model import Aside, Block, Book, Chapter, Inlines, Metadata, Origin, Text
from converter.parsers.decoding import decode
from converter.parsers.headings.families import Decision, decide, title_key
from converter.parsers.headings.words import Lexicon, lexicon
from converter.parsers.text.authors_notes import is_note, with_notes
from converter.parsers.text.blocks import Setting, find_speakers, make_blocks
from converter.parsers.text.boilerplate import strip_boilerplate
from converter.parsers.text.breaks import is_break, learnt_marks
from converter.parsers.text.contents import ContentsList, find_contents
from converter.parsers.text.fields import Head, language_tag
from converter.parsers.text.flow import hyphenated_rows, join_rows, vocabulary
from converter.parsers.text.footnotes import take_footnotes
from converter.parsers.text.front import Front, read_front, read_header
from converter.parsers.text.furniture import strip_furniture
from converter.parsers.text.habit import Group, Habit, groups, measure
from converter.parsers.text.inline import TAG, learn_marks, read_inlines
from converter.parsers.text.outline import build, candidates, chosen_by_person, split_headings, take_underlines
from converter.parsers.text.rows import rows_of, undouble

DOUBTFUL = 0.8  # a heading with less confidence is shown to the person
SAMPLE = 30_000  # characters from the middle of the text say its language
STORY_WORDS = 150  # more running words than this before the first heading are part of the story
GAP_BREAKS_SHARE = 0.3  # of the paragraphs at most have the wide gap before them, else it is how the text is set

DASH_SPEECH = frozenset(
    "ca cs da el es fi fr hu it nb nn pl pt ro ru sv tr uk".split()
)  # languages whose speech opens with a dash

Notes = Literal["inline", "end", "drop"]


@dataclass(frozen=True, slots=True)
class TextOptions:
    """What a person may say about a text: a pattern for its headings, none at all, its language, its author's notes."""

    chapter: str = ""
    chapters: bool = True
    language: str = ""
    notes: Notes = "inline"


def text_parser(options: TextOptions = TextOptions()) -> Parser:  # noqa: B008 - frozen
    """A parser for plain text in one of the paragraph habits people use. Raises NotAStory when nothing is there to read."""

    def parse(source: Source) -> Parsed:
        return _parse(source, options)

    return parse


def _parse(source: Source, options: TextOptions) -> Parsed:
    decoded = decode(source.data)
    name = source.name
    evidence = [Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence)]
    evidence += [Evidence("encoding", "repaired", r) for r in decoded.repairs]
    doubts: list[Diagnostic] = list(decoded.diagnostics)
    rows, doubled = undouble(rows_of(decoded.text))
    stripped = strip_boilerplate(rows, name)
    omissions = list(stripped.omissions)
    rows, underlined = take_underlines(strip_furniture(stripped.rows, name, omissions))
    if not rows:
        raise NotAStory("nothing is left to read once headers and licences are taken off", name, "check the file")
    habit = measure(rows)
    doubled_note = "; double-spaced" if doubled else ""
    evidence.append(Evidence("paragraphs", habit.kind, habit.why + doubled_note, habit.confidence))
    front = Front()
    read_header(stripped.header, front)
    language = options.language or language_tag(front.head.one("language")) or _language(rows)
    lex = lexicon(language)
    grouped = split_headings(groups(rows, habit), lex, habit)
    lists = find_contents(grouped, lex) if options.chapters else []
    grouped, entries = _without(grouped, lists, omissions, name)
    grouped = take_footnotes(grouped)
    named = front.head.one("title") or stripped.named[0]
    decisions = _decide(grouped, underlined, lex, options, entries, habit, named)
    first = decisions[0].at if decisions else _story_start(grouped)
    read_front(grouped, first, front, name, habit)
    _named(front.head, stripped.named)
    omissions += front.omissions
    grouped, decisions = _drop_repeated_title(grouped, decisions, front.head, omissions, name, first)
    first = decisions[0].at if decisions else first
    setting = _setting(grouped, habit, name, language, {d.at + k for d in decisions for k in range(d.blocks + 1)})
    evidence += [Evidence("heading", _shown(d), d.why, d.confidence, Origin(name, d.line)) for d in decisions]
    evidence += [Evidence("emphasis", m, f"{n} pairs") for m, n in setting.marks.pairs if n]
    doubts += [_doubt(d, name) for d in decisions if d.confidence < DOUBTFUL]

    def make(part: Sequence[Group], *, front: bool = False) -> list[Block]:
        blocks = with_notes(make_blocks(part, setting, doubts, omissions, front=front))
        return _place_notes(blocks, options.notes, omissions, name)

    def inlines(text: str) -> Inlines:
        return read_inlines(text, setting.marks)[0]

    chapters = build(grouped, decisions, first if decisions else 0, make, inlines, name, omissions) if decisions else []
    head_groups = [
        replace(g, rows=tuple(front.kept.get(i, g.rows))) for i, g in enumerate(grouped) if i not in front.used
    ]
    if decisions:
        before = [
            replace(g, rows=tuple(front.kept.get(i, g.rows)))
            for i, g in enumerate(grouped[: decisions[0].at])
            if i not in front.used
        ]
        chapters = _with_front(chapters, before, make, name)
    else:
        chapters = build(head_groups, (), 0, make, inlines, name, omissions) if head_groups else []
    if not chapters:
        raise NotAStory("there is a head but no story in this file", name, "check that the whole story was saved")
    metadata = front.head.metadata()
    if not metadata.language and language and not options.language:
        provenance = (*metadata.provenance, ("language", "read off the text"))
        metadata = replace(metadata, language=language, provenance=provenance)
    visible = TAG.sub("", decoded.text) if "<" in decoded.text or "[" in decoded.text else decoded.text
    return Parsed(Book(metadata, tuple(chapters)), visible, tuple(doubts), tuple(omissions), tuple(evidence))


def _language(rows: Sequence) -> str:  # type: ignore[type-arg]
    middle = len(rows) // 2
    sample: list[str] = []
    size = 0
    for row in [*rows[middle:], *rows[:middle]]:
        sample.append(row.text)
        size += len(row.text)
        if size > SAMPLE:
            break
    return detect_language(" ".join(sample))[0]


def _without(
    grouped: list[Group], lists: Sequence[ContentsList], omissions: list[Omission], name: str
) -> tuple[list[Group], frozenset[str]]:
    if not lists:
        return grouped, frozenset()
    out = list(grouped)
    entries: set[str] = set()
    for found in reversed(lists):
        text = "\n".join(r.text for g in out[found.start : found.stop] for r in g.rows)
        omissions.append(Omission("contents list", text, Origin(name, out[found.start].line)))
        entries |= found.entries
        gap = max(g.gap for g in out[found.start : found.stop])
        del out[found.start : found.stop]
        if found.start < len(out):
            after = out[found.start]
            out[found.start] = replace(after, gap=max(gap, after.gap))
    return out, frozenset(entries)


def _decide(
    grouped: Sequence[Group],
    underlined: set[int],
    lex: Lexicon,
    options: TextOptions,
    entries: frozenset[str],
    habit: Habit,
    title: str,
) -> list[Decision]:
    if not options.chapters:
        return []
    if options.chapter:
        return chosen_by_person(grouped, re.compile(options.chapter), lex)
    counts: list[int] = []
    total = 0
    for group in grouped:
        counts.append(total)
        total += sum(_count(r.text) for r in group.rows)
    return decide(candidates(grouped, underlined, counts), lex, total, entries, habit.usual_gap, title)


def _count(text: str) -> int:
    spaces = text.count(" ") + 1
    return (
        spaces if text.isascii() or spaces > len(text) / 12 else max(spaces, len(text) // 2)
    )  # no spaces in East Asian text


def _story_start(grouped: Sequence[Group]) -> int:
    """The head of a story without headings is over at the first block that is a paragraph."""
    for i, group in enumerate(grouped[:30]):
        words = sum(_count(r.text) for r in group.rows)
        if is_break(group.rows[0].text) or is_note(group.rows[0].text) or words > 20:
            return i + (1 if i == 0 and False else 0)
    return min(len(grouped), 3)


def _named(head: Head, named: tuple[str, str]) -> None:
    title, author = named
    if title and not head.one("title"):
        head.add("title", title, 1)
    if author and not head.one("author"):
        head.add("author", author, 1)


def _drop_repeated_title(
    grouped: list[Group], decisions: list[Decision], head: Head, omissions: list[Omission], name: str, first: int
) -> tuple[list[Group], list[Decision]]:
    """A half-title: the book's title alone once more, right before a heading."""
    key = title_key(head.one("title"))
    if not key or not decisions:
        return grouped, decisions
    heads = {d.at for d in decisions}
    drop = [
        i
        for i, g in enumerate(grouped)
        if i >= first
        and len(g.rows) == 1
        and title_key(g.rows[0].text) == key
        and (i + 1 in heads)
        and _titleless(i, decisions)
    ]
    if not drop:
        return grouped, decisions
    for i in drop:
        omissions.append(Omission("repeated title", grouped[i].rows[0].text, Origin(name, grouped[i].line)))
    gone = set(drop)
    shift = [0] * (len(grouped) + 1)
    for i in range(len(grouped)):
        shift[i + 1] = shift[i] + (i in gone)
    kept = [g for i, g in enumerate(grouped) if i not in gone]
    return kept, [replace(d, at=d.at - shift[d.at]) for d in decisions if d.at not in gone]


def _titleless(at: int, decisions: Sequence[Decision]) -> bool:
    """Not the title block of a numbered heading (a chapter may be called like the book)."""
    return not any(d.at < at < d.at + d.blocks for d in decisions) and not any(
        d.at == at and d.label for d in decisions
    )


def _setting(grouped: Sequence[Group], habit: Habit, name: str, language: str, headings: set[int]) -> Setting:
    rows = [r for g in grouped for r in g.rows]
    words = vocabulary((r.text for r in rows), needed=hyphenated_rows(rows) > 0)
    texts = [
        join_rows(g.rows, words) if len(g.rows) < 60 else ""
        for g in grouped
        if any(c in r.text for r in g.rows for c in "*_/~")
    ]
    marks = learn_marks(texts)
    speakers = find_speakers([g.rows[0].text for g in grouped])
    weak = learnt_marks(g.rows[0].text for g in grouped if len(g.rows) == 1)
    dashes = language.split("-")[0] in DASH_SPEECH
    return Setting(name, habit, marks, words, weak, speakers, dashes, _gap_breaks(grouped, habit, headings))


def _gap_breaks(grouped: Sequence[Group], habit: Habit, headings: set[int]) -> int:
    """The least wide gap that is a scene break in this text; 0 where signs do the work, or wide gaps are how it is set.

    `headings` are the places of headings and of what follows them: the space there says nothing.
    """
    if any(len(g.rows) == 1 and is_break(g.rows[0].text) for g in grouped):
        return 0
    gaps = [b.gap for i, (a, b) in enumerate(pairwise(grouped), 1) if i not in headings and not a.lines and not b.lines]
    wide = sum(g > habit.usual_gap for g in gaps)
    return habit.usual_gap + 1 if wide and wide <= GAP_BREAKS_SHARE * len(gaps) else 0


def _with_front(chapters: list[Chapter], before: list[Group], make, name: str) -> list[Chapter]:  # type: ignore[no-untyped-def]
    if not before:
        return chapters
    blocks = tuple(make(before, front=True))
    if not blocks:
        return chapters
    words = sum(_count(r.text) for g in before for r in g.rows)
    if words >= STORY_WORDS and any(sum(_count(r.text) for r in g.rows) > 40 for g in before):
        return [Chapter(blocks, origin=Origin(name, before[0].line)), *chapters]
    return [Chapter(blocks, kind="front", origin=Origin(name, before[0].line)), *chapters]


def _place_notes(blocks: Sequence[Block], notes: Notes, omissions: list[Omission], name: str) -> list[Block]:
    """Author's notes where they stood, at the chapter's end, or dropped and listed."""
    if notes == "inline":
        return list(blocks)
    kept = [b for b in blocks if not (isinstance(b, Aside) and b.kind in ("note-before", "note-after"))]
    taken = [b for b in blocks if isinstance(b, Aside) and b.kind in ("note-before", "note-after")]
    if notes == "drop":
        from converter.walk import block_text

        omissions.extend(Omission("author's note", block_text(b), b.origin or Origin(name, 1)) for b in taken)
        return kept
    return [*kept, *(replace(b, kind="note-after") for b in taken if isinstance(b, Aside))]


def _shown(d: Decision) -> str:
    return f"{d.label} {d.title}".strip()


def _doubt(d: Decision, name: str) -> Diagnostic:
    message = f"“{_shown(d)}” was taken for a heading ({d.why}); --chapter or --no-chapters changes that"
    return Diagnostic("heading-doubt", message, Origin(name, d.line))


__all__ = ["Metadata", "Text", "TextOptions", "text_parser"]
