"""Footnotes of plain text: `[1]` where it is cited, `[1] the note` as a paragraph of its own, become real notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from converter.document.contracts import Omission
from converter.document.model import (
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
from converter.document.patterns import regex
from converter.parsers.text.blocks.listed_notes import ListedNotes, is_over_notes, listed_notes
from converter.parsers.text.lines.layout import Footnote, RowGroup
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.marks.tags import TAG

DEFINITION = regex(
    r"(?:\[(?:foot)?note\s*(\d{1,3}(?![^\W_])|[*†‡§]|[A-Z](?=\s*[:.\]]))(?:\s*[:.\]]|\s+[-–—](?=\s))?|"
    r"\[(\d{1,3}|[*†‡§])\]:?|\{(\d{1,3})\}|\((\d{1,3})\)(?=\s+[A-Z_\"“]))\s*",
    re.I,
)
STARRED = regex(r"(\*{1,3}|†|‡)\s+(?=[^\W\d_]|[\"“'‘«_])")  # a note below its paragraph
STAR_CITED = regex(r"(?<=[\w.,;:!?\"”’)])(\*{1,3}|†|‡)(?=[\s,.;:!?\"”)]|\Z)")
FOOTNOTE_OPEN = regex(r"\[(?:Foot)?note\b", re.I)
CITATION = regex(
    r"(?<=\S)\s?(?:\[(\d{1,3}|[*†‡§])\]|\{(\d{1,3})\})|"
    r"(?<=[\w.,;:!?\"”’)])(?:\[([A-Z])\]|\((\d{1,3})\)(?=[\s.,;:!?\"”’]|\Z))"
)
MARK = "footnote mark"
HEADING = "heading of notes"
CITED = 0.6  # of the definitions are cited before them: then these are footnotes
NEAR_GROUPS = 3  # groups from a citation to a note right below its paragraph
NOTE_GROUPS = 12  # groups of a note in brackets: one that is longer was never closed, and holds its first group alone
NOTE_REACH = 400  # groups from a citation to its note, which stands below the paragraph, the chapter or the book


def take_footnotes(groups: Sequence[RowGroup]) -> list[RowGroup]:
    """The groups, each holding the notes that it cites; those notes stand nowhere else any more.

    A note that nobody cites stays where it is; so do all where most are cited by nobody, for then they are a list.
    """
    listed = listed_notes(_take_starred(groups))
    groups = listed.groups
    definitions = {
        i: m
        for i, g in enumerate(groups)
        if (m := listed.entries.get(i) or DEFINITION.match(g.rows[0].text)) and _says(groups, i, m)
    }
    if not definitions:
        return groups
    cited = _cited(definitions, _citations(groups, definitions), listed.since)
    if len(cited) < CITED * len(definitions):
        return listed.together()
    return _lift(groups, definitions, cited, _emptied(listed, definitions, cited))


def _emptied(listed: ListedNotes, definitions: Container[int], cited: Container[int]) -> dict[int, int]:
    """The headings over notes that are all cited, by the places of the first notes: nothing stands under them then."""
    kept = {head for i, head in listed.heads.items() if i not in cited}
    emptied = {i: head for i, head in listed.heads.items() if head == i - 1 and head not in kept}
    for head, group in enumerate(listed.groups):
        stop = first = head + 1
        if first in listed.heads or first not in cited or len(group.rows) > 1 or not is_over_notes(group.rows[0].text):
            continue
        while stop in cited:
            stop = _note_stop(listed.groups, stop, definitions)
        if stop not in definitions and (stop == len(listed.groups) or _begins_anew(listed.groups[stop])):
            emptied[first] = head
    return emptied


def _begins_anew(group: RowGroup) -> bool:
    """Whether a group below notes is none of their paragraphs: a line that is no sentence, or a chapter's number."""
    text = group.rows[0].text
    return len(group.rows) == 1 and (len(text.split()) == 1 or not SENTENCE_END.search(text))


