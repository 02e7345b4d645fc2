"""Names of files that are chapters beside the numbered ones: "Bonus Chapter", "Side Story - The Cat", "Ch 3 omake"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from converter.recognisers.metadata.matter_in_names import JOINTS, bare_name
from converter.recognisers.metadata.parts_in_names import part_in_name
from converter.recognisers.vocabulary import language_table, languages, listed_words

BESIDE = 0.001  # by which its place differs from its chapter's
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?(?!\d)")
_JOINT = re.compile(r"\s*[-–—:_,.;(\[#]\s*|\s+(?=\d)|$")


class Extra(NamedTuple):
    """Where such a chapter belongs: behind the chapter of this number (`before`: ahead of it), or, without one, behind
    the story; `between` chapters, but nobody says which."""

    chapter: float | None = None
    before: bool = False
    between: bool = False

    @property
    def place(self) -> float:
        """Where among the numbers of chapters it stands."""
        return (self.chapter or 0.0) + (-BESIDE if self.before else BESIDE)


@cache
def extra_in_name(stem: str, work: str = "") -> Extra | None:
    """Where a file belongs whose name in small letters, without suffix, says that it is a chapter beside the numbered
    ones; None for others. `work` is what the names of the book's other files begin with, and may stand before it.

    A word of such a chapter has to be the whole name, or what follows it a number or something behind a joint ("Side
    Story - The Cat"; "Interlude in Prague" may be any story's), or a chapter's number stands beside it ("Ch 3 omake",
    "Interlude after Chapter 2").
    """
    bare = bare_name(stem, work)
    if not (said := _pattern().search(bare)):
        return None
    before, behind = bare[: said.start()].strip(JOINTS), bare[said.end() :]
    if before:
        alone = not behind.strip(JOINTS) or _JOINT.match(behind)
        return Extra(number) if alone and (number := _chapter(before)) is not None else None
    if place := _place().fullmatch(behind.strip(f"{JOINTS})]")):
        return Extra(_chapter(place["chapter"]), before=bool(place["before"]))
    if not _JOINT.match(behind):
        return None
    counted, between = _NUMBER.match(behind.strip(JOINTS)), said[0] in listed_words("files", "between")
    if counted and ("." in counted[0] or between):
        return Extra(float(counted[0]))
    return Extra(between=between)  # "Bonus Chapter 2" is the second of its kind


def _chapter(text: str) -> float | None:
    """The number in "12", "Ch 3", "Chapter 2.5", "Chapter Two"; None for all else."""
    if found := _numbered().fullmatch(text):
        return float(found[1])
    part = part_in_name(text)
    return part.number if part and not part.start and part.end == len(text) else None


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('chapter', 'chapter_short')}[\s._-]*)?(\d{{1,5}}(?:\.\d{{1,2}})?)")


@cache
def _place() -> re.Pattern[str]:
    """ "after chapter 2", "ch 2"."""
    number = rf"{_words('chapter', 'chapter_short')}[\s._-]*\d{{1,5}}(?:\.\d{{1,2}})?"
    return re.compile(rf"(?:(?P<before>{_words('ahead_of')})|{_words('past')})?\s*(?P<chapter>{number})")


@cache
def _pattern() -> re.Pattern[str]:
    single = (item for tag in languages() for item in language_table(tag, "headings").get("single", {}).items())
    names = {word.casefold() for word, kind in single if kind == "interlude"}
    return re.compile(rf"(?<![^\W_]){_one_of(names | set(listed_words('files', 'extra')))}(?![^\W\d_])")


def _words(*keys: str) -> str:
    return _one_of({word for key in keys for word in listed_words("files", key)})


def _one_of(words: set[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))})"
