"""`chapbook convert` for archives: what a person sees, exit codes, what is missing, how it is ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from converter.build.executor import LocalPool
from converter.build.making import do
from converter.cluster.run import ArchiveRun
from tests.cluster.making import put, stories, table, tarred, told
from tests.shell.running import LONGEST, ROOT, chapbook, everything

pytestmark = pytest.mark.slow
INSTALLED = "from converter.cli import main\n\nif __name__ == '__main__':\n    main()\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a shard of three stories, one of them empty."""
    return put(tmp_path, {"a.tar.gz": tarred({**stories(0, 1), "empty.txt": b""})})


def test_what_is_told_and_the_exit_code(desk: Path) -> None:
    words = ("convert", f"file://{desk}/a.tar.gz", "out", "-t", "epub")
    first = chapbook(*words, cwd=desk)
    assert first.code == 1
    assert first.out == "2 converted, 1 failed\n"
    assert "a.tar.gz#/empty.txt" in first.line
    assert "chapbook-shard" not in first.err
    again = chapbook(*words, cwd=desk)
    assert again.code == 1
    assert again.out == "0 converted, 2 up to date, 1 failed before (--force tries again)\n"
    put(desk, {"b.tar": tarred(stories(2), "w")})
    run = chapbook("convert", f"file://{desk}/b.tar", "out", "-t", "epub", "--json-lines", cwd=desk)
    (line,) = map(json.loads, run.out.splitlines())
    assert run.code == 0
    assert (line["number"], line["of"], line["state"], line["title"]) == (1, 1, "made", told(2).splitlines()[0][7:])
    assert Path(line["books"][0]).is_file()
    run = chapbook("convert", f"file://{desk}/b.tar", "out", "-t", "epub", "--force", "--log", cwd=desk)
    assert run.out.startswith("1/1 made: ")
    listed = chapbook("library", "-o", "out", cwd=desk).out
    assert "a.tar.gz#/empty.txt" in listed
    assert "not converted" in listed
    assert "is gone" not in listed


def test_what_would_be_done(desk: Path) -> None:
    run = chapbook("convert", f"file://{desk}/a.tar.gz", "-o", "out", "--dry-run", cwd=desk)
    assert (run.code, run.out) == (0, f"{desk}/a.tar.gz (1-3): 3 -> {desk}/out\n")
    assert everything(desk) == {"a.tar.gz"}


WRONG = [
    (("--together",), 2, "--together is not for addresses"),
    (("--report", "r.html"), 2, "--report is not for addresses"),
    (("--name", "{title}"), 2, "--name is not for addresses"),
    (("--cluster", "ray://here"), 1, "no address of a cluster"),
    (("--cluster", "127.0.0.1:9"), 1, "the cluster doesn't answer"),
    (("--column", "x", "--cluster", "127.0.0.1:9"), 1, "the cluster doesn't answer"),
]


@pytest.mark.parametrize(("options", "code", "why"), WRONG, ids=lambda p: str(p)[:24])
def test_what_can_not_be_done_is_said(desk: Path, options: tuple[str, ...], code: int, why: str) -> None:
    run = chapbook("convert", f"file://{desk}/a.tar.gz", "out", *options, cwd=desk)
    assert run.code == code
    assert why in run.err
    assert everything(desk) == {"a.tar.gz"}


def test_addresses_where_nothing_is(desk: Path) -> None:
    for address, why in (
        ("http://tales.example/a.tar", "no way to addresses that begin with http://"),
        (f"file://{desk}/none.tar", "no such file"),
        ("memory://nobody/put/anything", "nothing"),
    ):
        run = chapbook("convert", address, "out", cwd=desk)
        assert run.code == 1
        assert why in run.line
    assert chapbook("convert", "a.txt", "--column", "x", cwd=desk).code == 2


def test_a_table_without_a_column_of_stories(desk: Path) -> None:
    put(desk, {"t.parquet": table({"tale": [told(1)], "score": [1]})})
    run = chapbook("convert", f"file://{desk}/t.parquet", "out", "-t", "epub", cwd=desk)
    assert run.code == 1
    assert "no column is called" in run.err
    assert "tale" in run.err


@pytest.mark.parametrize(
    ("library", "words"),
    [
        ("ray", ("a.tar.gz", "out", "--cluster", "local")),
        ("fsspec", ("memory://here/a.tar", "out")),
        ("pyarrow", ("file://{desk}/a.tar.gz", "out", "-t", "epub")),
        ("fastwarc", ("file://{desk}/a.warc", "out", "-t", "epub")),
    ],
)
def test_a_library_that_is_missing_is_named(desk: Path, library: str, words: tuple[str, ...]) -> None:
    put(desk, {f"lacking/{library}.py": b"raise ImportError('it is not installed')\n", "a.warc": b"WARC/1.0\r\n"})
    path = f"{desk / 'lacking'}{os.pathsep}{ROOT}"
    asked = [word.format(desk=desk) for word in words]
    run = chapbook("convert", *asked, cwd=desk, anew=True, PYTHONPATH=path)
    assert run.code == 1
    assert "pip install 'chapbook[cluster]'" in run.err
    assert "Traceback" not in run.err


def test_a_cluster_of_this_machine_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    """Ended in the middle; beside the stories lie modules that nobody may run; another run makes what is missing."""
    desk = put(tmp_path / "desk", {f"{n}.tar": tarred(stories(*range(3 * n, 3 * n + 3)), "w") for n in range(3)})
    trace, program = tmp_path / "trace", tmp_path / "bin" / "chapbook.py"
    for name in ("numpy", "colorsys", "setproctitle", "fsspec"):
        put(desk, {f"{name}.py": f"open({str(trace)!r}, 'w').close()\nraise ImportError\n".encode()})
    put(tmp_path, {"bin/chapbook.py": INSTALLED.encode()})
    command = [sys.executable, program, "convert", ".", "out", "-t", "epub", "--cluster", "local", "--jobs", "1"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=desk, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        end = time.monotonic() + LONGEST
        while not list(desk.glob("out/_done/*.parquet")) and time.monotonic() < end and run.poll() is None:
            time.sleep(0.05)
        begun = _below(run.pid)
        run.send_signal(signal.SIGTERM)
        _, err = run.communicate(timeout=LONGEST)
    assert run.returncode == 128 + signal.SIGTERM, err.decode()
    assert b"Traceback" not in err
    end = time.monotonic() + LONGEST
    while (alive := [pid for pid in begun if _runs(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert begun
    assert not alive
    done = len(list(desk.glob("out/_done/*.parquet")))
    assert 1 <= done < 3
    rest = chapbook("convert", f"file://{desk}", "-o", "out", "-t", "epub", cwd=desk)
    assert rest.out == f"{9 - 3 * done} converted, {3 * done} up to date\n"
    assert not trace.exists()


def _below(pid: int) -> list[int]:
    """What this process began, and they."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [n for child in map(int, children) for n in (child, *_below(child))]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


def test_nothing_asks_the_network(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            asked.append(address)
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", noted)
    run = ArchiveRun([str(desk)], str(desk / "out"), {"to": ("epub",)})
    pool = LocalPool(1, do)
    run.find(pool)
    assert len(list(run.results(pool))) == 3
    assert asked == []
