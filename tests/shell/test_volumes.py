"""A story in volumes on the shelf: what is up to date, what is replaced, what is left alone."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

import converter
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import CATALOGUE
from converter.document.errors import SettingError
from tests.shell.running import Run, chapbook

DAY = 'Chapter {n}\n\nOn day {n} the lamp went out at nine.\n\n"Leave it," said Odile. "The boats know the way."\n'


def diary(path: Path, days: int, title: str = "The Salt Road") -> Path:
    head = f"Title: {title}\nAuthor: Ada Thorn\nSeries: Roads\n"
    path.write_text("\n".join((head, *(DAY.format(n=n) for n in range(1, days + 1)))), "utf-8")
    return path


def run(folder: Path, *arguments: str) -> Run:
    return chapbook(*arguments, cwd=folder)


def shelf(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.md5(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.name != CATALOGUE}


def words(book: Path) -> str:
    with zipfile.ZipFile(book) as opened:
        pages = [opened.read(n).decode() for n in opened.namelist() if re.search(r"chapter-\d+\.xhtml$", n)]
    return " ".join(re.sub(r"<[^>]+>", "", page) for page in pages)


def test_a_serial_grows_volume_by_volume(tmp_path: Path) -> None:
    story, books = diary(tmp_path / "salt.txt", 4), tmp_path / "books"
    asked = ("convert", str(story), "-o", str(books), "--volumes", "2")
    assert run(tmp_path, *asked).code == 0
    old = shelf(books)
    assert set(old) == {f"salt-volume-{n}.{ending}" for n in (1, 2) for ending in ("epub", "pdf")}
    diary(story, 5)
    run(tmp_path, *asked)
    new = shelf(books)
    assert set(new) - set(old) == {"salt-volume-3.epub", "salt-volume-3.pdf"}
    assert {name: new[name] for name in old} == old
    assert run(tmp_path, *asked).out.count("is up to date") == 6
    (books / "salt-volume-2.pdf").unlink()
    assert set(re.findall(r"(\S+) is up to date", run(tmp_path, *asked).out)) == {str(p) for p in books.glob("*.epub")}
    assert shelf(books) == new


def test_another_division_takes_the_place_of_the_first(tmp_path: Path) -> None:
    story, books = diary(tmp_path / "salt.txt", 6), tmp_path / "books"
    run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "2")
    (books / "salt-volume-3.epub").write_bytes(b"somebody has written into it")
    done = run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "5", "-vv")
    assert done.code == 0
    assert set(shelf(books)) == {"salt-volume-1.epub", "salt-volume-2.epub", "salt-volume-3.epub"}  # not ours any more
    done = run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "7", "-vv")
    assert "removed, for the story is divided otherwise now: salt-volume-1.epub, salt-volume-2.epub" in done.err
    assert set(shelf(books)) == {"salt.epub", "salt-volume-3.epub"}
    assert "is up to date" in run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "7").out


def test_without_the_wish_volumes_stay_where_they_are(tmp_path: Path) -> None:
    story, books = diary(tmp_path / "salt.txt", 4), tmp_path / "books"
    run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "2")
    run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub")
    assert set(shelf(books)) == {"salt-volume-1.epub", "salt-volume-2.epub", "salt.epub"}


def test_all_volumes_together_have_the_words_of_the_book(tmp_path: Path) -> None:
    story = diary(tmp_path / "salt.txt", 5)
    (tmp_path / "salt.toml").write_text('volumes = 2\nto = "epub"\n', "utf-8")
    run(tmp_path, "convert", str(story), "-o", str(tmp_path / "a"))
    run(tmp_path, "convert", str(story), str(tmp_path / "whole.epub"), "--volumes", "9")
    parts = [words(tmp_path / "a" / f"salt-volume-{n}.epub") for n in (1, 2, 3)]
    assert " ".join(" ".join(parts).split()) == " ".join(words(tmp_path / "whole.epub").split())
    run(tmp_path, "convert", str(story), str(tmp_path / "Salt Road.epub"), "--volumes", "3")
    assert {p.name for p in tmp_path.glob("Salt*")} == {"Salt Road-volume-1.epub", "Salt Road-volume-2.epub"}


def test_no_volume_takes_the_place_of_another_story(tmp_path: Path) -> None:
    books = tmp_path / "books"
    other = diary(tmp_path / "salt-volume-2.txt", 1, "Salt, Volume Two")
    run(tmp_path, "convert", str(other), "-o", str(books), "-t", "epub")
    before = shelf(books)
    done = run(
        tmp_path, "convert", str(diary(tmp_path / "salt.txt", 4)), "-o", str(books), "-t", "epub", "--volumes", "2"
    )
    assert done.code == 1
    assert "another book is there" in done.err
    assert shelf(books) == before
    run(tmp_path, "convert", str(diary(tmp_path / "road.txt", 4)), "-o", str(books), "-t", "epub", "--volumes", "2")
    stranger = books / "pier-volume-1.epub"
    stranger.write_bytes(b"a stranger's")
    run(tmp_path, "convert", str(diary(tmp_path / "pier.txt", 4)), "-o", str(books), "-t", "epub", "--volumes", "2")
    assert stranger.read_bytes() == b"a stranger's"
    assert (
        len([name for name in shelf(books) if name.startswith(("pier", "books - pier", f"{tmp_path.name} - pier"))])
        == 3
    )


def test_from_python(tmp_path: Path) -> None:
    made = converter.convert(diary(tmp_path / "salt.txt", 5), to=["epub"], volumes=2)
    assert len(made.volumes("epub")) == 3
    assert made["epub"] == made.volumes("epub")[0]
    with pytest.raises(KeyError):
        made["pdf"]
    with pytest.raises(SettingError, match="is no number of chapters"):
        converter.convert(tmp_path / "salt.txt", volumes="many")


def test_the_catalogue_says_how_many_there_are(tmp_path: Path) -> None:
    story, books = diary(tmp_path / "salt.txt", 5), tmp_path / "books"
    run(tmp_path, "convert", str(story), "-o", str(books), "-t", "epub", "--volumes", "2")
    with Catalogue(books) as catalogue:
        noted = catalogue.records_of(["../salt.txt"])
    assert {r.path.name: r.volumes for r in noted} == {f"salt-volume-{n}.epub": 3 for n in (1, 2, 3)}
    assert {r.title for r in noted} == {f"The Salt Road, Volume {n}" for n in (1, 2, 3)}


def test_parts_that_are_not_there_are_told(tmp_path: Path) -> None:
    story = diary(tmp_path / "salt.txt", 2)
    done = run(tmp_path, "convert", str(story), "-o", str(tmp_path / "books"), "-t", "epub", "--volumes", "parts")
    assert "--volumes parts has no effect here" in done.err
    assert "no two parts" in done.err
    assert set(shelf(tmp_path / "books")) == {"salt.epub"}
