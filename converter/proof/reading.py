"""Source against book: every word of the file is in the book, at its place, or in an omission with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import compress
from typing import NamedTuple

from converter.document.alignment import Difference, gaps, joined_at, letters, proof_words
from converter.document.contracts import Insertion, Omission, Parsed, SourceText
from converter.document.findings.reading import Fault, FaultKind
from converter.document.model import Book, Origin
from converter.document.record import dataclass
from converter.proof.faults import proof_error, quoted_words
from converter.proof.ledger import IN_BOOK, OPEN, Ledger
from converter.proof.references import read_in_book, references
from converter.proof.strands import BREAK_MARK, Strand, Strands, as_written, strands
from converter.proof.weave import woven
from converter.proof.witness import Witness, words_of_file

BEFORE = 6  # words quoted before them
LINES_AWAY = 20  # between where an omission says it stands and where it does; measured on 397 stories: at most 6
FAULTS = 50  # of one kind that are kept; one wrong turn of a reader may make thousands


@dataclass(frozen=True, slots=True)
class Balance:
    """The account of a story: what does not balance, and the omissions, each with the words of the witness it takes."""

    faults: tuple[Fault, ...]
    omissions: tuple[tuple[Omission, int, int], ...]
    witness: Witness


def prove_reading(
    texts: Sequence[SourceText],
    omissions: Sequence[Omission],
    book: Book,
    insertions: Sequence[Insertion] = (),
    moves: Sequence[Origin] = (),
) -> Balance:
    """The account of a story. Raises ProofError where it does not balance, with the first fault and its place."""
    made = balance(texts, omissions, book, insertions, moves)
    if made.faults:
        raise proof_error(made.faults)
    return made


def prove_parsed(parsed: Parsed) -> Balance:
    """The account of what a parser understood. Raises ProofError where it does not balance."""
    return prove_reading(parsed.texts, parsed.omissions, parsed.book, parsed.insertions, parsed.moves)


def balance(
    texts: Sequence[SourceText],
    omissions: Sequence[Omission],
    book: Book,
    insertions: Sequence[Insertion] = (),
    moves: Sequence[Origin] = (),
) -> Balance:
    """The account of a story: words of the texts against words of the book and of what was left out."""
    story = strands(book, moves)

    def account(witness: Witness) -> Balance:
        return _account(witness, omissions, story, insertions, lambda: strands(book, moves, asides_apart=True))

    made = account(Witness(texts))
    if made.faults and (own := references(texts)):
        written = strands(as_written(book), moves)
        opened = _opened(Witness(texts, own), (*omissions, *story.marks), written)
        again = account(Witness(texts, own - read_in_book(opened.ledger, opened.words)))
        made = again if len(again.faults) < len(made.faults) else made
    return made


def _account(
    witness: Witness,
    omissions: Sequence[Omission],
    story: Strands,
    insertions: Sequence[Insertion],
    asides_apart: Callable[[], Strands],
) -> Balance:
    stated = (*omissions, *story.marks)
    ledger, words, unplaced, placed, faults = _opened(witness, stated, story)
    if faults or ledger.rest() != words:
        differences = _differences(ledger, words, insertions)
        if differences and not unplaced and (apart := _asides_apart(ledger, asides_apart(), insertions)) is not None:
            differences = min(differences, apart, key=len)
        faults.extend(differences)
    if faults and (whole := _woven(ledger, stated, story, asides_apart, insertions)) is not None:
        return Balance((), tuple(whole), witness)
    if faults and (again := _by_what_is_missing(witness, stated, story, insertions)) and len(again[1]) < len(faults):
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


def _opened(witness: Witness, stated: Sequence[Omission], story: Strands) -> _Opened:
    ledger = Ledger(witness)
    ledger.learn_lines((*stated, *story.notes))
    placed, faults = _placed(ledger, stated)
    unplaced = [note for note in story.notes if not ledger.take_strand(note)]
    words = proof_words("\n".join((story.running, *(note.text for note in unplaced))))
    return _Opened(ledger, words, unplaced, placed, faults)


def _woven(
    ledger: Ledger,
    stated: Sequence[Omission],
    story: Strands,
    asides_apart: Callable[[], Strands],
    insertions: Sequence[Insertion],
) -> Placed | None:
    """Where the omissions stand if there is any account that balances: with the author's notes where they stand in the
    book, or elsewhere."""
    omissions = woven(ledger, story.running, story.notes, stated, insertions, LINES_AWAY)
    if omissions is None and (others := asides_apart()).asides:
        omissions = woven(ledger, others.running, (*others.notes, *others.asides), stated, insertions, LINES_AWAY)
    return omissions


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


def _by_what_is_missing(
    witness: Witness, stated: Sequence[Omission], story: Strands, insertions: Sequence[Insertion]
) -> tuple[Placed, list[Fault]]:
    """The account the other way round: an omission of one word that names only a line, on which the word may stand more
    than once, is put where it is missing from the book."""
    ledger = Ledger(witness)
    ledger.learn_lines((*stated, *story.notes))
    placed, faults = _placed(ledger, [o for o in stated if o.letters >= 0])
    unplaced = [note for note in story.notes if not ledger.take_strand(note)]
    words = proof_words("\n".join((story.running, *(note.text for note in unplaced))))
    waiting = [o for o in stated if o.letters < 0]
    with _missing_alone(ledger, words, waiting):
        more, unfounded = _placed(ledger, waiting)
    return [*placed, *more], [*faults, *unfounded, *_differences(ledger, words, insertions)]


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


def _asides_apart(ledger: Ledger, story: Strands, insertions: Sequence[Insertion]) -> list[Fault] | None:
    """What differs when the author's notes may stand elsewhere than in the source: some people want them at the end."""
    if not story.asides:
        return None
    own = ledger.copy()
    own.learn_lines(story.asides)
    unplaced = [aside for aside in story.asides if not own.take_strand(aside)]
    running = "\n".join((story.running, *(aside.text for aside in unplaced)))
    faults = _differences(own, proof_words(running), insertions)
    if not faults:
        return faults
    own = ledger.copy()  # their words may stand there more than once: those that are missing are meant
    own.learn_lines(story.asides)
    with _missing_alone(own, proof_words(story.running), story.asides):
        unplaced = [aside for aside in story.asides if not own.take_strand(aside)]
    again = _differences(own, proof_words("\n".join((story.running, *(aside.text for aside in unplaced)))), insertions)
    return min(faults, again, key=len)


