"""The words of blocks, chapters and books as flat text, and how many there are: for reports, checks and proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from converter.document.far_letters import has_far_letters
from converter.document.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Inlines,
    Note,
    Paragraph,
    Preformatted,
    SceneBreak,
)
from converter.document.patterns import regex
from converter.document.text_units import cites, notes_in
from converter.document.traversal import children, name_of_leaf, text_of, words_of_leaf

AROUND = 24  # characters on either side of a place, enough to find it by eye
WORD = regex(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")

_NUMBER = regex(r"\d{1,4}|[IVXLCDM]{1,8}")

CHARACTER = regex(
    "[\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]", needs=has_far_letters
)


def words(text: str) -> list[str]:
    """The words of a text: letters and digits, with inner apostrophes and hyphens."""
    return WORD.findall(text)


def whole_words(text: str, start: int, end: int | None = None) -> str:
    """The words of a stretch, without those that its ends cut, but for the only one."""
    start, end, _ = slice(start, end).indices(len(text))
    stretch = text[start:end]
    if text[max(0, start - 1) : start].isalnum() and stretch[:1].isalnum():
        stretch = stretch.partition(" ")[2] or stretch
    if stretch[-1:].isalnum() and text[end : end + 1].isalnum():
        stretch = stretch.rpartition(" ")[0] or stretch
    return " ".join(stretch.split())


def around(text: str, start: int, end: int, most: int = AROUND) -> str:
    """A stretch of a text with at most so many characters on either side, in one line, without the words that these
    cut."""
    first, last = max(0, start - most), min(len(text), end + most)
    if 0 < first < start and _is_inner(text[first - 1]) and _is_inner(text[first]):
        first = next((at + 1 for at in range(first, start) if text[at].isspace()), first)
    if end < last < len(text) and _is_inner(text[last - 1]) and _is_inner(text[last]):
        last = next((at - 1 for at in range(last, end, -1) if text[at - 1].isspace()), last)
    return text[first:last].replace("\n", " ")


def _is_inner(sign: str) -> bool:
    """Whether a sign may stand within a word."""
    return sign.isalnum() or sign in "'’-"


def unit_texts(blocks: Blocks, notes: list[Note]) -> Iterator[str]:
    """The texts of the units of these blocks, one by one, without the marks of scene breaks; the notes they cite are
    put in `notes`, unread."""
    return _texts(blocks, notes)


def block_text(block: Block) -> str:
    """All text of a block, units joined by line ends, a note's after the unit that cites it: for reports and proofs."""
    return "\n".join(_texts((block,), None))


def _texts(blocks: Blocks, notes: list[Note] | None) -> Iterator[str]:
    """The units' texts. With a list for `notes`, notes are put there unread and scene-break marks are left out."""
    for block in blocks:
        if isinstance(block, Preformatted):
            yield block.text
        elif isinstance(block, SceneBreak):
            if notes is None:
                yield block.mark
        elif isinstance(block, Paragraph):  # most are
            yield plain_text(block.content)
            if cites(block.content):
                yield from _note_texts(block.content, notes)
        else:
            runs, groups = children(block)
            for run in runs:
                yield plain_text(run.content)
                yield from _note_texts(run.content, notes)
            for group in groups:
                yield from _texts(group, notes)


def _note_texts(content: Inlines, notes: list[Note] | None) -> Iterator[str]:
    for note in notes_in(content):
        if notes is None:
            yield from _texts(note.blocks, None)
        else:
            notes.append(note)


def plain_text(content: Inlines) -> str:
    """Flat text with readings of ruby beside their base and without object marks; notes are not in it."""
    return text_of(content, words_of_leaf)


_NARROW, _CLOSED_COLON = "\u202f", frozenset(["fr-ca", "fr-ch"])
_EAST_ASIAN = "\u2e80"  # from here on CJK, kana, Hangul: no colon of ours between label and title


def chapter_name(chapter: Chapter, *, language: str = "", readings: bool = False) -> str:
    """Label and title on one line, as a contents list shows them: "Chapter IV: The Sea", "4. The Sea", "第一章 灯". May
    be empty. In French the colon between them has its space. Without the `readings` of its signs, unless they are asked
    for."""
    words = words_of_leaf if readings else name_of_leaf
    label, title = text_of(chapter.label, words).strip(), text_of(chapter.title, words).strip()
    label, title = " ".join(label.split()), " ".join(title.split())
    if label and title:
        if label[-1] in ".:!?—–-" or label[-1] >= _EAST_ASIAN:
            return f"{label} {title}"
        if is_number(label):
            return f"{label}. {title}"
        return f"{label}{colon(language)} {title}"
    return label or title


