"""Numbers that go on: a chain of 1, 2, 3 with prose between its links is a series of chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.recognisers.headings.candidates import Chosen, ReadCandidate
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.headings.small_titles import read_small
from converter.recognisers.headings.words import Lexicon

PROSE_BETWEEN = 40  # words; the median distance between numbered headings is far more, between a list's items less
PROSE_OF_SMALL = 100  # words, where the titles have small letters and no more space around them than paragraphs
SECOND = 2  # the number of the section below a chapter's first, which often has none
SERIES = 2  # fewer bare numbers than this are no series
START_WORDS = 150  # of a title page: a number below it may be any, where a serial goes on in this file
MISSING = 2  # numbers in a row that a series may leave out: a heading lost in a scan, or of another form


def take_numbers(
    items: Sequence[ReadCandidate], chosen: Chosen, total_words: int, lex: Lexicon, usual_gap: int
) -> None:
    """Add to `chosen` the numbers, bare or with a title, that make a series over the text of `total_words`. With titles
    in small letters they are one where they have more space around them than paragraphs, `usual_gap`, or much prose.
    """
    families: dict[tuple[str, ...], list[ReadCandidate]] = {}
    for read in items:
        item = _small(read, lex)
        if item.form.shape in ("number", "numbered-title") and item.at not in chosen:
            families.setdefault(item.form.family, []).append(item)
    for members in families.values():
        for run in _series(members, chosen):
            if (len(run) < SERIES and not _fits(run[0], members, chosen)) or not _parted_by_prose(
                run, total_words, usual_gap
            ):
                continue
            if (run[0].number or 0) > SECOND and len(run) <= SERIES and not _continues_chosen(run[0], chosen):
                continue
            signs = " in the same signs" if run[0].form.wrapper else ""
            sure = 0.9 if len(run) > SERIES else 0.85 if _fits_chosen(run[0], chosen) else 0.75
            series = f"of a series of {len(run)}{signs}"
            for item in run:
                why, shared = f"number {item.number} {series}", f"a number {series}"
                chosen[item.at] = item._replace(why=why, confidence=sure, shared=shared)


def _series(members: Sequence[ReadCandidate], chosen: Chosen) -> Iterator[list[ReadCandidate]]:
    """The numbers that go on: a longest chain of +1 steps, starting anew at 1 or 0 as often as the text does.

    A number that does not go on (an initial, a list's number, a year) is left out of the chain and does not break it.
    """
    run: list[ReadCandidate] = []
    for item in members:
        n = item.number or 0
        last = run[-1].number or 0 if run else None
        if last is not None and n == last + 1:
            run.append(item)
        elif n in (0, 1) or (n == SECOND and item.form.number and item.form.number.style == "small-roman"):
            if run:
                yield run
            run = [item]
        elif last is None:
            if _continues_chosen(item, chosen) or item.candidate.words <= START_WORDS:
                run = [item]
        elif last < n <= last + 1 + MISSING and _room(run[-1], item):
            run.append(item)
    if run:
        yield run


def _room(a: ReadCandidate, b: ReadCandidate) -> bool:
    return b.candidate.words - a.candidate.words >= PROSE_BETWEEN


def _parted_by_prose(run: Sequence[ReadCandidate], total_words: int, usual_gap: int) -> bool:
    """Whether half of the distances between them, and from the last to the text's end, hold prose.

    A very short story has very short chapters, but numbers before sentences are a list unless prose parts them; before
    small letters unless much does, or the space around them.
    """
    starts = [*(i.candidate.words for i in run), total_words]
    gaps = sorted(b - a for a, b in pairwise(starts))
    middle = len(gaps) // 2
    sentences = sum(bool(SENTENCE_END.search(i.form.title)) for i in run)
    least = PROSE_BETWEEN if 2 * sentences > len(run) else min(PROSE_BETWEEN, total_words // (2 * len(gaps)))
    if any(i.form.title[:1].islower() and i.form.number and i.form.number.style != "word" for i in run):
        least = PROSE_BETWEEN if _set_apart(run, usual_gap) else PROSE_OF_SMALL
    return gaps[middle] + gaps[middle if len(gaps) % 2 else middle - 1] >= 2 * least


def _set_apart(run: Sequence[ReadCandidate], usual_gap: int) -> bool:
    """Whether each has more space before it than a paragraph has."""
    return all(i.candidate.gap > usual_gap or i.at == 0 for i in run)


def _small(item: ReadCandidate, lex: Lexicon) -> ReadCandidate:
    """A line alone with a number before a title in small letters as such; any other one as it was read."""
    c = item.candidate
    if (
        item.form.shape != "title"
        or item.form.wrapper
        or len(c.lines) > 1
        or not (c.gap or c.at == 0)
        or not c.gap_after
    ):
        return item
    form = read_small(c.text, lex)
    return item._replace(form=form) if form else item


def _continues_chosen(item: ReadCandidate, chosen: Chosen) -> bool:
    before = [i.number for at, i in sorted(chosen.items()) if at < item.at and i.number is not None]
    return bool(before) and item.number is not None and item.number == (before[-1] or 0) + 1


def _fits(item: ReadCandidate, members: Sequence[ReadCandidate], chosen: Chosen) -> bool:
    """Whether one number alone is a heading; of small numerals a second one is, where there are more of its kind."""
    if item.form.number and item.form.number.style == "small-roman":
        return item.number == SECOND and len(members) > 1
    return _fits_chosen(item, chosen)


def _fits_chosen(item: ReadCandidate, chosen: Chosen) -> bool:
    """One number alone is a heading when it goes on from the chapter before it or leads to the one after it."""
    number = item.number or 0
    numbered = [(at, i.number) for at, i in sorted(chosen.items()) if i.number is not None]
    before = [n for at, n in numbered if at < item.at]
    after = [n for at, n in numbered if at > item.at]
    follows = bool(before) and before[-1] == number - 1
    return follows or (bool(after) and after[0] == number + 1 and number > 0)
