"""Markdown to the markup of a page: markdown-it-py's tokens, with their lines; what is no word is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from html.entities import html5

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.backticks import backtick
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.html.dom.tree import LINE
from converter.parsers.markdown_lines import (
    BLOCKS,
    EMBEDS,
    LINKED,
    OF_TABLES,
    is_element,
    lines_before,
    without_definitions,
)
from converter.recognisers.tags import is_markup

NESTING = 100  # blocks in one another; `markdown_lines` sees to it that there are fewer
ROUNDS = 8  # in which lines that define nothing are escaped; each may show another
NO_COMMENT = r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>|<[!?][^<>]*>"
TAG = regex(rf"<!--.*?(?:-->|\Z)|{NO_COMMENT}", re.S)
TAG_ALONE = regex(NO_COMMENT)
CODE = regex(r"\s*<(?:script|style)\b[^<>]*>", re.I)
CODE_END = regex(r"</(?:script|style)\s*>", re.I)
AMPERSAND = regex(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)?")
BRACKETS = regex(r"\[([^\[\]]+)\]")
ADDRESS = regex(r"(?:[a-z][a-z0-9+.-]+:|[./#?]|www\.)\S|[^\s/][^\s/.]*[./]\S*\w|\S[^\s@]*@\S+\.\w", re.I)


class _Reader(MarkdownIt):
    """An address that is its own link stays as it is written."""

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802
        return url


class Markdown:
    """Renders the parts of one file: its text, and its notes. `omissions` grows meanwhile."""

    def __init__(self, name: str, *, breaks: bool) -> None:
        self.name = name
        self.omissions: list[Omission] = []
        self.tables = 0  # that are open
        options = {"breaks": breaks, "html": True, "maxNesting": NESTING}
        self.reader = _Reader("commonmark", options).enable(["table", "strikethrough"]).disable("code")
        self.reader.add_render_rule("fence", _fence)
        self.reader.inline.ruler.at("link", _link)
        self.reader.inline.ruler.at("image", _image)
        self.reader.inline.ruler.at("html_inline", _html_inline)
        self.reader.inline.ruler.at("autolink", _autolink)
        self.reader.inline.ruler.at("backticks", _backticks)

    def render(self, text: str, first_line: int, env: dict[str, object] | None = None) -> str:
        """The markup of a text that begins after line `first_line` of the file. `env` holds what defines links."""
        env = {} if env is None else env
        tokens = self._tokens(text, env, first_line)
        for token in tokens:
            line = token.map[0] + 1 + first_line if token.map else first_line + 1
            self._name_block(token, line)
            for child in token.children or ():
                self._name_inline(child, line)
            if token.map and token.nesting >= 0 and token.type not in ("inline", "html_block"):
                token.attrSet(LINE, str(line))
        return str(self.reader.renderer.render(tokens, self.reader.options, env))

    def omit(self, rule: str, text: str, line: int) -> None:
        """Name what is left out: where it has words."""
        if any(map(str.isalnum, text)):
            told = "\n".join(row.strip() for row in text.split("\n"))
            self.omissions.append(Omission(rule, told, Origin(self.name, line)))

    def _tokens(self, text: str, env: dict[str, object], first_line: int) -> list[Token]:
        """The tokens of a text in which only what has an address and is used defines a link."""
        given = dict(env.get("references", {}))  # type: ignore[call-overload]
        for _ in range(ROUNDS):
            env["references"], env["duplicate_refs"] = dict(given), []
            tokens: list[Token] = self.reader.parse(text, env)
            own = [(k, r) for k, r in env["references"].items() if k not in given]  # type: ignore[attr-defined]
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
                for _, r in own:
                    begin, end = r["map"]
                    told = "\n".join(line.strip() for line in lines[begin:end])
                    self.omit("link", told[told.find("[") :], begin + 1 + first_line)  # what lists it is named there
                return tokens
            text = without_definitions(text, wrong)
        self.reader.disable("reference")
        return list(self.reader.parse(text, env))

    def _name_block(self, token: Token, line: int) -> None:
        match token.type:
            case "list_item_open" if token.info:
                self.omit("list number", token.info + token.markup, line)
            case "fence":
                self.omit("markup", token.info.strip(), line)
            case "html_block":
                code = CODE.match(token.content)
                end = CODE_END.search(token.content, code.end()) if code else None
                if end:
                    self.omit(
                        "code", "\n".join(filter(None, map(str.strip, token.content[: end.end()].split("\n")))), line
                    )
                    line += token.content.count("\n", 0, end.end())
                token.content = self._markup(token.content[end.end() if end else 0 :], line, lined=True)

    def _name_inline(self, token: Token, line: int) -> None:
        line += int(token.meta.get("row", 0))
        match token.type:
            case "link_open" if token.markup != "autolink":
                self.omit("link", str(token.meta.get("tail", "")), line)
            case "image":
                self.omit("picture", str(token.meta.get("whole", "")), line)
            case "html_inline":
                made = self._markup(token.content, line)
                if made and made != token.content:
                    token.type = "text"  # a word
                elif not made or ((tag := TAG.match(made)) and tag[1].lower() in BLOCKS):
                    token.content = " " if made else ""  # what would part the paragraph parts its words; or a comment

    def _markup(self, text: str, line: int, *, lined: bool = False) -> str:
        """A piece of markup with the tags that format, each named (and told its line); all others are words."""

        def one(found: re.Match[str]) -> str:
            tag = found[0]
            if not tag.startswith("<!--") and not (
                found[1] and is_element(tag, found[1]) and is_markup(" ".join(tag.split()))
            ):
                return escape(tag, quote=False)
            told = "\n".join(filter(None, map(str.strip, tag.split("\n"))))
            rule = "comment" if tag.startswith("<!--") else "markup"
            at = line + lines_before(text, found.start())
            self.omit(rule, told, at)
            if rule == "comment" and lined and "\n" in tag:
                return f'<a {LINE}="{at + tag.count(chr(10))}"></a>'  # what follows it knows its line
            if rule == "comment" or (found[1] and found[1].lower() in EMBEDS):
                return ""  # what it would bring in is not there; the words inside are text
            if not lined:
                return tag
            name = (found[1] or "").lower()
            if name == "table":
                self.tables = max(0, self.tables + (-1 if tag.startswith("</") else 1))
            elif name in OF_TABLES and not self.tables:
                return " "  # a page shows nothing of it
            if tag.startswith("</"):
                return f" {tag}"  # it parts words even where it ends nothing
            return f'{tag[: found.end(1) - found.start()]} {LINE}="{at}"{tag[found.end(1) - found.start() :]}'

        parts: list[str] = []
        done = 0
        for found in _tags(text):
            parts += (_as_text(text[done : found.start()]), one(found))
            done = found.end()
        return "".join((*parts, _as_text(text[done:])))


def _as_text(text: str) -> str:
    """Text between tags: a reference in it is one by the rules of Markdown, which are stricter than those of pages."""
    if "&" in text:
        text = AMPERSAND.sub(lambda m: m[0] if m[1] and (m[1][0] == "#" or m[1] in html5) else f"&amp;{m[0][1:]}", text)
    return text.replace("<", "&lt;")


def _fence(_renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """Code between fences, an element that knows its line."""
    return f'<pre {LINE}="{tokens[at].attrGet(LINE)}"><code>{escape(tokens[at].content, quote=False)}</code></pre>\n'


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Tags and comments in order. A comment that never ends is none, and what follows it is looked at as it stands."""
    for found in TAG.finditer(text):
        if found[0].startswith("<!--") and not found[0].endswith("-->"):
            yield from TAG_ALONE.finditer(text, found.start())
            return
        yield found


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
        opened.meta = {"tail": state.src[end : state.pos], "row": _row(state, end)}
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
    found = LINKED.match(state.src, state.pos)
    if found is None or any(map(str.isalnum, state.src[max(0, found.start() - 1) : found.start()])):
        return False
    if state.src[found.end() : found.end() + 1].isalnum():
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