def _differences(ledger: Ledger, book: list[str], insertions: Sequence[Insertion]) -> list[Fault]:
    source = ledger.rest()
    if source == book:
        return []
    numbers = list(compress(range(len(ledger.words)), ledger.kept))  # of the words in `source`
    joints: list[Difference] = []
    lost: list[Difference] = []
    added: list[Difference] = []
    for gap in gaps(source, book, joints):
        if gap.end > gap.start:
            lost.append(gap)
        if gap.other_end > gap.other:
            added.append(gap)
    added = _without_insertions(added, book, insertions)
    bare = _without_whole_insertions(source, book, insertions) if added and insertions else book
    if bare != book and not _differences(ledger, bare, ()):
        return []
    faults = list(_runs(ledger, source, book, numbers, lost, added))
    faults.extend(_borders(ledger, source, book, numbers, joints))
    return faults


def _without_insertions(added: list[Difference], book: list[str], insertions: Sequence[Insertion]) -> list[Difference]:
    """The runs of the book that nobody says were put there."""
    if not added or not insertions:
        return added
    inserted = [proof_words(i.text) for i in insertions]
    kept = []
    for gap in added:
        words = book[gap.other : gap.other_end]
        here = next((t for t in inserted if _is_turned(words, t)), None) if gap.end == gap.start else None
        if here is not None:
            inserted.remove(here)
        else:
            kept.append(gap)
    return kept


