"""Which candidates are headings, and of what level: decided over the whole text together.

A reader believes a heading because it is one of a series. So candidates are judged in families (same wording, same
kind of number, same signs around them): numbers that go on, the same space before, prose after, an entry in the
contents list. Pure: strings and counts in, decisions out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from converter.recognisers.headings.alone import parted, take_alone, take_plus_one, take_works
from converter.recognisers.headings.candidates import Candidate, Chosen, ReadCandidate, read_candidate, title_key
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE
from converter.recognisers.headings.levels import PART_KINDS, Decision, take_part_titles, to_decisions
from converter.recognisers.headings.misses import Miss, MissContext, near_misses
from converter.recognisers.headings.poems import heads_of_poems
from converter.recognisers.headings.series import PROSE_BETWEEN, take_numbers
from converter.recognisers.headings.title_blocks import INSIDE, with_title_blocks
from converter.recognisers.headings.titles import take_titles
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.vocabulary import listed_words

_PLACARDS = frozenset(listed_words("files", "titles"))


def decide(
    candidates: Sequence[Candidate],
    lex: Lexicon,
    total_words: int,
    contents: frozenset[str] = frozenset(),
    usual_gap: int = 1,
    title: str = "",
    *,
    verse: bool = False,
) -> tuple[list[Decision], list[Miss]]:
    """The headings among the candidates, in order; and those that looked like headings and were not taken, the nearest
    first.

    `contents` holds the entries of the text's own contents list as `title_key`s; `usual_gap` is the number of blank
    lines between its paragraphs. `total_words` is the length of the text; the book's own `title` heads no chapter.
    `verse`: most of it is verse.
    """
    items = [ReadCandidate(c, f) for c in candidates if (f := read_candidate(c, lex))]
    chosen: Chosen = {}
    for item in items:
        if item.form.shape == "division":
            chosen[item.at] = item._replace(why="a division word with its number", confidence=0.97)
        elif item.form.shape == "single" and (_stands_out(item, usual_gap) or _opens_part(item, chosen, usual_gap)):
            chosen[item.at] = item._replace(why=f"“{item.form.word}” standing alone", confidence=0.9)
    take_numbers(items, chosen, total_words, lex, usual_gap)
    take_plus_one(candidates, chosen)
    dropped = dict.fromkeys(_drop_listed(chosen, total_words), "it comes again with its text under it: this is a list")
    _drop_early_back_matter(chosen)
    dropped |= dict.fromkeys(_drop_lone_volumes(chosen), "the only volume named: it says which one this file is")
    poems = heads_of_poems(items, chosen, total_words) if verse else frozenset[int]()
    consumed = with_title_blocks(chosen, {c.at: c for c in candidates if c.at not in poems}, lex, usual_gap)
    dropped |= dict.fromkeys(_drop_days(chosen), "it stands right below a chapter's heading: the day on which it plays")
    own = title_key(title)
    free = [i for i in items if i.at not in consumed and not (own and title_key(i.candidate.text) == own)]
    take_titles(free, chosen, total_words, contents, usual_gap, verse=verse)
    if _undivided(chosen):
        take_works(free, chosen, total_words)
    if _undivided(chosen):
        take_alone(free, candidates, chosen, total_words)
    take_part_titles(free, chosen, usual_gap)
    dropped |= dict.fromkeys(_drop_placards(chosen), "it stands in a chapter: a notice on a wall, no preface")
    field = MissContext(items, chosen, dropped, contents, total_words, usual_gap)
    missed = near_misses(field, frozenset(consumed), own)
    return to_decisions([parted(chosen[at]) for at in sorted(chosen)]), missed


def _undivided(chosen: Chosen) -> bool:
    """Whether nothing is known but what stands before and behind a story's chapters."""
    return all(i.form.shape == "single" for i in chosen.values())


def _stands_out(item: ReadCandidate, usual_gap: int) -> bool:
    """Whether a word like "Prologue" stands as a heading does: in signs, after space, in capitals, or first of all."""
    c = item.candidate
    if len(c.lines) > 1 and len(c.text) > LONGEST_BARE_TITLE:
        return False
    return bool(item.form.wrapper) or c.gap >= usual_gap or c.lines[0].isupper() or c.at == 0


