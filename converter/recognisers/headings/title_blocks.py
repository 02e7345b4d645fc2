"""The title of a numbered heading in the block after it: where its family does so as a habit, or its place and its
words say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from converter.document.model import ChapterKind
from converter.document.patterns import regex
from converter.recognisers.headings.candidates import Candidate, Chosen, ReadCandidate, few_words, in_title_case
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, read_form, unwrap
from converter.recognisers.headings.levels import PART_KINDS
from converter.recognisers.headings.titles import BIG_GAP, LONG_TITLE_WORDS, SPOKEN
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.authors_notes import is_label, is_note
from converter.recognisers.lines.dates import is_date, is_dateline, says_when
from converter.recognisers.lines.letters import greets
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.vocabulary import either

TITLED = 0.6  # of a family's numbered headings have a title in the next block: then that block is the title
TITLED_LOOSELY = 0.85  # of them, where the titles look like sentences
LEAST_TITLED_LOOSELY = 3  # headings: fewer such pairs may be chance
MANY_HEADINGS = 8  # headings: so many short first blocks in a row are titles, whatever the space around them
ABOVE_STORY = regex(rf"[\W_]{{0,4}}(?:{either('notes', 'greetings')}\b|{either('notes', 'above')})", re.I)  # no titles
SENTENCES = regex(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bMs)(?<!\bSt)(?<!\b[A-Z])[.!?…][\"'”’»)]*\s+[A-Z\"“'‘«]\w+\s+\w"
)  # a second sentence begins
_Pair = tuple[ReadCandidate, Candidate]
ADDRESSED_WORDS = 4
INSIDE: frozenset[ChapterKind] = frozenset(  # kinds of what a volume holds beside its chapters: none is its title
    ("dedication", "foreword", "preface", "introduction", "prologue", "interlude", "epilogue", "afterword")
)
HELPERS = ("translator", "editor", "illustrator")
PLAYED = frozenset({"act", "scene"})
CUE = regex(r"[^\W\d_][^:\n]{0,30}:\s|[\[(]")  # what is heard or seen as a scene of a play opens


def with_title_blocks(chosen: Chosen, followers: dict[int, Candidate], lex: Lexicon, usual_gap: int) -> set[int]:
    """Give a numbered heading the next block as its title, where its family does so as a habit, or its place and its
    words say so.

    `followers` holds all candidates by their place. Gives the places of the blocks so used up.
    """
    families: dict[tuple[str, str], list[ReadCandidate]] = {}
    for item in chosen.values():
        if item.form.shape in ("division", "number") and not item.form.title:
            families.setdefault((item.form.shape, item.form.word), []).append(item)
    consumed: set[int] = set()
    for members in families.values():
        accept = _titled(members, chosen, followers, lex, usual_gap)
        for m, f in accept:
            title = unwrap(f.text)[0]
            blocks = 2 if len(f.lines) > len(followers[f.at].lines) else 1
            chosen[m.at] = m._replace(form=replace(m.form, title=title), title_block=blocks)
            for at in range(f.at, f.at + blocks):
                chosen.pop(at, None)
                consumed.add(at)
    return consumed


def _titled(
    members: Sequence[ReadCandidate], chosen: Chosen, followers: dict[int, Candidate], lex: Lexicon, usual_gap: int
) -> list[tuple[ReadCandidate, Candidate]]:
    """The headings of a family that have the next block as their title, each with that block."""
    free = [(m, f) for m in members if (f := _follower(m, followers)) and _free(m, f, chosen, followers, usual_gap)]
    accept = [(m, f) for m, f in free if _follows_as_title(f, lex, usual_gap, strict=True)]
    if len(accept) < TITLED * len(members):
        accept = []
    few = len(members) < MANY_HEADINGS
    loose = [(m, f) for m, f in free if _follows_as_title(f, lex, usual_gap, strict=False, few=few)]
    if len(loose) >= max(LEAST_TITLED_LOOSELY, TITLED_LOOSELY * len(members)):
        accept = loose
    habit = bool(accept)
    rest = [pair for pair in free if pair not in accept]
    taken = [
        *accept,
        *((m, f) for m, f in rest if _goes_on(m, f) or _shows_title(m, f, followers, lex, usual_gap, habit=habit)),
    ]
    return [*taken, *_set_as_others(free, taken, usual_gap)] if 2 * len(taken) >= len(members) else taken


def _set_as_others(free: Sequence[_Pair], taken: Sequence[_Pair], usual_gap: int) -> Iterator[_Pair]:
    """Those left of the free pairs that are set as all the titles taken are."""
    spaces = {(f.gap, f.gap_after) for _, f in taken}
    for pair in free:
        if pair not in taken and _set_alike(pair[1], spaces, usual_gap):
            yield pair


def _set_alike(follower: Candidate, spaces: set[tuple[int, int]], usual_gap: int) -> bool:
    """Whether a short line has the space before and after it that all titles of its heading's kind have, and no
    paragraph has: then it is one, too, whatever its words might mean elsewhere ("Ein Brief" is no first letter there).
    """
    gap, after = follower.gap, follower.gap_after
    if spaces != {(gap, after)} or not (gap < usual_gap <= after or after > usual_gap):
        return False
    text = follower.text
    note = is_note(text) or is_label(text) or ABOVE_STORY.match(text) or greets(text)
    return len(follower.lines) == 1 and few_words(text) and not note


def _shows_title(
    heading: ReadCandidate,
    follower: Candidate,
    followers: dict[int, Candidate],
    lex: Lexicon,
    usual_gap: int,
    *,
    habit: bool,
) -> bool:
    """Whether the one line after a heading is its title though others have none, or it is long: it stands right below
    the heading where blank lines part paragraphs; or it ends no sentence, and prose follows it. `habit`: others of
    its family have their titles so."""
    if len(follower.lines) > 1 or follower.gap_after < max(1, usual_gap) or not _may_be_title(follower, lex):
        return False
    text = follower.text
    if not follower.gap < usual_gap and (heading.form.shape != "division" or follower.gap_after < follower.gap):
        return False
    few = few_words(text)
    if not few and not (in_title_case(text) and len(text.split()) <= LONG_TITLE_WORDS):
        return False
    if not habit and says_when(text):
        return False
    if not follower.gap:
        return True
    return habit or (few and _tells_below(follower, followers))


def _may_be_title(follower: Candidate, lex: Lexicon) -> bool:
    """Whether a line is worded as a title: no date, no speech, no heading of its own, and no sentence."""
    text = follower.text
    if (
        is_date(text)
        or is_dateline(text)
        or is_date(text.rpartition(", ")[2])
        or text[0] in SPOKEN
        or text[0].islower()
    ):
        return False
    if is_note(text) or is_label(text) or ABOVE_STORY.match(text) or greets(text) or SENTENCES.search(text):
        return False
    form = read_form(text, lex)
    if form and form.shape in ("division", "number"):
        return False
    return not SENTENCE_END.search(text) or (text[-1] in "?!" and in_title_case(text))


def _tells_below(follower: Candidate, followers: dict[int, Candidate]) -> bool:
    """Whether what stands below a line is told: a long block, or one that ends a sentence."""
    below = followers.get(follower.at + 1)
    return below is None or (len(below.lines) == 1 and bool(SENTENCE_END.search(below.text)) and not greets(below.text))


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


def _free(
    heading: ReadCandidate, follower: Candidate, chosen: Chosen, followers: dict[int, Candidate], usual_gap: int
) -> bool:
    """Whether the block after a heading is no heading itself, and near enough to a part's heading to belong to it."""
    if len(follower.lines) > 1 and (is_date(follower.lines[-1]) or _addresses(followers.get(follower.at + 1))):
        return False  # the place and the day over a letter
    if follower.at in chosen and chosen[follower.at].form.shape != "single" and not _only_one(follower, chosen):
        return False
    if _names_helper(follower.text):
        return False
    if heading.form.kind in PART_KINDS and follower.at in chosen and chosen[follower.at].form.kind in INSIDE:
        return False
    near = follower.at + 1 in chosen or follower.gap < BIG_GAP + usual_gap
    return heading.form.kind not in PART_KINDS or near


def _names_helper(text: str) -> bool:
    """Whether a line says who translated or edited what is below it: "Translator: dragonfly"."""
    field = read_field(text)
    return field is not None and field[0] in HELPERS and bool(field[1])


def _addresses(below: Candidate | None) -> bool:
    """Whether a line below two others calls somebody, as a letter opens: "Dear Ada,", "Ada—"."""
    if below is None or len(below.lines) > 1:
        return False
    return greets(below.text) or (below.text[-1] in ",—–:!" and len(below.text.split()) <= ADDRESSED_WORDS)


def _only_one(follower: Candidate, chosen: Chosen) -> bool:
    """Whether a line that reads as a heading has no other of its kind: it counts nothing."""
    form = chosen[follower.at].form
    return sum((i.form.shape, i.form.word) == (form.shape, form.word) for i in chosen.values()) == 1


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
