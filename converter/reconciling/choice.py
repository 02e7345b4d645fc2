"""Which version of a chapter is kept: the newest, and the whole one where another was cut off; why, and how sure.

Strategy. Evidence in the order in which it is believed: a note that a chapter was taken back is no version of it; one
that is the beginning (or the end) of another, or whose letters are lost or were misread by a scanner, is a damaged
copy, and one with a reader's comments is a copy for him, whatever its date; then the dates that the files say (a file
without one is as new as the dated file whose versions of other chapters it has); then their names ("v2", "final"); then
one text holding the other and more, as authors add more than they take; then when the files were saved, which may only
say when somebody copied them; at last that of the fuller file, so that the chapters of one revision stay together. The
last two are told as doubts, and so is where weaker evidence is of another opinion. Of drafts that were worked over the
one that was saved later is kept as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from converter.document.findings.copies import CopyVersion
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.reconciling.copies import rank
from converter.reconciling.differences import Measure, measured
from converter.reconciling.drafts import SAVED_APART, STANDS, Drafts, Version, compared, first_saved, versions_of
from converter.reconciling.remarks import remarked

if TYPE_CHECKING:
    from converter.reconciling.alignment import Slot
    from converter.reconciling.copies import Copy

Reason = Literal[
    "only",
    "same",
    "told",
    "whole",
    "readable",
    "scanned",
    "clean",
    "divided",
    "date",
    "revision",
    "name",
    "richer",
    "holds",
    "saved",
    "fuller",
    "third",
]
REASONS: Mapping[Reason, str] = {  # what is said of the version that is kept, after "the one kept"
    "same": "has the same words",
    "told": "has its text, and this one says that it is gone",
    "whole": "is whole, and this one is cut off",
    "readable": "can be read, and letters of this one are lost",
    "scanned": "has words of which this one has letters that a scanner misread",
    "clean": "is without the comments of a reader that this one holds",
    "divided": "is divided into chapters",
    "date": "is newer by its date",
    "revision": "is of a newer revision, by its other chapters",
    "name": "is newer by its name",
    "richer": "has more italics, notes or pictures",
    "holds": "holds this text and more",
    "saved": "was saved later",
    "fuller": "is of the fuller file",
    "third": "is better than a third copy, which is better than this one",
}
CUT = 0.05  # of a text: so much is missing at the end of a copy that was cut off
CUT_WORDS = 20
NEARLY = 0.9  # of the words of both the same: then what is more than words counts
LEGIBLE = 0.6  # of the words of both the same: of a scan that is worth comparing
ANEW = 0.5  # of the words of both the same, or less: written anew
TELLING = 0.1  # of a text: so much more in a version that was not kept is told


@dataclass(frozen=True, slots=True)
class Rival:
    """A version that was not kept: why the other was, and how the two differ (None where the words are the same)."""

    version: Version
    reason: Reason
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The version of a chapter that is kept, those that are not, and what is doubtful about it."""

    kept: Version
    rivals: tuple[Rival, ...]
    doubts: tuple[CopyVersion, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Which of two versions is kept, by which evidence; `against`: what speaks for the other, "" for nothing."""

    first: bool
    reason: Reason
    measure: Measure | None = None  # from the version that is not kept to the one that is
    against: str = ""


def choices_of(
    slots: Sequence[Slot],
    copies: Sequence[Copy],
    words: Mapping[tuple[int, int], Sequence[str]],
    texts: Mapping[tuple[int, int], str],
) -> list[Choice]:
    """The version of each slot that is kept. `words` and `texts` are those of every chapter of every copy, by copy and
    chapter."""
    versions = [versions_of(slot, copies, words) for slot in slots]
    drafts = compared(versions, copies, words, texts)
    return [
        _chosen(slot, its, replace(drafts, copies=first_saved(its, copies)))
        for slot, its in zip(slots, versions, strict=True)
    ]


def _chosen(slot: Slot, versions: Sequence[Version], drafts: Drafts) -> Choice:
    copies = drafts.copies
    ranked = sorted(versions, key=lambda v: (*rank(copies[v.copy]), -len(v.words), v.copy))
    kept = ranked[0]
    for other in ranked[1:]:
        if not _verdict(kept, other, drafts).first:
            kept = other
    rivals = []
    doubts = []
    for other in versions:
        if other is kept:
            continue
        verdict = _verdict(kept, other, drafts)
        if not verdict.first:  # of three, each may be better than the next one
            rivals.append(Rival(other, "third", measured(other.words, kept.words)))
            doubts.append(
                _doubt(kept, other, copies, f"may be the better one: beside it alone, it {REASONS[verdict.reason]}")
            )
            continue
        rivals.append(Rival(other, verdict.reason, verdict.measure))
        if verdict.against:
            doubts.append(_doubt(kept, other, copies, verdict.against))
        elif slot.anew and verdict.measure and verdict.measure.same < ANEW:
            doubts.append(_doubt(kept, other, copies, "has hardly a word in common with it"))
    return Choice(kept, tuple(rivals), tuple(doubts))


def _verdict(one: Version, other: Version, drafts: Drafts) -> _Verdict:
    copies, a, b = drafts.copies, one.copy, other.copy
    if one.gone != other.gone:
        return _Verdict(other.gone, "told")
    losses = drafts.losses_of(one, other)
    if losses.worse:
        first = losses.worse == 2
        old, new = (other, one) if first else (one, other)
        return _Verdict(first, "readable", measured(old.words, new.words))
    if one.words == other.words:
        return _of_same_words(one, other)
    ours, theirs = remarked(one, other), remarked(other, one)
    if ours.count != theirs.count and min(ours.count, theirs.count) == 0:
        return _without_remarks(replace(one, words=ours.words), replace(other, words=theirs.words), drafts, ours.count)
    forth = measured(other.words, one.words)  # from the other to this one
    back = measured(one.words, other.words)
    if _is_cut(forth, other, one, drafts):
        return _Verdict(True, "whole", forth, _newer_all_the_same(copies[other.copy], copies[one.copy]))
    if _is_cut(back, one, other, drafts):
        return _Verdict(False, "whole", back, _newer_all_the_same(copies[one.copy], copies[other.copy]))
    if one.lost != other.lost and min(one.lost, other.lost) == 0:
        return _Verdict(one.lost == 0, "readable", forth if one.lost == 0 else back)
    if min(forth.same, back.same) >= LEGIBLE and not drafts.scans.isdisjoint(((a, b), (b, a))):
        first = (b, a) in drafts.scans
        return _Verdict(first, "scanned", forth if first else back)
    worked_over = (min(a, b), max(a, b)) in drafts.pairs
    evidence = _Evidence(forth, back, one.marks - other.marks, other.cut_out - one.cut_out, worked_over)
    first, reason, against = _newer(copies[one.copy], copies[other.copy], evidence)
    if losses.damaged == (1 if first else 2):
        against = "can be read where letters of the one kept are lost"
    return _Verdict(first, reason, forth if first else back, against)


def _of_same_words(one: Version, other: Version) -> _Verdict:
    """Of two versions with the same words the one that is divided into chapters, then the one with italics."""
    if one.cut_out != other.cut_out:
        return _Verdict(other.cut_out, "divided")
    if len(one.chapters) != len(other.chapters):
        return _Verdict(len(one.chapters) > len(other.chapters), "divided")
    return _Verdict(one.marks >= other.marks, "same")


def _without_remarks(one: Version, other: Version, drafts: Drafts, count: int) -> _Verdict:
    """Of two versions, given without the remarks that one has (`count` of the first one's), the one that has none: but
    a whole text with remarks before one that was cut off."""
    first = not count
    clean, remarked_ = (one, other) if first else (other, one)
    to_clean, back = measured(remarked_.words, clean.words), measured(clean.words, remarked_.words)
    if _is_cut(back, clean, remarked_, drafts):
        return _Verdict(not first, "whole", back, "is without the comments of a reader")
    anew = max(to_clean.removed, to_clean.added)
    words = "1 word" if anew == 1 else f"{anew} words"
    against = f"holds a reader's comments and {words} that were rewritten" if anew else ""
    return _Verdict(first, "clean", to_clean, against)


def _is_cut(to_whole: Measure, cut: Version, whole: Version, drafts: Drafts) -> bool:
    """Whether a version is another one without its end, or without its beginning: word for word, or where a file
    breaks off. Inside a file, and with words changed as well, it was made shorter on purpose; and a note that stands in
    several chapters of a scan is missing in no clean copy."""
    least = max(CUT_WORDS, CUT * to_whole.new)
    missing = max(to_whole.tail, to_whole.head)
    if missing < least or to_whole.same < STANDS or to_whole.added - missing > (1 - STANDS) * len(cut.words):
        return False
    if (whole.copy, cut.copy) in drafts.scans and drafts.is_note(whole, missing, at_end=to_whole.tail == missing):
        return False
    if to_whole.added == missing and not to_whole.removed:
        return True
    at_end = cut.chapters[-1] == len(drafts.copies[cut.copy].chapters) - 1 or cut.prints[-1].open_end
    return at_end if to_whole.tail == missing else cut.chapters[0] == 0


def _newer_all_the_same(cut: Copy, whole: Copy) -> str:
    """What is to be told where the copy that was cut off says that it is newer."""
    if cut.changed > whole.changed and whole.changed:
        return f"is dated {cut.changed} and shorter: it may have been cut by its author"
    if cut.version > whole.version and whole.version:
        return "is newer by its name and shorter: it may have been cut by its author"
    return ""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What two versions themselves say: how they differ, from the other to this one and back, how much more this one
    has beside its words, which one was a chapter of its own (1: this one), and whether their copies are drafts of which
    one was worked over."""

    forth: Measure
    back: Measure
    marks: int
    divided: int
    drafts: bool


def _newer(one: Copy, other: Copy, evidence: _Evidence) -> tuple[bool, Reason, str]:
    """Whether the first of two versions is kept, by which evidence, and what speaks against it."""
    by_time = _compared(one.saved, other.saved) if abs(one.saved - other.saved) > SAVED_APART else 0
    said = _opinions(one, other, evidence, by_time)
    if not said:
        forth = evidence.forth
        return (one.words, forth.new) >= (other.words, forth.old), "fuller", "may be as new: nothing says which is"
    opinion, reason = said[0]
    to_kept = evidence.forth if opinion > 0 else evidence.back
    against = _against(opinion, reason, said[1:], to_kept, by_time)
    if reason == "saved":
        against = _of_saving(*((one, other) if opinion > 0 else (other, one)), against)
    return opinion > 0, reason, against


def _opinions(one: Copy, other: Copy, evidence: _Evidence, by_time: int) -> list[tuple[int, Reason]]:
    """What speaks for the first of two versions (1) or for the other (-1), the strongest evidence first."""
    dates = [copy.changed or copy.likely for copy in (one, other)]
    same_day = dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])  # or nobody says it
    forth, back = evidence.forth, evidence.back
    saved: tuple[int, Reason] = (by_time, "saved")
    opinions: list[tuple[int, Reason]] = [
        (0 if same_day else _compared(*dates), "date" if one.changed and other.changed else "revision"),
        (_compared(one.version, other.version), "name"),
        (evidence.divided if min(forth.same, back.same) >= STANDS else 0, "divided"),
        *([saved] if evidence.drafts else []),
        (_compared(evidence.marks, 0) if min(forth.same, back.same) >= NEARLY else 0, "richer"),
        ((forth.same >= STANDS) - (back.same >= STANDS), "holds"),
        *([saved] if not evidence.drafts else []),
    ]
    return [(opinion, reason) for opinion, reason in opinions if opinion]


