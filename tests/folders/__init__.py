"""Folders as people have them: made of short texts of our own, each different, so that none is another's copy by accident."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from converter.build.folders import folder_tree, stories_of
from converter.build.story_files import FolderTree
from converter.folders.understood import Other

NAMES = "Tove Odile Bram Wenna Ansel Ruth Corin Hedda Piet Maren".split()
PLACES = "weir harbour mill orchard salt road ferry tower quarry barn lighthouse chapel".split()
DOINGS = "waited for|walked to|spoke of|forgot|came back from|looked past|paid for|dreamt of|left|repaired".split("|")
ENDINGS = "before the rain|in the autumn|with the lamp out|and nobody asked why|as the gulls did|until morning".split(
    "|"
)


def told(seed: str, paragraphs: int = 6) -> str:
    """A text that no other seed has."""
    chance = random.Random(seed)
    pick = chance.choice

    def sentence() -> str:
        who, by = chance.sample(NAMES, 2)
        return f"{who} {pick(DOINGS)} the {pick(PLACES)} {pick(ENDINGS)}, and {by} {pick(DOINGS)} the {pick(PLACES)}."

    return "\n\n".join(" ".join(sentence() for _ in range(chance.randint(2, 4))) for _ in range(paragraphs)) + "\n"


def page(title: str, text: str, head: str = "") -> str:
    """The text as a web page."""
    body = "\n".join(f"<p>{p}</p>" for p in text.strip().split("\n\n"))
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>\n{body}</body></html>"


def lay(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes the files of a folder, in the order given: each is younger than the one before it."""
    import os

    for at, (name, text) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, (1_700_000_000 + 60 * at, 1_700_000_000 + 60 * at))


def books(folder: Path) -> set[tuple[str, ...]]:
    """The books of a folder: the files of each by their names below it."""
    return {tuple(str(f.relative_to(folder)) for f in s.files) for s in stories_of(folder_tree(folder))}


def others(tree: FolderTree) -> dict[str, Other]:
    """What else a folder and those below it hold, by name."""
    found = {o.name: o for o in tree.understood.others}
    for inner in tree.inner:
        found |= others(inner)
    return found
