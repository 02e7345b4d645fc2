"""Titles alone, which signs, a contents list or the space around them show."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from converter.recognisers.headings.candidates import (
    Chosen,
    ReadCandidate,
    in_title_case,
    title_key,
    title_like,
)
from converter.recognisers.headings.diaries import take_dates
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.headings.poems import POEM_WORDS, take_poems, titles_of_poems
from converter.recognisers.headings.series import SERIES

BIG_GAP = 2  # blank lines more than between paragraphs
SURE_SIGNS = ("#", "=", "underline")
LOOSE_SIGNS = ("_", "<b>", "[b]", "*", "-", "<>", "“")  # also used for emphasis, dialogue and asides
SPOKEN = "\"“‘'«„—–-[(*_<"
LONG_TITLE_WORDS = 40  # of a title that tells the chapter: "In Which Our Heroine ..."
MARKED = 2  # this many titles in the same signs make a family
LAST_WORDS = 5  # below the last of several
SECTION_SHAPES = ("number", "numbered-title", "division")
PROSE_AFTER = 25  # words between a title and the next heading candidate


def take_titles(
    items: Sequence[ReadCandidate],
    chosen: Chosen,
    total_words: int,
    contents: frozenset[str],
    usual_gap: int,
    *,
    verse: bool,
) -> None:
    """Add to `chosen` the titles that stand alone. The arguments are those of `families.decide`."""
    alone = [i for i in items if i.at not in chosen and i.form.shape in ("title", "numbered-title", "single")]
    titles = [i for i in alone if not is_closing(i.candidate.text)]
    gaps = [i.candidate.gap for i in chosen.values() if i.at > 0]
    heading_gap = min(gaps) if len(gaps) > 1 else 0
    _take_marked(_marked(titles, chosen, contents, heading_gap), chosen, contents, total_words)
    if not chosen:
        take_dates(titles, chosen, total_words, usual_gap)
    loose = [i for i in titles if i.at not in chosen and title_like(i)]
    if any(map(_settles, chosen.values())):
        if verse:
            take_poems(loose, chosen, total_words)
            loose = [i for i in loose if i.at not in chosen]
        _take_spaced(loose, chosen, total_words, usual_gap, heading_gap, [i.candidate.words for i in items])
    else:
        _take_gapped(loose, titles, chosen, total_words, usual_gap)


def _take_marked(marked: Sequence[ReadCandidate], chosen: Chosen, contents: frozenset[str], total_words: int) -> None:
    """Add those of the marked titles that have prose below them; the last of several needs little, and those that
    `contents` lists have the prose of their sections."""
    prosed = _with_prose(marked, chosen, total_words)
    if contents:
        owners = _over_sections([i for i in marked if i not in prosed], chosen, contents)
        sections = [i for i in chosen.values() if i.number is None or _listed(i, contents)]
        prosed += _with_prose(owners, {i.at: i for i in (*sections, *prosed)}, total_words)
    if len(prosed) > SERIES and marked[-1] not in prosed and total_words - marked[-1].candidate.words >= LAST_WORDS:
        prosed.append(marked[-1])  # "Contributors"
    for item in prosed:
        chosen[item.at] = item


def _marked(
    titles: Sequence[ReadCandidate], chosen: Chosen, contents: frozenset[str], heading_gap: int
) -> list[ReadCandidate]:
    """The titles that signs around them show, or the contents list; `heading_gap` is the space before the others."""
    counts = Counter(i.form.wrapper for i in titles if i.form.wrapper and title_like(i))
    borne = frozenset(title_key(i.form.title) for i in chosen.values() if i.form.title)
    marked: list[ReadCandidate] = []
    for item in titles:
        signs = item.form.wrapper
        if signs in SURE_SIGNS:
            why, sure = "set as a heading by its own signs", 0.95
        elif counts[signs] >= MARKED and signs not in LOOSE_SIGNS and title_like(item):
            why, sure = f"one of {counts[signs]} titles in the same signs", 0.9
        elif _listed(item, contents) and item.candidate.gap >= heading_gap and not _listed(item, borne):
            why, sure = "stands in the contents list", 0.95
        else:
            continue
        marked.append(item._replace(why=why, confidence=sure))
    return marked


def _over_sections(some: Sequence[ReadCandidate], chosen: Chosen, contents: frozenset[str]) -> list[ReadCandidate]:
    """The titles of the contents list whose next heading is a number that the list does not have: the first of its
    kind, or one with less space before it. A line that ends a sentence is none."""
    order = sorted(chosen)
    out: list[ReadCandidate] = []
    for item in some:
        following = bisect_right(order, item.at)
        if following == len(order) or not (_listed(item, contents) and title_like(item)):
            continue
        below = chosen[order[following]]
        first = below.number is not None and (below.number <= 1 or below.candidate.gap < item.candidate.gap)
        if first and below.form.shape in SECTION_SHAPES and not _listed(below, contents):
            out.append(item)
    return out


def _settles(item: ReadCandidate) -> bool:
    """Whether a heading shows how others are set: it has a number or signs, or is a title; "Prologue" alone is not."""
    return item.number is not None or bool(item.form.wrapper) or item.form.shape == "title"


def _listed(item: ReadCandidate, keys: frozenset[str]) -> bool:
    return title_key(item.form.title) in keys or title_key(item.candidate.text) in keys


def _with_prose(some: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> list[ReadCandidate]:
    """Those that have prose before the next of them, or before the next heading already chosen."""
    stops = sorted({i.candidate.words for i in (*some, *chosen.values())} | {total_words})

    def room(words: int) -> int:
        return stops[bisect_right(stops, words) if words < total_words else -1] - words

    return [i for i in some if room(i.candidate.words) >= PROSE_AFTER]


def _take_spaced(
    loose: Sequence[ReadCandidate],
    chosen: Chosen,
    total_words: int,
    usual_gap: int,
    heading_gap: int,
    words: Sequence[int],
) -> None:
    """Titles that have the space of the other headings before them, and nothing else."""
    settled = [i for i in chosen.values() if _settles(i)]
    heading_gap = heading_gap or min((i.candidate.gap for i in settled if i.at > 0), default=0)
    if heading_gap < usual_gap + BIG_GAP:
        return
    first = min(chosen)
    wide = [i for i in loose if i.candidate.gap >= heading_gap]
    wide = [i for i in wide if i.at > first or _before_prose(i, words, total_words)]
    for item in _with_prose(wide, chosen, total_words):
        chosen[item.at] = item._replace(why="the space of a chapter heading before it", confidence=0.8)


def _take_gapped(
    loose: Sequence[ReadCandidate],
    titles: Sequence[ReadCandidate],
    chosen: Chosen,
    total_words: int,
    usual_gap: int,
) -> None:
    """Where no other heading is known: a series of short lines, each after the same wide space."""
    wide = [i for i in loose if i.candidate.gap > usual_gap and i.candidate.gap_after <= i.candidate.gap]
    wide = _with_prose(wide, chosen, total_words)
    if (not usual_gap or len(wide) <= SERIES) and (poems := titles_of_poems(loose, [total_words])):
        chosen.update((i.at, i) for i in poems)
        return
    if len(wide) <= SERIES:
        return
    gap = Counter(i.candidate.gap for i in wide if i.at > 0).most_common(1)[0][0]
    for item in [*wide, *_short_ones(loose, wide, gap, total_words), *_set_alike(titles, gap)]:
        if item.candidate.gap >= gap or item.at == wide[0].at:
            chosen[item.at] = item._replace(why="one of a series of short lines after wide space", confidence=0.7)


def _set_alike(titles: Sequence[ReadCandidate], gap: int) -> list[ReadCandidate]:
    """Titles set like those of a series that are longer than most, or questions: each longer word has a capital."""
    return [
        i
        for i in titles
        if i.candidate.gap >= gap
        and 0 < i.candidate.gap_after < gap
        and len(i.candidate.lines) == 1
        and i.candidate.text[0] not in SPOKEN
        and i.candidate.text[-1] not in ".,;:…"
        and len(i.candidate.text.split()) <= LONG_TITLE_WORDS
        and in_title_case(i.candidate.text)
    ]


def _short_ones(
    loose: Sequence[ReadCandidate], wide: Sequence[ReadCandidate], gap: int, total_words: int
) -> list[ReadCandidate]:
    """Titles set like those of a series, with so few words below them as a poem may have."""
    known = {i.at for i in wide}
    stops = [*(i.candidate.words for i in wide), total_words]

    def room(item: ReadCandidate) -> int:
        following = min(bisect_right(stops, item.candidate.words), len(stops) - 1)
        return stops[following] - item.candidate.words

    alike = [i for i in loose if i.candidate.gap >= gap and 0 < i.candidate.gap_after < gap and i.at not in known]
    return [i for i in alike if room(i) >= POEM_WORDS]


def _before_prose(item: ReadCandidate, words: Sequence[int], total_words: int) -> bool:
    """The very next block is prose, not another short line of a title page."""
    at = bisect_right(words, item.candidate.words)
    return (words[at] if at < len(words) else total_words) - item.candidate.words >= PROSE_AFTER