def _citations(groups: Sequence[RowGroup], definitions: Mapping[int, re.Match[str]]) -> dict[str, list[int]]:
    """The places of the groups that cite each mark, one for every citation; of the stars, those that are defined."""
    stars = frozenset(mark for m in definitions.values() if not (mark := _mark_of(m)).isalnum())
    citations: dict[str, list[int]] = {}
    for i, group in enumerate(groups):
        for row in group.rows:
            text = row.text
            starred = bool(stars) and i not in definitions and not stars.isdisjoint(text)
            if not starred and "[" not in text and "{" not in text and "(" not in text:
                continue
            begin = definitions[i].end() if i in definitions and row is group.rows[0] else 0
            for mark in (*(_lone_stars(text) if starred else ()), *_bracketed(text[begin:])):
                citations.setdefault(mark, []).append(i)
    return citations


def _lone_stars(text: str) -> Iterator[str]:
    """The stars and daggers by which a line cites a note: those that are there once. Two are emphasis."""
    return (m[1] for m in STAR_CITED.finditer(text) if text.count(m[1][0]) == len(m[1]))


def _bracketed(text: str) -> Iterator[str]:
    """The marks in brackets by which a line cites a note; beside tags alone they cite nothing."""
    if not any(map(str.isalnum, TAG.sub("", CITATION.sub("", text)))):
        return iter(())
    return (m[1] or m[2] or m[3] or m[4] for m in CITATION.finditer(text))


def _cited(
    definitions: Mapping[int, re.Match[str]], citations: Mapping[str, Sequence[int]], since: Mapping[int, int]
) -> dict[int, tuple[int, str]]:
    """For each definition that is cited before it: the place that cites it, the nearest or else the first, and the
    mark. One place cites a mark once; a definition with a place in `since` is cited behind that."""
    cited: dict[int, tuple[int, str]] = {}
    used: set[tuple[int, str]] = set()
    for i, m in definitions.items():
        mark = _mark_of(m)
        least = since.get(i, i - NOTE_REACH)
        places = [c for c in citations.get(mark, ()) if least <= c < i and (c, mark) not in used]
        if places:
            cited[i] = (places[-1] if i - places[-1] <= NEAR_GROUPS else places[0], mark)
            used.add(cited[i])
    return cited


def _mark_of(m: re.Match[str]) -> str:
    return next(g for g in m.groups() if g).upper()


def _take_starred(groups: Sequence[RowGroup]) -> Sequence[RowGroup]:
    """Notes that begin with a star (or dagger), each right below the paragraph that cites it with a lone star."""
    used: dict[int, tuple[int, str]] = {}
    definitions: dict[int, re.Match[str]] = {}
    for i, group in enumerate(groups):
        m = STARRED.match(group.rows[0].text)
        if not m or i == 0:
            continue
        for place in range(i - 1, max(-1, i - 1 - NEAR_GROUPS), -1):
            whole = " ".join(r.text for r in groups[place].rows)
            lone = STAR_CITED.findall(whole).count(m[1]) == 1 and whole.count(m[1][0]) == len(m[1])
            if lone and place not in used and (place, m[1]) not in used.values():
                used[i], definitions[i] = (place, m[1]), m
                break
    return _lift(groups, definitions, used) if used else groups


def _says(groups: Sequence[RowGroup], i: int, m: re.Match[str]) -> bool:
    """Whether anything is said behind a definition's mark."""
    texts = [r.text for g in groups[i : _note_stop(groups, i, {})] for r in g.rows]
    return any(c.isalnum() for text in (texts[0][m.end() :], *texts[1:]) for c in text)


def _lift(
    groups: Sequence[RowGroup],
    definitions: Mapping[int, re.Match[str]],
    used: Mapping[int, tuple[int, str]],
    heads: Mapping[int, int] = MappingProxyType({}),
) -> list[RowGroup]:
    """The groups without the notes `used`, each hung on the group that cites it: that may be one of a note's own.

    `heads` are headings of lists that are empty then, by their first notes: each is a sign that stood around its note.
    """
    made = list(groups)
    gone: set[int] = set()
    for i in sorted(used, reverse=True):  # the last first: what a note's own groups cite hangs on them by then
        place, mark = used[i]
        stop = _note_stop(groups, i, definitions)
        note = _footnote(mark, made[i:stop], definitions[i])
        gone.update(range(i, stop))
        if i in heads:
            head = groups[heads[i]].rows[0]
            note = note._replace(signs=((head.text, head.line), *note.signs))
            gone.add(heads[i])
        made[place] = made[place]._replace(notes=(note, *made[place].notes))
    return [g for i, g in enumerate(made) if i not in gone]


