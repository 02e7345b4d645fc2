"""Markdown: markdown-it-py finds the structure, its tokens keep their lines, and the walk over pages makes the blocks.

What people write in `.md` files is story first and markup second: an indented paragraph is no code, a rule under a
sentence is a scene break and no heading, and `1986. That year ...` is no list.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from converter.contracts import Evidence, Omission, Parsed, Parser, Source, SourceText
from converter.model import Origin
from converter.parsers.decoding import decode
from converter.parsers.html import read_whole
from converter.parsers.html.tree import LINE
from converter.parsers.markdown_signs import note_marks, signs
from converter.parsers.text.fields import Head, read_field

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONG_LINE = 100  # characters; hard-wrapped lines are shorter, paragraphs typed on one line mostly longer
SENTENCE_SHARE = 0.75  # of lines followed by another end a sentence: each line is a paragraph
ENOUGH_LINES = 4
ENDS = re.compile(r"""[.!?…:—–][\"'”’»)\]*_]*$|["”»]$""")
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_RULE = re.compile(r" {0,3}([-*_=~])(?:[ \t]*\1){2,}[ \t]*$")
_NUMBER = re.compile(r"( {0,3})(\d{1,9})([.)])([ \t]+\S)")
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]+(.*(?:\n(?:[ \t]+.*|[ \t]*(?=\n[ \t]+\S)))*)", re.M)
_CITED = re.compile(r"\[\^([^\]\s]{1,40})\]")
_ENTRY = re.compile(r"([A-Za-z][\w \-]{0,30}?)\s*:\s*(.*)$")
_NAMES = {
    "date": "published",
    "lang": "language",
    "subject": "tags",
    "abstract": "summary",
    "series_index": "volume",
    "creator": "author",
}


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
    whole = text
    text, notes = (text, {}) if "footnotes" in without else _notes(text)
    text = _as_story(text)
    html, found = _render(text, first_line, notes, source.name)
    evidence = (Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1)),)
    omissions = [Omission("metadata", front, Origin(source.name, 1))] if front else []
    omissions += found
    omissions += note_marks(text, whole, notes, source.name, first_line)
    metadata = head.metadata()
    told = SourceText(source.name, decoded.text, "markdown")
    return read_whole(source, html, told, metadata, omissions, evidence, decoded.diagnostics, without)


def _front_matter(text: str, head: Head) -> tuple[str, str, int]:
    """The text without its front matter, the front matter's own words, and the number of lines taken off."""
    found = _FRONT.match(text)
    if not found or not _ENTRY.match(found[1].lstrip().split("\n")[0]):
        return text, "", 0
    words: list[str] = []
    name = ""
    for number, line in enumerate(found[1].split("\n"), 2):
        entry = _ENTRY.match(line)
        item = re.match(r"\s*-\s+(.*)$", line)
        words.append(line)
        if entry and not line[0].isspace():
            name = entry[1].strip().lower()
            _add(head, name, entry[2], number)
        elif item and name:
            _add(head, name, item[1], number)
        elif name and line.strip():
            known = read_field(f"{_NAMES.get(name, name)}: x")
            if known:
                head.extend(known[0], line)
    return text[found.end() :], "\n".join(words), text[: found.end()].count("\n")


def _add(head: Head, name: str, value: str, line: int) -> None:
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):
        return
    values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    for one in values:
        known = read_field(f"{_NAMES.get(name, name)}: x")
        bare = one.strip().strip("\"'")
        if known and bare:
            head.add(known[0], bare, line, name)
        elif bare:
            head.extra.append((name, bare))


def _notes(text: str) -> tuple[str, dict[str, str]]:
    notes: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        if found[1] in notes:
            return found[0]
        notes[found[1]] = re.sub(r"\n[ \t]+", "\n", found[2])
        return "\n" * found[0].count("\n")

    cited = set(_CITED.findall(_NOTE.sub("", text)))
    if not cited:
        return text, {}
    text = _NOTE.sub(take, text)
    return text, {k: v for k, v in notes.items() if k in cited} | {k: v for k, v in notes.items() if k not in cited}


def _as_story(text: str) -> str:
    """Blank lines and escapes where Markdown's rules would misread prose; the number of lines stays."""
    lines = text.split("\n")
    last = -1
    for i, line in enumerate(lines):
        if _RULE.match(line) and i and ENDS.search(_CITED.sub("", lines[i - 1]).rstrip()):
            lines[i] = "* * *"  # not a heading's underline
        if line.startswith("[^") and _CITED.match(line):
            lines[i] = f"\\{line}"  # the second note of one mark, or a cited word before a colon: no link's definition
        found = _NUMBER.match(line)
        if found:
            number = int(found[2])
            if number in (0, 1, last + 1):
                last = number
            else:
                lines[i] = f"{found[1]}{found[2]}\\{found[3]}{line[found.end(3) :]}"
    return "\n".join(lines)


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


def _render(text: str, first_line: int, notes: dict[str, str], name: str) -> tuple[str, list[Omission]]:
    """The text as a page, and the signs in it that are no words of the story."""
    from markdown_it import MarkdownIt

    reader = (
        MarkdownIt("commonmark", {"breaks": _line_paragraphs(text), "html": True})
        .enable(["table", "strikethrough"])
        .disable("code")
    )
    body, found = _lined(reader, text, first_line, name)
    if not notes:
        return f"<html><body>{body}</body></html>", found
    order = {key: n for n, key in enumerate(notes, 1)}

    cited: set[str] = set()

    def cite(found: re.Match[str]) -> str:
        if found[1] not in order:
            return found[0]
        if found[1] in cited:  # the note stands where it is cited first
            return f"<sup>{found[1]}</sup>"
        cited.add(found[1])
        n = order[found[1]]
        return f'<sup><a class="footnote-ref" href="#note-of-{n}" id="cites-{n}">{n}</a></sup>'

    body = _CITED.sub(cite, body)
    made = "".join(
        f'<li class="footnote" id="note-of-{order[key]}">{reader.render(note)}</li>' for key, note in notes.items()
    )
    return f'<html><body>{body}<ol class="footnotes">{made}</ol></body></html>', found


def _lined(reader: MarkdownIt, text: str, first_line: int, name: str) -> tuple[str, list[Omission]]:
    env: dict[str, Any] = {"lines": text.split("\n")}
    tokens = reader.parse(text, env)
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type not in ("inline", "html_block"):
            token.attrSet(LINE, str(token.map[0] + 1 + first_line))
    return str(reader.renderer.render(tokens, reader.options, env)), list(signs(reader, tokens, env, name, first_line))
