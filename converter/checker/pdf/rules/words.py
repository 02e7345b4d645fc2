"""Words that a line's end breaks without a hyphen, at any letter: what an engine does where nothing else fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from converter.checker.pdf.flaws import PdfFlaw, pdf_flaw, quoted
from converter.checker.pdf.frame import Leaf
from converter.checker.pdf.lines import Cell, Line
from converter.document.patterns import regex

LETTERS = regex(r"[^\W\d_]+")
LONG = 15  # letters: a line of one word so long that goes on in lower case is a broken word
LEAST = 4  # letters of a word
BELOW = 2.2  # times the type size: the next line of a cell or a heading is not further down
ROWS = 3  # of a table, that may stand between two lines of one cell
SAME_SIZE = 1.1
ALIGNED = 1.5  # points: edges or middles of two lines that belong together


def broken_words(leaves: Sequence[Leaf], titles: Iterable[str]) -> Iterator[PdfFlaw]:
    """The words that end a line with no hyphen and go on in the next; `titles`: of the outline, which are whole.

    No language is known here: a word is one when the book has it whole elsewhere, and its first half nowhere; or when
    it alone fills a line, is long, and goes on in lower case.
    """
    whole, inner = _vocabulary(leaves, titles)
    for leaf in leaves:
        for one, below in _pairs(leaf.lines):
            first, rest = _halves(one.text, below.text)
            if not first or len(first) + len(rest) < LEAST or one.right - one.left < below.size:
                continue
            half, word = first.casefold(), f"{first}{rest}".casefold()
            fills = len(first) >= LONG and first == one.text.strip("“”\"'«»„‘’ ") and rest.islower()
            if half not in inner and (word in whole or (fills and rest.casefold() not in inner)):
                said = f"a word is broken without a hyphen: {quoted(first)} {quoted(rest)}"
                yield pdf_flaw(leaf.number, "word-broken", said)


def _vocabulary(leaves: Sequence[Leaf], titles: Iterable[str]) -> tuple[set[str], set[str]]:
    """The words of the book; and those that stand within lines, where none is cut."""
    whole: set[str] = set()
    inner: set[str] = set()
    texts = (cell.text for leaf in leaves for line in leaf.lines for cell in line.cells)
    for text in chain(texts, (f". {title} ." for title in titles)):
        words = LETTERS.findall(text.casefold())
        whole.update(words)
        inner.update(words[1:-1])
    return whole, inner


def _pairs(lines: Sequence[Line]) -> Iterator[tuple[Cell, Cell]]:
    """Lines, or lines of cells, of which the second goes on under the first."""
    for i, line in enumerate(lines):
        for one in line.cells:
            for other in lines[i + 1 : i + 1 + ROWS]:
                near = other.y - line.y < BELOW * max(line.size, other.size)
                if not near or max(line.size, other.size) > SAME_SIZE * min(line.size, other.size):
                    break
                below = next((cell for cell in other.cells if _aligned(one, cell)), None)
                if below is not None:
                    yield one, below
                    break


def _aligned(one: Cell, other: Cell) -> bool:
    middles = (one.left + one.right) / 2, (other.left + other.right) / 2
    return any(
        abs(a - b) < ALIGNED for a, b in ((one.left, other.left), (one.right, other.right), middles)
    )  # a heading in the middle, or a cell


def _halves(first: str, second: str) -> tuple[str, str]:
    """The letters at the end of a line and those at the beginning of the next, where they may be one word."""
    ends, begins = LETTERS.findall(first[-60:]), LETTERS.findall(second[:60])
    if not (ends and begins and first.endswith(ends[-1]) and second.startswith(begins[0])):
        return "", ""
    capitals = len(ends[-1]) > 1 and ends[-1].isupper() and begins[0].isupper()
    return (ends[-1], begins[0]) if begins[0].islower() or capitals else ("", "")
