"""The second reader: a decoded file as words, without a line of the parsers' code.

Small and dumb on purpose. Of a text every run of letters and digits is a word. Of a page every text node counts,
whether a browser shows it or not; only scripts, styles, comments and the tags themselves are none. A tag parts words:
where it stands inside one ("<b>U</b>pon"), the comparison knows that a border made by markup may be overlooked.
In Markdown a character reference is its character, and in code it is what is written: this reader doesn't know what is
code, so it may be told of single references that they are to be left unread.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from html import unescape
from html.entities import html5
from itertools import accumulate, count
from sys import intern

from converter.document.alignment import proof_words, words_at
from converter.document.contracts import SourceText
from converter.proof.borders import BORDER, HARD, Borders

PIECE = 4_096  # characters, about
_SPACE = re.compile(r"\s")
_SINGLE_SIGNS = frozenset(("\n", BORDER, HARD, *"<>[]"))
CDATA = "<![CDATA["
_XHTML = re.compile(r"<\?xml\s|http://www\.w3\.org/1999/xhtml", re.I)
SIGN = "\x02"  # stands for a sign that is no markup; no decoded text holds one
_SIGNS = frozenset("<>[]()`!*_~/\\")
LINE = "\x04\n"  # a line that ended in what is cut out
_BLANK = r" \t\n\f\r"
_QUOTED = "|".join(rf"{q}[^{q}>]*+{q}|{q}[^{q}]*+{q}(?=[{_BLANK}/>])" for q in "\"'")
_ATTRIBUTE = rf"[{_BLANK}/]*+[^{_BLANK}/>][^{_BLANK}/>=]*+(?:[{_BLANK}]*+=[{_BLANK}]*+(?:{_QUOTED}|[^{_BLANK}>]*+))?+"
_MARKUP = re.compile(
    rf"<(?:(!--)|(?:(script|style)(?=[{_BLANK}/>])|/?([a-z][^{_BLANK}/>]*+))(?:{_ATTRIBUTE})*+[{_BLANK}/]*+(?:>|(\Z))"
    r"|(?:[!?][^>]*+|/)(?:>|(\Z)))",
    re.I | re.A,  # else İ and ı, ſ and K are letters of a tag, too
)
_ENDS = {
    "!--": re.compile(r"(?<=<!--)-?>|--!?>"),
    "script": re.compile(rf"</script(?=[{_BLANK}/>])[^>]*+(?:>|\Z)", re.I | re.A),
    "style": re.compile(rf"</style(?=[{_BLANK}/>])[^>]*+(?:>|\Z)", re.I | re.A),
}
REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


class Witness:
    """The words of several files in a row. Word numbers count through all of them from 0.

    `unread` are references in Markdown that stand for themselves: the number of the file, and of the reference in it.
    """

    def __init__(self, texts: Sequence[SourceText], unread: Set[tuple[int, int]] = frozenset()) -> None:
        self.texts = tuple(texts)
        self.unread = [frozenset(r for f, r in unread if f == n) for n in range(len(texts))] if unread else []
        self.plain = [unmarked_text(t, self.unread_in(n)) for n, t in enumerate(texts)]
        self.words: list[str] = []
        self.firsts = [0]  # the number of each file's first word, and of the last file's last and one
        self._pieces: list[tuple[int, int, int, int]] = []  # first word, file, offsets of a piece of its plain text
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for file, text in enumerate(self.plain):
            for start, end in _pieces_of_text(text):
                self._pieces.append((len(self.words), file, start, end))
                self.words += map(intern, proof_words(text[start:end]))
            self.firsts.append(len(self.words))

    def unread_in(self, file: int) -> frozenset[int]:
        """The numbers of the references of this file that stand for themselves."""
        return self.unread[file] if self.unread else frozenset()

    @cached_property
    def letters(self) -> list[int]:
        """How many letters and digits stand before each word, and after the last, counted in each file from 0."""
        counts: list[int] = []
        for first, end in zip(self.firsts, self.firsts[1:], strict=False):
            counts += accumulate(map(len, self.words[first : end - 1]), initial=0) if end > first else ()
        return counts

    def span(self, word: int) -> tuple[int, int]:
        """Where a word stands in its file's `plain` text."""
        piece = bisect_right(self._pieces, (word, len(self.texts), 0, 0)) - 1
        first, file, start, end = self._pieces[piece]
        if piece not in self._spans:
            spans = words_at(self.plain[file][start:end])
            self._spans[piece] = [(start + a, start + b) for a, b in spans]
        return self._spans[piece][word - first]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the words that are written so."""
        by_word: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            by_word.setdefault(word, []).append(at)
        return by_word

    def file_of(self, word: int) -> int:
        """The number of the file that holds this word."""
        return min(max(bisect_right(self.firsts, word) - 1, 0), len(self.texts) - 1)

    def line(self, word: int) -> int:
        """The line of its file, from 1, in which this word stands."""
        file = self.file_of(word)
        if word >= self.firsts[file + 1]:
            return self.plain[file].count("\n") + 1
        return self.plain[file].count("\n", 0, self.span(word)[0]) + 1

    def lines(self, file: int) -> list[int]:
        """The line of each word of a file, from 1."""
        text = self.plain[file]
        numbers: list[int] = []
        line, done = 1, 0
        for word in range(self.firsts[file], self.firsts[file + 1]):
            start, _ = self.span(word)
            line += text.count("\n", done, start)
            numbers.append(line)
            done = start
        return numbers

    def between(self, word: int) -> str:
        """What stands between this word and the next one, in the same file; tags as `BORDER` and `HARD`, without the
        line ends in them."""
        if word + 1 >= self.firsts[self.file_of(word) + 1]:
            return "\n\n"
        return self.plain[self.file_of(word)][self.span(word)[1] : self.span(word + 1)[0]].replace(LINE, "")

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether these words are all that their line, or what stands there between two tags, says."""
        before = self.between(start - 1) if start > self.firsts[self.file_of(start)] else "\n"
        return not _SINGLE_SIGNS.isdisjoint(before) and not _SINGLE_SIGNS.isdisjoint(self.between(end - 1))

    def line_starts(self, file: int, lines: Sequence[int]) -> dict[int, tuple[int, str]]:
        """The number of the first word at or after the beginning of each of these lines (from 1), and the line."""
        text = self.plain[file]
        own = [piece for piece in self._pieces if piece[1] == file]
        ends = list(accumulate(text.count("\n", start, end) for _, _, start, end in own))  # of lines, piece by piece
        starts: dict[int, tuple[int, str]] = {}
        for line in lines:
            at = bisect_left(ends, line - 1)
            if line <= 1 or at == len(own):
                row = text[: _line_end(text, 0)] if line <= 1 else ""
                starts[line] = (self.firsts[file] if line <= 1 else self.firsts[file + 1]), row
                continue
            first, _, start, end = own[at]
            offset = start
            for _ in range(line - 1 - (ends[at - 1] if at else 0)):
                offset = text.index("\n", offset, end) + 1
            starts[line] = first + len(proof_words(text[start:offset])), text[offset : _line_end(text, offset)]
        return starts

    def word_at_letter(self, file: int, letter: int) -> int:
        """The number of the word in which this letter of the file stands, counted from 0."""
        first, end = self.firsts[file], self.firsts[file + 1]
        return max(first, bisect_right(self.letters, letter, first, end) - 1)


