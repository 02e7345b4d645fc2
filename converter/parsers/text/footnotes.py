"""Footnotes of plain text: `[1]` where it is cited, `[1] the note` as a paragraph of its own. They become real notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.parsers.text.habit import Group

DEFINITION = re.compile(
    r"(?:\[(?:Foot)?note\s*(\d{1,3}|[A-Z*†‡§])\s*:?\]?|\[(\d{1,3}|[*†‡§])\]:?|\{(\d{1,3})\}|\((\d{1,3})\)(?=\s+[A-Z_\"“]))\s*(?=\S)",
    re.I,
)
FOOTNOTE_OPEN = re.compile(r"\[(?:Foot)?note\b", re.I)
CITATION = re.compile(r"(?<=\S)\s?(?:\[(\d{1,3}|[*†‡§])\]|\{(\d{1,3})\})|(?<=[\w.,;:!?\"”’)])\[([A-Z])\]")
CITED = 0.6  # of the definitions are cited before them: then these are footnotes
REACH = 400  # groups from a citation to its note; notes stand below the paragraph, at the chapter's or the book's end


def take_footnotes(groups: Sequence[Group]) -> list[Group]:
    """The groups with the notes that are cited held by the groups that cite them. A note nobody cites stays where it is."""
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
        places = [c for c in citations.get(mark, ()) if i - REACH <= c and (c, mark) not in taken and (c < i or c == i)]
        places = [c for c in places if c != i] or []
        if not places:
            continue
        earlier = [c for c in places if c < i]
        place = earlier[-1] if _near(earlier, i) else earlier[0] if earlier else places[0]
        used[i] = (place, mark)
        taken.add((place, mark))
    if len(used) < CITED * len(definitions):
        return list(groups)
    return _lift(groups, dict(definitions), used)


def _near(places: Sequence[int], at: int) -> bool:
    return bool(places) and at - places[-1] <= 3


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
        body = [replace(first, rows=rows)]
        bracketed = FOOTNOTE_OPEN.match(text) and text.count("[") > text.count("]") or _open(first)
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
        out[at] = replace(out[at], notes=(*out[at].notes, (mark, held)))
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
        body[-1] = replace(last, rows=(*last.rows[:-1], last.rows[-1]._replace(text=text[:-1].rstrip())))
    return body
