"""Bad input through the real program: one clear line on stderr, exit code 1, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.shell.running import STORY, chapbook, everything


def refused(folder: Path, *args: str, stdin: bytes | None = None, code: int = 1) -> str:
    before = everything(folder)
    run = chapbook(*args, cwd=folder, stdin=stdin)
    assert run.code == code, run
    assert run.out == ""
    assert everything(folder) == before
    return run.line


def test_missing_path(tmp_path: Path) -> None:
    line = refused(tmp_path, "nowhere.txt", code=2)
    assert "nowhere.txt" in line
    assert "no such file" in line


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t \r\n\xef\xbb\xbf \n", "white space"),
        ("blank.html", b"<html><body> <p>&nbsp;</p></body></html>", "blank.html"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "PNG"),
        ("machine.txt", b"\x7fELF" + bytes(range(256)) * 40, "machine.txt"),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n", "PDF"),
        ("empty.html", b"", "empty"),
        ("deep.html", b"<div>" * 10_000 + b"<p>Down here.</p>", "deep.html"),
    ],
)
def test_no_story_in_the_file(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    line = refused(tmp_path, name)
    assert name in line
    assert said in line


def test_unknown_suffix(tmp_path: Path) -> None:
    (tmp_path / "story.odt").write_bytes(b"PK\x03\x04")
    assert ".docx" in refused(tmp_path, "story.odt")


def test_folder_without_stories(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.pdf").write_bytes(b"%PDF-")
    (tmp_path / "folder" / ".hidden.txt").write_text(STORY)
    assert "no stories" in refused(tmp_path, "folder")


def test_a_very_large_file(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert "MB" in refused(tmp_path, "huge.txt")


def test_empty_standard_input(tmp_path: Path) -> None:
    assert "standard input" in refused(tmp_path, "-", stdin=b"")


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"not an image", b"", b"GIF89a"])
def test_a_cover_that_is_no_image(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "cover.jpg").write_bytes(data)
    assert "cover.jpg" in refused(tmp_path, "story.txt", "--cover", "cover.jpg")


def test_a_cover_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    assert "cover.jpg" in refused(tmp_path, "story.txt", "--cover", "cover.jpg")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--encoding", "ascii"], "ascii"),
    ],
)
def test_settings_that_can_not_be_met(tmp_path: Path, args: list[str], said: str) -> None:
    (tmp_path / "story.txt").write_text(STORY.replace("Odile", "Odilé"), "utf-8")
    assert said in refused(tmp_path, "story.txt", *args)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "The Salt Road\nauthor = 1', "story.toml:1"),
        ('title = "x"\n\n[[[', "story.toml:3"),
        ('# mine\ntitel = "The Salt Road"', "story.toml:2: no setting is called 'titel'"),
        ("title = ['a', 'b']", "expected one text"),
        ("no_chapters = 'yes'", "true or false"),
        ("notes = 'somewhere'", "inline"),
        ("cover = 'missing.jpg'", "missing.jpg"),
        ("title = 'x'\nchapter = '('", "story.toml:2: chapter '(' is no regular expression"),
        ("title = 'x'\n\nlanguage = 'klingon'", "story.toml:3: language 'klingon' is no language"),
        ("published = 'yesterday'", "story.toml:1"),
        ("'series-index' = 'second'", "story.toml:1"),
        ("no_chapters = true\nchapter = '^Day'", "contradict"),
    ],
)
def test_malformed_sidecar(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.toml").write_text(text)
    assert said in refused(tmp_path, "story.txt")


def test_sidecar_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.toml").write_bytes("title = 'Café'".encode("latin-1"))
    assert "UTF-8" in refused(tmp_path, "story.txt")


def test_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "books").write_text("in the way")
    assert "books" in refused(tmp_path, "story.txt", "-o", "books")


def test_output_folder_that_can_not_be_written() -> None:
    folder = Path("/proc/chapbook")
    run = chapbook("-", "-o", folder, cwd=Path("/"), stdin=STORY.encode())
    assert run.code == 1
    assert "/proc/chapbook" in run.line


def test_disk_full(tmp_path: Path) -> None:
    """A limit on file sizes stands for a full disk: the write fails in the middle, and nothing of it stays."""
    (tmp_path / "story.txt").write_text(STORY)
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); import signal;"
    code += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from converter.cli import main; main()"
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run(
        [sys.executable, "-c", code, "story.txt", "-t", "epub"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "story.epub" in done.stderr
    assert everything(tmp_path) == {"story.txt"}


def test_a_book_that_cannot_be_made_takes_no_other_with_it(tmp_path: Path) -> None:
    """Without the library that draws PDFs the EPUB is there all the same, and one line tells of the PDF."""
    (tmp_path / "story.txt").write_text(STORY)
    code = "import cffi; load = cffi.FFI.dlopen\n"
    code += "def without(self, name, flags=0):\n    raise OSError(f'cannot load library {name}')\n"
    code += "cffi.FFI.dlopen = without\nfrom converter.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "story.txt", "--engine", "weasyprint"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Pango" in done.stderr
    assert everything(tmp_path) - {"output/.chapbook.db"} == {"story.txt", "output/story.epub"}


def test_broken_characters_make_a_book_all_the_same(tmp_path: Path) -> None:
    """Broken encoding, control characters and lone surrogates are repaired and reported, not refused."""
    text = STORY.encode() + b"\nA bell \x07 rang,\x00 and caf\xe9 \xed\xa0\x80 lights\x1b[0m came on, one by one.\n"
    (tmp_path / "story.txt").write_bytes(text)
    run = chapbook("story.txt", "-v", cwd=tmp_path)
    assert run.code == 0, run
    assert everything(tmp_path / "output") >= {"story.epub"}


def test_one_bad_story_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name in ("a", "b", "d"):
        (folder / f"{name}.txt").write_text(STORY)
    (folder / "c.txt").write_bytes(bytes(range(256)) * 40)
    run = chapbook("stories", "--jobs", "2", "-t", "epub", cwd=tmp_path)
    assert run.code == 1
    assert "c.txt" in run.line
    assert everything(tmp_path / "output") - {".chapbook.db"} == {"a.epub", "b.epub", "d.epub"}
    assert "3 converted" in run.out
    assert "1 failed" in run.out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_in_the_middle_of_a_batch(tmp_path: Path, jobs: str) -> None:
    """Ctrl-C: one line, code 130, finished books whole, no temporary file, no worker left behind."""
    folder = tmp_path / "stories"
    folder.mkdir()
    for n in range(24):
        (folder / f"{chr(97 + n // 8) * 3}{chr(97 + n % 8) * 4}.txt").write_text(STORY)
    answers = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # in the background it is ignored
    )
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{answers}; from converter.cli import main; main()",
            "stories",
            "--jobs",
            jobs,
            "-t",
            "epub",
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (made := list((tmp_path / "output").glob("[a-z]*.epub"))) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert made
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip() == "chapbook: interrupted"
    books = everything(tmp_path / "output") - {".chapbook.db"}
    assert all(name.endswith(".epub") and not name.startswith(".") for name in books)
    assert 0 < len(books) < 24
    for name in books:
        with zipfile.ZipFile(tmp_path / "output" / name) as book:
            assert book.testzip() is None
    again = chapbook("stories", "--jobs", "2", "-t", "epub", cwd=tmp_path)
    assert again.code == 0
    assert len(list((tmp_path / "output").glob("[a-z]*.epub"))) == 24


def test_what_is_no_story_by_its_ending_is_doubted(tmp_path: Path) -> None:
    """It is read, for somebody named it."""
    (tmp_path / "sheet.csv").write_text("name,salt\nAda,2\nOdile,3\n")
    run = chapbook("inspect", "sheet.csv", cwd=tmp_path)
    assert run.code == 0
    assert "this is a table, and no story" in " ".join(run.out.split())
