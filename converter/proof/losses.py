"""Any finished book against a story: which of its words the book lacks, runs together or tears apart."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, groupby
from typing import Literal
from unicodedata import category

from converter.document.alignment import Difference, gaps, letters, proof_words, words_at
from converter.document.model import Book
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.document.words import chapter_strands
from converter.proof.pdf_text import AFTER_CAP

Kind = Literal["missing", "joined", "parted"]
QUOTED_BEFORE = 6  # words
BOX = "\ufffd"  # what is read where a PDF doesn't say what a glyph means
WORD_WITH_BOXES = regex(rf"[\w{BOX}]+")
FIRST_SIGNS = 3  # of a word, one of which is known
FIRST_JOINED = "\u0590"  # from here on stand scripts in whose fonts a letter may have no meaning, or that of two
FIRST_SPACELESS = "\u0e00"
LEAST_JOINED = 3  # letters of a word of these in which one may be another
LEVELLED: dict[int, str | None] = {  # marks over letters, also the upper half of a vowel, are left out
    **{code: None for code in range(0x0590, 0x0900) if category(chr(code)) == "Mn"},
    0x0E33: "\u0e32",
    0x0E4D: None,
    0x0EB3: "\u0eb2",
    0x0ECD: None,
}
BESIDE = 2  # words on either side of one that tell which way its line runs
CONTEXT = 5  # words, one of them missing, that are sought in the whole book
NEAR = 40  # words of the story: so far off its place a line's end, a cell or a note may have moved a word
HANGUL = ("\uac00", "\ud7a3")  # its lines may end within a word, without a hyphen


@dataclass(frozen=True, slots=True)
class Damage:
    """Words of a story that a book lacks, runs together or tears apart, and the words before them."""

    kind: Kind
    words: str
    before: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Words `start` to `end` of the story, and what became of them."""

    start: int
    end: int
    kind: Kind
    words: str


def damage(book: Book, *readings: str) -> tuple[Damage, ...]:
    """What a finished book lacks of a story, and where the borders of its words are others, in the story's order.

    For books made by others: what they add (title pages, contents) doesn't count, a run that stands elsewhere isn't
    missing, and a hyphen more or less at a line's end is no damage. `readings`: the text of that book, read in one way
    or several: what is missing is taken from the one that is nearest to the story, and a border is told that is another
    in each.
    """
    strands = [chapter_strands(c) for _, c in book.walk()]
    story = "\n".join("\n".join((running, *notes)) for running, notes in strands).translate(LEVELLED)
    model = proof_words(story)
    found = [_found(story, model, text) for text in readings]
    best = min(found, key=lambda fs: sum(f.end - f.start for f in fs))
    borders = [{at for f in fs for at in range(f.start, f.end)} for fs in found]
    told = [f for f in best if f.kind != "missing" and all(not b.isdisjoint(range(f.start, f.end)) for b in borders)]
    told += _lacking((f for f in best if f.kind == "missing"), model, readings)
    told.sort(key=lambda f: f.start)
    return tuple(Damage(f.kind, f.words, " ".join(model[max(0, f.start - QUOTED_BEFORE) : f.start])) for f in told)


def _found(story: str, model: list[str], text: str) -> list[_Found]:
    """The damage as one reading of the book shows it."""
    text = _with_named_letters(text.translate(LEVELLED), model)
    shown = proof_words(text)
    joints: list[Difference] = []
    differences = list(gaps(model, shown, joints))
    added = f" | {' '.join(w for g in differences for w in (*shown[g.other : g.other_end], '|'))} "
    out = [
        _Found(at, at + len(run), "missing", " ".join(run))
        for at, run in _missing(differences, model, shown)
        if f" {_alone(run)} " not in added
    ]
    if joints:
        here, there = _Borders(story, model), _Borders(text, shown)
        for joint in joints:
            mine, theirs = here.spaced(joint.start, joint.end), there.spaced(joint.other, joint.other_end)
            words = " ".join(shown[joint.other : joint.other_end])
            if mine - there.every(joint.other, joint.other_end):
                out.append(_Found(joint.start, joint.end, "joined", words))
            elif theirs - here.every(joint.start, joint.end):
                out.append(_Found(joint.start, joint.end, "parted", words))
    return sorted(out, key=lambda f: f.start)


def _lacking(runs: Iterable[_Found], model: list[str], readings: Sequence[str]) -> Iterator[_Found]:
    """What of missing runs does not stand in the book at all: a word is there where it comes with words beside it as
    often as in the story; only the comparison of both, which goes forward, passed it by. Where lines run two ways,
    each word alone is counted."""
    places = {at: _grams(at, model) for f in runs for at in range(f.start, f.end)}
    asked = {gram for grams in places.values() for gram in grams}
    often = _counted(model, asked)
    texts = [_with_named_letters(text.translate(LEVELLED), model) for text in readings]
    ways = [text.replace(AFTER_CAP, between) for text in texts for between in ("", " ")[: 1 + (AFTER_CAP in text)]]
    shown = [_counted(proof_words(text), asked) for text in ways]
    gone = [at for at, grams in places.items() if not any(s[g] >= often[g] for g in grams for s in shown)]
    for _, run in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0]):
        at = [n for _, n in run]
        yield _Found(at[0], at[-1] + 1, "missing", " ".join(model[n] for n in at))


