"""Heaps of copies of invented stories, as they lie in a folder of old downloads: cut, renamed, revised, re-encoded.

`python -m benchmarks.heaps FOLDER 40` writes such a heap of so many stories; the names of the files say nothing of the
answer, which is in the list that `heap` gives.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.invented import novel

WORD = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True)
class Told:
    """A story to make files of: its chapters are headings and paragraphs."""

    title: str
    author: str
    chapters: tuple[tuple[str, tuple[str, ...]], ...]
    updated: str = ""
    first: int = 1  # the number of the first chapter

    def part(self, start: int, end: int) -> Told:
        """Chapters `start` to `end`, counted from 1, both included."""
        return replace(self, chapters=self.chapters[start - 1 : end], first=self.first + start - 1)

    def without(self, *numbers: int) -> Told:
        """The story without these chapters; the others keep their headings."""
        return replace(self, chapters=tuple(c for n, c in enumerate(self.chapters, 1) if n not in numbers))

    def revised(self, share: float, seed: int, *numbers: int, updated: str = "") -> Told:
        """The story with so many of its words changed, in these chapters or in all."""
        random_ = random.Random(seed)
        others = WORD.findall(novel(3000, seed + 1000))
        chapters = tuple(
            (heading, tuple(_changed(p, share, random_, others) for p in paragraphs))
            if not numbers or n in numbers
            else (heading, paragraphs)
            for n, (heading, paragraphs) in enumerate(self.chapters, 1)
        )
        return replace(self, chapters=chapters, updated=updated or self.updated)

    def cut(self, number: int, share: float) -> Told:
        """The story with one chapter that breaks off, and nothing behind it."""
        heading, paragraphs = self.chapters[number - 1]
        left = paragraphs[: max(1, round(len(paragraphs) * share))]
        return replace(self, chapters=(*self.chapters[: number - 1], (heading, left)))

    def head(self) -> str:
        """The lines above the story, as archives write them."""
        named = (("Title", self.title), ("Author", self.author), ("Updated", self.updated))
        return "".join(f"{name}: {value}\n" for name, value in named if value)

    def text(self) -> str:
        """The story as a text."""
        body = "".join(f"\n\n{heading}\n\n" + "\n\n".join(paragraphs) for heading, paragraphs in self.chapters)
        return f"{self.head()}{body}\n"

    def undivided(self) -> str:
        """The story as a text without a heading."""
        return f"{self.head()}\n\n" + "\n\n".join(p for _, paragraphs in self.chapters for p in paragraphs) + "\n"

    def page(self) -> str:
        """The story as a web page."""
        body = "".join(
            f"<h2>{heading}</h2>{''.join(f'<p>{p}</p>' for p in paragraphs)}" for heading, paragraphs in self.chapters
        )
        title = f"<title>{self.title}</title>" if self.title else ""
        by = f'<meta name="author" content="{self.author}">' if self.author else ""
        top = f"<h1>{self.title}</h1>" if self.title else ""
        return f"<!DOCTYPE html><html lang='en'><head>{title}{by}</head><body>{top}{body}</body></html>"


def _changed(paragraph: str, share: float, random_: random.Random, others: Sequence[str]) -> str:
    return WORD.sub(lambda word: random_.choice(others) if random_.random() < share else word[0], paragraph)


def told(seed: int, chapters: int = 10, words: int = 250, title: str = "", author: str = "Ada Thorn") -> Told:
    """An invented story of so many chapters with about so many words each."""
    paragraphs = [
        " ".join(p.replace("_", "").split())
        for p in novel(chapters * words * 3 // 2 + 1000, seed).split("\n\n")
        if len(p.split()) > 12
    ]
    made = []
    for number in range(1, chapters + 1):
        own: list[str] = []
        while sum(len(p.split()) for p in own) < words:
            own.append(paragraphs.pop())
        made.append((f"Chapter {number}", tuple(own)))
    return Told(title or f"The Invented Sea of {paragraphs[0].split()[0]} {seed}", author, tuple(made))


def newest(number: int, words: int = 250) -> Told:
    """The last revision of a story of a heap."""
    size = random.Random(number).randint(6, 12)
    return told(number, size, words, author=f"Ada Thorn{'' if number % 3 else ' Junior'}")


@dataclass(frozen=True)
class HeapFile:
    """One file of a heap, and which story it is a copy of."""

    name: str
    data: bytes
    story: int


def heap(stories: int, words: int = 250, *, heads: bool = True) -> Iterator[HeapFile]:
    """Some five copies of each of so many stories, every fourth with the same note above it; without `heads` no file
    says what its story is called, nor by whom it is."""
    note = ("Author's Note", told(90_001, 1, 120).chapters[0][1])
    for number in range(stories):
        random_ = random.Random(number)
        story = newest(number, words)
        last = len(story.chapters)
        if number % 4 == 0:
            story = replace(story, chapters=(note, *story.chapters))
            last += 1
        if not heads:
            story = replace(story, title="", author="")
        middle = last // 2
        shares = (0.05, 0.1, 0.2, 0.3, 0.4)
        old = story.revised(shares[number % 5], number, updated="2021-03-04")
        new = replace(story, updated="2023-05-06")
        files = [
            (f"{number}-a.txt", new.without(random_.randint(2, last)).text().encode()),
            (f"{number}-b.txt", old.part(1, middle + 1).text().encode("utf-16")),
            (f"{number}-c.html", new.part(middle, last).page().encode()),
            (f"x{number * 7 % 97}-{number}.txt", new.cut(middle, 0.4).text().encode("cp1252", "replace")),
        ]
        if number % 2:
            files.append((f"whole {number}.txt", new.undivided().encode()))
        if number % 3 == 0:
            alone = replace(new.part(middle, middle), title="", author="", updated="")
            files.append((f"saved page {number}.txt", alone.text().encode()))
        for name, data in files:
            yield HeapFile(name, data, number)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    for file in heap(int(sys.argv[2])):
        (place / file.name).write_bytes(file.data)