def _is_turned(words: list[str], inserted: list[str]) -> bool:
    """Whether these are the words that were told, in their order; a run that the alignment found may begin anywhere
    among them where the words beside it are the same."""
    size = len(inserted)
    return len(words) == size and any(words == inserted[n:] + inserted[:n] for n in range(max(1, size)))


def _without_whole_insertions(source: list[str], book: list[str], insertions: Sequence[Insertion]) -> list[str]:
    """The book without the insertions, each whole and where the book first says what the source does not: where words
    come twice, an alignment may find them in another place."""
    inserted = [proof_words(i.text) for i in insertions]
    out: list[str] = []
    at = other = 0
    while other < len(book):
        if at < len(source) and source[at] == book[other]:
            step = 1, 1
        elif here := next((t for t in inserted if t and book[other : other + len(t)] == t), None):
            inserted.remove(here)
            other += len(here)
            continue
        elif (joined := joined_at(source, at, book, other)) is None:
            break
        else:
            step = joined
        out += book[other : other + step[1]]
        at, other = at + step[0], other + step[1]
    return out + book[other:]


def _runs(
    ledger: Ledger,
    source: list[str],
    book: list[str],
    numbers: list[int],
    lost: list[Difference],
    added: list[Difference],
) -> Iterator[Fault]:
    """Words lost, words too many; a run that is both stands at another place."""
    elsewhere = {letters(book[g.other : g.other_end]): g for g in added}
    moved: set[Difference] = set()
    for gap in lost[:FAULTS]:
        words = source[gap.start : gap.end]
        twin = elsewhere.get(letters(words))
        if twin is not None and twin is not gap and twin not in moved:
            moved.add(twin)
            yield _fault("moved", ledger, words, source, numbers, gap.start)
        else:
            yield _fault("lost", ledger, words, source, numbers, gap.start)
    for gap in [g for g in added if g not in moved][:FAULTS]:
        yield _fault("added", ledger, book[gap.other : gap.other_end], source, numbers, gap.start)


def _fault(kind: FaultKind, ledger: Ledger, words: list[str], source: list[str], numbers: list[int], at: int) -> Fault:
    before = " ".join(source[max(0, at - BEFORE) : at])
    return Fault(kind, len(words), quoted_words(words), _place(ledger, numbers, at), before)


def _place(ledger: Ledger, numbers: list[int], at: int) -> Origin:
    witness = ledger.witness
    if not numbers:
        return Origin(witness.texts[0].name if witness.texts else "", 1)
    word = numbers[min(at, len(numbers) - 1)]
    return Origin(witness.texts[witness.file_of(word)].name, witness.line(word))


def _borders(
    ledger: Ledger, source: list[str], book: list[str], numbers: list[int], joints: list[Difference]
) -> Iterator[Fault]:
    """Places where words were run together or fell apart, and no markup or line end in the source accounts for it."""
    if not joints:
        return
    count = 0
    for joint in joints:
        ends, other_ends = _ends(source[joint.start : joint.end]), _ends(book[joint.other : joint.other_end])
        hard = [
            n
            for n, letter in enumerate(ends[:-1])
            if letter not in other_ends and not ledger.is_soft(numbers[joint.start + n], numbers[joint.start + n + 1])
        ]
        parted = [letter for letter in other_ends[:-1] if letter not in ends]
        if not hard and not parted:
            continue
        count += 1
        if count > FAULTS:
            return
        kind: FaultKind = "joined" if hard else "parted"
        yield _fault(kind, ledger, book[joint.other : joint.other_end], source, numbers, joint.start)


def _ends(words: Sequence[str]) -> list[int]:
    """How many letters stand before each word's end."""
    ends: list[int] = []
    for word in words:
        ends.append((ends[-1] if ends else 0) + len(letters((word,))))
    return ends


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