def _grams(at: int, model: list[str]) -> list[tuple[str, ...]]:
    """The words round a word by which it is found again."""
    if any(FIRST_JOINED <= word[0] < FIRST_SPACELESS for word in model[max(0, at - BESIDE) : at + BESIDE + 1]):
        return [(model[at],)]
    firsts = range(max(0, at - CONTEXT + 1), min(at, len(model) - CONTEXT) + 1)
    return [tuple(model[first : first + CONTEXT]) for first in firsts]


def _counted(words: Sequence[str], asked: set[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    grams = chain(zip(words), zip(*(words[n:] for n in range(CONTEXT)), strict=False))
    return Counter(gram for gram in grams if gram in asked)


def _alone(run: Sequence[str]) -> str:
    """A run as it stands among added words; one word alone may be there by chance, unless nothing is beside it."""
    return " ".join(run) if len(run) > 1 else f"| {run[0]} |"


def _missing(differences: Sequence[Difference], model: list[str], shown: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The runs of the story that don't stand near their place either: in a line that runs two ways, beside a table or
    a note, words come in another order."""
    lacking = [at for gap in differences for at in range(gap.start, gap.end)]
    spare = _Spare(differences, shown)
    lacking = spare.left_of(lacking, model, _itself)
    if any(model[at][0] >= FIRST_JOINED for at in lacking):
        lacking = spare.left_of(lacking, model, _nearly)
    for _, run in groupby(enumerate(lacking), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in run]
        yield places[0], [model[at] for at in places]


class _Spare:
    """The words that a book has more than the story, each near a place of the story; none is taken twice."""

    def __init__(self, differences: Iterable[Difference], shown: list[str]) -> None:
        self.words = [
            (min(gap.end, gap.start + offset), shown[gap.other + offset])
            for gap in differences
            for offset in range(gap.other_end - gap.other)
        ]
        self.taken: set[int] = set()

    def left_of(self, lacking: list[int], model: list[str], keys: Callable[[str], Iterator[str]]) -> list[int]:
        """The places of words that are not left near them, as far as these keys tell; the others' are taken."""
        places: dict[str, deque[tuple[int, int]]] = {}
        for n, (at, word) in enumerate(self.words):
            for key in keys(word) if n not in self.taken else ():
                places.setdefault(key, deque()).append((at, n))
        return [at for at in lacking if not any(self._take(at, places.get(key)) for key in keys(model[at]))]

    def _take(self, at: int, places: deque[tuple[int, int]] | None) -> bool:
        while places and (places[0][0] < at - NEAR or places[0][1] in self.taken):
            places.popleft()
        if not places or places[0][0] > at + NEAR:
            return False
        self.taken.add(places.popleft()[1])
        return True


def _itself(word: str) -> Iterator[str]:
    yield letters((word,))


def _nearly(word: str) -> Iterator[str]:
    """A word of a script in which a font may not say what each letter is, and the same with one letter less."""
    key = letters((word,))
    if key >= FIRST_JOINED and len(key) >= LEAST_JOINED:
        yield from (key[:at] + key[at + 1 :] for at in range(len(key)))
    if key >= FIRST_JOINED:
        yield key


def _with_named_letters(text: str, model: Iterable[str]) -> str:
    """A book's text with words of the story where a letter has no meaning: some fonts in PDFs don't say all."""
    if BOX not in text:
        return text
    alike: dict[tuple[int, int, str], list[str]] = {}
    for word in dict.fromkeys(model):
        for at, sign in enumerate(word[:FIRST_SIGNS]):
            alike.setdefault((len(word), at, sign), []).append(word)

    @cache
    def whole(word: str) -> str:
        known = next(((at, sign) for at, sign in enumerate(word[:FIRST_SIGNS]) if sign != BOX), (0, BOX))
        like = alike.get((len(word), *known), ())
        return next((w for w in like if all(b in (a, BOX) for a, b in zip(w, word, strict=True))), word)

    return WORD_WITH_BOXES.sub(lambda m: whole(m[0]) if BOX in m[0] else m[0], text)


class _Borders:
    """Where the words of a text end, counted in letters from the first word that is asked about."""

    def __init__(self, text: str, words: list[str]) -> None:
        self.text, self.words, self.spans = text, words, list(words_at(text))

    def every(self, start: int, end: int) -> set[int]:
        """The ends of these words but the last."""
        return set(accumulate(len(letters((w,))) for w in self.words[start : end - 1]))

    def spaced(self, start: int, end: int) -> set[int]:
        """Those of the ends at which white space follows, and no hyphen at a line's end, nor a line's end as Korean
        has them."""
        ends = accumulate(len(letters((w,))) for w in self.words[start : end - 1])
        between = [self.text[self.spans[n][1] : self.spans[n + 1][0]] for n in range(start, end - 1)]
        return {
            at
            for n, (at, b) in enumerate(zip(ends, between, strict=True), start)
            if any(map(str.isspace, b)) and b[:1] not in "-‐\u00ad" and not (b == "\n" and self._is_hangul(n))
        }

    def _is_hangul(self, word: int) -> bool:
        signs = self.words[word][-1], self.words[word + 1][0]
        return all(HANGUL[0] <= sign <= HANGUL[1] for sign in signs)