def _opens_part(item: ReadCandidate, chosen: Chosen, usual_gap: int) -> bool:
    """Whether a word like "Prologue" stands right below the number of a volume or a part, with space under it."""
    above = chosen.get(item.at - 1)
    counted = above is not None and above.form.kind in PART_KINDS and above.number is not None and not above.form.title
    return counted and item.form.kind in INSIDE and item.candidate.gap_after >= usual_gap


def _drop_listed(chosen: Chosen, total_words: int) -> set[int]:
    """A division that comes twice, once with nothing after it: that one stands in a list (of acts, of chapters).

    Gives the places of those that were dropped.
    """
    order = sorted(chosen)
    starts = [*(chosen[at].candidate.words for at in order), total_words]
    room = {at: b - a for at, (a, b) in zip(order, pairwise(starts), strict=True)}
    divisions = _divisions(chosen)
    same: dict[_Division, list[int]] = {}
    for at, division in divisions.items():
        same.setdefault(division, []).append(at)
    listed: set[int] = set()
    for places in same.values():
        full = [at for at in places if room[at] >= PROSE_BETWEEN]
        if len(places) > 1 and full:
            listed.update(at for at in places if at not in full)
    for before, at in pairwise(order):  # the last of a list has the text after the list behind it
        if before in listed and at in divisions:
            again = any(p > at and room[p] > room[at] for p in same[divisions[at]])
            listed.update([at] if again else [])
    for at in listed:
        del chosen[at]
    return listed


def _drop_early_back_matter(chosen: Chosen) -> None:
    """ "Also by ..." before the first chapter is a line of the title page."""
    chapters = [at for at, i in chosen.items() if i.form.kind != "back"]
    for at in [at for at, i in chosen.items() if i.form.kind == "back" and chapters and at < min(chapters)]:
        del chosen[at]


def _drop_days(chosen: Chosen) -> list[int]:
    """Divisions of one word of which each stands right below a chapter's heading ("Chapter 2", "Day 43") say when the
    chapter plays. Gives the places dropped."""
    members: dict[str, list[int]] = {}
    for at, item in chosen.items():
        if item.form.shape == "division" and item.form.kind == "chapter":
            members.setdefault(item.form.word, []).append(at)
    ends = {
        at + 1 + i.title_block: i.form.word
        for at, i in chosen.items()
        if i.form.shape == "division" and i.form.kind == "chapter"
    }
    below = [places for word, places in members.items() if all(ends.get(at, word) != word for at in places)]
    dropped = [at for places in below for at in places]
    for at in dropped:
        del chosen[at]
    return dropped


def _drop_placards(chosen: Chosen) -> list[int]:
    """ "NOTICE" and its like open a book; below the first numbered heading they are read on a wall. Gives the places
    dropped."""
    first = min((at for at, i in chosen.items() if i.form.number), default=None)
    placards = [at for at, i in chosen.items() if i.form.word in _PLACARDS and first is not None and at > first]
    for at in placards:
        del chosen[at]
    return placards


class _Division(NamedTuple):
    """What two headings of one division share: its kind and word, its number, and how many parts begin before it."""

    kind: str
    word: str
    number: int
    parts: int


def _divisions(chosen: Chosen) -> dict[int, _Division]:
    """The numbered divisions among the headings, by their places; parts and volumes hold them, acts hold scenes."""
    kinds = {i.form.kind for i in chosen.values()}
    divisions: dict[int, _Division] = {}
    parts = 0
    for at in sorted(chosen):
        item = chosen[at]
        kind = item.form.kind
        parts += kind in PART_KINDS or (kind == "act" and "scene" in kinds)
        if item.form.shape == "division" and item.number is not None and kind not in PART_KINDS:
            divisions[at] = _Division(kind, item.form.word, item.number, 0 if kind == "act" else parts)
    return divisions


def _drop_lone_volumes(chosen: Chosen) -> list[int]:
    """One volume number alone says which volume this file is; it divides nothing. Gives the places dropped."""
    volumes = [i.at for i in chosen.values() if i.form.kind == "volume"]
    if len({chosen[at].number for at in volumes}) != 1 or len(chosen) == len(volumes):
        return []
    for at in volumes:
        del chosen[at]
    return volumes


__all__ = ["Candidate", "Decision", "Miss", "decide", "read_candidate", "title_key"]