def _note_stop(groups: Sequence[RowGroup], i: int, definitions: Container[int]) -> int:
    """Where the note that begins with group `i` is over: a note in brackets goes on until they are closed."""
    first = groups[i].rows[0].text
    if not FOOTNOTE_OPEN.match(first):
        return i + 1
    open_ = 0
    for k in range(i, min(len(groups), i + NOTE_GROUPS)):
        if k > i and k in definitions:
            break
        whole = " ".join(r.text for r in groups[k].rows)
        open_ += whole.count("[") - whole.count("]")
        if open_ <= 0:
            return k + 1
    return i + 1


def _footnote(mark: str, body: list[RowGroup], m: re.Match[str]) -> Footnote:
    first = body[0]
    text = first.rows[0].text
    signs = [(m[0].rstrip(), first.line)]
    rest = text[m.end() :]
    rows = (first.rows[0]._replace(text=rest), *first.rows[1:]) if rest else first.rows[1:]
    body[0] = first._replace(rows=rows)
    last = body[-1]
    end = last.rows[-1]
    if FOOTNOTE_OPEN.match(text) and not m[0].rstrip().endswith("]") and end.text.endswith("]"):
        signs.append(("]", end.line))
        closed = end.text[:-1].rstrip()
        rows = (*last.rows[:-1], end._replace(text=closed)) if closed else last.rows[:-1]
        body[-1] = last._replace(rows=rows)
    return Footnote(mark, tuple(g for g in body if g.rows), tuple(signs))


def cite(
    group: RowGroup, make: Callable[[Sequence[RowGroup]], list[Block]], omissions: list[Omission], name: str
) -> tuple[RowGroup, dict[str, Note]]:
    """The group with each citation mark made a token, and the notes by their tokens.

    `make` turns the groups of a note into blocks. What stood at the citation and around the note is named in
    `omissions`.
    """
    notes: dict[str, Note] = {}
    rows = list(group.rows)
    for k, footnote in enumerate(group.notes):
        token = f"\x02{k}\x02"
        pattern = citation(footnote.mark)
        for i, row in enumerate(rows):
            if (m := pattern.search(row.text)) is not None:
                rows[i] = row._replace(text=row.text[: m.start()] + token + row.text[m.end() :])
                if footnote.mark.isalnum():  # a star is no word
                    omissions.append(Omission(MARK, m[0].strip(), Origin(name, row.line)))
                break
        else:  # its line is read as something else: the note stands at the end
            rows[-1] = rows[-1]._replace(text=rows[-1].text + token)
        notes[token] = Note(tuple(make(footnote.groups)), footnote.mark)
        omissions.extend(signs(footnote, name))
    return group._replace(rows=tuple(rows)), notes


def citation(mark: str) -> re.Pattern[str]:
    """How a note with this mark is cited: `[1]`, `{1}`, `(1)` at a word's end, or by a bare star."""
    bare = re.escape(mark)
    round_ = rf"|(?<=[\w.,;:!?\"”’)])\({bare}\)" if mark.isdecimal() else ""
    either = rf"(?<=\S)\s?[\[{{]{bare}[\]}}]{round_}" if mark.isalnum() else rf"(?<=\S)(?:\s?[\[{{]{bare}[\]}}]|{bare})"
    return re.compile(either, re.I)


def signs(footnote: Footnote, name: str) -> list[Omission]:
    """What stood around a note: a book writes its own marks."""
    worded = [(text, line) for text, line in footnote.signs if text == "]" or any(map(str.isalnum, text))]
    return [Omission(HEADING if is_over_notes(text) else MARK, text, Origin(name, line)) for text, line in worded]


def notes_for_tokens(content: Inlines, notes: dict[str, Note]) -> Inlines:
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
                out.append(replace(inline, content=notes_for_tokens(inline.content, notes)))
            case Text() | LineBreak() | Ruby() | Image() | Note():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)
