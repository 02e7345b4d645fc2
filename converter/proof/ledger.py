"""The source's words as an account: each is in the book, in an omission, or missing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import compress

from converter.document.alignment import LETTERED, letters, proof_words, words_at
from converter.document.contracts import Omission
from converter.document.record import dataclass
from converter.proof.borders import BLOCK_TAG_NAMES, BORDER, HARD
from converter.proof.strands import Strand
from converter.proof.witness import Witness

DONE, OPEN, IN_BOOK = 0, 1, 2  # what is known of a word: accounted for; not yet; it stands in the book
NEAR_WORDS = 60  # words from the place that is named to the place that is meant: a line of a page may hold a paragraph
COMPARED = 100_000  # words at once
TRIED = 2_000  # places on its line, or farther off, that are looked at, the nearest first
SOFT = frozenset(
    "_*~/\\'’-‐‑\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffd" + BORDER
)  # signs that may vanish inside a word
INITIAL = 2  # letters in such a box at the most
PARTING = re.compile(rf"(?:{BLOCK_TAG_NAMES}|quote|left|right)\Z", re.I)  # names of tags that part words
# Signs of Markdown that may vanish as well: an empty comment, those around code and addresses, between a link's words
# and what follows.
SOFT_IN_MARKDOWN = re.compile(r"(?:<!>|[`<>\\]|!?\[\^?|\](?:\(\s*\))?)+")
HYPHENS = frozenset("-‐‑¬\u00ad")


@dataclass(frozen=True, slots=True)
class WordRange:
    """Words `start` to `end` (not included) of the witness."""

    start: int
    end: int


class Ledger:
    """Which words of the witness have been accounted for: `kept` is not 0 for those that have not."""

    def __init__(self, witness: Witness) -> None:
        self.witness = witness
        self.words = witness.words
        self.kept = bytearray(b"\1" * len(self.words))
        self._last: dict[tuple[int, int], int] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._rows: dict[tuple[int, int], str] = {}
        self._word_starts: dict[tuple[int, int], list[int]] = {}
        self._read: dict[tuple[int, int], int] = {}  # how far into a line the last text reached that stands on it
        self._signs: set[int] = set()  # words before which signs are left out
        self._files = {t.name: n for n, t in reversed(list(enumerate(witness.texts)))}

    def copy(self) -> Ledger:
        """The account as it stands, to try something with."""
        other = Ledger(self.witness)
        other.kept[:] = self.kept
        other._last, other._starts, other._rows = dict(self._last), self._starts, self._rows
        other._signs = self._signs
        return other

    def rest(self) -> list[str]:
        """The words that are not accounted for, in order."""
        return list(compress(self.words, self.kept))

    def leaves(self, words: Sequence[str]) -> bool:
        """Whether these are the words that are not accounted for, in order. They are compared in pieces: `rest` would
        hold those of a long serial once more."""
        at = 0
        for start in range(0, len(self.words), COMPARED):
            piece = list(compress(self.words[start : start + COMPARED], self.kept[start : start + COMPARED]))
            if piece != words[at : at + len(piece)]:
                return False
            at += len(piece)
        return at == len(words)

    def learn_lines(self, named: Sequence[Omission | Strand]) -> None:
        """Looks up where the lines begin that these name."""
        lines: dict[int, set[int]] = {}
        for one in named:
            if one.origin is not None:
                lines.setdefault(self.file_of(one.origin.source), set()).update((one.origin.line, one.origin.line + 1))
        for file, wanted in lines.items():
            fresh = sorted(n for n in wanted if (file, n) not in self._starts)
            for line, (start, row) in self.witness.line_starts(file, fresh).items() if fresh else ():
                self._starts[file, line], self._rows[file, line] = start, row

    def take(self, one: Omission | Strand, *, on_its_line: bool = False) -> WordRange | None:
        """Accounts for these words at the place they name, else (unless they must begin `on_its_line`) at the nearest
        one; None where they are nowhere. On its line a text is sought sign by sign first: "[i]" is no "i"."""
        span = self._verbatim(one) if on_its_line and one.origin is not None else None
        span = span or self._nearest(one, proof_words(one.text), on_its_line)
        if span is None and "&" in one.text:  # a comment, quoted as it stands: its references are read here
            span = self._nearest(one, proof_words(unescape(one.text)), on_its_line)
        return span

    def take_strand(self, one: Strand) -> bool:
        """Accounts for a text of the book that stood at this place: on its line, or else at the nearest."""
        return bool(self.take(one, on_its_line=True) or self.take(one))

    def _nearest(self, one: Omission | Strand, wanted: list[str], on_its_line: bool) -> WordRange | None:
        file = self.file_of(one.origin.source) if one.origin is not None else 0
        line = one.origin.line if one.origin is not None else 0
        hint = self._starts.get((file, line), self.witness.firsts[file])
        if isinstance(one, Omission) and one.letters >= 0 and wanted:
            hint = self.witness.word_at_letter(file, one.letters)
        elif wanted:
            hint = max(hint, self._last.get((file, line), 0))
        if not wanted:
            if isinstance(one, Omission) and one.letters >= 0:
                self._signs.add(self.witness.word_at_letter(file, one.letters))
            return WordRange(hint, hint)
        exactly = isinstance(one, Strand)
        if on_its_line:
            begin, line_end = self._starts.get((file, line), hint), self._starts.get((file, line + 1), hint)
            on_line = [*range(hint, line_end), *range(begin, min(hint, line_end))]
            places: Iterable[int] = self._on_line(wanted[0], on_line)
        else:
            places = self._candidates(wanted[0], hint)
        for at in places:
            if self.kept[at] == OPEN and (end := self._match(wanted, at, exactly)) is not None:
                start = at
                break
        else:
            return None
        return self._done((file, line), start, end)

    def _done(self, place: tuple[int, int], start: int, end: int) -> WordRange:
        for at in range(start, end):
            self.kept[at] = DONE
        self._last[place] = end
        return WordRange(start, end)

    def _verbatim(self, one: Omission | Strand) -> WordRange | None:
        """Accounts for a text that stands on its line as it is written, after the last one there or else anywhere."""
        assert one.origin is not None
        place = self.file_of(one.origin.source), one.origin.line
        row = self._rows.get(place, "")
        head = one.text.lstrip("\n").split("\n", 1)[0].strip()
        lead = next((n for n, sign in enumerate(head) if sign.isalnum()), -1)
        if lead < 0 or head not in row:
            return None
        if place not in self._word_starts:
            self._word_starts[place] = [start for start, _ in words_at(row)]
        starts = self._word_starts[place]
        wanted = proof_words(one.text)
        after, tried = self._read.get(place, 0), 0
        for first, last in ((after, len(row)), (0, min(len(row), after + len(head)))):
            column = row.find(head, first, last)
            while column >= 0 and tried < TRIED:
                tried += 1
                number = bisect_left(starts, column + lead)
                at = self._starts[place] + number
                whole = number < len(starts) and starts[number] == column + lead and self.kept[at] == OPEN
                if whole and (end := self._match(wanted, at, exactly=isinstance(one, Strand))) is not None:
                    self._read[place] = column + len(head)
                    return self._done(place, at, end)
                column = row.find(head, column + 1, last)
        return None

    def file_of(self, name: str) -> int:
        """The number of the file with this name; 0 where none has it."""
        return self._files.get(name, 0)

    def _on_line(self, first: str, places: Sequence[int]) -> Iterator[int]:
        """Where on a line the words may begin: where the first of them stands, then where a part of it does."""
        words = self.words
        yield from (at for at in places if words[at] == first)
        bare = letters((first,))
        yield from (at for at in places if words[at] != first and bare.startswith(letters((words[at],))))

    def _candidates(self, first: str, hint: int) -> Iterator[int]:
        """Where the words may begin: at the hint; in order from there on; then the nearest places with the first word;
        then near the hint wherever a part of that word stands ("T" of "The")."""
        words = self.words
        near = range(hint, min(hint + NEAR_WORDS, len(words)))
        yield from near[:1]
        yield from (at for at in near if words[at] == first)
        places = self.witness.places.get(first, ())
        after = bisect_left(places, hint + NEAR_WORDS)
        before = bisect_left(places, hint) - 1
        for _ in range(TRIED):
            left = hint - places[before] if before >= 0 else None
            right = places[after] - hint if after < len(places) else None
            if left is None and right is None:
                break
            if right is None or (left is not None and left < right):
                yield places[before]
                before -= 1
            else:
                yield places[after]
                after += 1
        bare = letters((first,))
        yield from (
            at
            for at in sorted(
                range(max(0, hint - NEAR_WORDS), min(hint + NEAR_WORDS, len(words))), key=lambda at: abs(at - hint)
            )
            if words[at] != first and (bare.startswith(word := letters((words[at],))) or word.startswith(bare))
        )

    def _match(self, wanted: list[str], at: int, exactly: bool) -> int | None:
        """Where the words end that begin here, what is accounted for already passed over; None where others stand.
        `exactly`: they are words of the book, whose borders are the source's."""
        words, kept = self.words, self.kept
        size = len(wanted)
        if words[at : at + size] == wanted and kept.count(OPEN, at, at + size) == size:
            return at + size
        done, total = 0, len(words)
        while done < size:
            while at < total and kept[at] == DONE:
                at += 1
            if at >= total or kept[at] == IN_BOOK:
                return None
            if words[at] == wanted[done]:
                at, done = at + 1, done + 1
            elif (behind := self._behind_same_letters(wanted, done, at, exactly)) is not None:
                at, done = behind
            else:
                return None
        return at

    def _behind_same_letters(self, wanted: list[str], done: int, at: int, exactly: bool) -> tuple[int, int] | None:
        """Where the source's words from `at` and those wanted from `done` end that have the same letters, divided into
        words in another way ("to morrow", "tomorrow"); None where the letters differ or the borders may not."""
        words, kept = self.words, self.kept
        size, total = len(wanted), len(words)
        left, right = letters((words[at],)), letters((wanted[done],))
        at, done = at + 1, done + 1
        steps = 0
        while left != right:
            steps += 1
            if steps > LETTERED:
                return None
            if len(left) < len(right) and right.startswith(left) and at < total and kept[at] != IN_BOOK:
                if exactly and not self.is_soft(at - 1, at):
                    return None
                left += letters((words[at],)) if kept[at] else ""
                at += 1
            elif len(right) < len(left) and left.startswith(right) and done < size and not exactly:
                right += letters((wanted[done],))
                done += 1
            else:
                return None
        return at, done

    def is_soft(self, word: int, following: int) -> bool:
        """Whether nothing is lost when these two words of the source are one in the book: only markup stands between
        them, or the hyphen of a line's end, or something that is left out."""
        if not all(self.kept[word : following + 1]):
            return not any(self._parts(left_out) for left_out in range(word + 1, following))
        return self._is_softly_parted(word, following)

    def may_join(self, word: int, following: int) -> bool:
        """The same, where what stands between the two words, if anything does, is known to be left out."""
        if following > word + 1:
            return not any(self._parts(left_out) for left_out in range(word + 1, following))
        return self._is_softly_parted(word, following)

    def _is_softly_parted(self, word: int, following: int) -> bool:
        between = self.witness.between(word)
        if following in self._signs:
            between = "".join(c for c in between if c == HARD or c.isspace())
        if HARD in between and len(self.words[word]) <= INITIAL:
            between = between.replace(HARD, "")  # a large first letter stands in a box of its own
        if SOFT.issuperset(between):
            return True
        in_markdown = self.witness.texts[self.witness.file_of(word)].kind == "markdown"
        if in_markdown and SOFT_IN_MARKDOWN.fullmatch("".join(c for c in between if c not in SOFT)):
            return True
        bare = between.replace(BORDER, "").replace(HARD, "\n").strip(" \t\u00a0\f")
        return bool(bare) and bare[0] in HYPHENS and "\n" in bare and not bare.strip("-‐‑¬\u00ad_* \t\n\f\u00a0")

    def _parts(self, word: int) -> bool:
        """Whether a word that is left out is the name of a tag that begins or ends a block; in a page none is."""
        if self.witness.texts[self.witness.file_of(word)].kind == "html":
            return False
        before = self.witness.between(word - 1) if word else ""
        return before.rstrip("/").endswith(("<", "[")) and bool(PARTING.match(self.words[word]))
