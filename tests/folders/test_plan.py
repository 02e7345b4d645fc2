"""`chapbook plan` shows a folder and writes it down; `convert --plan` makes what stands there, edited or not."""

from __future__ import annotations

import os
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from converter.build.inputs import gather
from converter.build.plan_file import plan_text, read_plan
from converter.build.planning import unplaced
from converter.build.reading import read_job
from converter.build.repeats import told_once
from converter.build.sidecars import Defaults
from converter.build.story_files import StoryFiles
from converter.document.errors import SettingError
from converter.document.words import chapter_name
from tests.folders import lay, told
from tests.folders.test_labelled import CHAPTERS, FOLDERS, SHOTS, TALE
from tests.shell.running import chapbook, everything

pytestmark = pytest.mark.slow


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with chapters, a series, a story twice and a list."""
    series = FOLDERS["three books of a series, with heads"].files
    lay(
        tmp_path / "stories",
        {
            **{f"Serial/{n}": t for n, t in CHAPTERS.items()},
            **{f"Ashfall/{n}": t for n, t in series.items()},
            "Salt.txt": TALE,
            "Salt (1).txt": TALE,
            "todo.txt": "rope\nnet\nrent\n",
        },
    )
    return tmp_path


def made(folder: Path) -> set[str]:
    return {n for n in everything(folder / "output") if n.endswith(".epub")}


def package(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        return next(book.read(n).decode() for n in book.namelist() if n.endswith(".opf"))


def test_the_tree_is_shown_and_written_down(shelf: Path) -> None:
    run = chapbook("plan", "stories", cwd=shelf)
    assert run.code == 0, run
    lines = run.out.splitlines()
    assert lines[0] == "stories/: 5 books of 16 files, 1 there twice, 1 not read"
    assert "├─ Salt.txt" in lines
    assert "│    = Salt (1).txt: the same text; not made" in lines
    assert "├─ - todo.txt: a list of things to do; name the file itself to have it read" in lines
    assert "│  ├─ Ashfall 1 - The Kiln.txt  [Ashfall 1]" in lines
    serial = "   └─ Serial (12 files: Chapter 01.txt, Chapter 02.txt, ..., Chapter 12.txt): the numbers in their headings go on from file to file"
    assert serial in lines
    table = tomllib.loads((shelf / "plan.toml").read_text("utf-8"))
    assert table["folder"] == "stories"
    assert [b["name"] for b in table["book"]] == [
        "Salt",
        *(f"Ashfall/Ashfall {n} - The {t}" for n, t in ((1, "Kiln"), (2, "Forge"), (3, "Ash"))),
        "Serial",
    ]
    assert table["book"][1]["series"] == "Ashfall"
    assert [o["file"] for o in table["left_out"]] == ["todo.txt"]


def test_a_plan_makes_the_same_books_as_the_folder(shelf: Path) -> None:
    assert chapbook("stories", "-t", "epub", cwd=shelf).code == 0
    books = {n: (shelf / "output" / n).read_bytes() for n in made(shelf)}
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    run = chapbook("convert", "--plan", "plan.toml", "-t", "epub", "-o", "again", cwd=shelf)
    assert (run.code, run.err) == (0, "")
    assert {n: (shelf / "again" / n).read_bytes() for n in everything(shelf / "again") if n.endswith(".epub")} == books
    assert len(books) == 5


def test_an_edited_plan_is_obeyed(shelf: Path) -> None:
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    plan = shelf / "plan.toml"
    text = plan.read_text("utf-8")
    text = text.replace(
        'files = ["Salt.txt"]\nname = "Salt"',
        'files = ["Salt (1).txt"]\nname = "sea/The Salt"\ntitle = "The Salt"\nauthor = "Ada Thorn"',
    )
    text = text.replace('  "Serial/Chapter 12.txt",\n', "").replace(
        '  "Serial/Chapter 01.txt",\n', '  "Serial/Chapter 12.txt",\n  "Serial/Chapter 01.txt",\n'
    )
    plan.write_text(text, "utf-8")
    run = chapbook("convert", "--plan", "plan.toml", "-t", "epub,txt", cwd=shelf)
    assert run.code == 0, run
    assert "sea/The Salt.epub" in made(shelf)
    opf = package(shelf / "output" / "sea" / "The Salt.epub")
    assert "The Salt<" in opf
    assert "Ada Thorn" in opf
    words = (shelf / "output" / "Serial.txt").read_text("utf-8")
    first, last = (told(seed).split(",")[0] for seed in ("c1", "c12"))
    assert words.index(last) < words.index(first)


def test_what_is_not_as_the_plan_says_is_told_in_a_line_each(shelf: Path) -> None:
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    (shelf / "stories" / "Salt.txt").write_text("Another story altogether, and a short one it is, said Tove.\n")
    (shelf / "stories" / "New.txt").write_text(told("new"))
    (shelf / "stories" / "Ashfall" / "Ashfall 2 - The Forge.txt").unlink()
    run = chapbook("convert", "--plan", "plan.toml", "-t", "epub", cwd=shelf)
    assert run.code == 1
    assert sorted(line for line in run.err.splitlines()) == [
        "chapbook: stories/Ashfall/Ashfall 2 - The Forge.txt: the plan names it, and it is missing",
        "chapbook: stories/New.txt: the plan does not know it; put it into a book, or plan the folder again",
        "chapbook: stories/Salt.txt: it has changed since the plan was made",
    ]
    assert made(shelf) == {
        "Salt.epub",
        "Serial.epub",
        "Ashfall/Ashfall 1 - The Kiln.epub",
        "Ashfall/Ashfall 3 - The Ash.epub",
    }


def test_another_plan_is_not_overwritten(shelf: Path) -> None:
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    (shelf / "plan.toml").write_text('folder = "stories"\n')
    assert "another plan is there" in chapbook("plan", "stories", cwd=shelf).line
    assert chapbook("plan", "stories", "--force", cwd=shelf).code == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("folder = ", "plan.toml: the plan can't be read"),
        ('folder = "."\n', "plan.toml: the plan has no [[book]]"),
        ('folder = "nowhere"\n[[book]]\nfiles = ["a"]\n', "the plan's folder nowhere is missing"),
        ('[[book]]\nfiles = ["a"]\n', "the plan does not say its folder"),
        ('folder = "."\nbooks = 1\n', "a plan has no 'books'"),
        ('folder = "."\n[[book]]\nfiles = "a"\n', "book 1: files is no list of names"),
        (
            'folder = "."\n[[book]]\nfiles = ["a"]\ntitel = "x"\n',
            "book 1: no setting is called 'titel'; did you mean 'title'?",
        ),
        (
            'folder = "."\n[[book]]\nfiles = ["a"]\nname = "../x"\n',
            "book 1: the name '../x' is no place below the output folder",
        ),
        ('folder = "."\n[[book]]\nfiles = ["a"]\n[[book]]\nfiles = ["a"]\n', "a is in two books"),
    ],
)
def test_a_plan_that_can_not_be_obeyed(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "plan.toml").write_text(text)
    run = chapbook("convert", "--plan", "plan.toml", cwd=tmp_path)
    assert run.code == 2
    assert line in run.line


def test_a_plan_stands_alone(shelf: Path) -> None:
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    for args in (
        ["stories", "--plan", "plan.toml"],
        ["--plan", "plan.toml", "--together"],
        ["--plan", "plan.toml", "-o", "x.epub"],
        ["-t", "epub"],
    ):
        run = chapbook("convert", *args, cwd=shelf)
        assert run.code == 2, (args, run)


@pytest.mark.parametrize("label", FOLDERS)
def test_what_is_written_is_what_is_read(tmp_path: Path, label: str) -> None:
    lay(tmp_path / "stories", FOLDERS[label].files)
    tree = folder_tree(tmp_path / "stories")
    (tmp_path / "plan.toml").write_text(plan_text(tree, tmp_path), "utf-8")
    plan = read_plan(tmp_path / "plan.toml")
    assert plan.notes == ()
    stories = list(stories_of(tree))
    assert [[f.resolve() for f in b.files] for b in plan.books] == [[f.resolve() for f in s.files] for s in stories]
    assert [(b.stem, b.below) for b in plan.books] == [(s.stem, s.below) for s in stories]
    assert [b.said for b in plan.books] == [{}] * len(stories)
    assert [b.in_order for b in plan.books] == [s.in_order for s in stories]
    assert [b.cover and b.cover.name for b in plan.books] == [s.cover and s.cover.name for s in stories]


EXPORT = {
    "posts.csv": "post_id,post_date,is_published,type,title\n9.lamp,2022-01-01,true,newsletter,The Lamp\n"
    "4.oar,2022-01-08,true,newsletter,The Oar\n",
    **{f"posts/{n}.html": f"<p>{told(n)}</p>" for n in ("9.lamp", "4.oar")},
    "about.txt": "The Lock Keeper\nby Wenna Marsh\n",
}
TELLING: dict[str, dict[str, str]] = {
    "a serial with a table of its posts": EXPORT,
    "posts that are stories": {name: text for name, text in EXPORT.items() if name != "about.txt"},
    "a novel in parts": {
        f"Wintering/{part}/{n:02}.txt": told(f"w{n}")
        for n, part in enumerate(("Part One - Snow", "Part One - Snow", "Part Two - Thaw", "Part Two - Thaw"), 1)
    },
    "chapters, and a file that tells of them": {
        **{f"x/{n}": text for n, text in CHAPTERS.items()},
        "x/metadata.yaml": "title: The Long Weir\nauthor: [Colm Hasty, Ida Moor]\nseries: Weirs\nvolume: 2\n"
        "summary: Two ferrymen\nlanguage: nobody's\nstatus: it grows\n",
    },
    "an author's folder, with series": {
        f"Ursel Brandt/The Copper Road/{n} - {t}.txt": told(t) for n, t in ((1, "Ash Wagon"), (2, "The Toll"))
    },
    "names that the stories contradict": {
        f"Ashfall/Ashfall {n} - {t}.txt": f"Title: {t} of Old\nSeries: Old Roads #{n + 4}\n\n{told(t)}"
        for n, t in ((1, "Kiln"), (2, "Forge"))
    },
    "settings of one story, and defaults": {
        **{f"x/{n}": text for n, text in CHAPTERS.items()},
        "x/story.toml": 'title = "Weir"\nauthor = "Ada Thorn"\n',
        "x/chapbook.toml": 'publisher = "The Mill"\n',
        "chapbook.toml": 'rights = "Nobody\'s"\n',
        "Salt.txt": TALE,
        "Salt.toml": 'series = "Salts"\n',
    },
    "poems in a list of their own": {
        **{f"odes/{t}.txt": f"{t}\n\n{told(t, 2)}" for t in ("Lamp", "Oar", "Bell")},
        "odes/order.txt": "Oar\nBell\nLamp\n",
    },
}


def as_read(story: StoryFiles) -> tuple[object, ...]:
    """What a story's book is made of and holds."""
    job = unplaced(story, {}, Defaults())
    inputs = gather(job)
    return job.problem, job.settings, inputs.above, inputs.below, inputs.cover, read_job(job).book