def _against(opinion: int, reason: Reason, others: Sequence[tuple[int, Reason]], to_kept: Measure, by_time: int) -> str:
    """What speaks for the version that is not kept: that it has much more, or weaker evidence; "" for nothing."""
    much = to_kept.old - to_kept.new >= max(CUT_WORDS, TELLING * to_kept.old)
    if reason not in ("holds", "richer") and much:
        return f"has {to_kept.removed} words that it has not"
    if reason == "richer" and by_time and by_time != opinion:
        return "was saved later"
    return "is newer by its name" if any(o != opinion and r == "name" for o, r in others) else ""


def _of_saving(kept: Copy, other: Copy, against: str) -> str:
    """What is to be told where only the times of saving say which of two is newer; `against` is what else speaks for
    the other. One that was saved before the day that the kept one names can't be newer."""
    saved = datetime.fromtimestamp(other.saved, UTC).date().isoformat()
    if kept.changed and not other.changed and saved < kept.changed:
        return against
    said = f"is dated {other.changed}" if other.changed else "says nothing of its date"
    if kept.changed and other.changed:
        said = "is of the same date"
    again = "files are saved again when they are copied"
    return ", and ".join(why for why in (against, said, again) if why)


def _compared(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def _doubt(kept: Version, other: Version, copies: Sequence[Copy], why: str) -> CopyVersion:
    file = copies[kept.copy].file
    line = kept.prints[0].line
    return CopyVersion(kept.name, file, copies[other.copy].file, why, Origin(file, max(1, line)))
