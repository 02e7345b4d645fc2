"""Folders as people have them, each with what a careful person sees in it: works in chapters, stories of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from converter.build.folders import find_stories
from tests.folders import told
from tests.shell.running import chapbook, everything

PROSE = (
    "The ferry had stopped running in the autumn, and nobody in the village could say who had the key of the boathouse.\n\n"
    '"Ask the miller," said Tove. "He keeps what others lose."\n\n'
    "So they went up along the weir, where the water was loud, and knocked until the lamp was lit.\n"
)


def signed(title: str, author: str, body: str = PROSE) -> str:
    return f"{title}\nby {author}\n\n{body}"


def fields(title: str, author: str, body: str = PROSE) -> str:
    return f"Title: {title}\nAuthor: {author}\n\n{body}"


OTHER = "Nobody had told the miller that his wheel would turn by night. He sat up in bed and counted to forty. " * 5


def chapters(*numbers: int) -> str:
    return "\n\n".join(f"Chapter {n}\n\n{PROSE}" for n in numbers)


def page(title: str, head: str = "", body: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}<p>{PROSE}</p></body></html>"


END = "\n\nThe End\n"
APART: dict[str, Mapping[str, str]] = {
    "five authors": {
        "01 Salt.txt": signed("Salt", "Ada Thorn"),
        "02 Nine Stairs.txt": signed("Nine Stairs", "Bo Marsh"),
        "03 The Weir.txt": fields("The Weir", "Cilla Oakes"),
        "04 Eels.txt": signed("Eels", "Dov Perrin"),
        "05 A Lamp.txt": signed("A Lamp", "Enid Crane"),
    },
    "three books of a series": {
        f"Saltmarsh {n}.txt": signed(f"Saltmarsh: The {w}", "Ada Thorn", chapters(1, 2, 3) + END)
        for n, w in ((1, "Road"), (2, "Weir"), (3, "Tide"))
    },
    "a series whose books bear no head": {
        f"Saltmarsh {n}.txt": "\n\n".join(f"Chapter {c}\n\n{told(f'{n} {c}')}" for c in (1, 2, 3)) for n in (1, 2, 3)
    },
    "short stories by one hand": {
        f"{n:02} {t}.txt": fields(t, "Ada Thorn", PROSE + END)
        for n, t in enumerate(("Salt", "Nine Stairs", "Weir", "Eels"), 1)
    },
    "numbers alone, another author in each": {
        f"{n:02}.txt": signed(t, a) for n, (t, a) in enumerate((("Salt", "Ada Thorn"), ("Weir", "Bo Marsh"), ("Eels", "Cy Oakes")), 1)
    },
    "each with an end of its own": {f"{n:02} {t}.txt": f"{t}\n\n{PROSE}{END}" for n, t in enumerate(("Salt", "Weir", "Eels"), 1)},
    "a challenge, numbered by the archive": {
        f"Entry {n}.txt": fields(t, a, chapters(1, 2)) for n, (t, a) in enumerate((("Salt", "ada_t"), ("Weir", "marshlight"), ("Eels", "oakes")), 1)
    },
    "pages by different authors": {
        f"{n}.html": page(t, f"<meta name='author' content='{a}'>") for n, (t, a) in enumerate((("Salt", "Ada"), ("Weir", "Bo"), ("Eels", "Cy")), 1)
    },
    "pages that lead from one author to the next": {
        "salt.html": page("Salt", "<meta name=author content='Ada'><link rel=next href='weir.html'>"),
        "weir.html": page("Weir", "<meta name=author content='Bo'>"),
    },
    "no numbers at all": {"Eels.txt": PROSE, "Salt.txt": PROSE, "Weir.txt": PROSE},
    "years": {"1984.txt": PROSE, "1999.txt": PROSE, "2001.txt": PROSE},
}  # fmt: skip
APART_IN_DOUBT: dict[str, Mapping[str, str]] = {
    "titles of their own, and no author": {f"{n:02} {t}.txt": f"{t}\n\n{PROSE}" for n, t in enumerate(("Salt", "Weir", "Eels"), 1)},
    "one author, titles in the head, no chapter": {
        f"{n:02} - {t}.txt": fields(t, "Ada Thorn") for n, t in enumerate(("Salt", "Weir", "Eels"), 1)
    },
}  # fmt: skip
ONE: dict[str, Mapping[str, str]] = {
    "chapter files": {f"chapter-{n:02}.txt": PROSE for n in (1, 2, 3)},
    "chapter files with a title in each": {
        f"chapter-{n:02}.txt": f"{t}\n\n{PROSE}" for n, t in enumerate(("The Arrival", "The Storm", "The Calm"), 1)
    },
    "chapters counted in words": {f"Chapter {w}.txt": PROSE for w in ("One", "Two", "Three")},
    "two parts": {"part1.txt": PROSE, "part2.txt": PROSE},
    "titled chapters that count on": {
        f"{n:02} - {t}.txt": f"Chapter {n}: {t}\n\n{PROSE}" for n, t in enumerate(("The Arrival", "The Storm", "The Calm"), 1)
    },
    "titled chapters that count on, signed": {
        f"{n:02} - {t}.txt": f"{n}. {t}\nby Ada Thorn\n\n{PROSE}" for n, t in enumerate(("The Arrival", "The Storm"), 1)
    },
    "a title field in each chapter": {
        f"{n:02} - {t}.txt": fields(t, "Ada Thorn", f"Chapter {n}\n\n{PROSE}") for n, t in enumerate(("The Arrival", "The Storm", "The Calm"), 1)
    },
    "the work's head in each file": {f"{n:02}.txt": fields("The Salt Road", "Ada Thorn") for n in (1, 2)},
    "the work's head in the first file": {
        "01.txt": signed("The Salt Road", "Ada Thorn", chapters(1, 2)), "02.txt": chapters(3, 4), "03.txt": chapters(5) + END
    },
    "a common stem": {f"salt-road-{n}.txt": PROSE for n in (1, 2, 3)},
    "numbers alone": {f"{n:03}.txt": PROSE for n in (1, 2, 3)},
    "German chapters": {f"Salz {n}.txt": f"Kapitel {n}\n\n{PROSE}" for n in (1, 2)},
    "a second part that counts anew": {
        "01.txt": "Part One\n\n" + chapters(1, 2), "02.txt": chapters(3), "03.txt": "Part Two\n\n" + chapters(1, 2), "04.txt": chapters(3)
    },
    "front and back matter": {
        "Prologue.txt": PROSE, "Chapter 1.txt": f"Chapter 1\n\n{PROSE}", "Chapter 2.txt": f"Chapter 2\n\n{PROSE}", "Epilogue.txt": PROSE
    },
    "pages of a work": {
        f"{n}.html": page(f"Chapter {n} - The Salt Road", "<meta name=author content='Ada'>", f"<h1>Chapter {n}</h1>") for n in (1, 2, 3)
    },
}  # fmt: skip
ONE_IN_DOUBT: dict[str, Mapping[str, str]] = {
    "parts that begin again": {"part1.txt": chapters(1, 2), "part2.txt": chapters(1, 2).replace(PROSE, OTHER)},
    "numbers before names, and nothing within": {f"{n:02} {t}.txt": PROSE for n, t in enumerate(("Salt", "Weir", "Eels"), 1)},
}  # fmt: skip


def sorted_out(folder: Path, files: Mapping[str, str]) -> tuple[set[frozenset[str]], list[str]]:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    groups = find_stories([folder])
    return {frozenset(f.name for f in g.files) for g in groups}, [g.doubt.message for g in groups if g.doubt]


@pytest.mark.parametrize("label", [*APART, *APART_IN_DOUBT])
def test_stories_of_their_own_are_not_mixed(tmp_path: Path, label: str) -> None:
    files = {**APART, **APART_IN_DOUBT}[label]
    works, doubts = sorted_out(tmp_path, files)
    assert works == {frozenset([name]) for name in files}
    assert len(doubts) == (label in APART_IN_DOUBT)
    assert all("--together" in d and "story.toml" in d for d in doubts)


@pytest.mark.parametrize("label", [*ONE, *ONE_IN_DOUBT])
def test_chapters_of_one_work_are_one_book(tmp_path: Path, label: str) -> None:
    files = {**ONE, **ONE_IN_DOUBT}[label]
    works, doubts = sorted_out(tmp_path, files)
    assert works == {frozenset(files)}
    assert len(doubts) == (label in ONE_IN_DOUBT)
    assert all("--together" in d and "story.toml" in d for d in doubts)


def test_a_folder_may_hold_a_work_and_other_stories(tmp_path: Path) -> None:
    works, doubts = sorted_out(tmp_path, {**ONE["chapter files"], "01 Salt.txt": signed("Salt", "Ada Thorn")})
    assert works == {frozenset(ONE["chapter files"]), frozenset(["01 Salt.txt"])}
    assert not doubts


def test_two_works_in_one_row_are_two(tmp_path: Path) -> None:
    files = {
        "01.txt": signed("The Salt Road", "Ada Thorn", chapters(1, 2)),
        "02.txt": chapters(3),
        "03.txt": signed("Eels", "Bo Marsh", chapters(1)),
        "04.txt": chapters(2),
    }
    assert sorted_out(tmp_path, files)[0] == {frozenset(["01.txt", "02.txt"]), frozenset(["03.txt", "04.txt"])}


def test_the_person_joins_what_looks_apart(tmp_path: Path) -> None:
    sorted_out(tmp_path, APART["five authors"])
    assert chapbook(".", "--together", "-t", "epub", "-o", "one", cwd=tmp_path).code == 0
    assert len([n for n in everything(tmp_path / "one") if n.endswith(".epub")]) == 1


def test_a_sidecar_joins_what_looks_apart_and_not_what_contradicts_it(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "five").mkdir()
    (tmp_path / "one" / "story.toml").write_text('title = "Anthology"\n')
    (tmp_path / "five" / "story.toml").write_text('title = "Anthology"\n')
    assert len(sorted_out(tmp_path / "one", APART_IN_DOUBT["titles of their own, and no author"])[0]) == 1
    assert len(sorted_out(tmp_path / "five", APART["five authors"])[0]) == 5
    run = chapbook("five", "--dry-run", cwd=tmp_path)
    assert "not read: five/story.toml: it speaks of one book, and 5 stories are here" in run.line
    assert "Anthology" not in run.out


def test_the_doubt_is_told_once(tmp_path: Path) -> None:
    sorted_out(tmp_path, APART_IN_DOUBT["titles of their own, and no author"])
    run = chapbook(".", "-v", "-t", "epub", cwd=tmp_path)
    assert run.code == 0
    assert run.err.count("work-unsure") == 1
