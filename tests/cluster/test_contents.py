"""Stories taken out of shards: all of them, as they are, within limits, and nothing outside our folder."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from converter.build.inputs import SIZE_LIMIT
from converter.cluster import contents
from converter.cluster.addresses import file_at
from converter.cluster.contents import Entry, count, taken_out
from converter.cluster.sources import Shard, shard_kind
from converter.limits import tarred as limits
from tests.cluster.making import THEN, answer, crawled, page, record, stories, table, tarred, told, zipped
from tests.shell.running import everything

FILES = stories(0, 1, 2, 3, 4)
SHARDS = {
    "a.tar": tarred(FILES, "w"),
    "a.tar.gz": tarred(FILES),
    "a.tar.bz2": tarred(FILES, "w:bz2"),
    "a.tar.xz": tarred(FILES, "w:xz"),
    "a.zip": zipped(FILES),
    "a.parquet": table({"id": [f"s{n}" for n in range(5)], "text": [told(n) for n in range(5)]}, 2),
    "a.warc.gz": crawled(range(5)),
}


def shard(folder: Path, name: str, data: bytes, column: str = "") -> Shard:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    kind = shard_kind(name)
    assert kind
    return Shard(file_at(str(folder / name)), kind, column)


def taken(shard: Shard, folder: Path, wanted: range = range(1_000)) -> list[Entry]:
    return list(taken_out(shard, wanted, folder / "out", {}))


def data_of(entry: Entry) -> bytes:
    assert entry.job, entry.problem
    (path,) = entry.job.group.files
    return path.read_bytes()


@pytest.mark.parametrize("name", SHARDS)
def test_every_story_is_taken_out_as_it_is(tmp_path: Path, name: str) -> None:
    here = shard(tmp_path, name, SHARDS[name])
    entries = taken(here, tmp_path)
    wanted = [page(n).encode() for n in range(5)] if "warc" in name else list(FILES.values())
    assert [data_of(e) for e in entries] == wanted
    assert count(here) == 5
    assert len({e.source for e in entries}) == 5
    assert all(e.source.startswith(f"{tmp_path}/{name}#/") for e in entries)


@pytest.mark.parametrize("name", SHARDS)
def test_parts_of_a_shard_are_together_the_whole(tmp_path: Path, name: str) -> None:
    here = shard(tmp_path, name, SHARDS[name])
    parts = [taken(here, tmp_path / str(n), range(n, n + 2)) for n in (0, 2, 4)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert [e.source for part in parts for e in part] == [e.source for e in taken(here, tmp_path)]


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.zip", "a.warc.gz"])
def test_a_book_is_dated_as_its_story_in_the_shard(tmp_path: Path, name: str) -> None:
    entries = taken(shard(tmp_path, name, SHARDS[name]), tmp_path)
    assert {int(e.job.group.files[0].stat().st_mtime) // 10 for e in entries if e.job} == {THEN // 10}


HOSTILE = [
    "../../outside.txt", "/etc/outside.txt", "..\\..\\outside.txt", "a/../../b.txt", "con.txt", "-rf.txt", "a\nb.txt",
    "\x1b[31mred.txt", f"{'long' * 60}.txt", "é" * 120 + ".txt", "x/.hidden.txt", "café.md", "s#/t.txt", "%2e%2e.txt",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["tar", "zip"])
def test_names_of_others_lead_nowhere(tmp_path: Path, ending: str) -> None:
    files = {name: told(n).encode() for n, name in enumerate(HOSTILE)}
    here = shard(tmp_path / "in", f"a.{ending}", tarred(files, "w") if ending == "tar" else zipped(files))
    entries = taken(here, tmp_path / "here")
    assert len(entries) == len(HOSTILE) - 1  # a hidden file is no story
    for number, entry in enumerate(entries):
        assert entry.job
        (path,) = entry.job.group.files
        assert path.parent == tmp_path / "here" / "out" / str(number)
        assert entry.source.isprintable()
        assert len(path.name.encode()) <= 100
    assert {name.split("/")[0] for name in everything(tmp_path)} == {"in", "here"}


def test_of_a_tar_only_regular_files_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"kind{kind.decode()}.txt")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        data = told(1).encode()
        member = tarfile.TarInfo("story.txt")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    (entry,) = taken(shard(tmp_path, "a.tar", out.getvalue()), tmp_path)
    assert data_of(entry) == data


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz", "a.zip", "a.parquet", "a.warc.gz"])
def test_what_is_cut_off_is_told_in_the_place_of_what_is_lost(tmp_path: Path, name: str) -> None:
    data = SHARDS[name]
    for cut in (len(data) // 2, len(data) // 3, 40, 1):
        here = shard(tmp_path / f"{cut}", name, data[:cut])
        entries = taken(here, tmp_path / f"{cut}")
        whole = [data_of(e) for e in entries if e.job]
        told_of = [e.problem for e in entries[len(whole) :]]
        assert whole == [data_of(e) for e in taken(shard(tmp_path, name, data), tmp_path / f"all{cut}")[: len(whole)]]
        assert told_of
        assert all("damaged" in problem or "cut off" in problem for problem in told_of)
        assert len(told_of) <= 2  # the story in which it ends, and the archive
        assert count(here) == len(entries)


def test_a_damaged_byte_costs_what_it_must(tmp_path: Path) -> None:
    data = bytearray(SHARDS["a.zip"])
    place = data.find(b"story-0002.txt") + 60
    data[place : place + 8] = b"\xff" * 8
    entries = taken(shard(tmp_path, "a.zip", bytes(data)), tmp_path)
    assert [bool(e.problem) for e in entries] == [False, False, True, False, False]
    assert "damaged" in entries[2].problem


def test_a_bomb_is_refused_before_it_fills_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FROM", 4_000_000)
    nothing = bytes(SIZE_LIMIT // 8)
    bombs = {
        "a.tar.gz": tarred([(f"bomb{n}.txt", nothing) for n in range(6)]),
        "a.tar.xz": tarred([(f"bomb{n}.txt", nothing) for n in range(6)], "w:xz"),
        "a.zip": zipped({"bomb.txt": nothing}),
    }
    for name, data in bombs.items():
        entries = taken(shard(tmp_path / name, name, data), tmp_path / name)
        assert any("more than it is worth" in e.problem for e in entries), name
        assert sum(len(data_of(e)) for e in entries if e.job) <= len(nothing)


def test_a_header_without_end_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        member = tarfile.TarInfo("x" * 3_000_000)
        tar.addfile(member)
    (entry,) = taken(shard(tmp_path, "a.tar", out.getvalue()), tmp_path)
    assert "header that is far too long" in entry.problem


@pytest.mark.parametrize("name", ["a.tar", "a.zip", "a.parquet", "a.warc.gz"])
def test_a_story_that_is_too_large_costs_itself(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    large = b"word " * 2_000
    for module in ("contents", "rows_in", "web_records"):
        monkeypatch.setattr(f"converter.cluster.{module}.SIZE_LIMIT", len(large) - 1)
    files = {"a.txt": told(1).encode(), "b.txt": large, "c.txt": told(2).encode()}
    pages = [answer(files["a.txt"], "text/plain"), answer(large, "text/plain", packed=True), answer(files["c.txt"])]
    data = {
        "a.tar": tarred(files, "w"),
        "a.zip": zipped(files),
        "a.parquet": table({"text": [f.decode() for f in files.values()]}),
        "a.warc.gz": b"".join(record(f"https://tales.example/{n}", http) for n, http in enumerate(pages)),
    }[name]
    entries = taken(shard(tmp_path, name, data), tmp_path)
    assert [bool(e.problem) for e in entries] == [False, True, False]
    assert "more than" in entries[1].problem


def test_a_table_says_what_it_knows(tmp_path: Path) -> None:
    data = table({
        "url": ["https://tales.example/a", "no address"], "html": [page(1), page(2)], "title": ["One", None],
        "author": [["Ada Thorn", "Bram"], None], "language": ["en", "no language at all"], "score": [1, 2],
    })  # fmt: skip
    one, two = taken(shard(tmp_path, "a.parquet", data), tmp_path)
    assert one.job
    assert two.job
    said = {"title": "One", "author": ("Ada Thorn", "Bram"), "language": "en", "source": "https://tales.example/a"}
    assert one.job.group.said == said
    assert "language" not in two.job.group.said
    assert one.job.group.files[0].name == "One.html"


def test_a_column_is_chosen(tmp_path: Path) -> None:
    data = table({"original": [told(1)], "text": [told(2)], "raw": [told(3).encode()]})
    for column, number in (("", 2), ("original", 1), ("raw", 3), ("RAW", 3)):
        (entry,) = taken(shard(tmp_path, "a.parquet", data, column), tmp_path / f"{column}{number}")
        assert data_of(entry) == told(number).encode()


def test_a_row_without_a_story_is_told(tmp_path: Path) -> None:
    entries = taken(shard(tmp_path, "a.parquet", table({"text": [told(1), None]})), tmp_path)
    assert "no story in text" in entries[1].problem


def test_a_page_is_read_in_the_encoding_that_its_server_named(tmp_path: Path) -> None:
    text = f"<html><body><h1>Ночь</h1>{'<p>Лодка ушла в шесть часов, и никто не знал куда.</p>' * 9}</body></html>"
    http = [
        answer(text.encode("koi8-r"), "text/html; charset=KOI8-R"),
        answer(text.encode(), "text/html; charset=punycode"),
        answer(text.replace("<body>", "<meta charset='koi8-r'><body>").encode("koi8-r"), "text/html; charset=latin-1"),
    ]
    data = b"".join(record(f"https://tales.example/{n}", one) for n, one in enumerate(http))
    entries = taken(shard(tmp_path, "a.warc.gz", data), tmp_path)
    assert data_of(entries[0]) == text.encode()
    assert data_of(entries[1]) == text.encode()
    assert "Лодка" in data_of(entries[2]).decode("koi8-r")  # a page that says its own is left to its reader


def test_an_answer_that_is_not_packed_as_it_says_costs_itself(tmp_path: Path) -> None:
    lies = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\nnot at all"
    data = record("https://tales.example/1", lies) + record("https://tales.example/2", answer(page(2).encode()))
    entries = taken(shard(tmp_path, "a.warc.gz", data), tmp_path)
    assert [bool(e.problem) for e in entries] == [True, False]


def test_an_answer_that_unpacks_without_end_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.cluster.web_records.SIZE_LIMIT", 1_000_000)
    bomb = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(9**8))
    data = record("https://tales.example/1", bomb) + record("https://tales.example/2", answer(page(2).encode()))
    first, second = taken(shard(tmp_path, "a.warc.gz", data), tmp_path)
    assert "unpacks to more" in first.problem
    assert data_of(second) == page(2).encode()


def test_what_is_no_archive_at_all_is_told(tmp_path: Path) -> None:
    for name in SHARDS:
        here = shard(tmp_path / name, name, b"This is no archive, whatever it is called. " * 30)
        (entry,) = taken(here, tmp_path / name)
        assert "damaged" in entry.problem, name
        assert count(here) == 1
    assert contents.STEM_BYTES < 255
