"""What a file's name says of versions and copies: "Salt_final2 (copy)", "Copy of Salt", "story (1)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.metadata.file_names import letters_of
from converter.recognisers.vocabulary import either

LONGEST_NAME = 255  # characters of a file's
NAMES = 10_000  # of a folder, which are asked for more than once
MOST_MARKS = 4  # of versions and copies in one name: "final2 (copy) (1)"
UNVERSIONED = (1, 0.0)  # between a draft and what was revised
_COPY = regex(
    rf"[\s_.\-–]*[(\[]\s*(?:{either('files', 'copy')}[\s_.\-]*\d{{0,2}}|\d{{1,2}})\s*[)\]]$"
    rf"|[\s_.\-–]+{either('files', 'copy')}[\s_.\-]*\d{{0,2}}$",
    re.I,
    LONGEST_NAME,
)  # "story (1)", "story - Copy", "story (copy 2)"
_COUNTED_COPY = regex(r"[^\s(\[]\s*\(\d{1,3}\)$", within=LONGEST_NAME)
DAY = r"(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?[0-3]\d"  # "2024-01-03", "20240103"
STRESSED = 100.0  # more than any number that people give to versions: "final2" was there before "REALLY FINAL"
_EMPHASIS = either("files", "emphasis")
_COPY_OF = regex(rf"{either('files', 'copy_of')}\s+", re.I, LONGEST_NAME)
_VERSION = regex(
    r"(?:^|(?<![\s_.\-–(\[])[\s_.\-–(\[]{1,4}|(?<=\d)(?=v\d))"
    rf"(?P<stress>(?:{_EMPHASIS}[\s_.\-–]{{1,3}}){{0,3}})"
    rf"(?:(?P<early>{either('files', 'early')})|(?P<late>{either('files', 'late')})"
    rf"|(?P<last>{either('files', 'final')})|v)"
    r"[ _.\-]{0,2}v?(?P<number>\d{0,3}(?:\.\d{1,2})?)"
    rf"(?P<stressed>(?:[\s_.\-–]{{1,3}}{_EMPHASIS}){{0,3}})[)\]]?\Z",
    re.I,
    LONGEST_NAME,
)  # "story_v2", "story final2", "draft", "REALLY FINAL"
FEWEST = 2  # names that can share something
_JOINTS = regex(r"[\s_.\-–]+")  # between the words of a name
_MARK = regex(r" (?:[^\W\d_]|\d{1,3})\Z", within=LONGEST_NAME)  # what tells two copies apart: "A", "2"
_TAG_LAST = regex(r"\s*\[[^\[\]]{1,60}\]\Z", within=LONGEST_NAME)  # "Ch 15 v2 [Lotus]"
_DAY_LAST = regex(rf"[\s_.\-–(\[]{{1,4}}{DAY}[)\]]?\Z", re.I, LONGEST_NAME)


class VersionName(NamedTuple):
    """A file's name as that of one version of a story: the story's own name, folded, and what comes later as a number
    that is larger; `marked`: the name says that it is a copy or a version."""

    story: str
    order: tuple[int, float]
    marked: bool


def version_name(stem: str) -> VersionName:
    """What a file's name without suffix says of a story's versions: "Salt_final2 (copy)", "Copy of Salt"."""
    text, order, marked = _unversioned(stem)
    return VersionName(letters_of(text), order, marked)


def counts_versions(stem: str) -> bool:
    """Whether the number in a name is that of a version or a copy alone: "Salt draft 2", "view (3)"."""
    text, _, marked = _unversioned(stem)
    return marked and not any(map(str.isdigit, text)) and any(map(str.isdigit, stem))


def unversioned(stem: str) -> str:
    """A name without what it says of versions and copies: "Salt 1-5" of "Salt 1-5 (revised)"."""
    return _unversioned(stem)[0].strip() or stem


@lru_cache(maxsize=NAMES)
def _unversioned(stem: str) -> tuple[str, tuple[int, float], bool]:
    """A name without what it says of versions and copies, their order, whether it says anything of them."""
    text, order, marked = stem.strip(), UNVERSIONED, False
    if of := _COPY_OF.match(text):
        text, marked = text[of.end() :], True
    aside = ""
    for _ in range(MOST_MARKS):
        if copy := _COPY.search(text):
            text, marked = text[: copy.start()], True
        elif (day := _DAY_LAST.search(text)) and _says_version(text[: day.start()]):
            text = text[: day.start()]
        elif said := _says_version(text):
            rank = 0 if said["early"] else 3 if said["last"] else 2 if said["late"] else 1
            own = rank, float(said["number"] or 0) + STRESSED * bool(said["stress"] or said["stressed"])
            order = own if order == UNVERSIONED else max(order, own)
            text, marked = text[: said.start()], True
        elif not aside and (tag := _TAG_LAST.search(text)) and _says_version(text[: tag.start()]):
            text, aside = text[: tag.start()], tag[0]
        else:
            break
    return text + aside, order, marked


def _says_version(text: str) -> re.Match[str] | None:
    said = _VERSION.search(text)
    return said if said and (said["number"] or said["early"] or said["late"] or said["last"]) else None


def common_name(names: Sequence[str]) -> str:
    """What the names of several copies of one story share, where the rest of each only tells it from the others: "Salt
    Road" of "Salt Road draft B" and "salt_road_A"; else ""."""
    parted = [[w for w in _JOINTS.split(name) if w] for name in names]
    if len(set(names)) < FEWEST or not all(parted):
        return ""
    size = 0
    for row in zip(*parted, strict=False):
        if len({letters_of(word) for word in row}) > 1:
            break
        size += 1
    shared = unversioned(" ".join(parted[0][:size])) if size else ""
    rests = [" ".join(("x", *words[size:])) for words in parted]
    told = all(version_name(_MARK.sub("", rest)).story == "x" for rest in rests)
    return shared if told and version_name(shared).story else ""


def is_counted_copy(stem: str) -> bool:
    """Whether a name ends in the number that a browser or a system gives to a further file of that name: "view (3)"."""
    return _COUNTED_COPY.search(stem) is not None


def without_copy(stem: str) -> str:
    """A name without what a system puts to that of a further copy: "Salt" of "Salt (2)", "Copy of Salt"."""
    text = stem
    if of := _COPY_OF.match(text):
        text = text[of.end() :]
    while copy := _COPY.search(text):
        text = text[: copy.start()]
    return text.strip() or stem
