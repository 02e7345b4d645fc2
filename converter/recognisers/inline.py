"""Marks inside a paragraph: emphasis in the habit of the file, simple tags, addresses. Text in, inlines out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from converter.document.model import Emphasis, Inline, Inlines, LineBreak, Link, Ruby, Strong, Styled, Text
from converter.document.patterns import regex
from converter.recognisers.tags import paired

HABIT = 2  # pairs of a doubtful mark (slash, tilde) in a file make it a habit
ANY = regex(r"[*_~/<\[@《]|www\.|\x00")
FIRST = regex(r"[<\[*_~/\x00]")  # of all marks but addresses and readings
TAGGED = (
    r"(?P<tag><(?P<close>/?)(?P<name>i|em|b|strong|u|s|strike|del|sup|sub|small|center|span|font|p|q|cite|br)\b[^<>]{0,200}/?>)"
    r"|(?P<bb>\[(?P<bbclose>/?)(?P<bbname>i|b|u|s|em|sup|sub|center|right|left|quote|font|color|size|url)(?P<bbarg>=[^\[\]]{0,200})?\])"
)
SITE = r"(?:https?://|www\.)[^\s<>\"”’\]]+[^\s<>\"”’\].,;:!?)*_]"
MAIL = r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+\.[\w.\-]*\w"
MARK = r"(?P<mark>(?!(?<=\[)\*\])\*{1,3}|_{1,3}|~{1,2}|/)|(?P<break>\x00)"
RUBY = (
    r"(?:｜(?P<base>[^《》｜\s]{1,30})|(?P<kanji>[\u3400-\u9fff々〆ヶ]{1,12}))"
    r"《(?P<reading>[\u3041-\u30ff・ー]{1,40})》"
)
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
JOINED = regex(r"(?<![^\W_])_([^\W_]+(?:['’\-][^\W_]+)*(?:_[^\W_]+(?:['’\-][^\W_]+)*)+[.,!?]?)_(?![^\W_])")


LONGEST_PART = 60  # letters of a word
PARTS_OF_WORDS = 3  # pairs around whole words: then `un_believ_able` is stress too, and no name of a file


class Marks(NamedTuple):
    """The marks that this file uses for emphasis."""

    used: frozenset[str]
    pairs: tuple[tuple[str, int], ...] = ()
    tags: frozenset[str] = frozenset()  # kinds that run over paragraphs


@dataclass(slots=True)
class _Open:
    mark: str
    kind: str
    start: int  # index into the output list
    text: str
    at: int = 0  # where the mark ends in the text
    inside: bool = False  # opened inside a word


def learn_marks(texts: Iterable[str]) -> Marks:
    """Count the pairs of each mark that open before a word and close after one."""
    counts: Counter[str] = Counter()
    for text in texts:
        if "/" in text:
            counts["/"] += len(
                re.findall(r"(?<![\w/:.<])/(?=[^\W\d_])[^/\n<>]{1,300}?(?<=[\w.,!?…'’\"”\-–—])/(?![\w/])", text)
            )
        if "~" in text:
            counts["~"] += len(re.findall(r"(?<![\w~])~(?=\w)[^~\n]{1,300}?(?<=[\w.,!?…'’\"”\-–—])~(?![\w~])", text))
        if "*" in text:
            counts["*"] += len(
                re.findall(r"(?<![\w*])\*{1,3}(?=[^\s*])[^*\n]{1,600}?(?<=[^\s*])\*{1,3}(?![\w*])", text)
            )
        if "_" in text:
            counts["_"] += len(
                re.findall(r"(?<![^\W_])_{1,3}(?=[^\s_])[^_\n]{1,600}?(?<=[^\s_])_{1,3}(?![^\W_])", text)
            )
    used = {"*", "_", "**", "__", "***", "___"}
    used |= {m for m in ("/", "~") if counts[m] >= HABIT}
    if "~" in used:
        used.add("~~")
    return Marks(frozenset(used), tuple(sorted(counts.items())))


def needs_parsing(text: str) -> bool:
    """Whether there is anything in the text that could be a mark."""
    return bool(ANY.search(text))


def read_inlines(
    text: str, marks: Marks, *, open_at_start: str = "", tags: list[str] | None = None
) -> tuple[Inlines, str]:
    """The inlines of a paragraph, and the emphasis mark left open at its end ("" if none).

    "\\x00" in the text is a line break. A mark left open stays as it is, unless `open_at_start` says that the paragraph
    before left it open: then it is closed here. What opens and never closes is the caller's doubt to report. The tags
    read as formatting are added to `tags` as they stand.
    """
    if not ANY.search(text):
        return ((Text(text),) if text else ()), ""
    if "<" in text or "[" in text:
        text = PARTING.sub(r" \1", text)
    if text.count("_") > 2:  # "_two_words_": the inner marks stand for spaces
        text = JOINED.sub(lambda m: f"_{m[1].replace('_', ' ')}_", text)
    out: list[Inline] = []
    stack: list[_Open] = []
    if open_at_start:
        stack.append(_Open(open_at_start, WRAP.get(open_at_start, "em"), 0, ""))
    at = 0
    taken = tags if tags is not None else []
    toggled, closers = _toggles(text), _Closers(text)
    formats = paired(text, marks.tags) if "<" in text or "[" in text else frozenset()
    for m in _tokens(text):
        if m.start() < at:
            continue
        plain = text[at : m.start()]
        if plain:
            out.append(Text(plain))
        at = m.end()
        match m.lastgroup:
            case "break":
                out.append(LineBreak())
            case "reading":
                out.append(Ruby(m["base"] or m["kanji"], m["reading"]))
            case "address":
                out.append(_link(m["address"]))
            case "tag" | "bb" if m.start() not in formats:
                out.append(Text(m[0]))
            case "tag":
                taken.append(m[0])
                _tag(out, stack, m["name"].lower(), m["close"] == "/")
            case "bb":
                taken.append(m[0])
                _tag(out, stack, m["bbname"].lower(), m["bbclose"] == "/")
            case _:
                at = _mark(text, m, out, stack, marks, toggled, closers)
    if at < len(text):
        out.append(Text(text[at:]))
    left = ""
    while stack:  # a mark at the very start of a paragraph may hold all of it and go on in the next
        opened = stack.pop()
        if opened.mark in WRAP and not stack and opened.start == 0:
            left = opened.mark
        out[opened.start : opened.start] = [Text(opened.text)] if opened.text else []
    return _tidy(out), left


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """The marks of a text in order. Where none can begin with a letter only their first signs are looked at."""
    if "@" in text or "《" in text or "://" in text or "www." in text.casefold():
        yield from _token(mail="@" in text, ruby="《" in text).finditer(text)
        return
    token = _token(mail=False, ruby=False)
    end = 0
    for sign in FIRST.finditer(text):
        if sign.start() >= end and (m := token.match(text, sign.start())):
            end = m.end()
            yield m


@cache
def _token(*, mail: bool, ruby: bool) -> re.Pattern[str]:
    """The pattern of all marks, with what costs time only where it may be met.

    Every letter may begin a mail address; readings over Chinese characters make the pattern slow to compile.
    """
    address = f"(?P<address>{SITE}|{MAIL})" if mail else f"(?P<address>{SITE})"
    return re.compile("|".join((TAGGED, address, MARK, *((RUBY,) if ruby else ()))), re.IGNORECASE)


def _link(address: str) -> Link:
    target = f"mailto:{address}" if "@" in address and "/" not in address else address
    return Link(f"http://{target}" if target.startswith("www.") else target, (Text(address),))


def _toggles(text: str) -> bool:
    """Underscores inside words pair up in this paragraph (`un_believ_able`): no white space at a pair's inner edges."""
    if text.count("_") % 2 or "__" in text:
        return False
    inner = text.split("_")[1::2]
    return all(s and not s[0].isspace() and not s[-1].isspace() for s in inner)


