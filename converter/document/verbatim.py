"""What is left out, quoted as the source has it: a piece of its lines, from the line that is named on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import accumulate, takewhile
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex

WORD = regex(r"[^\W_]+")
# And marks of pages and notes, and the addresses of links in Markdown.
TAG = regex(r"</?[a-zA-Z][^<>]*>|\[[^\[\]]{0,200}\](?:\([^()]{0,300}\))?|\{[^{}]{1,200}\}")
REFERENCE = regex(r"&#?\w{1,31};")
WORDS_AHEAD = 60  # words between two that follow one another in an omission: a page's foot and head, a few tags
LINES_AHEAD = 2_000  # lines from the one that is named: a long block names its first
FIRST_WORDS = 4  # words that tell where an omission begins
WORD_PARTS = 12  # of a word that line ends and tags part
SIGNS = "[]{}()<>*_#&/-–—.:|\"'"  # around the words of an omission, which are its own


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    tag: bool  # it stands in one
    comment: bool  # it stands in one


def quoted_omissions(omissions: Iterable[Omission], text: str) -> tuple[Omission, ...]:
    """The omissions, each a verbatim piece of the text's lines: blank lines are skipped, the others joined by "\\n".

    One between whose words something else stands becomes several. One that is nowhere to be found stays as it is.
    """
    lines = [line.strip() for line in text.split("\n")]
    out: list[Omission] = []
    for omission in omissions:
        if _stands(omission, lines):
            out.append(omission)
        else:
            out.extend(_line_by_line(omission, lines) or _word_by_word(omission, lines) or [omission])
    return tuple(out)


def _stands(omission: Omission, lines: Sequence[str]) -> bool:
    at = omission.origin.line - 1
    if not 0 <= at < len(lines):
        return False
    pieces = [p for p in omission.text.split("\n") if p]
    if len(pieces) < 2:
        return all(p in lines[at] for p in pieces)
    last = len(pieces) - 1
    for k, piece in enumerate(pieces):
        while k and at < len(lines) and not lines[at]:
            at += 1
        line = lines[at] if at < len(lines) else ""
        fits = line.endswith(piece) if k == 0 else line.startswith(piece) if k == last else line == piece
        if not fits or (k == last and piece[-1].isalnum() and line[len(piece) : len(piece) + 1].isalnum()):
            return False
        at += 1
    return True


def _line_by_line(omission: Omission, lines: Sequence[str]) -> list[Omission]:
    """An omission of whole lines, from the line that it names on, between which other lines stand; else []."""
    out: list[Omission] = []
    at = omission.origin.line - 1
    apart = True
    for piece in omission.text.split("\n"):
        first = at
        while at < min(len(lines), first + LINES_AHEAD) and lines[at] != piece and out:
            if piece in lines[at]:
                return []  # of which another piece is left out, too
            apart = apart or bool(lines[at])
            at += 1
        if not 0 <= at < len(lines) or lines[at] != piece:
            return []
        if apart:
            out.append(replace(omission, text=piece, origin=replace(omission.origin, line=at + 1)))
        else:
            out[-1] = replace(out[-1], text=f"{out[-1].text}\n{piece}")
        at, apart = at + 1, False
    return out


class _Passage(NamedTuple):
    """The lines of a text in which an omission is looked for, from the one that it names on; blank ones are skipped."""

    text: str
    numbers: list[int]  # of the lines, counted from 0
    starts: list[int]  # where each line begins in `text`
    first: int  # characters of the line that the omission names; the next one's where it is blank

    def line(self, at: int) -> int:
        """The number, counted from 1, of the line in which a character stands."""
        return self.numbers[bisect_right(self.starts, at) - 1] + 1


def _word_by_word(omission: Omission, lines: Sequence[str]) -> list[Omission]:
    """An omission with the signs around its words, each piece of it that nothing parts for itself; else []."""
    wanted = WORD.findall(omission.text)
    passage = _passage(omission, lines, len(wanted))
    there = _Words(passage.text)
    head = omission.text.split("\n", 1)[0]
    begins = (
        [0]
        if _is_line(wanted, there.words, passage.first)
        else _starts(wanted[:FIRST_WORDS], there.words, passage.text, head)
    )
    tries = (there.places(wanted, at, skip) for at in dict.fromkeys(begins) for skip in (True, False))
    places, _ = max(tries, key=lambda tried: tried[1])  # where most of the words are found; the first of equals
    if not places:
        return []
    before = omission.text[: len(omission.text) - len(omission.text.lstrip(SIGNS))]
    behind = omission.text[len(omission.text.rstrip(SIGNS)) :]
    places[0] = (_reach_back(passage.text, places[0][0], before), places[0][1])
    places[-1] = (places[-1][0], _reach_on(passage.text, places[-1][1], behind))
    source = omission.origin.source
    return [
        replace(omission, text=passage.text[start:end], origin=Origin(source, passage.line(start)))
        for start, end in places
    ]


def _passage(omission: Omission, lines: Sequence[str], words: int) -> _Passage:
    """The passage in which an omission of so many words is looked for."""
    first = max(0, omission.origin.line - 1)
    numbers = [n for n in range(first, min(len(lines), first + words + LINES_AHEAD)) if lines[n]]
    starts = list(accumulate((len(lines[n]) + 1 for n in numbers), initial=0))
    size = len(lines[first]) if first < len(lines) else 0
    return _Passage("\n".join(lines[n] for n in numbers), numbers, starts, size)


def _is_line(wanted: Sequence[str], there: Sequence[_Word], size: int) -> bool:
    """Whether these words are those of a line of this size, with which the text begins, but for words in its tags."""
    on_line = [w.text for w in takewhile(lambda w: w.end <= size, there)]
    plain = [w.text for w in takewhile(lambda w: w.end <= size, there) if not w.tag]
    if not wanted:
        return False
    return plain == wanted or (not Counter(plain) - Counter(wanted) and not Counter(wanted) - Counter(on_line))


def _reach_back(text: str, start: int, signs: str) -> int:
    """Where the signs begin that stand right before a place."""
    while start and text[start - 1] in signs:
        start -= 1
    return start


def _reach_on(text: str, end: int, signs: str) -> int:
    """Where the signs end that stand right behind a place."""
    while end < len(text) and text[end] in signs:
        end += 1
    return end


class _Words:
    """The words of a piece of a text, those that stand in tags marked."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self.words: list[_Word] = []
        self.numbered: dict[str, list[int]] = {}
        notes = tuple(comments(whole))
        tags = deque(sorted((*notes, *_signs_by_name(whole), *(m.span() for m in TAG.finditer(whole)))))
        remarks = deque(notes)
        for m in WORD.finditer(whole):
            while tags and tags[0][1] <= m.start():
                tags.popleft()
            self.numbered.setdefault(m[0], []).append(len(self.words))
            while remarks and remarks[0][1] <= m.start():
                remarks.popleft()
            in_tag, in_comment = (bool(spans) and spans[0][0] < m.start() for spans in (tags, remarks))
            self.words.append(_Word(m[0], m.start(), m.end(), in_tag, in_comment))
        total = len(self.words)
        self.plain = [total] * (total + 1)  # the next word from here on that stands in no tag
        for k in range(total - 1, -1, -1):
            self.plain[k] = self.plain[k + 1] if self.words[k].tag else k

    def places(self, wanted: Sequence[str], at: int, skip: bool) -> tuple[list[tuple[int, int]], int]:
        """Where these words stand, one after the other, from the word `at` on: (start, end) of what nothing parts; and
        how many of them do. `skip`: what stands in tags is rather passed over."""
        spans: list[tuple[int, int]] = []
        count = 0
        for word in wanted:
            numbers = (
                (skip and _outside(word, self.words, self.plain, at))
                or _next(word, self.words, at, comments=not skip)
                or _far(word, self.numbered, at)
            )
            count += bool(numbers)
            for k in numbers:
                at, part = k + 1, self.words[k]
                if spans and not _has_word(self.whole[spans[-1][1] : part.start]):
                    spans[-1] = (spans[-1][0], part.end)
                else:
                    spans.append((part.start, part.end))
        return spans, count


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, unescape(text) if "&" in text else text))


