"""What can't be meant: exit code 2, one line that names it and what was perhaps meant, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.settings import layer, settings
from converter.document.errors import SettingError
from tests.shell.running import STORY, chapbook, everything


def wrong(folder: Path, *args: str) -> str:
    (folder / "story.txt").write_text(STORY)
    before = everything(folder)
    run = chapbook(*args, cwd=folder)
    assert run.code == 2, run
    assert run.out == ""
    assert everything(folder) == before
    return run.err


@pytest.mark.parametrize(
    "args",
    [["convert"], ["--no-such-option"], ["convert", "--jobs", "0", "x"], ["convrt"], ["check", "--for", "lamp", "x"]],
)
def test_wrong_usage(args: list[str], tmp_path: Path) -> None:
    assert "Traceback" not in wrong(tmp_path, *args)


@pytest.mark.parametrize(
    ("args", "meant"),
    [
        (["convrt", "story.txt"], "'convert'"),
        (["inspct", "story.txt"], "'inspect'"),
        (["cove"], "'cover'"),
        (["--versoin"], "'--version'"),
        (["story.txt", "--auther", "x"], "'--author'"),
        (["--verbos", "story.txt"], "'--verbose'"),
    ],
)
def test_a_slip_is_told_what_was_perhaps_meant(args: list[str], meant: str, tmp_path: Path) -> None:
    said = wrong(tmp_path, *args)
    assert "id you mean" in said
    assert meant in said


def test_a_file_with_a_name_like_a_command_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "covers").mkdir()
    (tmp_path / "covers" / "story.txt").write_text(STORY)
    assert chapbook("covers", "-t", "epub", cwd=tmp_path).code == 0
    run = chapbook("prof.txt", cwd=tmp_path)
    assert run.code == 2
    assert "no such file" in run.line


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--style", "baroque"], "baroque"),
        (["-t", "pdf", "--page", "postage-stamp"], "postage-stamp"),
        (["-t", "docx"], "docx"),
        (["-t", ","], "names nothing"),
        (["--chapter", "(unclosed"], "--chapter '(unclosed' is no regular expression"),
        (["--chapter", ".*"], "matches every line"),
        (["--encoding", "klingon"], "klingon"),
        (["--encoding", "rot13"], "rot13"),
        (["--encoding", "undefined"], "undefined"),
        (["--encoding", "idna"], "idna"),
        (["--language", "klingon"], "--language 'klingon' is no language"),
        (["--language", "german"], "did you mean 'de'?"),
        (["--language", "eng-GB"], "did you mean 'en-gb'?"),
        (["--language", "en-ZZZ"], "'zzz'"),
        (["--language", "en-GX"], "'GX'"),
        (["--language", "xq"], "xq"),
        (["--published", "yesterday"], "2026-01-31"),
        (["--published", "2025-02-30"], "calendar"),
        (["--published", "0000"], "calendar"),
        (["--series-index", "second"], "--series-index 'second' is no number"),
        (["--source", "https://"], "is no address"),
        (["--no-chapters", "--chapter", "^Day"], "contradict"),
    ],
)
def test_an_option_that_makes_no_sense(tmp_path: Path, args: list[str], said: str) -> None:
    line = wrong(tmp_path, "story.txt", *args)
    assert said in line
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("language", "en", "en"),
        ("language", "pt_br", "pt-BR"),
        ("language", "ZH-hant-tw", "zh-Hant-TW"),
        ("language", "tlh", "tlh"),
        ("language", "de-CH-1996", "de-CH-1996"),
        ("language", "es-419", "es-419"),
        ("language", "en-x-pirate", "en-x-pirate"),
        ("language", "qaa", "qaa"),
        ("published", "1897", "1897"),
        ("published", "1897-05", "1897-05"),
        ("updated", "2024-02-29T10:00:00+01:00", "2024-02-29T10:00:00+01:00"),
        ("series_index", 2, "2"),
        ("series_index", "1.5", "1.5"),
        ("encoding", "UTF-16", "UTF-16"),
        ("encoding", "cp037", "cp037"),
        ("source", "a shoebox", "a shoebox"),
        ("source", "https://example.org/1", "https://example.org/1"),
        ("identifier", "my-own-7", "my-own-7"),
        ("identifier", "urn:isbn:978-3-16-148410-0", "urn:isbn:978-3-16-148410-0"),
        ("identifier", "urn:isbn:0-8044-2957-X", "urn:isbn:0-8044-2957-X"),
    ],
)
def test_what_makes_sense_is_kept(key: str, given: object, kept: str) -> None:
    assert layer({key: given}) == {key: kept}


@pytest.mark.parametrize("value", ["urn:isbn:978-3-16-148410-1", "urn:isbn:12", "urn:uuid:nonsense"])
def test_an_identifier_keeps_what_it_promises(value: str) -> None:
    with pytest.raises(SettingError, match=r"is no (ISBN|UUID)"):
        layer({"identifier": value})


def test_a_pattern_overrules_a_sidecar_that_speaks_of_no_chapters() -> None:
    assert not settings(layer({"chapter": "^Day"}), layer({"no_chapters": True})).no_chapters
    assert settings(layer({"no_chapters": True}), layer({"chapter": "^Day"})).no_chapters