def _mark(
    text: str,
    m: re.Match[str],
    out: list[Inline],
    stack: list[_Open],
    marks: Marks,
    toggled: bool,
    closers: _Closers,
) -> int:
    mark = m["mark"]
    before = text[m.start() - 1] if m.start() else " "
    after = text[m.end()] if m.end() < len(text) else " "
    if mark not in marks.used:
        out.append(Text(mark))
        return m.end()
    word_before, word_after = before.isalnum(), after.isalnum()
    free = mark == "_" and toggled and dict(marks.pairs).get("_", 0) >= PARTS_OF_WORDS
    match = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].mark == mark), None)
    part = mark in ("*", "**") and _part_of_word(text, m, stack[match] if match is not None else None)
    can_open = not after.isspace() and after != "\x00" and (not word_before or free or part)
    can_close = not before.isspace() and (not word_after or free or part)
    if match is not None and can_close:
        if mark == "_" and word_after and not free and can_open:
            can_close = False
        else:
            _close(out, stack, match)
            return m.end()
    if len(mark) == 3 and match is None and can_close and stack and stack[-1].mark in (mark[:2], mark[:1]):
        for half in (stack[-1].mark, mark[len(stack[-1].mark) :]):
            inner = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].mark == half), None)
            if inner is not None:
                _close(out, stack, inner)
        return m.end()
    if can_open and match is None and closers.after(m.end(), mark, free or (mark in ("*", "**") and not word_before)):
        stack.append(_Open(mark, WRAP[mark], len(out), mark, m.end(), word_before))
    elif can_open and match is None and m.start() == 0 and mark in ("_", "*"):
        stack.append(_Open(mark, WRAP[mark], len(out), mark))
    else:
        out.append(Text(mark))
    return m.end()


