"""A run as it is seen: in a log, as JSON, as a page in a browser."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from converter.reports.run import RunRow, as_values, for_a_person, news_of, tally
from converter.writers.run_page import MOST_DOUBTS, run_page
from tests.checkers.programs import browser
from tests.shell.running import STORY, chapbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("ash", "birch"):
        (tmp_path / "in" / f"{name}.txt").write_text(STORY.replace("Salt", name.title()))
    (tmp_path / "in" / "damaged.txt").write_bytes(bytes(range(256)) * 40)
    return tmp_path


def test_a_log_has_a_line_for_each(folder: Path) -> None:
    run = chapbook("in", "-t", "epub", "-o", "books", "--log", cwd=folder)
    assert run.code == 1
    lines = run.out.splitlines()
    assert [line.split()[0] for line in lines] == ["1/3", "2/3", "3/3"]
    assert sum(" failed: " in line for line in lines) == 1
    again = chapbook("in", "-t", "epub", "-o", "books", "--log", cwd=folder).out
    assert again.count("up to date: ") == 2


def test_json_lines_are_values(folder: Path) -> None:
    rows = [
        json.loads(x) for x in chapbook("in", "-t", "epub", "-o", "books", "--json-lines", cwd=folder).out.splitlines()
    ]
    assert {(row["story"], row["state"]) for row in rows} == {
        ("in/ash.txt", "made"),
        ("in/birch.txt", "made"),
        ("in/damaged.txt", "failed"),
    }
    assert {row["of"] for row in rows} == {3}
    assert all(row["news"] == "new" for row in rows if row["state"] == "made")


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Two stories, one of them there twice and with characters lost, and files that are no stories."""
    (tmp_path / "in").mkdir()
    files = {
        "ash.txt": STORY.replace("Salt", "Ash"),
        "ash (1).txt": STORY.replace("Salt", "Ash"),
        "birch.txt": STORY.replace("Salt", "Birch").replace("pier", "pi\N{REPLACEMENT CHARACTER}r"),
        "letter.odt": "PK",
        "passwords.txt": "bank: Gulls99x\nmail: t1deline\nlibrary 44: weir-lock7\nforum: saltRoad3\n",
    }
    for name, text in files.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    return tmp_path


TOLD = (
    "ash (1).txt",
    "the same text",
    "letter.odt",
    "a word processor's file",
    "passwords.txt",
    "a list of passwords",
)


@pytest.mark.parametrize("way", ["screen", "-q", "--log", "--json-lines", "--report"])
def test_what_is_left_out_and_lost_is_told_wherever_one_looks(heap: Path, way: str) -> None:
    args = {"screen": (), "--report": ("--report", "report.html", "-q")}.get(way, (way,))
    run = chapbook("in", "-t", "epub", "-o", "books", *args, cwd=heap)
    assert run.code == 0
    seen = {
        "screen": run.err,
        "-q": run.err,
        "--log": run.out,
        "--json-lines": run.out,
        "--report": (heap / "report.html").read_text() if way == "--report" else "",
    }[way]
    for words in (*TOLD, "1 character could not be read"):
        assert words in seen, words
    if way == "--json-lines":
        rows = [json.loads(line) for line in run.out.splitlines()]
        assert {row["story"] for row in rows if row["state"] == "left out"} == {f"in/{name}" for name in TOLD[::2]}
        assert len({tuple(row) for row in rows}) == 1  # all rows have the same keys
    if way == "--report":
        assert "Left out (3)" in seen
        assert "Worth a look (1)" in seen


def test_one_is_one(tmp_path: Path) -> None:
    (tmp_path / "ash.txt").write_text(
        "The Ash Road\nby Ada Thorn\n\nThe lamp went out at nine, and nobody could say who had lit it.\n"
    )
    assert ": The Ash Road, 1 chapter, " in chapbook("ash.txt", "-t", "epub", "--log", cwd=tmp_path).out


def test_ways_of_showing_exclude_each_other(folder: Path) -> None:
    assert chapbook("in", "--log", "--quiet", cwd=folder).code == 2


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (None, (3, 100), "new"),
        ((3, 100), (4, 150), "+1 chapter"),
        ((4, 100), (2, 50), "-2 chapters"),
        ((3, 100), (3, 101), "+1 word"),
        ((3, 100), (3, 100), "made again"),
    ],
)
def test_news(before: tuple[int, int] | None, now: tuple[int, int], news: str) -> None:
    assert news_of(before, *now) == news


HOSTILE = RunRow("<b>x</b>", "failed", problem="<script>alert(1)</script> & more")
DOUBTFUL = RunRow("a.txt", "made", "A", books=("a.epub",), doubts=tuple(f"doubt {n}" for n in range(30)))


def test_what_needs_a_person_comes_first() -> None:
    kept, made = RunRow("k.txt", "kept", "K"), RunRow("m.txt", "made", "M")
    assert for_a_person([kept, made, DOUBTFUL, HOSTILE]) == [HOSTILE, DOUBTFUL, made, kept]
    assert tally([kept, made, HOSTILE]) == "1 converted, 1 up to date, 1 failed"
    assert json.loads(json.dumps(as_values(DOUBTFUL)))["doubts"][0] == "doubt 0"


def test_a_page_is_text_whatever_a_story_holds() -> None:
    page = run_page([HOSTILE, DOUBTFUL]).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert f"and {30 - MOST_DOUBTS} more" in page
    assert "There was no story." in run_page([]).decode()


@pytest.mark.slow
def test_the_page_in_a_browser(folder: Path) -> None:
    """It asks the network for nothing, and shows covers, what failed first."""
    assert chapbook("in", "-t", "epub", "-o", "books", "-q", "--report", "report.html", cwd=folder).code == 1
    page = folder / "report.html"
    source = page.read_text("utf-8")
    assert re.findall(r'(?:src|href)="(?!data:image/jpeg;base64,)', source) == []
    done = subprocess.run(
        [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.index("No book was made of these") < done.stdout.index("The Ash Road")
    assert done.stdout.count("<img") == 2


def test_a_report_takes_no_other_file_s_place(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "mine.html").write_text("<p>What I wrote.</p>")
    for args in (("story.txt", "-t", "epub", "--report", "mine.html"), ("story.txt", "-t", "epub", "--report", "story.txt"),
                 ("proof", "story.txt", "--html", "mine.html")):  # fmt: skip
        refused = chapbook(*args, cwd=tmp_path)
        assert refused.code == 1
        assert "there is another file of that name" in refused.line
    assert (tmp_path / "mine.html").read_text() == "<p>What I wrote.</p>"
    assert not (tmp_path / "output").exists()
    for _ in range(2):  # an earlier report is replaced
        assert chapbook("story.txt", "-t", "epub", "--report", "report.html", cwd=tmp_path).code == 0
        assert chapbook("proof", "story.txt", "--html", "proof.html", cwd=tmp_path).code == 0


def test_doubts_of_books_that_are_up_to_date_stand_with_the_others(heap: Path) -> None:
    for _ in range(2):
        assert chapbook("in", "-t", "epub", "-o", "books", "--report", "report.html", "-q", cwd=heap).code == 0
        page = (heap / "report.html").read_text()
        assert "Worth a look (1)" in page
    assert "0 converted" in page