@pytest.mark.parametrize("label", [*FOLDERS, *TELLING])
def test_a_plan_that_nobody_edited_makes_the_same_books(tmp_path: Path, label: str) -> None:
    lay(tmp_path / "stories", TELLING.get(label) or FOLDERS[label].files)
    tree = folder_tree(tmp_path / "stories")
    (tmp_path / "plan.toml").write_text(plan_text(tree, tmp_path), "utf-8")
    planned = read_plan(tmp_path / "plan.toml").books
    for story, again in zip(told_once(list(stories_of(tree))), planned, strict=True):
        assert (again.files, again.folder, again.home) == (story.files, story.folder, story.home)
        assert as_read(again) == as_read(story)


def test_what_folders_tell_can_be_edited_in_a_plan(tmp_path: Path) -> None:
    lay(tmp_path / "stories", TELLING["chapters, and a file that tells of them"] | EXPORT)
    plan = tmp_path / "plan.toml"
    text = plan_text(folder_tree(tmp_path / "stories"), tmp_path)
    text = text.replace('series_index = "2"\n', "", 1).replace('series = "Weirs"\n', "", 1)
    text = text.replace('author = ["Colm Hasty", "Ida Moor"]', 'author = ["Bo Marsh"]')
    text = text.replace('title = "The Oar"', 'title = "The Oars", part = "Water"')
    plan.write_text(text, "utf-8")
    serial, weir = (read_job(unplaced(s, {}, Defaults())).book for s in read_plan(plan).books)
    assert (weir.metadata.title, weir.metadata.authors, weir.metadata.series) == ("The Long Weir", ("Bo Marsh",), "")
    assert [chapter_name(c) for _, c in serial.walk()] == ["The Lamp", "Water", "The Oars"]