def _signs_by_name(text: str) -> Iterator[tuple[int, int]]:
    """Where character references stand that mean no letter: their names (`lt`) are none of the text's words."""
    for m in REFERENCE.finditer(text):
        if not any(map(str.isalnum, unescape(m[0]))):
            yield m.span()


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments of markup begin and end."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end)


def _starts(first: Sequence[str], there: Sequence[_Word], whole: str, head: str) -> list[int]:
    """Where the first words may be meant to stand together, but for tags between them: where the `head` stands sign by
    sign, for a part of a long block may be far from the block's line; at the first such place, or at the line."""
    lead = next((n for n, sign in enumerate(head) if sign.isalnum()), 0)
    fitting = [k for k in range(len(there)) if _stand_at(k, first, there)]
    verbatim = next((k for k in fitting if whole.startswith(head, max(0, there[k].start - lead))), None)
    nearest = fitting[0] if fitting else 0
    if verbatim is None or (
        nearest == 0 and len(first) == FIRST_WORDS
    ):  # so many words on its own line are those that it means
        return [nearest] if verbatim is None else [nearest, verbatim]
    return [verbatim, nearest]


def _stand_at(k: int, first: Sequence[str], there: Sequence[_Word]) -> bool:
    at = k
    for word in first:
        while k < at < min(len(there), k + WORDS_AHEAD) and there[at].tag and there[at].text != word:
            at += 1
        if at >= len(there) or there[at].text != word:
            return False
        at += 1
    return True


def _outside(word: str, there: Sequence[_Word], plain: Sequence[int], at: int) -> list[int]:
    """The next word that stands in no tag, if it is this one, a tag stands before it, and it doesn't begin the tag."""
    if at < len(there) and there[at].text == word:
        return [at]
    k = plain[min(at, len(there))]
    return [k] if at < k < len(there) and there[k].text == word else []


def _next(word: str, there: Sequence[_Word], at: int, *, comments: bool) -> list[int]:
    """Where a word stands next, whole or in parts: between those nothing may stand but tags, of which a part may be one
    only where there is no other way. `comments`: it may stand in one."""
    for begin in range(at, min(len(there), at + WORDS_AHEAD)):
        if there[begin].comment and not comments and begin > at:
            continue
        if parts := _parted(word, there, begin, tags=False) or _parted(word, there, begin, tags=True):
            return parts
    return []


def _parted(word: str, there: Sequence[_Word], begin: int, *, tags: bool) -> list[int]:
    """The parts of which a word is put together from here on. `tags`: what stands in tags may be a part."""
    joined, parts = "", list[int]()
    for k in range(begin, min(len(there), begin + WORD_PARTS)):
        part = there[k]
        if word.startswith(joined + part.text) and (tags or not part.tag):
            joined += part.text
            parts.append(k)
        elif not parts or not part.tag:
            break
        if joined == word:
            return parts
    return []


def _far(word: str, numbered: Mapping[str, Sequence[int]], at: int) -> list[int]:
    """Where a word stands next that is farther off: a line between was named for itself."""
    places = numbered.get(word, ())
    return list(places[(k := bisect_left(places, at)) : k + 1])
