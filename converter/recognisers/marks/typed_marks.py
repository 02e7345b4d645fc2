"""Marks inside a paragraph: emphasis in the habit of the file, simple tags, addresses. Text in, inlines out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converter.document.model import Emphasis, Inline, Inlines, LineBreak, Link, Ruby, Strong, Styled, Text
from converter.document.patterns import regex
from converter.recognisers.marks.flanks import Closers, Flanks, OpenMark, part_of_word
from converter.recognisers.marks.habit import Marks
from converter.recognisers.marks.tags import paired
from converter.recognisers.marks.tokens import tokens

ANY = regex(r"[*_~/<\[@《\x00]")
PARTING = regex(
    r"(?<=[^\s<>])((?:</?(?:p|center)\b[^<>]{0,200}>|\[/?(?:center|right|left|quote)(?:=[^\[\]]{0,200})?\])+)(?=[^\s<>])",
    re.I,
)  # tags that begin or end a block, between two words
WRAP = {
    "_": "em",
    "*": "em",
    "/": "em",
    "~": "em",
    "__": "strong",
    "**": "strong",
    "___": "both",
    "***": "both",
    "~~": "s",
    "//": "em",
    "||": "",  # covers words until they are asked for
}
TAGS = {
    "i": "em",
    "em": "em",
    "cite": "em",
    "b": "strong",
    "strong": "strong",
    "u": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
}
TAGS |= {"sup": "sup", "sub": "sub"}
STOPPED = regex(r"_(?<=\w_)([.,;:!?])_(?!\w)")
JOINED = regex(r"_(?<![^\W_]_)([^\W_]+(?:['’\-][^\W_]+)*(?:_[^\W_]+(?:['’\-][^\W_]+)*)+[.,!?]?)_(?![^\W_])")


PARTS_OF_WORDS = 3  # pairs around whole words: then `un_believ_able` is stress too, and no name of a file


class Marked(NamedTuple):
    """A paragraph whose marks were read: `left_open` is the mark of emphasis that it doesn't close ("" if none),
    `tags` are those read as formatting, as they stand."""

    content: Inlines
    left_open: str = ""
    tags: tuple[str, ...] = ()


def needs_parsing(text: str) -> bool:
    """Whether there is anything in the text that could be a mark."""
    return ANY.search(text) is not None or "||" in text or "www." in text


def read_inlines(text: str, marks: Marks, *, open_at_start: str = "") -> Marked:
    """The inlines of a paragraph, the emphasis mark left open at its end, and its tags.

    "\\x00" in the text is a line break. A mark left open stays as it is, unless `open_at_start` says that the paragraph
    before left it open: then it is closed here. What opens and never closes is the caller's doubt to report.
    """
    if not needs_parsing(text):
        return Marked((Text(text),) if text else ())
    if "<" in text or "[" in text:
        text = PARTING.sub(r" \1", text)
    if "_" in text:
        text = STOPPED.sub(r"\1", text)  # "Languidly_._": only the stop is stressed
    if text.count("_") > 2:  # "_two_words_": the inner marks stand for spaces
        text = JOINED.sub(lambda m: f"_{m[1].replace('_', ' ')}_", text)
    paragraph = _Paragraph(text, marks, open_at_start)
    at = 0
    for token in tokens(text):
        if at < token.start():
            paragraph.add(Text(text[at : token.start()]))
        paragraph.read(token)
        at = token.end()
    if at < len(text):
        paragraph.add(Text(text[at:]))
    return paragraph.end()


def _link(address: str) -> Link:
    target = f"mailto:{address}" if "@" in address and "/" not in address else address
    return Link(f"http://{target}" if target.startswith("www.") else target, (Text(address),))


def _toggles(text: str) -> bool:
    """Underscores inside words pair up in this paragraph (`un_believ_able`): no white space at a pair's inner edges."""
    if text.count("_") % 2 or "__" in text:
        return False
    inner = text.split("_")[1::2]
    return all(s and not s[0].isspace() and not s[-1].isspace() for s in inner)


