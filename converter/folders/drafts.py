"""A chapter that lies beside its revision: "Chapter 3 FINAL" beside "Chapter 3", "Ch4_old" beside "Ch4".

Two versions of a whole story may both become books. Two of one chapter would tell it twice in one book: the newer one
is the chapter, the other one is left out and named, unless their texts have too little in common. One that calls itself
old is left out all the same: it was written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.folders.copies import Version, alike_by_name, held, letters, version_of
from converter.folders.listing import Entry, Look
from converter.folders.understood import FolderBook, Twin
from converter.parsers.works.order import natural
from converter.recognisers.metadata.copies_in_names import UNVERSIONED, version_name
from converter.recognisers.metadata.versions import version_of as revision

LIKE = 0.25  # of an earlier version that the newer one has, where the names say which is which
COPIED = 0.5  # where the dates of the files say it alone
SHORTER = 0.5  # of an earlier version's length: what is shorter may be a fragment of it


class Draft(NamedTuple):
    """A file that is an earlier version of another one, and how much of it is there unchanged, from 0 to 1: 0 where its
    name alone says that it is one."""

    name: str
    newer: str
    share: float


def drafts_among(twins: Mapping[str, tuple[Twin, ...]], known: Mapping[str, Entry], look: Look) -> dict[str, Draft]:
    """The earlier versions among files that are much alike, by their names; `twins` are doubts about such files."""
    found: dict[str, Draft] = {}
    for first, doubts in twins.items():
        names = [first, *(t.name for t in doubts if t.made)]
        if len(names) < 2 or len({_story(name) for name in names}) > 1:
            continue
        versions = [version_of(known[name], look.whole(name)) for name in names]
        newest_first = sorted(versions, key=_age, reverse=True)
        home: dict[str, str] = {}
        for at, other in enumerate(newest_first):
            name = other.entry.name
            new = next(((v.entry.name, s) for v in newest_first[:at] if (s := _replaced(other, v))), None)
            home[name] = home[new[0]] if new else name
            if new:
                found[name] = Draft(name, home[name], new[1])
    return found


def called_old(names: Sequence[str], look: Look) -> dict[str, Draft]:
    """Those of these files that call themselves earlier than another one of their name: "Chapter 2 OLD" beside
    "Chapter 2". Beside one that is much shorter, which may be the beginning of a revision, none is; nor among chapters
    that are all drafts but for one."""
    found: dict[str, Draft] = {}
    for alike in alike_by_name(names):
        early = [name for name in alike if _is_early(name)]
        others = [name for name in alike if name not in early]
        if early and others:
            newest = max(others, key=_said)
            least = len(letters(look.whole(newest)))
            whole = (name for name in early if least >= SHORTER * len(letters(look.whole(name))))
            found |= {name: Draft(name, newest, 0.0) for name in whole}
    return found if found.keys() >= set(filter(_is_early, names)) else {}


def _is_early(name: str) -> bool:
    version = version_name(name.rpartition(".")[0])
    return version.order[0] < UNVERSIONED[0]


def _story(name: str) -> str:
    return version_name(name.rpartition(".")[0]).story


def _said(name: str) -> tuple[tuple[int, float], int]:
    """What a name says of its place among versions."""
    stem = name.rpartition(".")[0]
    return version_name(stem).order, revision(stem)


def _age(version: Version) -> tuple[tuple[tuple[int, float], int], int]:
    return _said(version.entry.name), version.entry.time


def _replaced(old: Version, new: Version) -> float:
    """How much of an earlier version the newer one has, where that is enough to take its place; else 0."""
    if _age(new) <= _age(old) or len(new.letters) < SHORTER * len(old.letters):
        return 0.0
    share = held(old.letters, new.letters).share
    return share if share >= (LIKE if _said(new.entry.name) > _said(old.entry.name) else COPIED) else 0.0


def without_drafts(
    books: Sequence[FolderBook], drafts: Mapping[str, Draft], twins: Mapping[str, tuple[Twin, ...]]
) -> tuple[list[FolderBook], dict[str, tuple[Twin, ...]]]:
    """The books that were understood without these drafts, and the twins: those of chapters are left out as twins of
    the newer ones, all others are books of their own."""
    chapters = {name for book in books if len(book.files) > 1 for name in book.files}
    settled = {d.name: d for d in drafts.values() if d.newer in chapters}
    alone = [FolderBook((name,), "a story") for name in drafts if name not in settled]
    kept = {
        name: tuple(t for t in own if not (t.made and not {name, t.name}.isdisjoint(settled)))
        for name, own in twins.items()
    }
    for draft in settled.values():
        why = f"an earlier version of this chapter: {round(100 * draft.share)} % of it is there unchanged"
        why = why if draft.share else "an earlier version of this chapter by its name; their texts differ"
        theirs = (replace(t, of=draft.newer) for t in kept.pop(draft.name, ()))
        kept[draft.newer] = (*kept.get(draft.newer, ()), Twin(draft.name, draft.newer, why), *theirs)
    whole = sorted((*books, *alone), key=lambda book: min(map(natural, book.files))) if alone else books
    return [_told(book, settled.values()) for book in whole], kept


def _told(book: FolderBook, settled: Iterable[Draft]) -> FolderBook:
    """The book, with a remark for chapters that by their names are versions of one, and not by their texts."""
    homes: dict[str, list[str]] = {}
    for name in book.files if len(book.files) > 1 else ():
        homes.setdefault(_story(name), []).append(name)
    remarks = [
        f"{', '.join(names)}: one chapter by their names, but their texts differ; all are in the book"
        for names in homes.values()
        if len(names) > 1 and len(set(map(_said, names))) > 1
    ]
    remarks += [
        f"{draft.name}: by its name an earlier version of {draft.newer}, but their texts differ; it was left out"
        for draft in settled
        if draft.newer in book.files and not draft.share
    ]
    return replace(book, remarks=(*book.remarks, *remarks)) if remarks else book
