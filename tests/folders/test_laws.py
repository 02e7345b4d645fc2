"""Laws of what is understood of a folder: nothing is missing, nothing is said twice, it can be kept, it costs what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.build.disk import entries_of
from converter.build.folders import find_stories, folder_tree, is_story_name
from converter.folders.listing import END, FIRST, HEAD, Entry, signature
from converter.folders.understanding import understand
from converter.folders.understood import Understood
from converter.parsers.works.heads import FileHead, file_head
from tests.folders import lay, page, told
from tests.folders.test_labelled import CODE, FOLDERS

WORDS = st.sampled_from(
    "Salt Weir story final draft part Chapter Book One II 01 2 - (1) copy v2 cover todo README index The".split()
)
ENDINGS = st.sampled_from(["", ".txt", ".md", ".html", ".jpg", ".toml", ".zip", ".csv", ".epub", ".rtf", ".TXT", "."])
NAMES = st.builds(lambda words, ending: " ".join(words) + ending, st.lists(WORDS, min_size=1, max_size=4), ENDINGS)
TEXTS = st.sampled_from(
    [b"", b"\0\1", told("a").encode(), told("b", 20).encode(), b"Chapter 1\n\n" + told("c").encode(), CODE.encode(),
     page("Salt", told("a"), "<link rel=next href='Salt 2.html'>").encode(), b"Salt\nby Ada Thorn\n\n" + told("a").encode(), "Weir\n".encode("utf-16")]
)  # fmt: skip
KINDS = st.sampled_from(["file", "file", "file", "file", "folder", "link out", "special"])


class Held:
    """The files of a folder that is on no disk; counts what is looked at."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files, self.looked = files, 0

    def _of(self, name: str, start: int | None, end: int | None) -> bytes:
        self.looked += 1
        return self.files.get(name, b"")[start:end]

    def first(self, name: str) -> bytes:
        return self._of(name, None, FIRST)

    def head(self, name: str) -> bytes:
        return self._of(name, None, HEAD)

    def end(self, name: str) -> bytes:
        return self._of(name, -END, None)

    def brief(self, name: str) -> FileHead:
        return file_head(self.first(name), self.end(name))

    def whole(self, name: str) -> bytes:
        return self._of(name, None, None)


def reads(ending: str) -> bool:
    return is_story_name(f"a{ending}")


@given(st.dictionaries(NAMES, st.tuples(KINDS, TEXTS), max_size=25), st.sampled_from(["", "output"]))
@settings(max_examples=150, deadline=None)
def test_no_file_is_missing_and_none_is_there_twice(files: Mapping[str, tuple[Any, bytes]], output: str) -> None:
    entries = [Entry(name, kind, len(data)) for name, (kind, data) in files.items()]
    found = understand("Salt", entries, reads, Held({n: d for n, (_, d) in files.items()}), output)
    names = list(found.names())
    assert sorted(names) == sorted(files)
    assert all(o.why for o in found.others)
    assert all(b.why for b in found.books)
    twins = {t.name for b in found.books for t in b.twins if t.made}
    assert twins <= {f for b in found.books for f in b.files}
    assert Understood.from_json(json.loads(json.dumps(found.as_json()))) == found


@pytest.mark.parametrize("label", FOLDERS)
def test_the_same_is_understood_in_any_order_of_the_entries(tmp_path: Path, label: str) -> None:
    lay(tmp_path, FOLDERS[label].files)
    entries = entries_of(tmp_path, tmp_path)
    held = Held({e.name: (tmp_path / e.name).read_bytes() for e in entries if e.kind == "file"})
    assert understand("a", entries, reads, held) == understand("a", entries[::-1], reads, held)
    assert signature(entries) == signature(entries[::-1])
    assert signature(entries) != signature(entries[1:])
    assert signature(entries) != signature(entries, "another")


class Kept:
    """A memory of folders."""

    def __init__(self) -> None:
        self.known: dict[tuple[Path, str], str] = {}
        self.recalled = 0

    def recall(self, folder: Path, signature: str) -> Mapping[str, Any] | None:
        kept = self.known.get((folder, signature))
        self.recalled += kept is not None
        return json.loads(kept) if kept else None

    def keep(self, folder: Path, signature: str, understood: Mapping[str, Any]) -> None:
        self.known[folder, signature] = json.dumps(understood)


def test_a_folder_that_is_as_it_was_is_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(
        tmp_path,
        {f"{n}/{name}": text for n in ("a", "b") for name, text in FOLDERS["one story in three formats"].files.items()},
    )
    memory = Kept()
    before = find_stories([tmp_path], memory=memory)
    assert (len(memory.known), memory.recalled) == (3, 0)
    with monkeypatch.context() as patch:
        patch.setattr("converter.build.told_above.read_head", lambda *_: pytest.fail("a file was read"))
        assert find_stories([tmp_path], memory=memory) == before
    assert memory.recalled == 3
    (tmp_path / "b" / "more.txt").write_text(told("more"))
    assert len(find_stories([tmp_path], memory=memory)) == len(before) + 1
    assert memory.recalled == 5
    memory.known = dict.fromkeys(memory.known, '{"books": [{"files": 3}]}')
    assert len(find_stories([tmp_path], memory=memory)) == len(before) + 1


def looked(label: str, size: int) -> int:
    """How often files are looked at in a folder of so many."""
    text = told("x", 3)
    files = {
        "texts": lambda n: (f"The {n * 7919 % 100003} {'abcdefghij'[n % 10]}{n}x.txt", text),
        "numbered": lambda n: (f"story-{n:04}.txt", f"Title: {n}\nAuthor: A{n}\n\n{text}"),
        "chapters": lambda n: (f"Chapter {n}.txt", f"Chapter {n}\n\n{text}"),
        "pages": lambda n: (f"{n}.html", page(f"Chapter {n} - Salt", text, f"<link rel=next href='{n + 1}.html'>")),
        "triples": lambda n: (
            f"Salt {'abcdefghij'[n // 3 % 10]}{n // 30}{('.txt', '.md', '.html')[n % 3]}",
            told(str(n // 3), 3),
        ),
    }[label]
    held = Held({name: data.encode() for name, data in map(files, range(size))})
    understand("a", [Entry(n, "file", len(d)) for n, d in held.files.items()], reads, held)
    return held.looked


@pytest.mark.parametrize("label", ["texts", "numbered", "chapters", "pages", "triples"])
def test_twice_the_files_are_twice_the_looks(label: str) -> None:
    small, large = looked(label, 150), looked(label, 300)
    assert large <= 2.1 * small
    assert large <= 300 * 9


def test_a_tree_of_folders_is_understood_in_one_walk(tmp_path: Path) -> None:
    lay(tmp_path, {f"{a}/{b}/{n}": told(a + b + n) for a in "ab" for b in ("x", "y") for n in ("Salt.txt", "Weir.txt")})
    tree = folder_tree(tmp_path)
    assert [t.path.name for t in tree.inner] == ["a", "b"]
    assert len(find_stories([tmp_path])) == 8