@pytest.mark.parametrize("name", [b"caf\xe9", b'quo"te\\s', b"two\nlines", b"file:x", "𝔖alt ünd".encode(), b"\x7f"])
def test_a_name_nobody_thought_of_is_written_and_read(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "stories"
    lay(folder, {"Other.txt": SHOTS["Ash.txt"]})
    odd = os.fsencode(folder) + b"/" + name + b".txt"
    try:
        with open(odd, "w") as file:  # noqa: PTH123 -- a name in bytes
            file.write(TALE)
    except OSError:
        pytest.skip("no file here can have this name")
    (tmp_path / "plan.toml").write_text(plan_text(folder_tree(folder), tmp_path), "utf-8")
    files = {os.fsencode(f) for b in read_plan(tmp_path / "plan.toml").books for f in b.files}
    assert odd in {os.path.abspath(f) for f in files}  # noqa: PTH100 -- a name in bytes


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_a_plan_may_move_with_its_folder(shelf: Path) -> None:
    assert chapbook("plan", "stories", cwd=shelf).code == 0
    there = shelf / "there"
    there.mkdir()
    for name in ("stories", "plan.toml"):
        (shelf / name).rename(there / name)
    assert read_plan(there / "plan.toml").notes == ()
    with pytest.raises(SettingError):
        read_plan(there / "stories" / "plan.toml")
