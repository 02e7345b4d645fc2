"""Source against book: every word of the file is in the book, at its place, or in an omission with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, compress
from typing import NamedTuple

from converter.document.alignment import Difference, gaps, many_words, proof_words
from converter.document.contracts import Insertion, Omission, Parsed, Reading
from converter.document.findings.reading import Fault
from converter.document.record import dataclass
from converter.proof.differences import differences
from converter.proof.faults import proof_error, quoted_words
from converter.proof.ledger import IN_BOOK, OPEN, Ledger
from converter.proof.packed import packed_faults
from converter.proof.references import read_in_book, references
from converter.proof.strands import BREAK_MARK, Strand, Strands, as_written, strands
from converter.proof.weave import woven
from converter.proof.witness import Witness, words_of_file

LINES_AWAY = 20  # between where an omission says it stands and where it does; measured on 397 stories: at most 6


@dataclass(frozen=True, slots=True)
class Balance:
    """The account of a story: what does not balance, and the omissions, each with the words of the witness it takes."""

    faults: tuple[Fault, ...]
    omissions: tuple[tuple[Omission, int, int], ...]
    witness: Witness


Understood = Parsed | Reading  # the files, the book made of them, and all that was said to be left out, put in or moved


def prove_parsed(story: Understood) -> Balance:
    """The account of a story. Raises ProofError where it does not balance, with the first fault and its place."""
    made = balance(story)
    if made.faults:
        raise proof_error(made.faults)
    return made


def balance(story: Understood) -> Balance:
    """The account of a story: words of the texts against words of the book and of what was left out; where the texts
    came packed, words of the file against those of the texts."""
    book, moves = story.book, story.moves
    told = strands(book, moves)
    stated = _Stated(
        (*story.omissions, *told.marks), told, story.insertions, lambda: strands(book, moves, asides_apart=True)
    )
    made = _account(Witness(story.texts), stated)
    if made.faults and (own := references(story.texts)):
        written = strands(as_written(book), moves)
        opened = _opened(Witness(story.texts, own), stated.omissions, written)
        again = _account(Witness(story.texts, own - read_in_book(opened.ledger, opened.words)), stated)
        made = again if len(again.faults) < len(made.faults) else made
    if any(text.packed for text in story.texts) and (lost := packed_faults(story.texts)):
        made = replace(made, faults=(*lost, *made.faults))
    return made


class _Stated(NamedTuple):
    """The side of the book: what is said to be left out (with the marks of its breaks), its words, what was put in;
    `asides_apart` gives its words with the author's notes apart."""

    omissions: tuple[Omission, ...]
    story: Strands
    insertions: Sequence[Insertion]
    asides_apart: Callable[[], Strands]


def _account(witness: Witness, stated: _Stated) -> Balance:
    ledger, words, unplaced, placed, faults = _opened(witness, stated.omissions, stated.story)
    if faults or not ledger.leaves(words):
        found = differences(ledger, words, stated.insertions)
        if found and not unplaced and (apart := _asides_apart(ledger, stated)) is not None:
            found = min(found, apart, key=len)
        faults.extend(found)
    if faults and (whole := _woven(ledger, stated)) is not None:
        return Balance((), tuple(whole), witness)
    if faults and (again := _by_what_is_missing(witness, stated)) and len(again[1]) < len(faults):
        placed, faults = again
    return Balance(tuple(faults), tuple(placed), witness)


Placed = list[tuple[Omission, int, int]]


class _Opened(NamedTuple):
    """An account with the omissions and the notes entered: the words of the running text (with the notes that stand
    nowhere), those notes, where the omissions are, and those that are nowhere."""

    ledger: Ledger
    words: list[str]
    unplaced: list[Strand]
    placed: Placed
    faults: list[Fault]


def _opened(witness: Witness, omissions: Sequence[Omission], story: Strands) -> _Opened:
    ledger = Ledger(witness)
    ledger.learn_lines((*omissions, *story.notes))
    placed, faults = _placed(ledger, omissions)
    unplaced = [note for note in story.notes if not ledger.take_strand(note)]
    words = _with_notes(story.texts, unplaced)
    return _Opened(ledger, words, unplaced, placed, faults)


def _with_notes(texts: Sequence[str], unplaced: Sequence[Strand]) -> list[str]:
    """The words of the running text, and of these behind it."""
    return many_words(chain(texts, (strand.text for strand in unplaced)))


def _woven(ledger: Ledger, stated: _Stated) -> Placed | None:
    """Where the omissions stand if there is any account that balances: with the author's notes where they stand in the
    book, or elsewhere."""
    omissions, story, insertions, asides_apart = stated
    placed = woven(ledger, story.running, story.notes, omissions, insertions, LINES_AWAY)
    if placed is None and (others := asides_apart()).asides:
        placed = woven(ledger, others.running, (*others.notes, *others.asides), omissions, insertions, LINES_AWAY)
    return placed


