"""Blocks of a file that are set in by four columns, or whose lines begin with a bar: verse or code, whose lines count.

Markdown calls all that is set in code. In a story it may be a paragraph whose first line is set in, and is one unless
its lines show that they were ended on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from markdown_it.rules_block import StateBlock

from converter.document.patterns import regex
from converter.recognisers.lines.line_ends import ENDS

MARGIN = 4  # columns
LONGEST = 100  # characters of a line of verse or code; a longer one is a paragraph
BROAD = 50  # characters; prose broken by hand to a measure is no narrower
CODE_SHARE = 0.5  # of the lines of code hold a sign that no verse has
CODE = regex(r"[{}<>=|#$@;]|\S {3,}\S|//|\w\(|::|\w_\w|[^\W\d_]{2}\.[^\W\d_]{2}|/\w+/", within=2 * LONGEST)
MARKER = regex(r"[-*+](?=\s)|>|#{1,6}\s|\d{1,9}\\?[.)]\s|`{3}|~{3}|\||<[a-zA-Z/!?]|!\[|\[\^")
TELLING = 12  # lines set in: so many, ending sentences, are how a file begins its paragraphs
SENTENCES = 0.75  # of them end sentences then
BAR = regex(r"\|(?:[ \t]+(?=\S)|[ \t]*\Z)")
TABLE = regex(r"\|[ \t]*:?-{2,}")

HARD_SPACE = "\u00a0"

SetInKind = Literal["", "verse", "code"]


class SetIn(NamedTuple):
    """A block: its first line, the line behind its last (from 0), and what it is."""

    start: int
    end: int
    kind: SetInKind


def set_in_code(lines: Sequence[str]) -> set[int]:
    """The numbers (from 0) of the lines of a file that are code by being set in: nothing in them is Markdown."""
    return {n for block in _blocks(lines) if block.kind == "code" for n in range(block.start, block.end)}


def _columns(line: str) -> int:
    spread = line.expandtabs(MARGIN)
    return len(spread) - len(spread.lstrip(" "))


def _blocks(lines: Sequence[str]) -> Iterator[SetIn]:
    """The blocks of several lines of which every one is set in, blank lines around them."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        if end - start > 1 and lines[start][0] in " \t":
            rows = lines[start:end]
            if all(_columns(row) >= MARGIN for row in rows):
                yield SetIn(start, end, kind_of(rows))
        start = max(end, start + 1)


def kind_of(rows: Sequence[str]) -> SetInKind:
    """What lines are that are set in together: code by its signs; verse where a line was ended although the next word
    had room, or all are short; else "", prose."""
    texts = [row.strip() for row in rows]
    if max(map(len, texts)) > LONGEST or MARKER.match(texts[0]):
        return ""
    if sum(CODE.search(text) is not None for text in texts) >= CODE_SHARE * len(texts):
        return "code"
    if any(map(MARKER.match, texts)) or _fills_measure(rows):
        return ""
    return "verse"


def _fills_measure(rows: Sequence[str]) -> bool:
    """Whether the lines were broken to fit: broad ones, after none of which the next word had room."""
    ends = [len(row.expandtabs(MARGIN).rstrip()) for row in rows]
    width = max(ends)
    if max(len(row.strip()) for row in rows) <= BROAD:
        return False
    return all(end + 1 + len(below.split(None, 1)[0]) > width for end, below in zip(ends, rows[1:], strict=False))


@lru_cache(maxsize=1)
def _sets_paragraphs_in(text: str) -> bool:
    """Whether what is set in in this text is how it begins its paragraphs, one a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    within = [line for line in lines if line[0] in " \t" and _columns(line) >= MARGIN]
    if len(within) < max(TELLING, len(lines) / 2):
        return False
    return sum(ENDS.search(line.rstrip()) is not None for line in within) >= SENTENCES * len(within)


# ------------------------------------------------------------------------------------------ rules for markdown-it


def set_in_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Makes code or a poem of blocks set in; a poem goes on in the next stanza set in like it."""
    if silent or state.sCount[start] - state.blkIndent < MARGIN or _sets_paragraphs_in(state.src):
        return False
    stanzas: list[tuple[int, int]] = []
    kind: SetInKind = ""
    at = start
    while at < end and (below := _set_in_end(state, at, end)):
        found = kind_of(_rows(state, at, below)) if below - at > 1 else ""
        if not found or (stanzas and found != kind):
            break
        kind = found
        stanzas.append((at, below))
        if below + 1 >= end or state.isEmpty(below + 1):
            break
        at = below + 1
    if not stanzas:
        return False
    if kind == "code":
        token = state.push("fence", "code", 0)
        token.content = f"{state.getLines(start, stanzas[-1][1], MARGIN + state.blkIndent, False)}\n"
        token.map = [start, stanzas[-1][1]]
    else:
        _push_poem(state, [[(n, row) for n, row in enumerate(_rows(state, a, b), a)] for a, b in stanzas])
    state.line = stanzas[-1][1]
    return True


def _set_in_end(state: StateBlock, start: int, end: int) -> int:
    """Where the lines set in end that begin here; 0 where they don't reach a blank line, or none is set in."""
    at = start
    while at < end and not state.isEmpty(at):
        if state.sCount[at] - state.blkIndent < MARGIN:
            return 0
        at += 1
    return at if at > start else 0


def _rows(state: StateBlock, start: int, end: int) -> list[str]:
    return [state.getLines(n, n + 1, state.blkIndent, False) for n in range(start, end)]


def bars_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Makes a poem of lines that begin with a bar, as pandoc has them; a bar alone parts stanzas."""
    rows: list[tuple[int, str]] = []
    at = start
    while at < end and not state.isEmpty(at) and state.sCount[at] >= state.blkIndent:
        text = state.getLines(at, at + 1, state.blkIndent, False).strip()
        if not BAR.match(text) or (len(text) > 1 and text[-1] == "|") or TABLE.match(text):
            return False
        rows.append((at, text[1:]))
        at += 1
    if silent or sum(bool(text.strip()) for _, text in rows) < 2:
        return False
    stanzas: list[list[tuple[int, str]]] = [[]]
    for row in rows:
        if row[1].strip():
            stanzas[-1].append(row)
        elif stanzas[-1]:
            stanzas.append([])
    _push_poem(state, [stanza for stanza in stanzas if stanza])
    state.line = at
    return True


def _push_poem(state: StateBlock, stanzas: Sequence[Sequence[tuple[int, str]]]) -> None:
    """The tokens of a poem, its lines with their numbers; what a line is set in by more than others stays, in hard
    spaces."""
    margin = min(_columns(row) for stanza in stanzas for _, row in stanza)
    _push_open(state, "verse", stanzas[0][0][0])
    for stanza in stanzas:
        first, behind = stanza[0][0], stanza[-1][0] + 1
        _push_open(state, "verse stanza", first)
        token = state.push("inline", "", 0)
        token.content = "  \n".join(
            f"{HARD_SPACE * (_columns(r) - margin)}{r.strip().rstrip(chr(92))}" for _, r in stanza
        )
        token.map = [first, behind]
        token.children = []
        state.push("div_close", "div", -1)
    state.push("div_close", "div", -1)


def _push_open(state: StateBlock, called: str, line: int) -> None:
    token = state.push("div_open", "div", 1)
    token.attrs = {"class": called}
    token.map = [line, line + 1]
