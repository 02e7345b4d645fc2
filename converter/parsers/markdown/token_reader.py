"""Tokens to a tree: each finds its place, and what is no word of the text is named with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from markdown_it.token import Token

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.tasks import as_task
from converter.parsers.items.chats import are_messages
from converter.parsers.markdown.builder import TreeBuilder
from converter.parsers.markdown.commonmark import CommonMark, Environment
from converter.parsers.markdown.lines import CITED, lines_before
from converter.parsers.markdown.tags import (
    BLOCKS,
    CODE,
    CODE_END,
    COMMENT,
    EMBEDS,
    Tag,
    as_quoted,
    decoded,
    markup_tokens,
    without_illegal,
)
from converter.parsers.markdown.token_lines import BREAKS, are_short, is_meaning, labelled_lines, lines_of, term_end
from converter.parsers.markdown.tree import Tree
from converter.recognisers.lines.captions import is_caption

_NONE: Mapping[str, str] = {}


Shows = Callable[[Mapping[str, str]], bool]  # whether the picture with these attributes is there


def _nothing(_attributes: Mapping[str, str]) -> bool:
    return False


class TokenReader:
    """Makes trees of the parts of one file, its text and its notes. `omissions` grows meanwhile.

    `breaks`: the end of each line counts. `keys`: of the notes that may be cited; `cited`: the line in which each
    has been. `short`: characters of a line that was not broken to fit the width; in quotations and notes its end
    counts. `shows`: whether a picture is there.
    """

    def __init__(
        self, name: str, *, breaks: bool, keys: Collection[str], short: int = 0, shows: Shows = _nothing
    ) -> None:
        self.name = name
        self.omissions: list[Omission] = []
        self.breaks = breaks
        self.short = short
        self._shows = shows
        self._apart = 0  # quotations around this place; a note is one
        self.keys = keys
        self.cited: dict[str, int] = {}
        self._commonmark = CommonMark()
        self._env: Environment = {}  # what defines links in one part defines them in all
        self._builder = TreeBuilder(1)

    def tree(self, text: str, first_line: int, *, citing: bool = False) -> Tree:
        """The tree of a text that begins after line `first_line` of the file. `citing`: it may cite notes."""
        self._builder = TreeBuilder(first_line + 1)
        self._citing = citing and bool(self.keys)
        self._apart = 0 if citing else 1
        read = self._commonmark.read(text, self._env)
        for definition in read.definitions:
            self.omit("link", definition.text, definition.row + 1 + first_line)
        above = ""  # the kind of the block that has just begun
        for token in read.tokens:
            line = token.map[0] + 1 + first_line if token.map else first_line + 1
            if token.type == "inline":
                self._line(self._tasked(token.children or (), line, above), line)
            elif not token.hidden:
                self._block(token, line)
            above = token.type if token.type != "paragraph_open" else above
        return self._builder.tree

    def omit(self, rule: str, text: str, line: int) -> None:
        """Names what is left out: where it has words."""
        if any(map(str.isalnum, text)):
            quoted = "\n".join(row.strip() for row in text.split("\n"))
            self.omissions.append(Omission(rule, quoted, Origin(self.name, line)))

    # ---------------------------------------------------------------------------------------------------- blocks

    def _block(self, token: Token, line: int) -> None:
        if token.type == "html_block":
            self._markup(token.content, line)
        elif token.type == "fence":
            self.omit("markup", token.info.strip(), line)
            self._code("pre", token.content, line, {"class": token.info.strip()} if token.info.strip() else _NONE)
        elif token.nesting >= 0:
            self._apart += token.type == "blockquote_open"
            if token.type == "div_open":
                self.omit("markup", token.markup, line)
            if token.type == "list_item_open" and token.info:
                self.omit("list number", token.info + token.markup, line)
            self._builder.open(token.tag, _attributes(token), line)
        else:
            self._apart -= token.type == "blockquote_close"
            self._builder.close(token.tag, line)

    def _code(self, block: str, code: str, line: int, attributes: Mapping[str, str]) -> None:
        self._builder.open(block, attributes, line)
        self._builder.open("code", _NONE, line)
        self._builder.text(without_illegal(code), line)
        self._builder.close("code", line)
        self._builder.close(block, line)

    def _markup(self, text: str, line: int) -> None:
        """A block that is written in tags."""
        code = CODE.match(text)
        end = CODE_END.search(text, code.end()) if code else None
        if end:
            self.omit("code", as_quoted(text[: end.end()]), line)
            line += text.count("\n", 0, end.end())
            text = text[end.end() :]
        for piece in markup_tokens(text):
            at = line + lines_before(text, piece.start)
            if piece.tag is None:
                lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
                self._text(without_illegal(decoded(piece.text)), at + lead.count("\n"))
            else:
                self._tag(piece.text, piece.tag, at, parts=True)

    # ------------------------------------------------------------------------------------------ texts of a line

    def _line(self, tokens: Sequence[Token], first: int) -> None:
        """The texts of a block that begins in line `first`."""
        builder = self._builder
        if (at := term_end(tokens)) and not self._apart:
            self._definition(tokens, at, first)
            return
        line = first
        labelled = labelled_lines(tokens)
        breaks = self.breaks or bool(labelled) or (self._apart > 0 and are_short(tokens, self.short))
        turns = are_messages(labelled, stressed=True) or are_messages(lines_of(tokens))
        for token in tokens:
            line = max(line + (token.type in BREAKS), first + int(token.meta.get("row", 0)))
            match token.type:
                case "text":
                    self._text(without_illegal(token.content), line)
                case "softbreak" | "hardbreak" if turns:
                    builder.close("p", line)
                    builder.open("p", _NONE, line)
                case "softbreak" if not breaks:
                    builder.text(" ", line)
                case "softbreak" | "hardbreak":
                    builder.line_end(line)
                case "code_inline":
                    builder.open("code", _NONE, line)
                    builder.text(without_illegal(token.content), line)
                    builder.close("code", line)
                case "html_inline":
                    self._markup_in_line(token.content, line)
                case "image":
                    self._picture(token, line, alone=len(tokens) == 1)
                case _ if token.nesting > 0:
                    if token.type == "link_open" and token.markup != "autolink":
                        self.omit("link", str(token.meta.get("tail", "")), first + int(token.meta.get("tail_row", 0)))
                    builder.open(token.tag, _attributes(token), line)
                case _ if token.nesting < 0:
                    builder.close(token.tag, line)
                case _:
                    self._text(without_illegal(token.content), line)

    def _tasked(self, tokens: Sequence[Token], line: int, above: str) -> Sequence[Token]:
        """The first texts of an item with a drawn box in the place of the one that is typed."""
        first = tokens[0] if tokens and above == "list_item_open" else None
        if first is None or first.type != "text" or (drawn := as_task(first.content)) == first.content:
            return tokens
        self.omit("task", first.content[:3], line)
        return first.copy(content=drawn), *tokens[1:]

    def _definition(self, tokens: Sequence[Token], at: int, first: int) -> None:
        """A term, which ends at place `at`, and below it what it means: a list of definitions with this one."""
        self._builder.open("dl", _NONE, first)
        parts = [tokens[:at]]
        begins = [k + 1 for k in range(at, len(tokens) - 1) if is_meaning(tokens, k)]
        parts += [tokens[begin : end - 1] for begin, end in pairwise((*begins, len(tokens) + 1))]
        line = first
        for kind, part in zip(("dt", *("dd" for _ in begins)), parts, strict=True):
            self._builder.open(kind, _NONE, line)
            said = part[0].content.removeprefix(":").lstrip() if kind == "dd" else part[0].content
            self._line((part[0].copy(content=said), *part[1:]), line)
            self._builder.close(kind, line)
            line += 1 + sum(token.type in BREAKS for token in part)
        self._builder.close("dl", first)

    def _picture(self, token: Token, line: int, *, alone: bool) -> None:
        """A picture; what is said in its place is its caption where it stands `alone` and can be shown."""
        whole, said = str(token.meta.get("whole", "")), _plain(token.children or ())
        attributes = {**_attributes(token), "alt": said}
        if not (alone and is_caption(said) and self._shows(attributes)):
            self.omit("picture", whole, line)
            self._builder.picture(attributes, line)
            return
        self.omit("picture", whole[len("![") + len(token.content) :], line + token.content.count("\n"))
        self._builder.open("figure", _NONE, line)
        self._builder.picture(attributes, line)
        self._builder.open("figcaption", _NONE, line)
        self._line(token.children or (), line)
        self._builder.close("figcaption", line)
        self._builder.close("figure", line)

    def _markup_in_line(self, text: str, line: int) -> None:
        for piece in markup_tokens(text):
            if piece.tag is None:
                self._text(without_illegal(piece.text), line)  # a word
            else:
                self._tag(piece.text, piece.tag, line, parts=False)

    def _tag(self, written: str, tag: Tag, line: int, *, parts: bool) -> None:
        """A tag or a comment. `parts`: a block's tag may part paragraphs here; in a line it parts words."""
        self.omit("comment" if tag is COMMENT else "markup", as_quoted(written), line)
        if tag is COMMENT or tag.name in EMBEDS:
            return  # what it would bring in is not there; the words inside are text
        if tag.name in BLOCKS and not (parts and not tag.closes):
            self._builder.text(" ", line)
        if tag.name in BLOCKS and not parts:
            return
        if tag.closes:
            self._builder.close(tag.name, line)
        else:
            self._builder.open(tag.name, tag.attributes, line)

    def _text(self, text: str, line: int) -> None:
        if not self._citing or "[^" not in text or self._builder.in_code():
            self._builder.text(text, line)
            return
        done = 0
        for citation in CITED.finditer(text):
            if citation[1] not in self.keys:
                continue
            self._builder.text(text[done : citation.start()], line)
            self._cite(citation[1], line)
            done = citation.end()
        self._builder.text(text[done:], line)

    def _cite(self, key: str, line: int) -> None:
        """A citation: the first one of a note is its place, any other a raised sign."""
        if key not in self.cited:
            self.cited[key] = line
            self._builder.cite(key, line)
            return
        self._builder.open("sup", _NONE, line)
        self._builder.text(key, line)
        self._builder.close("sup", line)


def _attributes(token: Token) -> Mapping[str, str]:
    return {name: str(value) for name, value in token.attrs.items()} if token.attrs else _NONE


def _plain(tokens: Sequence[Token]) -> str:
    """What a picture's description says, without its marks."""
    out: list[str] = []
    for token in tokens:
        if token.type == "image":
            out.append(_plain(token.children or ()))
        elif token.type in BREAKS:
            out.append("\n")
        else:
            out.append(token.content)
    return "".join(out)
