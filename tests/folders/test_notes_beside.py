"""Short notes beside a work in chapters are named, and no books."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree
from tests.folders import books, lay, others, told

CHAPTERS = {f"Chapter {n}.txt": f"Chapter {n}\n\n{told(str(n))}" for n in (1, 2, 3)}
NOTE = "Tove inherits a mill. In act two it burns, and Bram confesses. In act three she leaves.\n"
RTF = r"{\rtf1\ansi{\fonttbl{\f0 Helvetica;}}\pard " + NOTE.strip() + r"\par}"
PAGE = f"<html><head><style>{'p {margin:0}' * 20}</style></head><body><p>{NOTE}</p></body></html>"
ONE = (tuple(sorted(CHAPTERS)),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("synopsis.rtf", RTF),
        ("Chapter plan.htm", PAGE),
        ("notes.txt", "- who has the lamp?\n- Bram is 41 not 14\n- ch 7 needs rain\n"),
        ("about.md", "---\nlayout: page\n---\n\nWenna Marsh lives by a lock with two cats. Write to her on Mondays.\n"),
        ("index.md", "---\nlayout: home\n---\n"),
        ("who.txt", "Tove: 34, miller, left-handed\nDr Orr: 50s, limps\nthe dog: Bram\n"),
        ("Salt ideas.md", "# Wer\n\n- Jette: Müllerin, 41\n- der Vogt: lügt\n- Oma: tot seit Kapitel 2\n"),
        ("lyrics - the road.txt", "[Verse]\nHey the road is long\n\n[Chorus]\nHey hey hey\n"),
    ],
)
@pytest.mark.parametrize("inner", ["", "_posts/", "Part One/"])
def test_a_note_beside_chapters_is_named(tmp_path: Path, name: str, text: str, inner: str) -> None:
    lay(tmp_path, {name: text, **{inner + n: t for n, t in CHAPTERS.items()}})
    assert {tuple(sorted(Path(f).name for f in found)) for found in books(tmp_path)} == set(ONE)
    assert others(folder_tree(tmp_path))[name].kind in ("no story", "beside")


def test_notes_beside_parts_are_named(tmp_path: Path) -> None:
    parts = {f"Part {p}/{n}. Lamp.txt": told(p + n) for p in ("One", "Two") for n in "12"}
    lay(tmp_path, {"synopsis.rtf": RTF, **parts})
    assert [len(found) for found in books(tmp_path)] == [4]
    assert others(folder_tree(tmp_path))["synopsis.rtf"].kind == "no story"


@pytest.mark.parametrize(
    ("name", "text", "chapters"),
    [
        ("synopsis.txt", NOTE, 2),  # no work in chapters
        ("The Plan.txt", NOTE, 3),
        ("Notes on a Mill.txt", NOTE, 3),
        ("Notes.txt", told("notes", 12), 3),  # a story
        ("lyrics.txt", told("lyrics", 40), 3),
        ("voices.txt", "Tove: Where is it\nBram: Under the weir\nTove: Since when\nBram: Since you left\n", 3),
        ("letters.txt", "Tove: gone.\nBram: gone to look for her.\nThe dog: here.\n", 3),
        ("who.txt", "Tove: 34, miller\nDr Orr: 50s, limps\nthe dog: Bram\n", 2),
    ],
)
def test_in_doubt_it_is_a_story(tmp_path: Path, name: str, text: str, chapters: int) -> None:
    lay(tmp_path, {name: text, **dict(list(CHAPTERS.items())[:chapters])})
    assert any(name in found for found in books(tmp_path))