def colon(language: str) -> str:
    """A colon; in French with its space."""
    low = language.lower()
    return f"{_NARROW * (low.partition('-')[0] == 'fr' and low not in _CLOSED_COLON)}:"


def is_number(label: str) -> bool:
    """Whether a label is digits or a Roman numeral, and nothing else."""
    return _NUMBER.fullmatch(label) is not None


def chapter_text(chapter: Chapter) -> str:
    """All text of one chapter without its children: label, title, blocks."""
    return "\n".join(_chapter_texts(chapter))


def _chapter_texts(chapter: Chapter) -> Iterator[str]:
    heads = [Paragraph(c) for c in (chapter.label, chapter.title) if c]
    return _texts((*heads, *chapter.blocks), None)


def chapter_strands(chapter: Chapter) -> tuple[str, tuple[str, ...]]:
    """What a written chapter shows, without its children: the running text, and each note's text in order of citation.

    Notes cited inside notes come last. Marks of scene breaks are in neither (a book shows an ornament).
    """
    notes: list[Note] = []
    heads = [Paragraph(c) for c in (chapter.label, chapter.title) if c]
    running = "\n".join(_texts((*heads, *chapter.blocks), notes))
    return running, tuple("\n".join(_texts(note.blocks, notes)) for note in notes)  # the list grows meanwhile


def book_text(book: Book) -> str:
    """All text of the story in reading order (not its metadata)."""
    return "\n".join(chapter_text(c) for _, c in book.walk())


def count_chapters(book: Book) -> int:
    """How many chapters a book has, parts and those below them included; pages of its front and its back are none,
    unless there is nothing else."""
    kinds = [chapter.kind for _, chapter in book.walk()]
    return sum(kind not in ("front", "back") for kind in kinds) or len(kinds)


def most_in_columns(books: Iterable[Book]) -> bool:
    """Whether more than half of the text of these books together is of such as are set in columns."""
    sizes = [(len(book_text(book)), book.vertical) for book in books]
    return 2 * sum(size for size, vertical in sizes if vertical) > sum(size for size, _ in sizes)


def first_words(book: Book, most: int) -> str:
    """So many words from the story's beginning, in small letters and without any sign."""
    words: list[str] = []
    for _, chapter in book.walk():
        for text in _chapter_texts(chapter):
            words += ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]
            if len(words) >= most:
                return " ".join(words[:most])
    return " ".join(words)


def chapter_keys(book: Book) -> tuple[str, ...]:
    """The key of each chapter in reading order: its kind and its running number within that kind ("chapter-12").

    ASCII, unique, and unchanged for the old chapters when one is added at the end: file names, ids and links (`#KEY`)
    are made from it.
    """
    counts: dict[str, int] = {}
    keys = []
    for _, chapter in book.walk():
        counts[chapter.kind] = counts.get(chapter.kind, 0) + 1
        keys.append(f"{chapter.kind}-{counts[chapter.kind]}")
    return tuple(keys)


def count_words(chapters: Iterable[Chapter]) -> int:
    """The words of these chapters, without their children, as people count them (`word_count`)."""
    return sum(_words_of(list(_chapter_texts(c))) for c in chapters)


def _words_of(texts: Sequence[str]) -> int:
    """The words of several texts, each counted as `word_count` does."""
    whole = "\n".join(texts)
    try:
        whole.encode("cp1252")  # what can be written so has spaces, and is counted at once
    except UnicodeEncodeError:
        return sum(map(word_count, texts))
    return len(whole.split())


def word_count(text: str) -> int:
    """The words of a text: what white space parts; of Chinese and Japanese, which have none, the characters, as word
    processors count them."""
    if text.isascii() or not (characters := len(CHARACTER.findall(text))):
        return len(text.split())
    return characters + len(WORD.findall(CHARACTER.sub(" ", text)))


def text_size(text: str) -> int:
    """About how many words of a language with spaces a text would be: for thresholds, which speak of those. Two
    characters of Chinese or Japanese are one word."""
    if text.isascii() or not (characters := len(CHARACTER.findall(text))):
        return len(text.split())
    return characters // 2 + len(WORD.findall(CHARACTER.sub(" ", text)))
