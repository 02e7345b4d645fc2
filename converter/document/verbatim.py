"""What is left out, quoted as the source has it: a piece of its lines, from the line that is named on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex

WORD = regex(r"[^\W_]+")
# And marks of pages and notes, and the addresses of links in Markdown.
TAG = regex(r"</?[a-zA-Z][^<>]*>|\[[^\[\]]{0,200}\](?:\([^()]{0,300}\))?|\{[^{}]{1,200}\}")
AHEAD = 60  # words between two that follow one another in an omission: a page's foot and head, a few tags
REACH = 2_000  # lines from the one that is named: a long block names its first
GRAM = 4  # words that tell where an omission begins
PARTS = 12  # of a word that line ends and tags part


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    tag: bool  # it stands in one


def quoted(omissions: Iterable[Omission], text: str) -> tuple[Omission, ...]:
    """The omissions, each a verbatim piece of the text's lines: blank lines are skipped, the others joined by "\\n".

    One between whose words something else stands becomes several. One that is nowhere to be found stays as it is.
    """
    lines = [line.strip() for line in text.split("\n")]
    out: list[Omission] = []
    for omission in omissions:
        out.extend([omission] if _stands(omission, lines) else _found(omission, lines) or [omission])
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


def _found(omission: Omission, lines: Sequence[str]) -> list[Omission]:
    wanted = WORD.findall(omission.text)
    first = max(0, omission.origin.line - 1)
    numbers = [n for n in range(first, min(len(lines), first + len(wanted) + REACH)) if lines[n]]
    whole = "\n".join(lines[n] for n in numbers)
    starts = list(accumulate((len(lines[n]) + 1 for n in numbers), initial=0))
    tags = deque(sorted((*comments(whole), *(m.span() for m in TAG.finditer(whole)))))
    there: list[_Word] = []
    for m in WORD.finditer(whole):
        while tags and tags[0][1] <= m.start():
            tags.popleft()
        there.append(_Word(m[0], m.start(), m.end(), bool(tags) and tags[0][0] < m.start()))
    size = len(lines[first]) if first < len(lines) else 0
    on_line = [w.text for w in takewhile(lambda w: w.end <= size, there) if not w.tag]
    at = 0 if on_line == wanted else _start(wanted[:GRAM], there, whole, omission.text.split("\n", 1)[0])
    numbered: dict[str, list[int]] = {}
    for k, one in enumerate(there):
        numbered.setdefault(one.text, []).append(k)
    plain = [len(there)] * (len(there) + 1)  # the next word from here on that stands in no tag
    for k in range(len(there) - 1, -1, -1):
        plain[k] = plain[k + 1] if there[k].tag else k
    places: list[tuple[int, int]] = []  # (start, end) in `whole` of what nothing parts
    for word in wanted:
        for k in _outside(word, there, plain, at) or _next(word, there, at) or _far(word, numbered, at):
            at, part = k + 1, there[k]
            if places and not any(map(str.isalnum, whole[places[-1][1] : part.start])):
                places[-1] = (places[-1][0], part.end)
            else:
                places.append((part.start, part.end))
    lead = omission.text[: len(omission.text) - len(omission.text.lstrip("[]{}()<>*_#&/-–—.:|\"'"))]
    tail = omission.text[len(omission.text.rstrip("[]{}()<>*_#&/-–—.:|\"'")) :]
    out = []
    for k, (begin, stop) in enumerate(places):
        start, end = begin, stop
        while k == 0 and start and whole[start - 1] in lead:
            start -= 1
        while k == len(places) - 1 and end < len(whole) and whole[end] in tail:
            end += 1
        line = numbers[bisect_right(starts, start) - 1] + 1
        out.append(replace(omission, text=whole[start:end], origin=Origin(omission.origin.source, line)))
    return out


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments of markup begin and end."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end)


def _start(first: Sequence[str], there: Sequence[_Word], whole: str, head: str) -> int:
    """Where the first words stand together, but for tags between them: a part of a long block may be far from the
    block's line. If they do so more than once, where the `head` stands sign by sign."""
    lead = next((n for n, sign in enumerate(head) if sign.isalnum()), 0)
    fitting = [k for k in range(len(there)) if _stand_at(k, first, there)]
    verbatim = (k for k in fitting if whole.startswith(head, max(0, there[k].start - lead)))
    return next(verbatim, fitting[0] if fitting else 0)


def _stand_at(k: int, first: Sequence[str], there: Sequence[_Word]) -> bool:
    at = k
    for word in first:
        while k < at < min(len(there), k + AHEAD) and there[at].tag and there[at].text != word:
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


def _next(word: str, there: Sequence[_Word], at: int) -> list[int]:
    """Where a word stands next, whole or in parts: between those nothing may stand but tags."""
    for begin in range(at, min(len(there), at + AHEAD)):
        found, parts, k = "", list[int](), begin
        while k < min(len(there), begin + PARTS):
            part = there[k]
            if word.startswith(found + part.text):
                found += part.text
                parts.append(k)
            elif not parts or not part.tag:
                break
            if found == word:
                return parts
            k += 1
    return []


def _far(word: str, numbered: Mapping[str, Sequence[int]], at: int) -> list[int]:
    """Where a word stands next that is farther off: a line between was named for itself."""
    places = numbered.get(word, ())
    return list(places[(k := bisect_left(places, at)) : k + 1])
