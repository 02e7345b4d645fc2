"""What earlier versions noted in JSON beside the books, for the catalogue to take over."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from converter.catalogue.records import BOOK_LIMIT, Record
from converter.limits.files import read_regular

EARLIER = (".chapbook.json", ".chapbook.jsonl")  # the notes, and what was not in them yet when a run was ended


def stories_noted(folder: Path) -> Iterator[tuple[str, list[Record]]]:
    """Each source that these notes name, with its books; what can't be read of them is passed over."""
    books: dict[str, dict[str, object]] = {}
    for name in EARLIER:
        try:
            text = read_regular(folder / name, BOOK_LIMIT).decode("utf-8", "surrogatepass")
        except (OSError, ValueError):
            continue
        for part in [text] if name == EARLIER[0] else text.splitlines():
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                books.update({k: v for k, v in json.loads(part)["books"].items() if isinstance(v, dict)})
    stories: dict[str, list[Record]] = {}
    for name, known in books.items():
        record = _record(folder / name, known)
        if record.source:
            stories.setdefault(record.source, []).append(record)
    yield from stories.items()


def _record(path: Path, known: dict[str, object]) -> Record:
    assets, volumes = known.get("assets"), known.get("volumes")
    said = {key: str(known.get(key, "")) for key in ("from", "book", "title", "source", "identifier", "opening")}
    return Record(
        path,
        said["from"],
        said["book"],
        said["title"],
        {str(k): str(v) for k, v in assets.items()} if isinstance(assets, dict) else {},
        said["source"],
        said["identifier"],
        said["opening"],
        volumes if isinstance(volumes, int) and volumes > 0 else 0,
    )
