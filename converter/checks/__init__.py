"""What looks wrong in a finished reading and was not changed: numbers, chapters, quotes, sentences, words.

Each check yields findings with an address; none of them alters the book. They look at the book after all passes, so
what they find is what a reader would find.

In comes a `Book`, out come `Finding` values. There is one file, this one, and `check_book` calls every check. A new
check is a function here; what it tells is a class in `document/findings/`.

It knows the model alone: not the file the story came from, nor how it will be written. Whether words were lost is no
check but a proof (`proof/`), and heaps of one doubt are told as one by `reports/heaps.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import eq
from typing import TYPE_CHECKING

from converter.document.findings.chapters import (
    ChapterEmpty,
    ChapterMissing,
    ChapterNone,
    ChapterOrder,
    ChapterRepeated,
    ChapterTwice,
)
from converter.document.findings.words import (
    NameMixed,
    QuotesUnbalanced,
    SentenceBroken,
    SpaceStray,
    TextScrambled,
    WordDoubled,
)
from converter.document.model import Block, Book, Chapter, Origin, Paragraph
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.walk import Unit, chapter_name, chapter_units, plain_text, word_count
from converter.recognisers.vocabulary import listed_words

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

FEW_WORDS_TO_COMPARE = 40  # shorter chapters ("Intermission.") may well be alike
LONG_WITHOUT_CHAPTERS = 20_000  # words; the longest chapter of 18 measured novels, plays and novellas has 9,950
DOUBLED = regex(r"\b([^\W\d_]{2,}) \1\b(?![’'\-–—])")
MAY_DOUBLE = frozenset(
    listed_words("doubled", "on_purpose")
)  # words people double on purpose or by grammar ("had had", "no no")
NAME = regex(r" ([A-ZÀ-ÖØ-Þ]\w{4,})")  # five letters or more: shorter words have too many neighbours
PUNCTUATION = ".,;:!?…—–-\"'“”‘’()[]*_"
FREQUENT_NAME, RARE_NAME = 8, 2  # a slip is rare beside the name it is a slip of
STRAY = regex(r" [,.;](?= |$)")  # French sets a no-break space before ";", which is none
SAID_BY = regex(r"[\w.'-]{1,24}: ")  # a line of a chat: "moth_03: is it on?"
UNFINISHED = regex(r"[^\W\d_]{2},?$")
PRIVATE = regex("[\ue000-\uf8ff]")
FEW_PRIVATE = 10  # of such signs in a story: fewer may be a drawn heart, a logo
QUOTED = 30  # characters of each side of a broken sentence
CLOSERS = "”’\"')]»"


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter as the checks see it: its units are collected once for all of them."""

    chapter: Chapter
    units: tuple[Unit, ...]


def check_book(book: Book) -> Iterator[Finding]:
    """Everything the checks find, in a fixed order; the chapter list first, for a wrong one spoils everything else."""
    texts = [ChapterText(chapter, tuple(chapter_units(chapter))) for _, chapter in book.walk()]
    yield from numbers(book)
    yield from chapters(texts)
    yield from broken_sentences(texts)
    yield from slips_in_paragraphs(texts, book.metadata.language)
    yield from scrambled_letters(texts)
    yield from mixed_names(texts)


# ------------------------------------------------------------------------------------------------- chapters


def numbers(book: Book) -> Iterator[Finding]:
    """Chapters missing, repeated or out of order, by the numbers in their headings; parts may begin at 1 again."""
    groups: list[tuple[Chapter, ...]] = [book.chapters, *(c.children for _, c in book.walk() if c.children)]
    before = 0  # some works number their chapters through all parts
    for group in groups:
        last: dict[str, int] = {}
        for chapter in group:
            if chapter.number is None or re.search(rf"\b{chapter.number}[.,]\d", plain_text(chapter.label)):
                continue  # "Chapter 10.5" stands between two others
            number, kind = chapter.number, chapter.kind
            previous = last.get(kind)
            if previous is None:
                if kind == "chapter" and number > 1 and number != before + 1:
                    yield ChapterMissing(None, number, chapter_name(chapter), chapter.origin)
            elif number == previous:
                yield ChapterRepeated(number, chapter_name(chapter), chapter.origin)
            elif number < previous and number != 1:
                yield ChapterOrder(previous, number, chapter_name(chapter), chapter.origin)
            elif number > previous + 1:
                yield ChapterMissing(previous, number, chapter_name(chapter), chapter.origin)
            last[kind] = number
            if kind == "chapter":
                before = number


