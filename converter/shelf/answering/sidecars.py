"""What is written down for a story on the shelf: answers go into its sidecar, where all else stays as it was."""

from __future__ import annotations

import json
import re
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from converter.build.settings import PLURALS
from converter.limits.files import read_regular

LIMIT = 1024 * 1024  # bytes
MOST_LINES = 500  # of one value
_TABLE = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
Said = Mapping[str, str | list[str]]


class Unwritable(Exception):
    """The sidecar is not such that a line can be put into it."""


def sidecar_of(path: Path) -> Path:
    """The file that says how the story at this path is called and read."""
    return path / "story.toml" if path.is_dir() else path.with_suffix(".toml")


def said_in(place: Path) -> dict[str, Any]:
    """What a sidecar says; nothing where there is none, or none that can be read."""
    try:
        return tomllib.loads(_text_of(place))
    except (OSError, ValueError):
        return {}


def _text_of(place: Path) -> str:
    return read_regular(place, LIMIT).decode("utf-8-sig")


def key_of(name: str) -> str:
    """A sidecar's key in its one form."""
    plain = name.replace("-", "_")
    return PLURALS.get(plain, plain)


def lines_of(said: Said) -> str:
    """Answers as a sidecar has them."""
    return "".join(
        f"{key.replace('_', '-')} = {_toml(value)}\n" for key, value in said.items() if value not in ("", [])
    )


def answer(place: Path, said: Said) -> None:
    """Writes answers into a sidecar; "" and [] take a line away. Raises Unwritable, OSError."""
    try:
        before = _text_of(place)
    except FileNotFoundError:
        before = ""
    except UnicodeDecodeError:
        raise Unwritable from None
    text = _with(before, said)
    new = place.with_name(f"{place.name}-{secrets.token_hex(4)}.part")
    try:
        with new.open("x", encoding="utf-8") as out:
            out.write(text)
        if place.exists():
            new.chmod(place.stat().st_mode & 0o777)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def _with(text: str, said: Said) -> str:
    """A sidecar's text with these answers: at the end of what stands above its tables. Raises Unwritable."""
    top, tables = _parted(text.splitlines(keepends=True))
    kept = [line for lines in top if not _says(lines[0], said) for line in lines]
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    new = "".join([*kept, lines_of(said), *tables])
    try:
        before, after = tomllib.loads(text), tomllib.loads(new)
    except ValueError:
        raise Unwritable from None
    wanted = {key: value for key, value in before.items() if key_of(key) not in said}
    written = {key.replace("_", "-"): value for key, value in said.items() if value not in ("", [])}
    if after != wanted | written:
        raise Unwritable
    return new


def _parted(lines: Sequence[str]) -> tuple[list[list[str]], Sequence[str]]:
    """What stands above a sidecar's tables, what goes over several lines as one, and the lines of the tables."""
    top: list[list[str]] = []
    at = 0
    while at < len(lines) and not _TABLE.match(lines[at]):
        end = _end(lines, at) if _KEY.match(lines[at]) else at + 1
        top.append(list(lines[at:end]))
        at = end
    return top, lines[at:]


def _end(lines: Sequence[str], start: int) -> int:
    """Where a value that begins in this line ends."""
    for end in range(start + 1, min(len(lines), start + MOST_LINES) + 1):
        with suppress(ValueError):
            tomllib.loads("".join(lines[start:end]))
            return end
    return start + 1


def _says(line: str, said: Said) -> bool:
    key = _KEY.match(line)
    return key is not None and key_of(key[1]) in said


def _toml(value: object) -> str:
    """A value as TOML has it: JSON's strings, lists, numbers and words are TOML's, but for one sign."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")
