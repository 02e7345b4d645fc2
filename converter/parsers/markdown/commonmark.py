"""The rules of CommonMark as a story needs them: markdown-it-py's tokens, with what each leaves out of the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.backticks import backtick
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

from converter.document.patterns import regex
from converter.parsers.markdown.divisions import division_rule
from converter.parsers.markdown.drawn import drawn_rule
from converter.parsers.markdown.lines import AUTOLINK, lines_before, without_definitions
from converter.parsers.markdown.set_in import bars_rule, set_in_rule

NESTING = 100  # blocks in one another; `lines` sees to it that there are fewer
ROUNDS = 8  # in which lines that define nothing are escaped; each may show another
BRACKETS = regex(r"\[([^\[\]]+)\]")
ADDRESS = regex(r"(?:[a-z][a-z0-9+.-]+:|[./#?]|www\.)\S|[^\s/][^\s/.]*[./]\S*\w|\S[^\s@]*@\S+\.\w", re.I)

Environment = dict[str, object]  # what defines links, from one part of a file to the next


class LinkDefinition(NamedTuple):
    """A line that says where a link leads, as it is written, and its line in the text, from 0."""

    text: str
    row: int


class Tokens(NamedTuple):
    """A text in markdown-it-py's tokens, and the definitions of links that they have used up.

    Of an inline token `meta` says what is no text: `tail` of a link ("](http://x)"), `whole` of a picture; and how many
    lines of the block stand before it: `row`, of a link `tail_row`.
    """

    tokens: list[Token]
    definitions: list[LinkDefinition]


class _Reader(MarkdownIt):
    """An address that is its own link stays as it is written."""

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802
        return url


class CommonMark:
    """Reads the parts of one file: its text, and its notes."""

    def __init__(self) -> None:
        options = {"html": True, "maxNesting": NESTING}
        self._reader = _Reader("commonmark", options).enable(["table", "strikethrough"]).disable("code")
        self._reader.block.ruler.before("table", "division", division_rule, {"alt": ["paragraph"]})
        self._reader.block.ruler.before("table", "drawn", drawn_rule, {"alt": ["paragraph"]})
        self._reader.block.ruler.before("table", "bars", bars_rule)
        self._reader.block.ruler.before("table", "set_in", set_in_rule)
        self._reader.inline.ruler.at("link", _link)
        self._reader.inline.ruler.at("image", _image)
        self._reader.inline.ruler.at("html_inline", _html_inline)
        self._reader.inline.ruler.at("autolink", _autolink)
        self._reader.inline.ruler.at("backticks", _backticks)

    def read(self, text: str, env: Environment) -> Tokens:
        """The tokens of a text in which only what has an address and is used defines a link."""
        known = dict(env.get("references", {}))  # type: ignore[call-overload]
        for _ in range(ROUNDS):
            env["references"], env["duplicate_refs"] = dict(known), []
            tokens: list[Token] = self._reader.parse(text, env)
            own = [(k, r) for k, r in env["references"].items() if k not in known]  # type: ignore[attr-defined]
            own += [(r["label"], r) for r in env["duplicate_refs"]]  # type: ignore[attr-defined]
            lines = text.split("\n")
            defined = {n for _, r in own for n in range(*r["map"])}
            rest = " ".join(line for n, line in enumerate(lines) if n not in defined)
            used = {" ".join(label.split()).casefold() for label in BRACKETS.findall(rest)} if own else set()
            wrong = [
                r["map"][0]
                for label, r in own
                if not ADDRESS.match(r["href"]) or " ".join(label.split()).casefold() not in used
            ]
            if not wrong:
                return Tokens(tokens, [_definition(lines, *r["map"]) for _, r in own])
            text = without_definitions(text, wrong)
        self._reader.disable("reference")
        return Tokens(list(self._reader.parse(text, env)), [])


def _definition(lines: list[str], begin: int, end: int) -> LinkDefinition:
    written = "\n".join(line.strip() for line in lines[begin:end])
    return LinkDefinition(written[written.find("[") :], begin)  # what lists it is named there


# ------------------------------------------------------------------------- rules that remember what is no text


def _row(state: StateInline, at: int) -> int:
    return lines_before(state.src, at)


def _link(state: StateInline, silent: bool) -> bool:
    start, count = state.pos, len(state.tokens)
    if state.src[start] != "[":
        return False
    end = -1 if silent else state.md.helpers.parseLinkLabel(state, start, True)
    if not link(state, silent):
        return False
    if not silent:
        opened = next(t for t in state.tokens[count:] if t.type == "link_open")
        opened.meta = {"tail": state.src[end : state.pos], "tail_row": _row(state, end)}
    return True


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not image(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta = {"whole": state.src[start : state.pos], "row": _row(state, start)}
    return True


def _autolink(state: StateInline, silent: bool) -> bool:
    """An address in angle brackets; not `<System:Hello>`, and none that is part of a word: both stay as written."""
    address = AUTOLINK.match(state.src, state.pos)
    if address is None or any(map(str.isalnum, state.src[max(0, address.start() - 1) : address.start()])):
        return False
    if state.src[address.end() : address.end() + 1].isalnum():
        return False
    return autolink(state, silent)


def _backticks(state: StateInline, silent: bool) -> bool:
    """Code; the space at its edges, which Markdown takes off, stays where no other parts two words."""
    start = state.pos
    if not backtick(state, silent):
        return False
    code = state.tokens[-1] if state.tokens and not silent else None
    if code is not None and code.type == "code_inline" and not state.pending:
        written = state.src[start : state.pos].strip("`")
        if written[:1].isspace() and not state.src[max(0, start - 1) : start].isspace():
            code.content = f" {code.content.lstrip(' ')}"
        if written[-1:].isspace() and not state.src[state.pos : state.pos + 1].isspace():
            code.content = f"{code.content.rstrip(' ')} "
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not html_inline(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta = {"row": _row(state, start)}
    return True
