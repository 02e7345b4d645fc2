"""Source against model: every word of the source is in the book or in an omission."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import compress, pairwise

from converter.alignment import gaps, letters, pieces
from converter.contracts import Diagnostic, Omission
from converter.errors import ProofError
from converter.model import Book
from converter.walk import book_text

NEAR = 60  # words from the beginning of its line in which an omission begins
SHOWN = 12  # words of a loss that a message quotes


def prove_reading(visible: str, omissions: Sequence[Omission], book: Book) -> tuple[Diagnostic, ...]:
    """Every word of the source is in the book or in an omission; words found elsewhere and words too many are reported.

    Raises ProofError with the first lost words and what stands before them.
    """
    source, begins = _source_words(visible, omissions)
    model = pieces(book_text(book))
    if source == model:
        return ()
    whole, all_omissions = source, omissions
    source, omissions = _without_placed(source, begins, omissions)
    lost, moved, added = _compared(source, omissions, model)
    if lost and (again := _compared(*_in_turn(whole, all_omissions), model)) and not again[0]:
        lost, moved, added = again
    if (lost or added) and _balanced(whole, all_omissions, model):
        lost, moved, added = [], moved + len(lost), []
    if lost:
        at = lost[0][0]
        run = first_run(lost)
        before = " ".join(source[max(0, at - 6) : at])
        where = f"after “{before}”" if before else "at the beginning"
        raise ProofError(
            f"{len(lost)} {'word' if len(lost) == 1 else 'words'} would be lost: “{run}” ({where})",
            remedy="this is a fault of the program; please report it with the story",
        )
    out = []
    if moved:
        out.append(
            Diagnostic("proof-moved", f"{moved} words stand at another place than in the source", severity="info")
        )
    if added:
        run = " ".join(added[:SHOWN])
        message = f"{len(added)} words are in the book that the source doesn't have: “{run}”"
        out.append(Diagnostic("proof-added", message, severity="warning"))
    return tuple(out)


def _compared(
    source: list[str], omissions: Sequence[Omission], model: list[str]
) -> tuple[list[tuple[int, str]], int, list[str]]:
    """(words lost and where, how many stand elsewhere, words too many)."""
    spare = _Spare(omissions)
    lost: list[tuple[int, str]] = []
    added: list[str] = []
    for gap in gaps(source, model):
        lost.extend(spare.unexplained(source, gap.start, gap.end))
        added.extend(model[gap.other : gap.other_end])
    return moved_words(lost, added)


def _balanced(source: list[str], omissions: Sequence[Omission], model: list[str]) -> bool:
    """Whether the book and the omissions have just the letters of the source, each as often: then nothing is lost, and
    what reads otherwise is how words were joined, or which of several equal words was left out."""
    told = [word for o in omissions for word in pieces(o.text)]
    return Counter(letters(source)) == Counter(letters(model)) + Counter(letters(told))


def _in_turn(source: list[str], omissions: Sequence[Omission]) -> tuple[list[str], list[Omission]]:
    """The source's words without the omissions, each taken where it first stands after the one before it; and the
    others. For pages whose omissions stand far from the lines they name, where what is left out reads like the story.
    """
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        places.setdefault(word, []).append(at)
    kept = bytearray(b"\1" * len(source))
    left: list[Omission] = []
    after = 0
    for omission in omissions:
        words = pieces(omission.text)
        if not words:
            continue
        begins = places.get(words[0], [])
        size = len(words)
        turn = bisect_left(begins, after)
        for at in (*begins[turn:], *begins[:turn]):
            if source[at : at + size] == words and all(kept[at : at + size]):
                kept[at : at + size] = bytes(size)
                after = at + size
                break
        else:
            left.append(omission)
    return list(compress(source, kept)), left


def _source_words(visible: str, omissions: Sequence[Omission]) -> tuple[list[str], dict[int, int]]:
    """The source's words, and for each line that an omission names the number of words before it."""
    source: list[str] = []
    begins: dict[int, int] = {}
    lines = visible.split("\n")
    done = 0
    for number in sorted({o.origin.line for o in omissions if 0 < o.origin.line <= len(lines)}):
        source += pieces("\n".join(lines[done : number - 1]))
        begins[number] = len(source)
        done = number - 1
    source += pieces("\n".join(lines[done:]))
    return source, begins


