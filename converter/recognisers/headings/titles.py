"""Titles alone, which signs, a contents list or the space around them show; titles in the block after a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from converter.document.patterns import regex
from converter.recognisers.headings.candidates import (
    Candidate,
    Chosen,
    ReadCandidate,
    few_words,
    title_key,
    title_like,
)
from converter.recognisers.headings.endings import is_closing
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, read_form, unwrap
from converter.recognisers.headings.levels import PART_KINDS
from converter.recognisers.headings.series import SERIES
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.lines.dates import is_date
from converter.recognisers.vocabulary import either

TITLED = 0.6  # of a family's numbered headings have a title in the next block: then that block is the title
TITLED_LOOSELY = 0.85  # of them, where the titles look like sentences
LEAST_TITLED_LOOSELY = 3  # headings: fewer such pairs may be chance
MANY_HEADINGS = 8  # headings: so many short first blocks in a row are titles, whatever the space around them
ABOVE_STORY = regex(rf"[\W_]{{0,4}}(?:{either('notes', 'greetings')}\b|{either('notes', 'above')})", re.I)  # no titles
SENTENCES = regex(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bMs)(?<!\bSt)(?<!\b[A-Z])[.!?…][\"'”’»)]*\s+[A-Z\"“'‘«]\w+\s+\w"
)  # a second sentence begins
BIG_GAP = 2  # blank lines more than between paragraphs
SURE_SIGNS = ("#", "=", "underline")
LOOSE_SIGNS = ("_", "<b>", "[b]", "*", "-", "<>", "“")  # also used for emphasis, dialogue and asides
LEAST_DATES = 3  # entries of a diary: fewer dates head letters
MARKED = 2  # this many titles in the same signs make a family
POEM_WORDS = 8  # words of a poem, its title with it
POEMS = 0.75  # of the lines alone after wide space have a poem below them; else they are something else
LAST_WORDS = 5  # below the last of several
PROSE_AFTER = 25  # words between a title and the next heading candidate
PLAYED = frozenset({"act", "scene"})
CUE = regex(r"[^\W\d_][^:\n]{0,30}:\s|[\[(]")  # what is heard or seen as a scene of a play opens


def take_titles(
    items: Sequence[ReadCandidate], chosen: Chosen, total_words: int, contents: frozenset[str], usual_gap: int
) -> None:
    """Add to `chosen` the titles that stand alone. The arguments are those of `families.decide`."""
    alone = [i for i in items if i.at not in chosen and i.form.shape in ("title", "numbered-title", "single")]
    titles = [i for i in alone if not is_closing(i.candidate.text)]
    gaps = [i.candidate.gap for i in chosen.values() if i.at > 0]
    heading_gap = min(gaps) if len(gaps) > 1 else 0
    marked = _marked(titles, chosen, contents, heading_gap)
    prosed = _with_prose(marked, chosen, total_words)
    if len(prosed) > SERIES and marked[-1] not in prosed and total_words - marked[-1].candidate.words >= LAST_WORDS:
        prosed.append(marked[-1])  # "Contributors"
    for item in prosed:
        chosen[item.at] = item
    if not chosen:
        _take_dates(titles, chosen, total_words)
    loose = [i for i in titles if i.at not in chosen and title_like(i)]
    if any(map(_settles, chosen.values())):
        _take_spaced(loose, chosen, total_words, usual_gap, heading_gap, [i.candidate.words for i in items])
    else:
        _take_gapped(loose, chosen, total_words, usual_gap)


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


def _settles(item: ReadCandidate) -> bool:
    """Whether a heading shows how others are set: it has a number or signs, or is a title; "Prologue" alone is not."""
    return item.number is not None or bool(item.form.wrapper) or item.form.shape == "title"


def _take_dates(titles: Sequence[ReadCandidate], chosen: Chosen, total_words: int) -> None:
    """Where nothing else divides the text: the dated entries of a diary."""
    dated = [i for i in titles if len(i.candidate.lines) == 1 and is_date(i.candidate.text)]
    if len(dated) < LEAST_DATES or total_words < LEAST_DATES * len(dated):
        return
    for item in dated:
        form = replace(item.form, shape="title", label="", title=unwrap(item.candidate.text)[0], number=None)
        chosen[item.at] = item._replace(form=form, why=f"one of {len(dated)} dates before entries", confidence=0.8)


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


def _take_gapped(loose: Sequence[ReadCandidate], chosen: Chosen, total_words: int, usual_gap: int) -> None:
    """Where no other heading is known: a series of short lines, each after the same wide space."""
    wide = [i for i in loose if i.candidate.gap > usual_gap and i.candidate.gap_after <= i.candidate.gap]
    wide = _with_prose(wide, chosen, total_words)
    if (not usual_gap or len(wide) <= SERIES) and (poems := _poems(loose, total_words)):
        chosen.update((i.at, i) for i in poems)
        return
    if len(wide) <= SERIES:
        return
    gap = Counter(i.candidate.gap for i in wide if i.at > 0).most_common(1)[0][0]
    for item in [*wide, *_short_ones(loose, wide, gap, total_words)]:
        if item.candidate.gap >= gap or item.at == wide[0].at:
            chosen[item.at] = item._replace(why="one of a series of short lines after wide space", confidence=0.7)


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


def _poems(loose: Sequence[ReadCandidate], total_words: int) -> list[ReadCandidate]:
    """The titles of poems: lines alone, with more space before than after them; a poem may have few words."""
    wide = [i for i in loose if i.candidate.gap > max(1, i.candidate.gap_after) and i.candidate.gap_after]
    stops = [*(i.candidate.words for i in wide), total_words]
    titles = [i for i, stop in zip(wide, stops[1:], strict=True) if stop - i.candidate.words >= POEM_WORDS]
    if len(titles) <= SERIES or len(titles) < POEMS * len(wide):
        return []
    return [i._replace(why="one of a series of lines alone after wide space", confidence=0.7) for i in titles]


def _before_prose(item: ReadCandidate, words: Sequence[int], total_words: int) -> bool:
    """The very next block is prose, not another short line of a title page."""
    at = bisect_right(words, item.candidate.words)
    return (words[at] if at < len(words) else total_words) - item.candidate.words >= PROSE_AFTER


def with_title_blocks(chosen: Chosen, followers: dict[int, Candidate], lex: Lexicon, usual_gap: int) -> set[int]:
    """Give a numbered heading the next block as its title, where its family does so as a habit.

    `followers` holds all candidates by their place. Gives the places of the blocks so used up.
    """
    families: dict[tuple[str, str], list[ReadCandidate]] = {}
    for item in chosen.values():
        if item.form.shape in ("division", "number") and not item.form.title:
            families.setdefault((item.form.shape, item.form.word), []).append(item)
    consumed: set[int] = set()
    for members in families.values():
        free = [(m, f) for m in members if (f := _follower(m, followers)) and _free(m, f, chosen, usual_gap)]
        accept = [(m, f) for m, f in free if _follows_as_title(f, lex, usual_gap, strict=True)]
        if len(accept) < TITLED * len(members):
            accept = []
        loose = [
            (m, f)
            for m, f in free
            if _follows_as_title(f, lex, usual_gap, strict=False, few=len(members) < MANY_HEADINGS)
        ]
        if len(loose) >= max(LEAST_TITLED_LOOSELY, TITLED_LOOSELY * len(members)):
            accept = loose
        accept += [pair for pair in free if _goes_on(*pair) and pair not in accept]
        for m, f in accept:
            title = unwrap(f.text)[0]
            blocks = 2 if len(f.lines) > len(followers[f.at].lines) else 1
            chosen[m.at] = m._replace(form=replace(m.form, title=title), title_block=blocks)
            for at in range(f.at, f.at + blocks):
                chosen.pop(at, None)
                consumed.add(at)
    return consumed


def _goes_on(heading: ReadCandidate, follower: Candidate) -> bool:
    """Whether a heading ends with a comma, and its title stands right below it."""
    return heading.candidate.text[-1] == "," and not follower.gap


def _follower(heading: ReadCandidate, followers: dict[int, Candidate]) -> Candidate | None:
    """The block after a heading; with the one right below it, where that goes on in small letters."""
    first = followers.get(heading.at + 1)
    second = followers.get(heading.at + 2)
    if first is None or second is None or second.gap or not first.gap or SENTENCE_END.search(first.text):
        return None if first is not None and heading.form.kind in PLAYED and CUE.match(first.text) else first
    if not second.text[0].islower() or not second.gap_after:
        return first
    return first._replace(lines=(*first.lines, *second.lines), gap_after=second.gap_after)


def _free(heading: ReadCandidate, follower: Candidate, chosen: Chosen, usual_gap: int) -> bool:
    """Whether the block after a heading is no heading itself, and near enough to a part's heading to belong to it."""
    if len(follower.lines) > 1 and is_date(follower.lines[-1]):
        return False  # the place and the day over a letter
    if follower.at in chosen and chosen[follower.at].form.shape != "single":
        return False
    near = follower.at + 1 in chosen or follower.gap < BIG_GAP + usual_gap
    return heading.form.kind not in PART_KINDS or near


