"""What `watch` does about folders that come slowly, and about stories that are deleted: without waiting for either."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.growing import GROWN, Growing
from converter.build.planning import plan
from converter.build.watch import gone_since
from converter.document.errors import MissingInput
from tests.folders import lay, told


def test_a_folder_that_comes_slowly_holds_its_files_until_nothing_more_comes(tmp_path: Path) -> None:
    lay(tmp_path, {"Salt/ch1.txt": told("1"), "Salt2/ch1.txt": told("2")})
    folder, first, other = (str(tmp_path / name) for name in ("Salt", "Salt/ch1.txt", "Salt2/ch1.txt"))
    growing = Growing()
    assert not growing
    growing.hear([folder, first], [folder, first], 10.0)
    growing.hear([], [other], 11.0)
    assert growing.hold([first])
    assert not growing.hold([other])
    growing.hear([first], [first], 12.0)
    assert not growing.grown(10.0 + GROWN)  # its last file came later
    assert growing.grown(12.0 + GROWN)
    assert not growing.hold([first])
    assert not growing.grown(13.0 + GROWN)  # it is one as all others now
    growing.hear([first], [first], 20.0)
    assert not growing


@pytest.mark.parametrize("left", [["eels.txt"], []])
def test_a_story_that_was_deleted_is_told_with_its_book(tmp_path: Path, left: list[str]) -> None:
    folder, output = tmp_path / "in", tmp_path / "books"
    lay(folder, {name: told(name) for name in ("salt.txt", *left)})
    lay(output, {"salt.epub": b"a book", "eels.epub": b"a book"})
    before = plan([folder], {"to": ("epub",)}, output, force=True)
    assert gone_since(before, before) == []
    (folder / "salt.txt").unlink()
    try:
        now = plan([folder], {"to": ("epub",)}, output, force=True)
    except MissingInput:
        now = ()
    (row,) = gone_since(before, now)
    assert row.story.endswith("salt.txt")
    assert f"{output / 'salt.epub'} stays" in row.doubts[0]
    assert "library --prune" in row.doubts[0]


def test_a_story_that_was_renamed_or_never_made_is_not_told(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "books"
    lay(folder, {"salt.txt": told("salt"), "eels.txt": told("eels")})
    before = plan([folder], {"to": ("epub",)}, output)
    (folder / "salt.txt").rename(folder / "other.txt")
    assert gone_since(before, plan([folder], {"to": ("epub",)}, output)) == []  # there is no book of it
