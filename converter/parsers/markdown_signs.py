"""The words of a Markdown file that are signs and no story: list numbers, addresses of links, tags, marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from converter.contracts import Omission
from converter.model import Origin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINK_END = re.compile(
    r"\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*)"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)|\]\[[^\[\]]*\]"
)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.S)
_CITED = re.compile(r"\[\^([^\]\s]{1,40})\]:?")


def signs(
    reader: MarkdownIt, tokens: Sequence[Token], env: dict[str, Any], name: str, above: int
) -> Iterator[Omission]:
    """The signs of a parsed text, in no order. `above`: lines of the file that stand before the text."""
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1 + above
        match token.type:
            case "list_item_open" if token.info:
                yield Omission("list number", token.info, Origin(name, line))
            case "fence" if token.info.strip():
                yield Omission("language of code", token.info.strip(), Origin(name, line))
            case "html_block":
                yield from _tags(token.content, name, line)
            case "inline":
                yield from _inline(reader, token, name, line)
            case _:
                pass
    for found in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        if lines := found.get("map"):
            text = "\n".join(env["lines"][lines[0] : lines[1]])
            yield Omission("link definition", text, Origin(name, lines[0] + 1 + above))


def note_marks(cites: str, whole: str, notes: Iterable[str], name: str, above: int) -> Iterator[Omission]:
    """The marks of these notes: where each is first cited (in `cites`), and where it stands (in `whole`)."""
    for text, defining in ((cites, False), (whole, True)):
        waiting = set(notes)
        line, done = 1 + above, 0
        for found in _CITED.finditer(text):
            if found[1] in waiting and (not defining or (found[0].endswith(":") and _opens_line(text, found.start()))):
                waiting.discard(found[1])
                line += text.count("\n", done, found.start())
                done = found.start()
                yield Omission("note mark", found[0], Origin(name, line))


def _opens_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _inline(reader: MarkdownIt, token: Token, name: str, line: int) -> Iterator[Omission]:
    text = token.content
    at = 0
    for child in token.children or ():
        if child.type == "html_inline":
            start = text.find(child.content, at)
            if start >= 0:
                yield from _tags(child.content, name, line + text.count("\n", 0, start))
                at = start + len(child.content)
        elif (child.type == "link_open" and child.info != "auto") or child.type == "image":
            target = str(child.attrGet("href" if child.type == "link_open" else "src") or "")
            for found in _LINK_END.finditer(text, at):
                if found[1] is None or _address(reader, found[1]) == target:
                    start = found.start()
                    if child.type == "image":
                        start = max(text.rfind("![", at, start), at)
                    yield Omission(
                        "picture" if child.type == "image" else "link address",
                        text[start : found.end()],
                        Origin(name, line + text.count("\n", 0, start)),
                    )
                    at = found.end()
                    break


def _address(reader: MarkdownIt, written: str) -> str:
    """The address of a link as markdown-it gives it."""
    bare = written[1:-1] if written.startswith("<") else written
    return reader.normalizeLink(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare))


def _tags(text: str, name: str, line: int) -> Iterator[Omission]:
    for found in _TAG.finditer(text):
        rule = "comment" if found[0].startswith("<!--") else "markup"
        yield Omission(rule, found[0], Origin(name, line + text.count("\n", 0, found.start())))
