"""Which of several versions are made is settled two by two: no third file changes it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.build.folders import folder_tree, stories_of
from converter.folders.copies import Version, version_of
from converter.folders.listing import Entry
from converter.folders.settled import settled_among
from tests.folders import books, lay, told

PARTS = [told(f"part {n}", 3) for n in range(5)]
NAMES = st.sampled_from(
    ["Salt.txt", "Salt.html", "Salt v1.txt", "Salt v2.txt", "Salt_final.txt", "Salt (1).txt", "Salt draft.md"]
)
TEXTS = st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True).map(
    lambda picked: "".join(PARTS[n % 5].replace(" the ", " some ", 2 if n > 4 else 0) for n in picked)
)
FILES = st.lists(st.tuples(NAMES, TEXTS, st.integers(0, 3), st.booleans()), min_size=2, max_size=5, unique_by=lambda f: f[0])  # fmt: skip


def versions(files: list[tuple[str, str, int, bool]]) -> list[Version]:
    found = []
    for name, text, time, italics in files:
        data = (text.replace("Tove", "*Tove*") if italics else text).encode()
        found.append(version_of(Entry(name, "file", len(data), time), data))
    return found


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_whether_one_takes_the_others_place_does_not_depend_on_other_files(
    files: list[tuple[str, str, int, bool]],
) -> None:
    every = versions(files)
    made = settled_among(every)
    lost = set()
    for pair in combinations(every, 2):
        alone = settled_among(pair)
        names = {v.entry.name for v in pair}
        lost |= names - alone.keys()
        assert len(alone) == 2 or not names <= made.keys()
    left = {v.entry.name for v in every} - made.keys()
    assert left <= lost
    twins = [twin for found in made.values() for twin in found]
    assert sorted(twin.name for twin in twins if not twin.made) == sorted(left)
    assert {twin.of for twin in twins} | {twin.name for twin in twins if twin.made} <= made.keys()


FULL = [told(f"chapter {n}", 4) for n in range(6)]
OLD, LATER, LAST = "".join(FULL[:2]) + told("a lost end", 3), "".join(FULL[:3]), "".join(FULL)


@pytest.mark.parametrize("third", [None, "The Weir 2020-01-05.txt", "The Weir notes.txt", "weir old copy.html"])
def test_an_earlier_version_is_left_out_whatever_else_is_there(tmp_path: Path, third: str | None) -> None:
    lay(tmp_path, {third: OLD} if third else {})
    lay(tmp_path, {"The Weir 2021-05-11.txt": LATER, "The Weir 2022-01-09.txt": LAST})
    assert {("The Weir 2021-05-11.txt",), ("The Weir 2022-01-09.txt",)} & books(tmp_path) == {
        ("The Weir 2022-01-09.txt",)
    }
    twins = [t for s in stories_of(folder_tree(tmp_path)) if s.book for t in s.book.twins]
    assert "The Weir 2021-05-11.txt" in [t.name for t in twins if not t.made]


def test_a_chain_of_versions_is_told_by_the_one_that_is_made(tmp_path: Path) -> None:
    first = "".join(FULL[:1])
    second = first + FULL[1] + FULL[2]
    third = FULL[1] + FULL[2] + FULL[3]  # the newest and as long, without the beginning
    lay(tmp_path, {"Salt v1.txt": first, "Salt v2.txt": second, "Salt v3.txt": third + FULL[4] + FULL[5]})
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book is not None
    told_why = {t.name: t.why for t in story.book.twins}
    assert story.stem.startswith("Salt")
    assert "in Salt v2.txt" in told_why["Salt v1.txt"]
    assert told_why["Salt v2.txt"].startswith("an earlier version")


@pytest.mark.parametrize("old", [None, "Chapter 2_old.txt"])
def test_the_draft_of_a_chapter_is_left_out_whatever_other_drafts_there_are(tmp_path: Path, old: str | None) -> None:
    lay(tmp_path, {old: FULL[1][:500] + told("gone", 4)} if old else {})
    lay(tmp_path, {"Chapter 2.txt": FULL[1] + told("second", 1), "Chapter 2 FINAL.txt": FULL[1] + told("better", 3)})
    lay(tmp_path, {f"Chapter {n}.txt": FULL[n] for n in (1, 3)})
    (story,) = (s for s in stories_of(folder_tree(tmp_path)) if len(s.files) > 1)
    assert {"Chapter 1.txt", "Chapter 2 FINAL.txt", "Chapter 3.txt"} <= {f.name for f in story.files}
    assert "Chapter 2.txt" not in {f.name for f in story.files}