def _placed(ledger: Ledger, omissions: Sequence[Omission]) -> tuple[Placed, list[Fault]]:
    """The omissions where they stand; those that stand nowhere. First those that begin on the line they name, so that
    one with a wrong line takes no other's place."""
    spans = [ledger.take(o, on_its_line=o.letters < 0) for o in omissions]
    placed: Placed = []
    faults: list[Fault] = []
    for omission, known in zip(omissions, spans, strict=True):
        span = known or ledger.take(omission)
        if span is None or (known is None and _is_far(ledger.witness, omission, span.start, span.end)):
            words = proof_words(omission.text)
            faults.append(Fault("unfounded", len(words), quoted_words(words), omission.origin))
        else:
            placed.append((omission, span.start, span.end))
    return placed, faults


def _is_far(witness: Witness, omission: Omission, start: int, end: int) -> bool:
    """Whether an omission that names only a line has its words from a place that this line can't mean."""
    if end <= start or omission.letters >= 0 or omission.origin.line <= 0:
        return False
    if omission.rule == BREAK_MARK and witness.stands_alone(start, end):
        return False  # its block may have begun anywhere above it
    return abs(witness.line(start) - omission.origin.line) > LINES_AWAY


def _by_what_is_missing(witness: Witness, stated: _Stated) -> tuple[Placed, list[Fault]]:
    """The account the other way round: an omission of one word that names only a line, on which the word may stand more
    than once, is put where it is missing from the book."""
    omissions, story = stated.omissions, stated.story
    ledger = Ledger(witness)
    ledger.learn_lines((*omissions, *story.notes))
    placed, faults = _placed(ledger, [o for o in omissions if o.letters >= 0])
    unplaced = [note for note in story.notes if not ledger.take_strand(note)]
    words = _with_notes(story.texts, unplaced)
    waiting = [o for o in omissions if o.letters < 0]
    with _missing_alone(ledger, words, waiting):
        more, unfounded = _placed(ledger, waiting)
    return [*placed, *more], [*faults, *unfounded, *differences(ledger, words, stated.insertions)]


@contextmanager
def _missing_alone(ledger: Ledger, words: list[str], wanted: Sequence[Omission | Strand]) -> Iterator[None]:
    """Meanwhile only those words can be taken, for what is wanted, that the book lacks among its `words`."""
    numbers = list(compress(range(len(ledger.words)), ledger.kept))
    source = [ledger.words[n] for n in numbers]
    firsts = {w[0] for o in wanted if (w := proof_words(o.text))}
    for number in numbers:
        ledger.kept[number] = IN_BOOK
    for gap in gaps(source, words):
        start, end = _slid(gap, source, firsts)
        for number in numbers[start:end]:
            ledger.kept[number] = OPEN
    yield
    for number in numbers:
        if ledger.kept[number] == IN_BOOK:
            ledger.kept[number] = OPEN


def _slid(gap: Difference, source: list[str], firsts: set[str]) -> tuple[int, int]:
    """A gap of the source moved back, among equal words, to where an omission may begin."""
    start, end = gap.start, gap.end
    if gap.other_end == gap.other and end > start:
        while start and source[start] not in firsts and source[start - 1] == source[end - 1]:
            start, end = start - 1, end - 1
        if source[start] not in firsts:
            return gap.start, gap.end
    return start, end


def _asides_apart(ledger: Ledger, stated: _Stated) -> list[Fault] | None:
    """What differs when the author's notes may stand elsewhere than in the source: some people want them at the end."""
    story, insertions = stated.asides_apart(), stated.insertions
    if not story.asides:
        return None
    own = ledger.copy()
    own.learn_lines(story.asides)
    unplaced = [aside for aside in story.asides if not own.take_strand(aside)]
    faults = differences(own, _with_notes(story.texts, unplaced), insertions)
    if not faults:
        return faults
    own = ledger.copy()  # their words may stand there more than once: those that are missing are meant
    own.learn_lines(story.asides)
    with _missing_alone(own, many_words(story.texts), story.asides):
        unplaced = [aside for aside in story.asides if not own.take_strand(aside)]
    again = differences(own, _with_notes(story.texts, unplaced), insertions)
    return min(faults, again, key=len)


def with_spans(made: Balance) -> tuple[Omission, ...]:
    """The omissions with their offsets in the decoded files."""
    exact: dict[int, list[tuple[str, int, int]]] = {}
    out: list[Omission] = []
    for omission, start, end in made.omissions:
        if end <= start:
            out.append(omission)
            continue
        file = made.witness.file_of(start)
        if file not in exact:
            exact[file] = list(words_of_file(made.witness.texts[file], made.witness.unread_in(file)))
        first = made.witness.firsts[file]
        span = exact[file][start - first][1], exact[file][end - first - 1][2]
        begin, stop = _with_signs(made.witness.texts[file].text, omission.text, *span)
        out.append(replace(omission, start=begin, end=stop))
    return tuple(out)


def _with_signs(source: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a text that stands in the source as it is, with the signs before and after its words."""
    lead = next((n for n, c in enumerate(text) if c.isalnum()), 0)
    begin = start - lead
    return (begin, begin + len(text)) if begin >= 0 and source.startswith(text, begin) else (start, end)