class _Paragraph:
    """The inlines of a paragraph as they are made, and the marks that are open."""

    def __init__(self, text: str, marks: Marks, open_at_start: str) -> None:
        self._text = text
        self._used = marks.used
        # Underscores inside words are marks as well, where the file has the habit and they pair up in the paragraph.
        self._toggles = "_" in text and dict(marks.pairs).get("_", 0) >= PARTS_OF_WORDS and _toggles(text)
        self._formats = paired(text, marks.tags) if "<" in text or "[" in text else frozenset()
        self._closers = Closers(text)
        self._out: list[Inline] = []
        self._tags: list[str] = []
        self._stack: list[OpenMark] = []
        if open_at_start:
            self._stack.append(OpenMark(open_at_start, WRAP.get(open_at_start, "em"), 0, ""))

    def add(self, inline: Inline) -> None:
        """What follows is this."""
        self._out.append(inline)

    def read(self, token: re.Match[str]) -> None:
        """What follows is what this token stands for."""
        match token.lastgroup:
            case "break":
                self.add(LineBreak())
            case "dotted":
                self.add(Emphasis((Text(token["dotted"]),)))
            case "reading":
                self.add(Ruby(token["base"] or token["kanji"], token["reading"]))
            case "address":
                self.add(_link(token["address"]))
            case "tag" | "bb" if token.start() not in self._formats:
                self.add(Text(token[0]))
            case "tag":
                self._tags.append(token[0])
                self._tag(token["name"].lower(), token["close"] == "/")
            case "bb":
                self._tags.append(token[0])
                self._tag(token["bbname"].lower(), token["bbclose"] == "/")
            case _ if token["mark"] in self._used:
                self._mark(token)
            case _:
                self.add(Text(token["mark"]))

    def end(self) -> Marked:
        """The paragraph. A mark at its very start may hold all of it and go on in the next."""
        left_open = ""
        while self._stack:
            opened = self._stack.pop()
            if opened.mark in WRAP and not self._stack and opened.start == 0:
                left_open = opened.mark
            self._out[opened.start : opened.start] = [Text(opened.text)] if opened.text else []
        return Marked(_tidy(self._out), left_open, tuple(self._tags))

    def _mark(self, token: re.Match[str]) -> None:
        """A mark of emphasis opens, closes, or is a sign like any other."""
        mark, end = token["mark"], token.end()
        opened = self._opened(mark)
        place = self._place(token, self._stack[opened] if opened is not None else None)
        if place.may_close and opened is not None:
            self._close(opened)
        elif place.may_close and self._closes_two(mark, opened):
            for half in (self._stack[-1].mark, mark[len(self._stack[-1].mark) :]):
                if (inner := self._opened(half)) is not None:
                    self._close(inner)
        elif place.may_open and opened is None and self._closers.after(end, mark, place.before_letters):
            self._stack.append(OpenMark(mark, WRAP[mark], len(self._out), mark, end, place.in_word))
        elif place.may_open and opened is None and token.start() == 0 and mark in ("_", "*"):
            self._stack.append(OpenMark(mark, WRAP[mark], len(self._out), mark))
        else:
            self.add(Text(mark))

    def _place(self, token: re.Match[str], opened: OpenMark | None) -> Flanks:
        """What a mark may do where it stands: it opens before a word and closes behind one, rarely inside."""
        mark, text = token["mark"], self._text
        before = text[token.start() - 1] if token.start() else " "
        after = text[token.end()] if token.end() < len(text) else " "
        starred, toggles = mark in ("*", "**"), mark == "_" and self._toggles
        inside = toggles or (starred and part_of_word(text, token, opened))
        return Flanks(
            not after.isspace() and after != "\x00" and (inside or not before.isalnum()),
            not before.isspace() and (inside or not after.isalnum()),
            before.isalnum(),
            toggles or (starred and not before.isalnum()),
        )

    def _closes_two(self, mark: str, opened: int | None) -> bool:
        """Whether three signs close two marks that were opened one after the other: `**bold and *both***`."""
        return len(mark) == 3 and opened is None and bool(self._stack) and self._stack[-1].mark in (mark[:2], mark[:1])

    def _opened(self, mark: str) -> int | None:
        """Where this mark is open among all that are, the innermost."""
        return next((k for k in range(len(self._stack) - 1, -1, -1) if self._stack[k].mark == mark), None)

    def _close(self, k: int) -> None:
        """The mark ends here. What was opened in it and never closed was a sign."""
        for opened in reversed(self._stack[k + 1 :]):
            self._out.insert(opened.start, Text(opened.text))
        opened = self._stack[k]
        del self._stack[k:]
        content = _tidy(self._out[opened.start :])
        del self._out[opened.start :]
        if content and opened.kind:
            self.add(_wrap(opened.kind, content))
        else:
            self._out.extend(content)

    def _tag(self, name: str, closing: bool) -> None:
        """A tag opens, closes, or says nothing about the words: then it is dropped, and holds none."""
        kind = TAGS.get(name)
        if name == "br":
            self.add(LineBreak())
        if kind is None:
            return
        opened = self._opened(f"<{kind}>")
        if closing and opened is not None:
            self._close(opened)
        elif not closing and opened is None:
            self._stack.append(OpenMark(f"<{kind}>", kind, len(self._out), ""))


def _wrap(kind: str, content: Inlines) -> Inline:
    match kind:
        case "em":
            return Emphasis(content)
        case "strong":
            return Strong(content)
        case "both":
            return Strong((Emphasis(content),))
        case "u":
            return Styled("underline", content)
        case "s":
            return Styled("strike", content)
        case "sup":
            return Styled("super", content)
        case _:
            return Styled("sub", content)


def _tidy(inlines: Sequence[Inline]) -> Inlines:
    """Neighbouring text runs joined, empty ones gone."""
    out: list[Inline] = []
    texts: list[Text] = []
    for inline in inlines:
        if isinstance(inline, Text):
            texts.append(inline)
            continue
        _add_text(out, texts)
        out.append(inline)
    _add_text(out, texts)
    return tuple(out)


def _add_text(out: list[Inline], texts: list[Text]) -> None:
    """One run of these runs, which are emptied."""
    text = "".join(t.text for t in texts)
    if text:
        out.append(texts[0] if len(texts) == 1 else Text(text))
    texts.clear()
