"""Footnotes of plain text: `[1]` where it is cited, `[1] the note` as a paragraph of its own, become real notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from converter.contracts import Omission
from converter.model import (
    Anchor,
    Block,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Origin,
    Ruby,
    Strong,
    Styled,
    Text,
)
from converter.parsers.text.habit import Group
from converter.patterns import regex

DEFINITION = regex(
    r"(?:\[(?:Foot)?note\s*(\d{1,3}|[A-Z*†‡§])\s*:?\]?|\[(\d{1,3}|[*†‡§])\]:?|"
    r"\{(\d{1,3})\}|\((\d{1,3})\)(?=\s+[A-Z_\"“]))\s*(?=\S)",
    re.I,
)
STARRED = regex(r"(\*{1,3}|†|‡)\s+(?=[^\W\d_]|[\"“'‘«_])")  # a note below its paragraph
STAR_CITED = regex(r"(?<=[\w.,;:!?\"”’)])(\*{1,3}|†|‡)(?=[\s,.;:!?\"”)]|\Z)")
FOOTNOTE_OPEN = regex(r"\[(?:Foot)?note\b", re.I)
CITATION = regex(r"(?<=\S)\s?(?:\[(\d{1,3}|[*†‡§])\]|\{(\d{1,3})\})|(?<=[\w.,;:!?\"”’)])\[([A-Z])\]")
CITED = 0.6  # of the definitions are cited before them: then these are footnotes
NEAR = 3  # groups from a citation to a note right below its paragraph
REACH = 400  # groups from a citation to its note; notes stand below the paragraph, at the chapter's or the book's end


def take_footnotes(groups: Sequence[Group]) -> list[Group]:
    """The groups, each holding the notes that it cites; those notes stand nowhere else any more.

    A note that nobody cites stays where it is; so do all where most are cited by nobody, for then they are a list.
    """
    groups = _take_starred(groups)
    definitions = [(i, m) for i, g in enumerate(groups) if (m := DEFINITION.match(g.rows[0].text))]
    if not definitions:
        return list(groups)
    citations: dict[str, list[int]] = {}
    defining = {i for i, _ in definitions}
    for i, group in enumerate(groups):
        for row in group.rows:
            if "[" not in row.text and "{" not in row.text:
                continue
            text = row.text
            if i in defining and row is group.rows[0]:
                text = text[DEFINITION.match(text).end() :]  # type: ignore[union-attr]
            for m in CITATION.finditer(text):
                citations.setdefault(m[1] or m[2] or m[3], []).append(i)
    used: dict[int, tuple[int, str]] = {}
    taken: set[tuple[int, str]] = set()
    for i, m in definitions:
        mark = next(g for g in m.groups() if g).upper()
        places = [c for c in citations.get(mark, ()) if i - REACH <= c < i and (c, mark) not in taken]
        if not places:
            continue
        place = places[-1] if i - places[-1] <= NEAR else places[0]
        used[i] = (place, mark)
        taken.add((place, mark))
    if len(used) < CITED * len(definitions):
        return list(groups)
    return _lift(groups, dict(definitions), used)


def _take_starred(groups: Sequence[Group]) -> Sequence[Group]:
    """Notes that begin with a star (or dagger), each right below the paragraph that cites it with a lone star."""
    used: dict[int, tuple[int, str]] = {}
    definitions: dict[int, re.Match[str]] = {}
    for i, group in enumerate(groups):
        m = STARRED.match(group.rows[0].text)
        if not m or i == 0:
            continue
        for place in range(i - 1, max(-1, i - 1 - NEAR), -1):
            whole = " ".join(r.text for r in groups[place].rows)
            lone = STAR_CITED.findall(whole).count(m[1]) == 1 and whole.count(m[1][0]) == len(m[1])
            if lone and place not in used and (place, m[1]) not in used.values():
                used[i], definitions[i] = (place, m[1]), m
                break
    return _lift(groups, definitions, used) if used else groups


def _lift(
    groups: Sequence[Group], definitions: dict[int, re.Match[str]], used: dict[int, tuple[int, str]]
) -> list[Group]:
    out: list[Group] = []
    where: dict[int, int] = {}
    pending: list[tuple[tuple[int, str], tuple[Group, ...]]] = []
    i = 0
    while i < len(groups):
        if i not in used:
            where[i] = len(out)
            out.append(groups[i])
            i += 1
            continue
        first = groups[i]
        text = first.rows[0].text
        rows = (first.rows[0]._replace(text=text[definitions[i].end() :]), *first.rows[1:])
        body = [first._replace(rows=rows)]
        bracketed = (FOOTNOTE_OPEN.match(text) and text.count("[") > text.count("]")) or _open(first)
        key = used[i]
        i += 1
        while bracketed and i < len(groups) and i not in definitions and not _closed(body):
            body.append(groups[i])
            i += 1
        if FOOTNOTE_OPEN.match(text):
            body = _without_bracket(body)
        pending.append((key, tuple(body)))
    for (place, mark), held in pending:
        at = where[place]
        out[at] = out[at]._replace(notes=(*out[at].notes, (mark, held)))
    return out


def _open(group: Group) -> bool:
    whole = " ".join(r.text for r in group.rows)
    return bool(FOOTNOTE_OPEN.match(whole)) and whole.count("[") > whole.count("]")


def _closed(body: Sequence[Group]) -> bool:
    whole = " ".join(r.text for g in body for r in g.rows)
    return whole.count("]") > whole.count("[")


def _without_bracket(body: list[Group]) -> list[Group]:
    last = body[-1]
    text = last.rows[-1].text
    if text.endswith("]"):
        body[-1] = last._replace(rows=(*last.rows[:-1], last.rows[-1]._replace(text=text[:-1].rstrip())))
    return body


def cite(
    group: Group, make: Callable[[Sequence[Group]], list[Block]], omissions: list[Omission], name: str
) -> tuple[Group, dict[str, Note]]:
    """The group with each citation mark made a token, and the notes by their tokens.

    `make` turns the groups of a note into blocks. A mark that its note replaces is named in `omissions`, twice: where
    it was cited and where the note stood.
    """
    notes: dict[str, Note] = {}
    rows = list(group.rows)
    for k, (mark, held) in enumerate(group.notes):
        token = f"\x02{k}\x02"
        bare = re.escape(mark)
        either = rf"(?<=\S)\s?[\[{{]{bare}[\]}}]" if mark.isalnum() else rf"(?<=\S)(?:\s?[\[{{]{bare}[\]}}]|{bare})"
        pattern = re.compile(either, re.I)
        for i, row in enumerate(rows):
            if (m := pattern.search(row.text)) is not None:
                rows[i] = row._replace(text=row.text[: m.start()] + token + row.text[m.end() :])
                notes[token] = Note(tuple(make(held)), mark)
                if mark.isalnum():  # a star is no word
                    omissions.append(Omission("footnote mark", m[0].strip(), Origin(name, row.line)))
                    omissions.append(Omission("footnote mark", mark, Origin(name, held[0].line)))
                break
    return group._replace(rows=tuple(rows)), notes


def place_notes(content: Inlines, notes: dict[str, Note]) -> Inlines:
    """The inlines with every token replaced by its note."""
    if not notes:
        return content
    out: list[Inline] = []
    for inline in content:
        match inline:
            case Text(text) if "\x02" in text:
                for part in re.split("(\x02\\d+\x02)", text):
                    if part in notes:
                        out.append(notes[part])
                    elif part:
                        out.append(Text(part))
            case Emphasis() | Strong() | Styled() | Link() | Anchor() | Foreign():
                out.append(replace(inline, content=place_notes(inline.content, notes)))
            case Text() | LineBreak() | Ruby() | Image() | Note():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)