def _follows_as_title(c: Candidate, lex: Lexicon, usual_gap: int, *, strict: bool, few: bool = False) -> bool:
    """Whether a block reads as the title of the heading before it; unless `strict`, it may look like a sentence."""
    text = c.text
    if is_date(text) or is_date(text.rpartition(", ")[2]):
        return False  # a letter's
    if len(text) > LONGEST_BARE_TITLE * 1.5 or len(c.lines) > 2 or text[0] in "\"“'‘«„—–-[":
        return False
    form = read_form(text, lex)
    if form and form.shape in ("division", "number"):
        return False
    if text.isupper():
        return True
    if not c.gap_after or is_note(text) or ABOVE_STORY.match(text) or SENTENCES.search(text):
        return False
    if strict:
        return _worded_as_title(c, usual_gap)
    return bool(c.gap) and not (few and c.gap_after <= c.gap)


def _worded_as_title(c: Candidate, usual_gap: int) -> bool:
    """Whether a block has few words that are no sentence; one that more space follows than parts paragraphs, and than
    stands before it, may end with a full stop."""
    text = c.text
    set_off = c.gap_after > max(c.gap, usual_gap) and len(c.lines) == 1
    sentence = SENTENCE_END.search(text) and not (set_off and text.endswith("."))
    return few_words(text) and not sentence and not text[0].islower()
