"""A real server of object storage on this machine: shards on it, books and tables on it, made by a cluster."""

from __future__ import annotations

import contextlib
import io
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.cluster.addresses import files_below, read_file, write_whole
from converter.cluster.tables import stories_in
from converter.document.errors import MissingInput
from tests.cluster.making import crawled, stories, table, tarred, told, zipped
from tests.shell.running import chapbook

pytestmark = pytest.mark.slow
PATIENCE = 30.0  # seconds for the server to begin


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a program's surroundings say of the server, on which there is a bucket called archive."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("store") / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        surroundings = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "reader",
            "AWS_SECRET_ACCESS_KEY": "a word",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, value in surroundings.items():
                patch.setenv(name, value)
            import s3fs

            s3fs.S3FileSystem().mkdir("archive")
            yield surroundings
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def test_shards_and_books_in_a_store(store: dict[str, str], tmp_path: Path) -> None:
    files = {
        "in/a.tar.gz": tarred(stories(0, 1, 2)),
        "in/b.zip": zipped(stories(3, 4)),
        "in/deep/c.parquet": table({"id": ["s5", "s6"], "text": [told(5), told(6)]}),
        "in/d.warc.gz": crawled([7, 8]),
        **{f"in/loose/{name}": data for name, data in stories(9, 10).items()},
        "in/loose/picture.png": b"no story",
    }
    for name, data in files.items():
        write_whole(f"s3://archive/{name}", data)
    words = ("convert", "s3://archive/in", "s3://archive/out", "-t", "epub")
    run = chapbook(*words, "--cluster", "local", "--jobs", "1", cwd=tmp_path, anew=True, **store)
    assert (run.code, run.err) == (0, "")
    assert run.out == "11 converted\n"
    there = {file.address for file in files_below("s3://archive/out")}
    books = {address for address in there if address.startswith("s3://archive/out/books/")}
    tables = there - books
    assert len(books) == 11
    for book in books:
        assert zipfile.ZipFile(io.BytesIO(read_file(book))).testzip() is None
    rows = [story for name in tables for story in stories_in(read_file(name), name)]
    assert {f"s3://archive/out/{book.path}" for row in rows for book in row.books} == books
    titles = {told(n).splitlines()[0].removeprefix("Title: ") for n in range(11)}
    assert {row.title for row in rows} == titles

    again = chapbook(*words, cwd=tmp_path, anew=True, **store)  # by processes of this machine
    assert (again.code, again.out) == (0, "0 converted, 11 up to date\n")
    write_whole("s3://archive/in/b.zip", zipped(stories(3, 4, 11)))
    after = chapbook("convert", "s3://archive/in", "-o", "here", "-t", "epub", cwd=tmp_path, anew=True, **store)
    assert after.out == "12 converted\n"
    said = chapbook("library", "-o", "here", cwd=tmp_path).out
    assert said.splitlines()[-1].startswith("12 stories, ")


def test_what_a_store_refuses_is_told_in_a_line(store: dict[str, str], tmp_path: Path) -> None:
    run = chapbook("convert", "s3://nowhere/a.tar", "out", cwd=tmp_path, anew=True, **store)
    assert run.code == 1
    assert "s3://nowhere/a.tar" in run.line
    nobody = {**store, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    run = chapbook("convert", "s3://archive/in", "out", cwd=tmp_path, anew=True, **nobody)
    assert run.code == 1
    assert "s3://archive/in: can't be listed" in run.line
    with pytest.raises(MissingInput):
        read_file("s3://archive/not-there")