def chapters(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Empty chapters, chapters that are there twice, and so many words in one that headings must have been missed."""
    seen: dict[str, str] = {}
    for one in texts:
        chapter, name = one.chapter, chapter_name(one.chapter)
        text = "\n".join(u.text for u in one.units if u.kind not in ("label", "title"))
        spaces = text.count(" ")
        if not chapter.children and not chapter.blocks:
            yield ChapterEmpty(name, chapter.origin)
        elif spaces >= FEW_WORDS_TO_COMPARE:
            if text in seen:
                yield ChapterTwice(name, seen[text], chapter.origin)
            seen.setdefault(text, name)
        if len(text) > LONG_WITHOUT_CHAPTERS and (words := word_count(text)) > LONG_WITHOUT_CHAPTERS:
            yield ChapterNone(words, name, chapter.origin)


# ----------------------------------------------------------------------------------------------- paragraphs


def slips_in_paragraphs(texts: Sequence[ChapterText], language: str = "") -> Iterator[Finding]:
    """Doubled words, unbalanced quotes, stray spaces."""
    slips = frozenset(listed_words("doubled", "slips", language.partition("-")[0]))
    for one in texts:
        for unit, following in zip_longest(one.units, one.units[1:]):
            if unit.kind != "paragraph":
                continue
            yield from _doubled(unit, slips)
            yield from _quotes(unit, following if following and following.kind == "paragraph" else None)
            for stray in STRAY.finditer(unit.text):
                if unit.text[stray.start() - 1 : stray.start()].isalpha():
                    yield SpaceStray(stray[0].strip(), _around(unit.text, stray.start()), unit.origin)


def scrambled_letters(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Letters from the private use of a site's font, told once: single ones may be a drawn sign."""
    found = [(unit, len(signs)) for one in texts for unit in one.units if (signs := PRIVATE.findall(unit.text))]
    if sum(count for _, count in found) >= FEW_PRIVATE:
        unit = found[0][0]
        near = _around(unit.text, next(PRIVATE.finditer(unit.text)).start())
        yield TextScrambled(sum(count for _, count in found), near, unit.origin)


def _doubled(unit: Unit, slips: frozenset[str]) -> Iterator[Finding]:
    """`slips` are the only words that are doubled by mistake in a language that says "slowly" as "slow slow"."""
    parts = unit.text.split(" ")
    if not any(map(eq, parts, parts[1:])):
        return
    for pair in DOUBLED.finditer(unit.text):
        if pair[1].lower() in slips or not (slips or pair[1].lower() in MAY_DOUBLE):
            yield WordDoubled(pair[1], _around(unit.text, pair.start()), unit.origin)


def _quotes(unit: Unit, following: Unit | None) -> Iterator[Finding]:
    text = unit.text
    opened = text.count("“")
    closed = text.count("”")
    if opened == closed or not (opened or closed):
        return
    if opened == closed + 1 and following and following.text.lstrip().startswith("“"):
        return  # speech over several paragraphs
    if "„" in text:
        return  # closed by “ in German
    at = text.rindex("“") if opened > closed else text.index("”")
    yield QuotesUnbalanced("not closed" if opened > closed else "not opened", _around(text, at), unit.origin)


def broken_sentences(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """A paragraph that stops in mid-sentence before one that begins with a small letter."""
    for one in texts:
        before: Block | None = None
        for block in one.chapter.blocks:
            if isinstance(before, Paragraph) and isinstance(block, Paragraph) and not (before.role or block.role):
                first, second = plain_text(before.content).rstrip(), plain_text(block.content).lstrip(CLOSERS + "“‘ ")
                if second[:1].islower() and UNFINISHED.search(first) and not SAID_BY.match(second):
                    origin: Origin | None = block.origin
                    yield SentenceBroken(first[-QUOTED:], second[:QUOTED], origin)
            before = block


# ------------------------------------------------------------------------------------------------------ names


def mixed_names(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Names spelt in two ways: a rare spelling one letter away from a frequent one ("Katherine", "Kathrine")."""
    capital: Counter[str] = Counter()
    vocabulary: set[str] = set()
    where: dict[str, tuple[Unit, int]] = {}
    for one in texts:
        for unit in one.units:
            vocabulary.update(unit.text.split())
            for name in NAME.finditer(unit.text):
                if unit.text[name.start() - 1 : name.start()].islower():  # inside a sentence
                    capital[name[1]] += 1
                    where.setdefault(name[1], (unit, name.start()))
    small = {w.strip(PUNCTUATION) for w in vocabulary if w[:1].islower()}
    known = [w for w in capital if w.lower() not in small]
    frequent: dict[str, set[str]] = {}
    for word in known:
        if capital[word] >= FREQUENT_NAME:
            for key in _shortened(word):
                frequent.setdefault(key, set()).add(word)
    for word in known:
        if capital[word] > RARE_NAME:
            continue
        near = {w for key in _shortened(word) for w in frequent.get(key, ()) if _one_letter(word, w)}
        for other in sorted(near, key=lambda w: (-capital[w], w))[:1]:
            unit, at = where[word]
            yield NameMixed(word, capital[word], other, capital[other], _around(unit.text, at), unit.origin)


def _shortened(word: str) -> set[str]:
    """The word and all that is left when one letter is taken out: two words one letter apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_letter(a: str, b: str) -> bool:
    """One letter more, less or another; an ending in s is a plural or a genitive and no other spelling."""
    if a == b or a + "s" == b or b + "s" == a:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
    return len(b) == len(a) + 1 and a[at:] == b[at + 1 :]


def _around(text: str, at: int) -> str:
    """The words around a place, as a message quotes them."""
    return " ".join(text[max(0, at - 20) : at + 25].split())
