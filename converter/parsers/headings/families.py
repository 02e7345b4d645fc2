"""Which candidates are headings, and of what level: decided over the whole text together.

A reader believes a heading because it is one of a series. So candidates are judged in families (same wording, same
kind of number, same signs around them): numbers that go on, the same space before, prose after, an entry in the contents list.
Pure: strings and counts in, decisions out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from converter.model import ChapterKind
from converter.parsers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, Form, is_closing, read_form, unwrap
from converter.parsers.headings.words import Lexicon

CONTINUITY = (
    0.6  # of steps in a series of numbers are +1 (measured: chapters 0.93 to 1, numbered lists of things pass too)
)
PROSE_BETWEEN = 40  # words; the median distance between numbered headings is far more, between the items of a list less
SERIES = 2  # fewer bare numbers than this are no series
NESTED = 0.6  # of the runs of a series start anew at 1 in each chapter: then they are its sections
TITLED = 0.6  # of a family's numbered headings have a title in the next block: then that block is the title
TITLED_LOOSELY = 0.85  # of them, where the titles look like sentences
NOTE_MARK = re.compile(r"(?<=\S)\s?\[(?:\d{1,3}|[A-Z*†])\]")
NO_LETTERS = re.compile(r"[\W_]+")
BIG_GAP = 2  # blank lines more than between paragraphs
PARTS = ("part", "volume")
SURE_SIGNS = ("#", "=", "underline")
LOOSE_SIGNS = ("_", "<b>", "[b]", "*", "-", "<>", "“")  # also used for emphasis, dialogue and asides
MARKED = 2  # this many titles in the same signs make a family
TITLE_WORDS = 14
PROSE_AFTER = 25  # words between a title and the next heading candidate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A short block that might be a heading. `at` is its place among all blocks, `gap` and `gap_after` are blank lines,
    `words` is the number of words before it in the text, `level` what the markup says (0 = nothing, 1 = h1 ...)."""

    at: int
    lines: tuple[str, ...]
    gap: int
    gap_after: int
    words: int
    indent: int = 0
    underlined: bool = False
    level: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A heading. `depth`: 0 part, 1 chapter, 2 section. `blocks` = how many blocks it takes up (2 with a title block)."""

    at: int
    blocks: int
    depth: int
    kind: ChapterKind
    label: str
    title: str
    number: int | None
    confidence: float
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    candidate: Candidate
    form: Form
    why: str = ""
    confidence: float = 0.0
    title_block: int = 0

    @property
    def number(self) -> int | None:
        return self.form.number.value if self.form.number else None


def decide(
    candidates: Sequence[Candidate],
    lex: Lexicon,
    total_words: int,
    contents: frozenset[str] = frozenset(),
    usual_gap: int = 1,
    title: str = "",
) -> list[Decision]:
    """The headings among the candidates, in order.

    `contents` holds the entries of the text's own contents list as `title_key`s; `usual_gap` is the number of blank lines
    between its paragraphs. `total_words` is the length of the text; the book's own `title` heads no chapter.
    """
    items = [_Item(c, f) for c in candidates if (f := read_candidate(c, lex))]
    followers = {c.at: c for c in candidates}
    chosen: dict[int, _Item] = {}
    for item in items:
        if item.form.shape == "division":
            chosen[item.candidate.at] = replace(item, why="a division word with its number", confidence=0.97)
        elif item.form.shape == "single" and _stands_out(item, usual_gap):
            chosen[item.candidate.at] = replace(item, why=f"“{item.form.word}” standing alone", confidence=0.9)
    _take_numbers(items, chosen, total_words)
    _drop_listed(chosen, total_words)
    _drop_lone_volumes(chosen)
    consumed = _with_titles(chosen, followers, lex, usual_gap)
    own = title_key(title)
    free = [
        i
        for i in items
        if i.candidate.at not in consumed and not (own and title_key(" ".join(i.candidate.lines)) == own)
    ]
    _take_titles(free, chosen, total_words, contents, usual_gap)
    _take_part_titles(free, chosen, usual_gap)
    return _levels([chosen[at] for at in sorted(chosen)])


def read_candidate(candidate: Candidate, lex: Lexicon) -> Form | None:
    """The reading of a candidate of one or more lines: label on the first, title on the first or the others."""
    if any("[" in line for line in candidate.lines):  # a note's mark in a heading is no part of its wording
        candidate = replace(candidate, lines=tuple(NOTE_MARK.sub("", line).strip() or line for line in candidate.lines))
    first = read_form(candidate.lines[0], lex)
    if len(candidate.lines) == 1:
        return _marked(first, candidate)
    whole = " ".join(candidate.lines)
    if first and first.shape in ("division", "number", "single", "numbered-title"):
        rest = " ".join(candidate.lines[1:])
        if first.shape in ("division", "number", "single") and not first.title:
            return _marked(replace(first, title=unwrap(rest)[0]), candidate)
        return _marked(replace(first, title=f"{first.title} {rest}"), candidate)
    form = read_form(whole, lex)
    return _marked(form, candidate) if form else None


def _marked(form: Form | None, candidate: Candidate) -> Form | None:
    if form and candidate.underlined:
        return replace(form, wrapper=form.wrapper or "underline")
    if form and candidate.level:
        return replace(form, wrapper=form.wrapper or "#", depth=form.depth or candidate.level)
    return form


def title_key(text: str) -> str:
    """Letters and digits only, folded: two wordings of one title have the same key."""
    return NO_LETTERS.sub("", text.casefold())


def _stands_out(item: _Item, usual_gap: int) -> bool:
    c, text = item.candidate, item.candidate.lines[0]
    if len(c.lines) > 1 and len(" ".join(c.lines)) > LONGEST_BARE_TITLE:
        return False
    return bool(item.form.wrapper) or c.gap >= usual_gap or text.isupper() or c.at == 0


# ------------------------------------------------------------------------------------------------- numbers


def _take_numbers(items: Sequence[_Item], chosen: dict[int, _Item], total_words: int) -> None:
    families: dict[tuple[str, ...], list[_Item]] = {}
    for item in items:
        if item.form.shape in ("number", "numbered-title") and item.candidate.at not in chosen:
            families.setdefault(item.form.family, []).append(item)
    for family, members in families.items():
        for run in _series(members, chosen):
            if len(run) < SERIES and not _fits_chosen(run, chosen):
                continue
            gaps = [b.candidate.words - a.candidate.words for a, b in zip(run, run[1:], strict=False)]
            gaps.append(total_words - run[-1].candidate.words)
            if median(gaps) < PROSE_BETWEEN:
                continue
            for item in run:
                signs = " in the same signs" if family[3] else ""
                why = f"number {item.number} of a series of {len(run)}{signs}"
                chosen[item.candidate.at] = replace(item, why=why, confidence=0.9 if len(run) > SERIES else 0.75)


def _series(members: Sequence[_Item], chosen: dict[int, _Item]) -> Iterable[list[_Item]]:
    """The numbers that go on: a longest chain of +1 steps, starting anew at 1 or 0 as often as the text does.

    A number that does not go on (an initial, a list's number, a year) is left out of the chain and does not break it.
    """
    run: list[_Item] = []
    for item in members:
        n = item.number or 0
        last = run[-1].number or 0 if run else None
        if last is not None and n == last + 1:
            run.append(item)
        elif n in (0, 1):
            yield from _worth(run)
            run = [item]
        elif not run:
            if _continues_chosen(item, chosen):
                run = [item]
        elif last is not None and last < n <= last + 3 and _room(run[-1], item):
            run.append(item)
    yield from _worth(run)


def _worth(run: list[_Item]) -> Iterable[list[_Item]]:
    if run:
        yield run


def _room(a: _Item, b: _Item) -> bool:
    return b.candidate.words - a.candidate.words >= PROSE_BETWEEN


def _continues_chosen(item: _Item, chosen: dict[int, _Item]) -> bool:
    before = [i.number for at, i in chosen.items() if at < item.candidate.at and i.number is not None]
    return bool(before) and item.number is not None and item.number == (before[-1] or 0) + 1


def _fits_chosen(run: Sequence[_Item], chosen: dict[int, _Item]) -> bool:
    """One number alone is a heading when it goes on from the chapter before it or leads to the one after it."""
    at, number = run[0].candidate.at, run[0].number or 0
    numbered = [(a, i.number) for a, i in sorted(chosen.items()) if i.number is not None]
    before = [n for a, n in numbered if a < at]
    after = [n for a, n in numbered if a > at]
    return bool(before and before[-1] == number - 1) or bool(
        after and after[0] == number + 1 and number > 0 and numbered
    )


# -------------------------------------------------------------------------------------------------- titles


def _take_titles(
    items: Sequence[_Item], chosen: dict[int, _Item], total_words: int, contents: frozenset[str], usual_gap: int
) -> None:
    titles = [
        i for i in items if i.candidate.at not in chosen and i.form.shape in ("title", "numbered-title", "single")
    ]
    titles = [i for i in titles if not is_closing(" ".join(i.candidate.lines))]
    counts = Counter(i.form.wrapper for i in titles if i.form.wrapper and _title_like(i))
    chapter_gaps = [i.candidate.gap for i in chosen.values() if i.candidate.at > 0]
    heading_gap = min(chapter_gaps, default=0) if len(chapter_gaps) > 1 else 0
    borne = frozenset(title_key(i.form.title) for i in chosen.values() if i.form.title)
    marked: list[_Item] = []
    for item in titles:
        c = item.candidate
        if item.form.wrapper in SURE_SIGNS:
            why, sure = "set as a heading by its own signs", 0.95
        elif counts[item.form.wrapper] >= MARKED and item.form.wrapper not in LOOSE_SIGNS and _title_like(item):
            why, sure = f"one of {counts[item.form.wrapper]} titles in the same signs", 0.9
        elif _listed(item, contents) and c.gap >= heading_gap and not _listed(item, borne):
            why, sure = "stands in the contents list", 0.95
        else:
            continue
        marked.append(replace(item, why=why, confidence=sure))
    for item in _with_prose(marked, chosen, total_words):
        chosen[item.candidate.at] = item
    _take_gapped(titles, chosen, total_words, usual_gap, heading_gap, [i.candidate.words for i in items])


def _listed(item: _Item, keys: frozenset[str]) -> bool:
    return title_key(item.form.title) in keys or title_key(" ".join(item.candidate.lines)) in keys


def _with_prose(some: Sequence[_Item], chosen: dict[int, _Item], total_words: int) -> list[_Item]:
    """Those that have prose before the next of them, or before the next heading already chosen."""
    stops = sorted({i.candidate.words for i in some} | {i.candidate.words for i in chosen.values()} | {total_words})
    return [
        i
        for i in some
        if stops[bisect_right(stops, i.candidate.words) if i.candidate.words < total_words else -1] - i.candidate.words
        >= PROSE_AFTER
    ]


def _take_gapped(
    titles: Sequence[_Item],
    chosen: dict[int, _Item],
    total_words: int,
    usual_gap: int,
    heading_gap: int,
    words: Sequence[int],
) -> None:
    """Titles that nothing marks but the space before them."""
    loose = [i for i in titles if i.candidate.at not in chosen and _title_like(i)]
    settled = [i for i in chosen.values() if i.number is not None or i.form.wrapper or i.form.shape == "title"]
    first = min(chosen, default=-1)
    if settled:
        heading_gap = heading_gap or min((i.candidate.gap for i in settled if i.candidate.at > 0), default=0)
        wide = [i for i in loose if heading_gap >= usual_gap + BIG_GAP and i.candidate.gap >= heading_gap]
        wide = [i for i in wide if i.candidate.at > first or _before_prose(i, words, total_words)]
        for item in _with_prose(wide, chosen, total_words):
            chosen[item.candidate.at] = replace(item, why="the space of a chapter heading before it", confidence=0.8)
        return
    wide = [i for i in loose if i.candidate.gap > usual_gap and i.candidate.gap_after <= i.candidate.gap]
    wide = _with_prose(wide, chosen, total_words)
    if len(wide) > SERIES:
        gap = Counter(i.candidate.gap for i in wide if i.candidate.at > 0).most_common(1)[0][0]
        for item in wide:
            if item.candidate.gap >= gap or item.candidate.at == wide[0].candidate.at:
                chosen[item.candidate.at] = replace(
                    item, why="one of a series of short lines after wide space", confidence=0.7
                )


def _before_prose(item: _Item, words: Sequence[int], total_words: int) -> bool:
    """The very next block is prose, not another short line of a title page."""
    at = bisect_right(words, item.candidate.words)
    return (words[at] if at < len(words) else total_words) - item.candidate.words >= PROSE_AFTER


def _title_like(item: _Item) -> bool:
    text = " ".join(item.candidate.lines)
    if len(item.candidate.lines) > 2 or len(text.split()) > TITLE_WORDS or is_closing(text):
        return False
    if SENTENCE_END.search(text) and not (text.endswith(("?", "!", ".")) and text.isupper()):
        return False
    return text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘'«„(" or not text[0].isascii()


# ------------------------------------------------------------------------------- titles in the block that follows


def _with_titles(chosen: dict[int, _Item], followers: dict[int, Candidate], lex: Lexicon, usual_gap: int) -> set[int]:
    """Give a numbered heading the next block as its title, where its family does so as a habit.

    Gives the places of the blocks so used up.
    """
    families: dict[tuple[str, str], list[_Item]] = {}
    for item in chosen.values():
        if item.form.shape in ("division", "number") and not item.form.title:
            families.setdefault((item.form.shape, item.form.word), []).append(item)
    consumed: set[int] = set()
    for members in families.values():
        follow = [(m, followers.get(m.candidate.at + 1)) for m in members]
        free = [(m, f) for m, f in follow if f and (f.at not in chosen or chosen[f.at].form.shape == "single")]
        free = [
            (m, f) for m, f in free if m.form.kind not in PARTS or f.at + 1 in chosen or f.gap < BIG_GAP + usual_gap
        ]
        strict = [(m, f) for m, f in free if _follows_as_title(f, lex, strict=True)]
        loose = [(m, f) for m, f in free if _follows_as_title(f, lex, strict=False)]
        accept = strict if len(strict) >= TITLED * len(members) else []
        if len(loose) >= max(3, TITLED_LOOSELY * len(members)):
            accept = loose
        for m, f in accept:
            title = NOTE_MARK.sub("", unwrap(" ".join(f.lines))[0])
            chosen[m.candidate.at] = replace(m, form=replace(m.form, title=title), title_block=1)
            chosen.pop(f.at, None)
            consumed.add(f.at)
    return consumed


def _drop_listed(chosen: dict[int, _Item], total_words: int) -> None:
    """A division that comes twice, once with nothing after it: that one stands in a list (of acts, of chapters)."""
    order = sorted(chosen)
    words = {at: chosen[at].candidate.words for at in order}
    room = {at: (words[order[i + 1]] if i + 1 < len(order) else total_words) - words[at] for i, at in enumerate(order)}
    seen: dict[tuple[str, int | None], list[int]] = {}
    for at in order:
        item = chosen[at]
        if item.form.shape == "division" and item.number is not None and item.form.kind not in ("part", "volume"):
            seen.setdefault((item.form.kind, item.number), []).append(at)
    listed: set[int] = set()
    for places in seen.values():
        full = [at for at in places if room[at] >= PROSE_BETWEEN]
        if len(places) > 1 and full:
            listed.update(at for at in places if at not in full)
    for before, at in pairwise(order):  # the last of a list has the text after the list behind it
        item = chosen[at]
        again = [p for p in seen.get((item.form.kind, item.number), []) if p > at and room[p] > room[at]]
        if before in listed and again:
            listed.add(at)
    for at in listed:
        del chosen[at]


def _drop_lone_volumes(chosen: dict[int, _Item]) -> None:
    """One volume number alone says which volume this file is; it divides nothing."""
    volumes = [i for i in chosen.values() if i.form.kind == "volume"]
    if len({i.number for i in volumes}) == 1 and len(chosen) > len(volumes):
        for item in volumes:
            del chosen[item.candidate.at]


def _take_part_titles(items: Sequence[_Item], chosen: dict[int, _Item], usual_gap: int) -> None:
    """Titles in capitals right before a chapter heading, again and again: the names of parts ("INFERNO", then "Canto I")."""
    found = [
        i
        for i in items
        if i.candidate.at not in chosen
        and i.candidate.at + 1 in chosen
        and chosen[i.candidate.at + 1].form.kind not in ("part", "volume")
        and i.candidate.gap > usual_gap
        and len(i.candidate.lines) == 1
        and i.candidate.lines[0].isupper()
        and _title_like(i)
    ]
    if len({title_key(i.candidate.lines[0]) for i in found}) < SERIES:
        return
    for item in found:
        form = replace(item.form, kind="part", shape="title")
        chosen[item.candidate.at] = replace(
            item, form=form, why="a title in capitals before a chapter heading", confidence=0.75
        )


def _follows_as_title(c: Candidate, lex: Lexicon, *, strict: bool) -> bool:
    text = " ".join(c.lines)
    if len(text) > LONGEST_BARE_TITLE * 1.5 or len(c.lines) > 2 or text[0] in "\"“'‘«„—–-[":
        return False
    form = read_form(text, lex)
    if form and form.shape in ("division", "number"):
        return False
    if text.isupper():
        return True
    if not c.gap or not c.gap_after:
        return False
    if strict:
        return len(text.split()) <= TITLE_WORDS and not SENTENCE_END.search(text) and not text[0].islower()
    return True


# -------------------------------------------------------------------------------------------------- levels


def _levels(ordered: list[_Item]) -> list[Decision]:
    """Parts above chapters above sections."""
    kinds = [i.form.kind for i in ordered]
    has_parts = any(k in ("part", "volume") for k in kinds)
    has_acts_with_scenes = "act" in kinds and "scene" in kinds
    sections = _sections(ordered)
    out: list[Decision] = []
    for item in ordered:
        kind = item.form.kind
        depth = 1
        if kind in ("part", "volume") or (kind == "act" and has_acts_with_scenes):
            depth = 0
        elif item.candidate.at in sections:
            depth = 2
        form = item.form
        out.append(
            Decision(
                item.candidate.at,
                1 + item.title_block,
                depth,
                kind,
                form.label,
                form.title,
                item.number,
                item.confidence,
                item.why,
                item.candidate.line,
            )  # fmt: skip
        )
    if has_parts and not any(d.depth == 1 for d in out):
        return [replace(d, depth=max(0, d.depth - 1) if d.depth == 2 else 1) for d in out]  # noqa: PLR2004
    return out


def _sections(ordered: list[_Item]) -> set[int]:
    """The numbers that start anew inside each chapter, family by family."""
    found: set[int] = set()
    for shape in ("number", "numbered-title"):
        bounded: list[tuple[_Item | None, list[_Item]]] = []
        owner: _Item | None = None
        current: list[_Item] = []
        for item in ordered:
            if item.form.shape == shape:
                current.append(item)
                continue
            if current:
                bounded.append((owner, current))
            owner, current = item, []
        if current:
            bounded.append((owner, current))
        inside = [(o, r) for o, r in bounded if o and o.form.kind not in ("part", "volume")]
        fresh = [(o, r) for o, r in inside if r[0].number == 1 and len(r) > 1]
        if len(fresh) < NESTED * len(inside):
            continue
        divided = any(i.form.shape == "division" and i.form.kind not in ("part", "volume") for i in ordered)
        for o, r in fresh:
            if o and (o.form.shape != "single" or divided):
                found |= {i.candidate.at for i in r}
    return found
