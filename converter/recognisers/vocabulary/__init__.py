"""The words by which a reader knows what a line is, one TOML file for each language: `de.toml` and its neighbours.

A table is a topic (`[letters]`), a key one kind of words (`closing`), its value their list. In an entry

    (x)      may be missing, blanks at its edges with it: "(kind )regards", "author('s) note(s)"
    (x|y)    either of them, or neither
    *        any letters up to the word's end: "review*"
    '        a straight or a curly apostrophe
    blank    white space of any length

and every other sign stands for itself. A long list of single words is one string. `cjk.toml` has what Chinese, Japanese
and Korean share. But for headings, the words of all languages are asked at once, for such lines stand where a story's
language is not known yet: what is an everyday word elsewhere belongs here only if the pattern around it keeps it out.
A table is parsed when its words are first asked for: a story meets few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from converter.document.far_letters import has_far_letters
from converter.document.word_places import Word, folded, place

_HEADER = re.compile(r"(?m)^\[(\w+)\]$")
_SIGN = re.compile(r"[()|*'’]|\s+|[^()|*'’\s]+")
_INNERMOST = re.compile(r"\([^()]*\)")
_VARIES = re.compile(r"[*'’\s]+")
_END_OF_WORD = r"(?!\w)"
_BEHIND_SPACELESS = r"(?<=[\u3040-\u9fff\uac00-\ud7a3])"
_SPACELESS = ("cjk", "ja", "ko", "zh")  # no sign stands between the words of such a text
_MEANS = {"(": "(?:", ")": ")?", "|": "|", "*": r"\w*", "'": "['’]", "’": "['’]"}


@cache
def _tables() -> dict[str, dict[str, str]]:
    """The text of every table by language and topic; English first, the others by their tags."""
    tables = {}
    for file in sorted(Path(__file__).parent.glob("*.toml"), key=lambda f: (f.name != "en.toml", f.name)):
        parts = _HEADER.split(file.read_text(encoding="utf-8"))
        tables[file.stem] = dict(zip(parts[1::2], parts[2::2], strict=True))
    return tables


def languages() -> tuple[str, ...]:
    """The tags of all languages with a file (and "cjk"): English first, the others in the order of the alphabet."""
    return tuple(_tables())


@cache
def language_table(language: str, topic: str) -> dict[str, Any]:
    """One table of one language; empty where there is none."""
    text = _tables().get(language, {}).get(topic)
    if not text:
        return {}
    import tomli  # a third of the standard library's time

    return tomli.loads(text)


@cache
def listed_words(topic: str, key: str, *only: str) -> tuple[str, ...]:
    """The entries of a kind of words in all languages (or `only` these), as they are written in the files."""
    lists = (language_table(language, topic).get(key, ()) for language in only or languages())
    parted = (listed.split() if isinstance(listed, str) else listed for listed in lists)
    return tuple(dict.fromkeys(entry for entries in parted for entry in entries))


@cache
def either(topic: str, *keys: str) -> str:
    """What stands in the source of a `regex` for one entry of these kinds, longer ones first; for `re.I`."""
    return _either(topic, keys, languages(), " ".join((topic, *keys)))


@cache
def whole(topic: str, *keys: str) -> str:
    """The same for a word inside a text: a whole one, and in scripts without spaces wherever it stands."""
    name = " ".join((topic, *keys))
    spaced = _either(topic, keys, [tag for tag in languages() if tag not in _SPACELESS], f"{name}, spaced")
    close = any(listed_words(topic, key, *_SPACELESS) for key in keys)
    return rf"(?:\b{spaced}\b|{_either(topic, keys, _SPACELESS, f'{name}, spaceless')})" if close else rf"\b{spaced}\b"


@cache
def ended(topic: str, *keys: str) -> str:
    """The same as `either` for what ends where a word ends; in scripts without blanks wherever it ends."""
    return _either(topic, keys, languages(), f"{' '.join((topic, *keys))}, ended", _ended)


def _either(
    topic: str, keys: Sequence[str], tags: Sequence[str], name: str, pattern: Callable[[str], str] | None = None
) -> str:
    def words() -> list[Word]:
        entries = {entry for key in keys for entry in listed_words(topic, key, *tags)}
        return [Word(entry, _part(entry)) for entry in sorted(entries, key=lambda e: (-len(e), e))]

    return place(name, words, pattern or _source)


def _part(entry: str) -> str:
    """The longest part of an entry that stands in each of the ways in which it is written."""
    if entry.isalnum():
        return folded(entry)
    while "(" in entry:
        entry = _INNERMOST.sub(" ", entry)
    return "" if "|" in entry else folded(max(_VARIES.split(entry), key=len))


def _source(entry: str) -> str:
    if entry.isalnum():
        return entry
    return "".join(_MEANS.get(sign) or (r"\s+" if sign.isspace() else re.escape(sign)) for sign in _SIGN.findall(entry))


def _ended(entry: str) -> str:
    return _source(entry) + (_END_OF_WORD if not has_far_letters(entry) else rf"(?:{_BEHIND_SPACELESS}|{_END_OF_WORD})")
