"""Markdown: markdown-it-py finds the structure, its tokens keep their lines, and the walk over pages makes the blocks.

What people write in `.md` files is story first and markup second: an indented paragraph is no code, a rule under a
sentence is a scene break and no heading, and `1986. That year ...` is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from converter.document.contracts import Evidence, Omission, Parsed, Parser, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.model import Origin
from converter.document.verbatim import comments, quoted
from converter.parsers.decoding import decode
from converter.parsers.html import read_whole
from converter.parsers.html.dom.tree import LINE
from converter.parsers.markdown_lines import CITED, ENDS, as_story, fenced, lines_before
from converter.parsers.markdown_reader import Markdown
from converter.parsers.text import text_parser
from converter.recognisers.fields import Head, read_field

LONG_LINE = 100  # characters; hard-wrapped lines are shorter, paragraphs typed on one line mostly longer
SENTENCE_SHARE = 0.75  # of lines followed by another end a sentence: each line is a paragraph
ENOUGH_LINES = 4
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_NOTE = re.compile(r"^\[\^([^\]\s<>]{1,40})\]:[ \t]+(.*(?:\n(?:[ \t]+.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M)
_CITES = re.compile(r"(?s:<(pre|code)\b(?:(?!<\1\b).)*?</\1>)|<[^<>]*>|\[\^(?P<key>[^\]\s<>]{1,40})\]")
_TAG = re.compile(r"<[^<>]*>")
BLANK = re.compile(r"\n[ \t]*\n")
_ENTRY = re.compile(r"([A-Za-z][\w \-]{0,30}?)\s*:\s*(.*)$")
PEOPLE = frozenset(["author", "translator", "editor", "illustrator"])
_NAMES = {
    "date": "published",
    "lang": "language",
    "subject": "tags",
    "abstract": "summary",
    "series_index": "volume",
    "creator": "author",
}


class _Note(NamedTuple):
    """A note's text, and the lines of its definition and of its first citation."""

    text: str
    line: int
    cited: int = 0


def markdown_parser(without: frozenset[str]) -> Parser:
    """A parser of Markdown that leaves alone what `without` names (`parsers.SWITCHES`)."""
    return lambda source: parse_markdown(source, without)


def parse_markdown(source: Source, without: frozenset[str] = frozenset()) -> Parsed:
    """A `.md` file -> `Parsed`. `---` front matter becomes metadata, `[^1]` notes stand where they are cited.

    Raises NotAStory for a file without text.
    """
    decoded = decode(source.data, "")
    head = Head()
    text, front, first_line = _front_matter(decoded.text, head)
    text, notes = (text, {}) if "footnotes" in without else _notes(text, first_line)
    text = as_story(text)
    reader = Markdown(source.name, breaks=_line_paragraphs(text))
    html = _render(reader, text, first_line, notes)
    evidence = (Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1)),)
    if front:
        reader.omit("metadata", front, 2)
    told = SourceText(source.name, decoded.text, "markdown")
    try:
        parsed = read_whole(
            source, html, told, head.metadata(), reader.omissions, evidence, decoded.diagnostics, without
        )
    except NotAStory:
        if not any(map(str.isalnum, text)):
            raise
        return text_parser()(source)  # nothing but a title, or tags: the story is the file as it stands
    omissions = quoted(_as_cited(parsed.omissions, notes, source.name), decoded.text)
    lines = (n.line + k for n in notes.values() for k in range(n.text.count("\n") + 1))
    return replace(parsed, omissions=omissions, moves=tuple(Origin(source.name, line) for line in lines))


def _as_cited(omissions: Sequence[Omission], notes: dict[str, _Note], name: str) -> Iterator[Omission]:
    """The omissions, with the marks of notes as the file has them."""
    numbers = {str(n): (key, note) for n, (key, note) in enumerate(notes.items(), 1) if note.cited}
    for omission in omissions:
        known = numbers.pop(omission.text, None) if omission.rule == "note mark" else None
        yield Omission("note mark", f"[^{known[0]}]", Origin(name, known[1].cited)) if known else omission


def _front_matter(text: str, head: Head) -> tuple[str, str, int]:
    """The text without its front matter, the front matter's own words, and the number of lines taken off."""
    found = _FRONT.match(text)
    if not found or not _is_front(found[1].split("\n")):
        return text, "", 0
    words: list[str] = []
    name = ""
    for number, line in enumerate(found[1].split("\n"), 2):
        entry = _ENTRY.match(line)
        item = re.match(r"\s*-\s+(.*)$", line)
        words.append(line.strip())
        if entry and not line[0].isspace():
            name = entry[1].strip().lower()
            _add(head, name, entry[2], number)
        elif item and name:
            _add(head, name, item[1], number)
        elif name and line.strip():
            known = read_field(f"{_NAMES.get(name, name)}: x")
            if known and head.values.get(known[0]):
                head.extend(known[0], line)
            elif known:  # the first line below "summary: |"
                head.add(known[0], line, number, name)
    return text[found.end() :], "\n".join(filter(None, words)), text[: found.end()].count("\n")


