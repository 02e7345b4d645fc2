"""Words and sentences: doubled, broken off, in two spellings, with quotes that don't pair or signs nobody can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import eq
from typing import TYPE_CHECKING

from converter.checks.chapter_text import ChapterText
from converter.document.far_letters import has_far_letters
from converter.document.findings.words import (
    NameMixed,
    QuotesUnbalanced,
    SentenceBroken,
    SpaceStray,
    TextScrambled,
    WordDoubled,
)
from converter.document.model import Block, Origin, Paragraph
from converter.document.patterns import regex
from converter.document.text_units import Unit
from converter.document.words import plain_text, whole_words
from converter.recognisers.vocabulary import listed_words

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

DOUBLED = regex(r"\b([^\W\d_]{2,}) \1\b(?![’'\-–—])")
MAY_DOUBLE = frozenset(listed_words("doubled", "on_purpose"))  # on purpose or by grammar ("had had", "no no")
NAME = regex(r" ([A-ZÀ-ÖØ-Þ]\w{4,})")  # five letters or more: shorter words have too many neighbours
PUNCTUATION = ".,;:!?…—–-\"'“”‘’()[]*_"
FREQUENT_NAME, RARE_NAME = 8, 2  # a slip is rare beside the name it is a slip of
STRAY = regex(r" [,.;](?= |$)")  # French sets a no-break space before ";", which is none
SAID_BY = regex(r"[\w.'-]{1,24}: ")  # a line of a chat: "moth_03: is it on?"
UNFINISHED = regex(r"[^\W\d_]{2},?$")
PRIVATE = regex("[\ue000-\uf8ff]", needs=has_far_letters)
FEW_PRIVATE = 10  # of such signs in a story: fewer may be a drawn heart, a logo
QUOTED = 30  # characters of each side of a broken sentence
OPENED = regex(r"(?<![^\s(–—-])”(?=\w)")  # a mark that closes, where one opens
INSIDE = regex(r"(?<=[^\W\d_])”(?=[^\W\d_])")  # the sign of an abbreviation, in Hebrew
CLOSERS = "”’\"')]»"


def slips_in_paragraphs(texts: Sequence[ChapterText], language: str = "") -> Iterator[Finding]:
    """Doubled words, unbalanced quotes, stray spaces."""
    slips = frozenset(listed_words("doubled", "slips", language.partition("-")[0]))
    both = _opens_and_closes(texts)
    for one in texts:
        for unit, following in zip_longest(one.units, one.units[1:]):
            if unit.kind != "paragraph":
                continue
            yield from _doubled(unit, slips)
            quotes = _marks_of_a_kind if both else _quotes
            yield from quotes(unit, following if following and following.kind == "paragraph" else None)
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


def _opens_and_closes(texts: Sequence[ChapterText]) -> bool:
    """Whether a book sets one mark on both sides of what is said, as Hebrew, Swedish and Finnish do: ”So?” she said."""
    said = [unit.text for one in texts for unit in one.units if unit.kind == "paragraph"]
    return sum(len(OPENED.findall(text)) for text in said) > 1 and not any("“" in text for text in said)


def _marks_of_a_kind(unit: Unit, following: Unit | None) -> Iterator[Finding]:
    """What doesn't pair in a paragraph where ” opens what is said, and closes it."""
    marks = unit.text.count("”") - len(INSIDE.findall(unit.text))
    if marks % 2 and not (following and following.text.lstrip().startswith("”")):
        yield QuotesUnbalanced("not closed", _around(unit.text, unit.text.rindex("”")), unit.origin)


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
                    yield SentenceBroken(whole_words(first, -QUOTED), whole_words(second, 0, QUOTED), origin)
            before = block


def mixed_names(texts: Sequence[ChapterText]) -> Iterator[Finding]:
    """Names spelt in two ways: a rare spelling one letter away from a frequent one ("Katherine", "Kathrine")."""
    capital: Counter[str] = Counter()
    where: dict[str, tuple[Unit, int]] = {}
    for one in texts:
        for unit in one.units:
            for name in NAME.finditer(unit.text):
                if unit.text[name.start() - 1 : name.start()].islower():  # inside a sentence
                    capital[name[1]] += 1
                    where.setdefault(name[1], (unit, name.start()))
    alike = _alike(capital)
    small = _small_words(texts) if alike else set()
    for word, near in alike.items():
        known = [w for w in near if w.lower() not in small] if word.lower() not in small else []
        for other in sorted(known, key=lambda w: (-capital[w], w))[:1]:
            unit, at = where[word]
            yield NameMixed(word, capital[word], other, capital[other], _around(unit.text, at), unit.origin)


def _alike(capital: Counter[str]) -> dict[str, set[str]]:
    """The rare words among these, each with the frequent ones that are one letter away; those that have none are not
    in it."""
    frequent: dict[str, set[str]] = {}
    for word, times in capital.items():
        if times >= FREQUENT_NAME:
            for key in _shortened(word):
                frequent.setdefault(key, set()).add(word)
    alike: dict[str, set[str]] = {}
    for word, times in capital.items():
        if times <= RARE_NAME and frequent:
            near = {w for key in _shortened(word) for w in frequent.get(key, ()) if _one_letter(word, w)}
            if near:
                alike[word] = near
    return alike


def _small_words(texts: Sequence[ChapterText]) -> set[str]:
    """The words that stand in small letters anywhere in a story."""
    words: set[str] = set()
    for one in texts:
        for unit in one.units:
            words.update(unit.text.split())
    return {w.strip(PUNCTUATION) for w in words if w[:1].islower()}


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
    return whole_words(text, max(0, at - 20), at + 25)
