"""What is written down for a story on the shelf: answers go into its sidecar, where all else stays as it was."""

from __future__ import annotations

import json
import re
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converter.build.settings import PLURALS
from converter.limits.files import read_regular

LIMIT = 1024 * 1024  # bytes
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


def lines_of(said: Said) -> str:
    """Answers as a sidecar has them."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in said.items() if value not in ("", []))


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
    lines = text.splitlines(keepends=True)
    end = next((at for at, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    top = [line for line in lines[:end] if not _says(line, said)]
    if top and not top[-1].endswith("\n"):
        top[-1] += "\n"
    new = "".join([*top, lines_of(said), *lines[end:]])
    try:
        before, after = tomllib.loads(text), tomllib.loads(new)
    except ValueError:
        raise Unwritable from None
    wanted = {key: value for key, value in before.items() if PLURALS.get(key, key) not in said}
    if after != wanted | {key: value for key, value in said.items() if value not in ("", [])}:
        raise Unwritable
    return new


def _says(line: str, said: Said) -> bool:
    key = _KEY.match(line)
    return key is not None and PLURALS.get(key[1], key[1]) in said


def _toml(value: object) -> str:
    """A value as TOML has it: JSON's strings, lists, numbers and words are TOML's, but for one sign."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("\x7f", "\\u007f")