def _without_placed(
    source: list[str], begins: dict[int, int], omissions: Sequence[Omission]
) -> tuple[list[str], Sequence[Omission]]:
    """The source's words without the omissions that stand, word for word, at the line they name; and the others."""
    if not omissions:
        return source, omissions
    kept = bytearray(b"\1" * len(source))
    left: list[Omission] = []
    for omission in omissions:
        words = pieces(omission.text)
        at = begins.get(omission.origin.line, len(source))
        place = _find(words, source, at, kept) if words else None
        if place is None:
            left.append(omission)
        else:
            kept[place : place + len(words)] = bytes(len(words))
    return list(compress(source, kept)), left


def _find(words: list[str], source: list[str], start: int, kept: bytearray) -> int | None:
    size = len(words)
    for at in range(start, min(start + NEAR, len(source))):
        if source[at : at + size] == words and all(kept[at : at + size]):
            return at
    return None


class _Spare:
    """The omissions not used yet, found by their first word."""

    def __init__(self, omissions: Sequence[Omission]) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        for omission in omissions:
            if words := pieces(omission.text):
                self.by_first.setdefault(words[0], []).append(words)
        self.loose = Counter(w for many in self.by_first.values() for words in many for w in words)

    def unexplained(self, source: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
        """The words of this run that no omission holds.

        An alignment may cut a run late when the omitted words and the kept ones begin alike, so a run is also tried
        as it stands some words earlier.
        """
        shift = 0
        while not self._begins(source, start - shift, end - shift):
            if shift >= end - start or start - shift <= 0 or source[start - shift - 1] != source[end - shift - 1]:
                shift = 0
                break
            shift += 1
        at, end = start - shift, end - shift
        rest: list[tuple[int, str]] = []
        while at < end:
            used = self._begins(source, at, end)
            if used:
                self.by_first[used[0]].remove(used)
                self.loose.subtract(used)
                at += len(used)
            else:
                rest.append((at, source[at]))
                at += 1
        return self._by_word(rest)

    def _begins(self, source: Sequence[str], at: int, end: int) -> list[str] | None:
        best: list[str] | None = None
        for words in self.by_first.get(source[at], ()) if at < end else ():
            if (
                source[at : at + len(words)] == words
                and at + len(words) <= end
                and (best is None or len(words) > len(best))
            ):
                best = words
        return best

    def _by_word(self, rest: list[tuple[int, str]]) -> list[tuple[int, str]]:
        out = []
        for at, word in rest:
            if self.loose[word] > 0:
                self.loose[word] -= 1
            else:
                out.append((at, word))
        return [] if out and self._rejoined(out) else out

    def _rejoined(self, out: list[tuple[int, str]]) -> bool:
        """Whether these words are a word, or the whole, of an omission not used yet, parted otherwise ("1 st",
        "1st")."""
        wanted = letters(w for _, w in out)
        for word, left in self.loose.items():
            if left > 0 and letters((word,)) == wanted:
                self.loose[word] -= 1
                return True
        for many in self.by_first.values():
            for words in many:
                if letters(words) == wanted:
                    many.remove(words)
                    return True
        return False


def moved_words(lost: list[tuple[int, str]], added: list[str]) -> tuple[list[tuple[int, str]], int, list[str]]:
    """Lost words that were added elsewhere, taken off both lists."""
    spare = Counter(letters((w,)) for w in added)
    rest = []
    moved = 0
    for at, word in lost:
        key = letters((word,))
        if spare[key]:
            spare[key] -= 1
            moved += 1
        else:
            rest.append((at, word))
    if rest and letters(w for _, w in rest) in letters(spare.elements()):
        moved, rest, spare = moved + len(rest), [], Counter()
    left = []
    for word in reversed(added):
        key = letters((word,))
        if spare[key]:
            spare[key] -= 1
            left.append(word)
    return rest, moved, left[::-1]


def first_run(lost: Sequence[tuple[int, str]]) -> str:
    """The first lost words that stand together, as a message quotes them."""
    run = [lost[0][1]]
    for (a, _), (b, word) in pairwise(lost):
        if b != a + 1 or len(run) == SHOWN:
            return " ".join(run) + " …" if len(lost) > len(run) else " ".join(run)
        run.append(word)
    return " ".join(run)
