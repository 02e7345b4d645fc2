"""Front and back matter, and chapters of other names, in the places where a reader looks for them."""

from __future__ import annotations

from pathlib import Path

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told

ORDER = (
    "Dedication", "Foreword", "Preface", "Introduction", "Prologue", "Chapter 1", "Chapter 2", "Epilogue", "Afterword",
    "Glossary", "Author's Note", "About the Author",
)  # fmt: skip
MIXED = ("ch1", "Chapter 2", "03", "chap_4", "Ch.5 - The Well", "6 - Night", "Chapter Seven")


def _places(folder: Path, stems: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """The files of the only book in a folder in the order of the plan, and where in the book the text of each begins."""
    texts = {stem: told(stem) for stem in stems}
    lay(folder / "Salt", {f"{stem}.txt": texts[stem] for stem in sorted(stems)})
    (story,) = stories_of(folder_tree(folder))
    book = convert(folder, to=("txt",))["txt"].decode()
    return [f.stem for f in story.files], [book.index(texts[stem].split(",")[0]) for stem in stems]


def test_front_matter_stands_before_the_chapters_and_the_rest_behind_them(tmp_path: Path) -> None:
    planned, places = _places(tmp_path, ORDER)
    assert planned == list(ORDER)
    assert places == sorted(places)


def test_chapters_named_each_in_its_way_stand_in_their_order(tmp_path: Path) -> None:
    planned, places = _places(tmp_path, MIXED)
    assert planned == list(MIXED)
    assert places == sorted(places)
