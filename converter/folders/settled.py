"""Which of several files that may be one story are made: settled two by two, so that no third file changes it.

Strategy. Of two texts that have to do with each other one takes the other's place where nothing but single words of
the other is missing from it, or where it is both the newest and the fullest version; else both are made, and the doubt
is said. A file is left out when any other takes its place, whatever else lies there. It is named with the one that is
made at last; where files take each other's places in a circle, they are one text but for single words, and the newest
of them all is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from converter.folders.copies import (
    FEW_MARKS,
    GLANCES,
    KIN,
    REVISED,
    Held,
    Version,
    beginning,
    found_in,
    held,
    version_of,
)
from converter.folders.kinds import ending_of
from converter.folders.listing import WHOLE, Entry, Look
from converter.folders.understood import Twin

DOUBT = -1  # of two files that have to do with each other, neither takes the other's place


def sorted_out(names: Sequence[str], entries: Mapping[str, Entry], look: Look) -> dict[str, tuple[Twin, ...]]:
    """Which of these files are made, each with its twins: files that are not made, and those that may be the same."""
    return settled_among([version_of(entries[name], look.whole(name)) for name in names])


def told_again(names: Sequence[str], entries: Mapping[str, Entry], look: Look) -> dict[str, tuple[Twin, ...]]:
    """Of files of one format that are the same to the last sign, but for gaps, whatever they are called: which one is
    made, with the others as its twins. Only files that begin alike are read."""
    alike: dict[bytes, list[str]] = {}
    for name in names:
        if entries[name].size > WHOLE:
            continue
        if opening := beginning(look.first(name)):
            alike.setdefault(opening, []).append(name)
    made: dict[str, tuple[Twin, ...]] = {}
    for members in alike.values():
        same: dict[tuple[str, bytes], list[Version]] = {}
        for name in members if len(members) > 1 else ():
            data = look.whole(name)
            text = ending_of(name), b"".join(data.split())
            same.setdefault(text, []).append(version_of(entries[name], data))
        for versions in same.values():
            made |= settled_among(versions) if len(versions) > 1 else {}
    return made


def settled_among(versions: Sequence[Version]) -> dict[str, tuple[Twin, ...]]:
    """Which of these versions are made, by their names, each with its twins: those that it takes the place of, and
    those that may be the same and are made, too."""
    return _Settled(versions).twins()


class _Settled:
    """Versions, the fullest first, and which of every two takes the other's place."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._all = sorted(versions, key=lambda v: (len(v.letters), v.rich), reverse=True)
        self._held: dict[tuple[int, int], Held] = {}
        self._won: dict[tuple[int, int], int] = {}  # by two places, the fuller one first
        for one, other in combinations(range(len(self._all)), 2):
            if self._have_to_do(other, one):
                best = self._best((one, other))
                self._won[one, other] = DOUBT if best is None else best
        self._takes: dict[int, list[int]] = {at: [] for at in range(len(self._all))}  # who takes the place of each
        for (one, other), won in self._won.items():
            if won != DOUBT:
                self._takes[one if won == other else other].append(won)

    def twins(self) -> dict[str, tuple[Twin, ...]]:
        """See `settled_among`."""
        home = self._homes()
        made = [at for at in range(len(self._all)) if home[at] == at]
        found: dict[int, list[Twin]] = {at: [] for at in made}
        for at, kept in home.items():
            if at != kept:
                found[kept].append(Twin(self._name(at), self._name(kept), self._why(at, kept)))
        for at in made:
            doubtful = next((other for other in made if self._won.get((other, at)) == DOUBT), None)
            if doubtful is not None:
                found[doubtful].append(Twin(self._name(at), self._name(doubtful), self._doubt(at, doubtful), made=True))
        return {
            self._name(at): tuple(sorted(twins, key=lambda t: (t.made, "" if t.made else t.name)))
            for at, twins in found.items()
        }

    def _homes(self) -> dict[int, int]:
        """For each version the one that is made of it in the end."""
        takes = self._takes
        home = {at: at for at, others in takes.items() if not others}
        while len(home) < len(takes):
            more = {
                at: min(home[o] for o in others if o in home)
                for at, others in takes.items()
                if at not in home and any(o in home for o in others)
            }
            if not more:  # a circle
                circle = _circle(takes, home)
                best = self._best(circle)
                more = {best if best is not None else circle[0]: best if best is not None else circle[0]}
            home |= more
        return home

    def _name(self, at: int) -> str:
        return self._all[at].entry.name

    def _holds(self, part: int, whole: int) -> Held:
        """How much of one version another holds."""
        if (part, whole) not in self._held:
            self._held[part, whole] = held(self._all[part].letters, self._all[whole].letters)
        return self._held[part, whole]

    def _have_to_do(self, short: int, long: int) -> bool:
        """Whether two texts have to do with each other: enough of the shorter one is in the longer."""
        one, other = self._all[short].letters, self._all[long].letters
        return one == other or (any(found_in(one, other, GLANCES)) and self._holds(short, long).share >= KIN)

    def _best(self, places: Sequence[int]) -> int | None:
        """The version that takes the places of all others of these."""
        whole = self._whole(places)
        return whole if whole is not None else self._newest(places)

    def _whole(self, places: Sequence[int]) -> int | None:
        """Of the files in which nothing of the others is missing the newest version, and of that the richest format."""
        every = {at: self._all[at] for at in places}
        newest = max(v.order[0] for v in every.values())
        fit = [
            at
            for at, v in every.items()
            if v.order[0] == newest and all(o == at or self._holds(o, at).whole for o in places)
        ]
        richest = max((every[at].rich for at in fit), default=0)
        differ = len({every[at].letters for at in fit}) > 1  # in single words: the one that was written last is made
        if differ:
            fit = [at for at in fit if every[at].rich + FEW_MARKS >= richest]
        best = max(fit, key=lambda at: _preferred(every[at], by_time=differ), default=None)
        if best is None:
            return None
        made = every[best]
        lost = any(v.rich > made.rich + FEW_MARKS and v.letters != made.letters for v in every.values())
        return None if lost else best  # the fullest text has lost the italics of another

    def _newest(self, places: Sequence[int]) -> int | None:
        """The version that is both the newest and the fullest, where the others are its earlier versions by name."""
        newest = max(places, key=lambda at: (self._all[at].order, len(self._all[at].letters)))
        made = self._all[newest]
        others = [at for at in places if at != newest]
        fuller = all(len(made.letters) >= len(self._all[at].letters) for at in others)
        later = all(made.order[0] > self._all[at].order[0] for at in others)
        revised = all(self._holds(at, newest).share >= REVISED for at in others)
        return newest if fuller and later and revised else None

    def _why(self, left: int, made: int) -> str:
        """Why one of two is not made, which another one may hold that isn't made either."""
        takes = self._takes[left]
        if made not in takes and not self._holds(left, made).whole:
            return f"{self._alike(left, takes[0])}, in {self._name(takes[0])}"
        return self._alike(left, made)

    def _alike(self, left: int, made: int) -> str:
        twin, kept, there = self._all[left], self._all[made], self._holds(left, made)
        if not there.whole:
            return f"an earlier version: {round(100 * there.share)} % of it is there unchanged"
        same = "the same text" if self._holds(made, left).whole else "all of its text is there"
        if there.gone or (same == "the same text" and twin.letters != kept.letters):
            same += " but for single words"
        if ending_of(twin.entry.name) != ending_of(kept.entry.name):
            same += " in another format" + (", and less markup" if kept.rich > twin.rich else "")
        return same

    def _doubt(self, twin: int, made: int) -> str:
        share = round(100 * self._holds(twin, made).share)
        return f"perhaps the same story ({share} % of it is there, too); both are made"


def _preferred(version: Version, *, by_time: bool) -> tuple[float, int, int, int, str]:
    """The larger, the sooner a version is made of those in which nothing is missing."""
    name, time = version.entry.name, version.order[1]
    return (time if by_time else 0.0, version.rich, -len(name), time, name)


def _circle(takes: Mapping[int, Sequence[int]], home: Mapping[int, int]) -> list[int]:
    """Versions that take each other's places in a circle, of those that have no home yet."""
    at = next(at for at in takes if at not in home)
    walked: list[int] = []
    while at not in walked:
        walked.append(at)
        at = next(other for other in takes[at] if other not in home)
    return sorted(walked[walked.index(at) :])