def _pieces_of_text(text: str) -> Iterator[tuple[int, int]]:
    """Offsets that part a text at white space, so that a word's place is found without reading the whole."""
    start = 0
    while start < len(text):
        cut = _SPACE.search(text, start + PIECE)
        end = cut.end() if cut else len(text)
        yield start, end
        start = end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def unmarked_text(source: SourceText, unread: Set[int] = frozenset()) -> str:
    """The text of a file without its markup, line by line; of Markdown without the references that are not `unread`."""
    text = source.text
    if source.kind == "html":
        text = _without_markup(text)
        return unescape(text) if "&" in text else text
    if source.kind == "text" or "&" not in text:
        return text
    numbers = count()
    return REFERENCE.sub(lambda m: m[0] if next(numbers) in unread else _no_markup(read_reference(m[0])), text)


def read_reference(reference: str) -> str:
    """What a reference of Markdown stands for; one that no list of names has is what is written."""
    known = reference[1] == "#" or reference[1:] in html5
    return unescape(reference) if known else reference


def _no_markup(sign: str) -> str:
    """What a reference says; a sign that would be markup if it stood there itself is only a sign."""
    return SIGN if sign in _SIGNS else sign


def _without_markup(text: str) -> str:
    parts: list[str] = []
    done = 0
    for start, end, border in _cuts(text):
        parts += (text[done:start], border)
        if "\n" in (cut := text[start:end]):
            parts.append(LINE * cut.count("\n"))
        done = end
    return "".join((*parts, text[done:])) if parts else text


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Tags, scripts, styles and comments of a page, in order, as HTML 5 reads them, and the border each makes. But a
    quotation mark, a comment, a script and a style that never end take nothing with them, and a tag that never ends is
    text like any other."""
    endless: set[str] = set()
    borders = Borders()
    xhtml = bool(_XHTML.search(text[:1000]))
    at = 0
    while tag := _MARKUP.search(text, at):
        start, at = tag.span()
        if text.startswith(CDATA, start) and "]" not in endless:
            if (closing := text.find("]]>", start)) >= 0:  # what it holds is text
                yield start, start + len(CDATA), BORDER
                at = closing + 3
                yield closing, at, BORDER
                continue
            endless.add("]")
        if tag[4] is not None or tag[5] is not None:
            return
        kind = (tag[1] or tag[2] or "").lower()
        if kind and kind not in endless and not tag[0].endswith("/>"):
            if end := _ENDS[kind].search(text, at):
                at = end.end()
            else:
                endless.add(kind)
        ends = tag[0][1] == "/"
        yield start, at, borders.of_tag((tag[3] or "").lower(), ends, xhtml and tag[0].endswith("/>") and not ends)


def words_of_file(source: SourceText, unread: Set[int] = frozenset()) -> Iterator[tuple[str, int, int]]:
    """Each word of a file with its offsets in the decoded text (code points, the end not included).

    The slow and exact way, for reports; its words are those of `Witness`.
    """
    if source.kind == "text":
        yield from ((source.text[a:b], a, b) for a, b in words_at(source.text))
        return
    shown: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for text, start, end in _pieces_of(source, unread):
        shown.append(text)
        single = len(text) == end - start
        offsets += range(start, end) if single else [start] * len(text)
        ends += range(start + 1, end + 1) if single else [end] * len(text)
    whole = "".join(shown)
    yield from ((whole[a:b], offsets[a], ends[b - 1]) for a, b in words_at(whole))


def _pieces_of(source: SourceText, unread: Set[int]) -> Iterator[tuple[str, int, int]]:
    """Runs of text, character references read and cut-out parts as `BORDER`, each with its offsets."""
    text = source.text
    done = 0
    if source.kind == "markdown":
        for number, reference in enumerate(REFERENCE.finditer(text)):
            if number not in unread:
                yield text[done : reference.start()], done, reference.start()
                yield read_reference(reference[0]), reference.start(), reference.end()
                done = reference.end()
        yield text[done:], done, len(text)
        return
    for start, end, border in _cuts(text):
        yield from _runs(text, done, start)
        yield border, start, end
        done = end
    yield from _runs(text, done, len(text))


_LOOSE_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def _runs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    done = start
    for reference in _LOOSE_REFERENCE.finditer(text, start, end):
        read = unescape(reference[0])
        if read != reference[0]:
            yield text[done : reference.start()], done, reference.start()
            yield read, reference.start(), reference.end()
            done = reference.end()
    yield text[done:end], done, end
