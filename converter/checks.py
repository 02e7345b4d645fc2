"""What looks wrong in a finished reading and was not changed: numbers, chapters, quotes, sentences, words.

Each check yields diagnostics with an address; none of them alters the book. They look at the book after all passes, so
what they find is what a reader would find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from converter.contracts import Check, Diagnostic
from converter.model import Block, Book, Chapter, Origin, Paragraph
from converter.walk import Unit, chapter_name, chapter_text, chapter_units, plain_text

FEW_WORDS_TO_COMPARE = 40  # shorter chapters ("Intermission.") may well be alike
LONG_WITHOUT_CHAPTERS = 30_000  # words; a novella is 17,500 to 40,000, longer stories nearly always have chapters
DOUBLED = re.compile(r"\b([^\W\d_]{2,}) \1\b(?![’'\-–—])")
MAY_DOUBLE = frozenset(
    "had that no so very ha he ho bye now there here well out come go knock tick drip tap hush please never more many "
    "far long over again and round up down on in hip chop sie die das der nous vous si non wait yes her".split()
)  # words people double on purpose or by grammar ("had had", "no no")
NAME = re.compile(r"(?<=[^\W\d_A-Z] )([A-ZÀ-ÖØ-Þ][^\W\d_]{4,})\b")  # inside a sentence, five letters or more
SMALL = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]{4,}\b")
OFTEN, SELDOM = 8, 2  # a slip is rare beside the name it is a slip of
STRAY = re.compile(
    r"(?<=[^\W\d_]) [,.;](?= |$)"
)  # French sets a space before ; with a no-break space, which is no stray
UNFINISHED = re.compile(r"[^\W\d_]{2,},?$")
CLOSERS = "”’\"')]»"


def check_book(book: Book) -> Iterator[Diagnostic]:
    """Everything the checks find, in a fixed order."""
    for check in CHECKS:
        yield from check(book)


# ------------------------------------------------------------------------------------------------- chapters


def numbers(book: Book) -> Iterator[Diagnostic]:
    """Chapters missing, repeated or out of order, by the numbers in their headings; parts may begin at 1 again."""
    groups: list[tuple[Chapter, ...]] = [book.chapters, *(c.children for _, c in book.walk() if c.children)]
    before = 0  # some works number their chapters through all parts
    for group in groups:
        last: dict[str, int] = {}
        for chapter in group:
            if chapter.number is None:
                continue
            number, kind = chapter.number, chapter.kind
            previous = last.get(kind)
            if previous is None:
                if kind == "chapter" and number > 1 and number != before + 1:
                    yield _number("chapter-missing", f"the first numbered chapter is {number}", chapter)
            elif number == previous:
                yield _number("chapter-repeated", f"there are two chapters numbered {number}", chapter)
            elif number < previous and number != 1:
                yield _number("chapter-order", f"chapter {number} comes after chapter {previous}", chapter)
            elif number == previous + 2:
                yield _number(
                    "chapter-missing", f"no chapter {previous + 1}: {previous} is followed by {number}", chapter
                )
            elif number > previous + 2:
                missing = f"{previous + 1} to {number - 1}"
                yield _number("chapter-missing", f"no chapters {missing}: {previous} is followed by {number}", chapter)
            last[kind] = number
            if kind == "chapter":
                before = number


def _number(code: str, message: str, chapter: Chapter) -> Diagnostic:
    return Diagnostic(code, f"{message} (“{chapter_name(chapter)}”); see `chapbook inspect --why`", chapter.origin)


def chapters(book: Book) -> Iterator[Diagnostic]:
    """Empty chapters, chapters that are there twice, and a long story with none."""
    seen: dict[str, str] = {}
    count = total = 0
    for _, chapter in book.walk():
        count += 1
        text = " ".join(chapter_text(chapter).split())
        body = text.count(" ")
        total += body
        name = chapter_name(chapter)
        if not chapter.children and not chapter.blocks:
            yield Diagnostic("chapter-empty", f"nothing stands in “{name}”", chapter.origin)
        elif body >= FEW_WORDS_TO_COMPARE:
            key = "\n".join(plain_text(b.content) for b in chapter.blocks if isinstance(b, Paragraph))
            if key and key in seen:
                yield Diagnostic("chapter-twice", f"“{name}” has the same text as “{seen[key]}”", chapter.origin)
            seen.setdefault(key, name)
    if count == 1 and total > LONG_WITHOUT_CHAPTERS:
        message = f"no chapters were found in {total:,} words; say how they begin with --chapter REGEX"
        yield Diagnostic("chapter-none", message)


# ----------------------------------------------------------------------------------------------- paragraphs


def paragraphs(book: Book) -> Iterator[Diagnostic]:
    """Doubled words, unbalanced quotes, stray spaces."""
    for _, chapter in book.walk():
        units = chapter_units(chapter)
        for i, unit in enumerate(units):
            if unit.kind == "paragraph":
                following = units[i + 1] if i + 1 < len(units) and units[i + 1].kind == "paragraph" else None
                yield from _doubled(unit)
                yield from _quotes(unit, following)
                for stray in STRAY.finditer(unit.text):
                    yield Diagnostic(
                        "space-stray",
                        f"a space before {stray[0].strip()!r} {_around(unit.text, stray.start())}",
                        unit.origin,
                    )


def _doubled(unit: Unit) -> Iterator[Diagnostic]:
    for found in DOUBLED.finditer(unit.text):
        if found[1].lower() not in MAY_DOUBLE:
            yield Diagnostic(
                "word-doubled", f"“{found[1]} {found[1]}” {_around(unit.text, found.start())}", unit.origin
            )


def _quotes(unit: Unit, following: Unit | None) -> Iterator[Diagnostic]:
    text = unit.text
    opened = text.count("“")
    closed = text.count("”")
    if opened == closed or not (opened or closed):
        return
    if opened == closed + 1 and following and following.text.lstrip().startswith("“"):
        return  # speech over several paragraphs
    if "„" in text:
        return  # closed by “ in German
    what = "a quotation is opened and not closed" if opened > closed else "a quotation is closed and was not opened"
    at = text.rindex("“") if opened > closed else text.index("”")
    yield Diagnostic("quotes-unbalanced", f"{what} {_around(text, at)}", unit.origin)


def broken_sentences(book: Book) -> Iterator[Diagnostic]:
    """A paragraph that stops in mid-sentence before one that begins with a small letter."""
    for _, chapter in book.walk():
        before: Block | None = None
        for block in chapter.blocks:
            if isinstance(before, Paragraph) and isinstance(block, Paragraph) and not (before.role or block.role):
                first, second = plain_text(before.content).rstrip(), plain_text(block.content).lstrip(CLOSERS + "“‘ ")
                if second[:1].islower() and UNFINISHED.search(first):
                    origin: Origin | None = block.origin
                    message = f"a paragraph ends in mid-sentence: “{first[-30:]} | {second[:30]}”"
                    yield Diagnostic("sentence-broken", message, origin)
            before = block


# ------------------------------------------------------------------------------------------------------ names


def names(book: Book) -> Iterator[Diagnostic]:
    """Names spelt in two ways: a rare spelling one letter away from a frequent one ("Katherine", "Kathrine")."""
    capital: Counter[str] = Counter()
    small: set[str] = set()
    where: dict[str, tuple[Origin | None, str]] = {}
    for _, chapter in book.walk():
        for unit in chapter_units(chapter):
            for found in NAME.finditer(unit.text):
                capital[found[1]] += 1
                where.setdefault(found[1], (unit.origin, _around(unit.text, found.start())))
            small.update(SMALL.findall(unit.text))
    known = [w for w in capital if w.lower() not in small]
    frequent: dict[str, set[str]] = {}
    for word in known:
        if capital[word] >= OFTEN:
            for key in _shortened(word):
                frequent.setdefault(key, set()).add(word)
    for word in known:
        if capital[word] > SELDOM:
            continue
        near = {w for key in _shortened(word) for w in frequent.get(key, ()) if _one_letter(word, w)}
        for other in sorted(near, key=lambda w: (-capital[w], w))[:1]:
            origin, context = where[word]
            message = f"“{word}” ({capital[word]} times) beside “{other}” ({capital[other]} times) {context}"
            yield Diagnostic("name-mixed", message, origin)


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
    return f"in “{' '.join(text[max(0, at - 20) : at + 25].split())}”"


CHECKS: tuple[Check, ...] = (
    numbers,  # first: a wrong chapter list spoils everything else
    chapters,
    broken_sentences,
    paragraphs,
    names,
)


def count_words(chapters_of: Iterable[Chapter]) -> int:
    """The words of these chapters, as people count them: by white space."""
    return sum(len(chapter_text(c).split()) for c in chapters_of)