def _part_of_word(text: str, m: re.Match[str], opened: _Open | None) -> bool:
    """A mark in a word, its partner at the word's other border: `*Un*important`, `sure**ly**`; not `f*ck*ng`."""
    if opened is not None:
        return not opened.inside and m.start() - opened.at <= LONGEST_PART and text[opened.at : m.start()].isalpha()
    end = text.find(m["mark"], m.end())
    after = text[end + len(m["mark"]) : end + len(m["mark"]) + 1]
    return end > m.end() and text[m.end() : end].isalpha() and not after.isalnum()


class _Closers:
    """Which marks of a text close later on: what was looked for once is known for all that stands before it."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str, bool], tuple[int, int]] = {}  # from where on, and where the first is (-1: none)

    def after(self, start: int, mark: str, free: bool) -> bool:
        """Whether such a mark closes after `start`; `free` says that a word may follow it."""
        at = start
        while self._text.startswith(mark, at):  # the rest of a row of signs, divided as it is from here on
            if at > start and self._closes(at, mark, free):
                return True
            at += len(mark)
        since, first = self._known.get((mark, free), (len(self._text), -1))
        if since <= at and (first < 0 or at <= first):
            return first >= 0
        first = self._text.find(mark, at)
        while first >= 0 and not self._closes(first, mark, free):
            first = self._text.find(mark, first + len(mark))
        self._known[mark, free] = (at, first)
        return first >= 0

    def _closes(self, at: int, mark: str, free: bool) -> bool:
        after = self._text[at + len(mark) : at + len(mark) + 1]
        return not self._text[at - 1].isspace() and (free or not after.isalnum())


def _close(out: list[Inline], stack: list[_Open], k: int) -> None:
    for opened in reversed(stack[k + 1 :]):  # opened inside and never closed: it was a sign
        out.insert(opened.start, Text(opened.text))
    opened = stack[k]
    del stack[k:]
    content = _tidy(out[opened.start :])
    del out[opened.start :]
    if content:
        out.append(_wrap(opened.kind, content))


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


def _tag(out: list[Inline], stack: list[_Open], name: str, closing: bool) -> None:
    if name == "br":
        out.append(LineBreak())
        return
    kind = TAGS.get(name)
    if kind is None:
        return  # a tag that says nothing about the words: dropped, it holds none
    match = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].mark == f"<{kind}>"), None)
    if closing:
        if match is not None:
            _close(out, stack, match)
    elif match is None:
        stack.append(_Open(f"<{kind}>", kind, len(out), ""))


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