def _is_front(lines: Sequence[str]) -> bool:
    """Whether these are entries: `key: value`, with a key that is known; what people say under a line is none."""
    entries = [e for line in lines if (e := _ENTRY.match(line))]
    others = [line for line in lines if line.strip() and not line[0].isspace() and not _ENTRY.match(line)]
    names = (e[1].strip().lower() for e in entries)
    known = any(read_field(f"{_NAMES.get(name, name)}: x") for name in names)
    return known and all(line.startswith(("-", "#")) for line in others)


def _add(head: Head, name: str, value: str, line: int) -> None:
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):
        return
    values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    for one in values:
        known = read_field(f"{_NAMES.get(name, name)}: x")
        bare = one.strip().strip("\"'")
        if known and bare and known[0] in PEOPLE and bare not in head.values.get(known[0], ()):
            head.values.setdefault(known[0], []).append(bare)  # each has a line of its own
            head.lines.setdefault(known[0], line)
        elif known and bare:
            head.add(known[0], bare, line, name)
        elif bare:
            head.extra.append((name, bare))


def _notes(text: str, first_line: int) -> tuple[str, dict[str, _Note]]:
    notes: dict[str, _Note] = {}

    def take(found: re.Match[str]) -> str:
        if found[1] in notes or not any(map(str.isalnum, _TAG.sub("", found[2]))):
            return found[0]
        line = lines_before(found.string, found.start()) + 1 + first_line
        notes[found[1]] = _Note(re.sub(r"\n[ \t]+", "\n", found[2]), line)
        return "\n" * found[0].count("\n")

    if next(_citations(_NOTE.sub("", text)), None) is None:
        return text, {}
    text = _NOTE.sub(take, text)
    for found in _citations(text):
        note = notes.get(found[1])
        if note and not note.cited:
            notes[found[1]] = note._replace(cited=lines_before(text, found.start()) + 1 + first_line)
    return text, {k: n for k, n in notes.items() if n.cited} | {k: n for k, n in notes.items() if not n.cited}


def _citations(text: str) -> Iterator[re.Match[str]]:
    """Where notes are cited: in no comment, and in no code between fences."""
    if "[^" not in text:
        return
    hidden: list[tuple[int, int]] = []
    for start, end in sorted((*comments(text), *fenced(text))):
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if hidden and start < hidden[-1][1]:
            continue
        if begins_line or not BLANK.search(
            text, start, end
        ):  # a paragraph ends at a blank line, and what is open in it
            hidden.append((start, end))
    at = 0
    for found in CITED.finditer(text):
        while at < len(hidden) and hidden[at][1] <= found.start():
            at += 1
        if at == len(hidden) or found.start() < hidden[at][0]:
            yield found


def _line_paragraphs(text: str) -> bool:
    """Whether each line is a paragraph: lines that another follows at once are long and end their sentences."""
    lines = text.split("\n")
    followed = [
        a.rstrip()
        for a, b in pairwise(lines)
        if a.strip() and b.strip() and not a.lstrip().startswith(("#", ">", "|", "-", "*"))
    ]
    if len(followed) < ENOUGH_LINES:
        return False
    ends = sum(bool(ENDS.search(line)) for line in followed) / len(followed)
    lengths = sorted(map(len, followed))
    return ends >= SENTENCE_SHARE and lengths[int(len(lengths) * 0.9)] >= LONG_LINE


def _render(reader: Markdown, text: str, first_line: int, notes: dict[str, _Note]) -> str:
    env: dict[str, object] = {}
    body = reader.render(text, first_line, env)
    if not notes:
        return f"<html><body>{body}</body></html>"
    order = {key: n for n, key in enumerate(notes, 1)}
    cited: set[str] = set()

    def cite(found: re.Match[str]) -> str:
        key = found["key"]
        if key not in order:  # or a tag, or code: it cites nothing
            return found[0]
        n, shown = order[key], key if key in cited else str(order[key])
        cited.add(key)
        return f'<sup><a class="footnote-ref" href="#note-of-{n}" id="cites-{n}">{shown}</a></sup>'

    body = _CITES.sub(cite, body)
    made = []
    for key, note in notes.items():
        reader.omit("note mark", f"[^{key}]:", note.line)
        said = reader.render(note.text, note.line - 1, env)
        made.append(f'<li class="footnote" id="note-of-{order[key]}" {LINE}="{note.line}">{said}</li>')
    first = min(note.line for note in notes.values())
    body += "</table>" * max(0, body.lower().count("<table") - body.lower().count("</table"))
    return f'<html><body>{body}<ol class="footnotes" {LINE}="{first}">{"".join(made)}</ol></body></html>'
