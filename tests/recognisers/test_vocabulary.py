"""The vocabulary's files: every kind of words is asked for somewhere, every entry says something, none is there twice."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, language_table, languages, listed_words, whole

FILES = sorted((Path(__file__).parents[2] / "converter/recognisers/vocabulary").glob("*.toml"))
CODE = "\n".join(p.read_text("utf-8") for p in (Path(__file__).parents[2] / "converter").rglob("*.py"))
BY_NAME = ("fields", "headings")  # whose keys are a field's or a lexicon's own


def test_every_kind_of_words_is_asked_for() -> None:
    kinds = {(topic, key) for tag in languages() for topic in _topics(tag) for key in language_table(tag, topic)}
    asked = set(re.findall(r"\"(\w+)\"|'(\w+)'", CODE))
    named = {name for pair in asked for name in pair}
    assert {kind for kind in kinds if kind[0] not in BY_NAME and not {*kind} <= named} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_file_is_read_as_it_stands(file: Path) -> None:
    whole_file = tomllib.loads(file.read_text("utf-8"))
    assert {topic: language_table(file.stem, topic) for topic in whole_file} == whole_file
    lists = [(topic, key, v) for topic, t in whole_file.items() for key, v in t.items() if isinstance(v, list)]
    for topic, key, entries in lists:
        assert (topic, key) == ("headings", "tens") or all(e == e.strip() and e for e in entries), (topic, key)
        assert len(set(entries)) == len(entries), (topic, key)


def test_the_notation() -> None:
    """ "(x)" may be missing, "(x|y)" is either or neither, "*" goes on to the word's end, blanks and apostrophes vary."""
    author = regex(either("notes", "author"), re.IGNORECASE)
    for written in ("author note", "Author's  notes", "author’s note", "Anmerkung des Autors", "note from author"):
        assert author.fullmatch(written), written
    assert not author.fullmatch("authoring note")


def test_a_whole_word() -> None:
    beside = regex(whole("ways", "beside"), re.IGNORECASE)
    assert beside.search("the next one")
    assert not beside.search("the nextdoor one")
    assert listed_words("dates", "months", "en")[0] == "jan*"


def _topics(tag: str) -> list[str]:
    return list(tomllib.loads(next(f for f in FILES if f.stem == tag).read_text("utf-8")))
