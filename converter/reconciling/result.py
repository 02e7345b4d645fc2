"""What became of a story's copies, for a person: each chapter with the file it was kept from, each file with its share.

The proof of it stands here too: every chapter of every copy is in the book or is named as not kept, and the book has
the words of the chapters that were kept, each once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.document.errors import ProofError
from converter.document.record import dataclass
from converter.document.words import chapter_strands
from converter.reconciling.choice import REASONS, Choice
from converter.reconciling.differences import Passage, passages
from converter.reconciling.headings import Place, headed, headings_of

if TYPE_CHECKING:
    from converter.document.findings.union import Finding
    from converter.document.model import Book, Chapter
    from converter.reconciling.copies import Copy


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """A version of a chapter that is not in the book: its file, heading and line, why the other was kept, and what was
    rewritten from the older one to the newer (`from_this`: this one is the older)."""

    file: str
    name: str
    line: int
    words: int
    reason: str
    removed: int = 0
    added: int = 0
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptChapter:
    """A chapter of the book: its heading there, the file it is from and the line there, and its other versions."""

    name: str
    file: str
    line: int
    words: int
    others: tuple[OtherVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class FileShare:
    """One of the files: its chapters and words, and how many of them are in the book."""

    file: str
    chapters: int
    words: int
    chapters_kept: int
    words_kept: int
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What became of the copies of one story. `page` is where the changes are shown, "" where nothing was written."""

    title: str
    authors: tuple[str, ...]
    files: tuple[FileShare, ...]
    chapters: tuple[KeptChapter, ...]
    doubts: tuple[Finding, ...] = ()
    page: str = ""

    @property
    def rewritten(self) -> int:
        """The chapters that have another version with other words."""
        return sum(any(o.removed or o.added for o in c.others) for c in self.chapters)


def told(
    title: str,
    authors: tuple[str, ...],
    copies: Sequence[Copy],
    choices: Sequence[Choice],
    texts: Sequence[Sequence[str]],
    doubts: tuple[Finding, ...],
    names: Mapping[Place, str],
) -> Reconciled:
    """The result for a person; `texts` are those of every chapter of every copy, `names` what the book's are called."""
    chapters = tuple(_kept(choice, copies, texts, names) for choice in choices)
    shares = []
    for place, copy in enumerate(copies):
        kept = [p for c in choices if c.kept.copy == place for p in c.kept.prints]
        words = sum(p.words for p in kept)
        shares.append(FileShare(copy.file, len(copy.chapters), copy.words, len(kept), words, copy.changed))
    return Reconciled(title, authors, tuple(shares), chapters, doubts)


def _kept(
    choice: Choice,
    copies: Sequence[Copy],
    texts: Sequence[Sequence[str]],
    names: Mapping[Place, str],
) -> KeptChapter:
    kept = choice.kept
    name = names.get((kept.copy, kept.chapters[0]), kept.name)
    text = "\n".join(texts[kept.copy][at] for at in kept.chapters)
    others = []
    for rival in choice.rivals:
        version = rival.version
        different = rival.measure is not None
        old = "\n".join(texts[version.copy][at] for at in version.chapters) if different else ""
        others.append(
            OtherVersion(
                copies[version.copy].file,
                version.name,
                version.prints[0].line,
                len(version.words),
                REASONS[rival.reason],
                rival.measure.removed if rival.measure else 0,
                rival.measure.added if rival.measure else 0,
                passages(old, text) if different else (),
            )
        )
    return KeptChapter(name, copies[kept.copy].file, kept.prints[0].line, len(kept.words), tuple(others))


def prove(copies: Sequence[Copy], choices: Sequence[Choice], chapters: Sequence[Sequence[Chapter]], book: Book) -> None:
    """Every chapter of every copy is kept or named, once; the book has the words of those that are kept, in their
    order, under their own headings or those that they are given, and no others. Raises ProofError."""
    named = [(v.copy, at) for c in choices for v in (c.kept, *(r.version for r in c.rivals)) for at in v.chapters]
    every = [(place, at) for place, copy in enumerate(copies) for at in range(len(copy.chapters))]
    if sorted(named) != every:
        raise _fault("a chapter of a copy is neither in the book nor named as left out")
    kept = [chapters[c.kept.copy][at] for c in choices for at in c.kept.chapters]
    given = headings_of(choices)
    at = [(c.kept.copy, at) for c in choices for at in c.kept.chapters]
    under = {
        place: headed(c, given[place], lambda p: chapters[p[0]][p[1]])
        for place, c in zip(at, kept, strict=True)
        if place in given
    }
    wanted = [_strands(c, under.get(place, c)) for place, c in zip(at, kept, strict=True)]
    if wanted != [_strands(c, c) for _, c in book.walk()]:
        raise _fault("the book has not the words of the chapters that were kept")


def _strands(chapter: Chapter, under: Chapter) -> tuple[str, tuple[str, ...]]:
    """A chapter's own words, its notes apart, under the heading of this one."""
    return chapter_strands(replace(chapter, label=under.label, title=under.title, children=()))


def _fault(what: str) -> ProofError:
    return ProofError(what, remedy="this is a fault of the program; please report it with the files")
