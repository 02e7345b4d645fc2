"""The table of a shard: a row for each of its stories, with the facts that a catalogue keeps (Parquet)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from converter.catalogue.records import Ingredient, Record, Story
from converter.cluster.addresses import EXTRA
from converter.document.errors import MissingInput, SettingError

FINDING = ("severity", "code", "message", "place")
PACKING = "zstd"


def ready() -> None:
    """Raises SettingError where tables can't be written."""
    _libraries()


def table_of(stories: Sequence[Story]) -> bytes:
    """The stories as a table: the same bytes for the same stories."""
    parquet, arrow = _libraries()
    out = io.BytesIO()
    table = arrow.Table.from_pylist([_row(story) for story in stories], schema=_schema())
    parquet.write_table(table, out, compression=PACKING)
    return out.getvalue()


def stories_in(data: bytes, name: str) -> Iterator[Story]:
    """The stories of such a table. Raises MissingInput where it can't be read."""
    yield from (_story(row) for row in _read(data, name, None))


def problems_in(data: bytes, name: str) -> list[str]:
    """For each story of such a table why there is no book, "" where there is one. Raises MissingInput."""
    return [row["problem"] for row in _read(data, name, ["problem"])]


def _read(data: bytes, name: str, columns: list[str] | None) -> list[dict[str, Any]]:
    parquet, _ = _libraries()
    try:
        rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data), columns=columns).to_pylist()
    except Exception as error:  # of pyarrow, which has many
        said = " ".join(str(error).split())[:100]
        raise MissingInput(f"the table can't be read ({said})", name, "remove it: its shard is made anew") from None
    return rows


def _row(story: Story) -> dict[str, Any]:
    facts = asdict(story)
    first = story.books[0] if story.books else None
    row: dict[str, Any] = _as_text(
        facts
        | {
            "authors": list(story.authors),
            "doubts": story.doubts,
            "findings": [dict(zip(FINDING, finding, strict=True)) for finding in story.findings],
            "ingredients": [
                {"path": str(i.path), "role": i.role, "digest": i.digest, "size": i.state[0], "modified": i.state[1],
                 "inode": i.state[2]}
                for i in story.ingredients
            ],
            "books": [
                {"path": b.path.as_posix(), "format": b.format, "made_from": b.made_from, "digest": b.book,
                 "title": b.title, "assets": sorted(b.assets.items()), "volumes": b.volumes, "size": b.state[0]}
                for b in story.books
            ],
            "identifier": first.identifier if first else "",
            "opening": first.opening if first else "",
        }
    )  # fmt: skip
    return row


def _story(row: dict[str, Any]) -> Story:
    facts = {k: v for k, v in row.items() if k in Story.__slots__}
    shared = (row["source"], row["identifier"], row["opening"])
    return replace(
        Story(**facts),
        authors=tuple(row["authors"]),
        findings=tuple((f["severity"], f["code"], f["message"], f["place"]) for f in row["findings"]),
        ingredients=tuple(
            Ingredient(Path(i["path"]), i["role"], i["digest"], (i["size"], i["modified"], i["inode"]))
            for i in row["ingredients"]
        ),
        books=tuple(
            Record(
                Path(b["path"]), b["made_from"], b["digest"], b["title"], dict(b["assets"]), *shared, b["volumes"],
                b["format"], (b["size"], 0, 0),
            )
            for b in row["books"]
        ),
    )  # fmt: skip


def _as_text(value: Any) -> Any:
    """The value; a name in it with bytes that are no text is written so that it can be kept."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _as_text(one) for key, one in value.items()}
    return type(value)(map(_as_text, value)) if isinstance(value, list | tuple) else value


@cache
def _schema() -> Any:
    _, arrow = _libraries()
    text, number, many = arrow.string(), arrow.int64(), arrow.list_
    parts = {
        "findings": [(name, text) for name in FINDING],
        "ingredients": [
            *((n, text) for n in ("path", "role", "digest")), *((n, number) for n in ("size", "modified", "inode")),
        ],
        "books": [
            *((n, text) for n in ("path", "format", "made_from", "digest", "title")),
            ("assets", arrow.map_(text, text)), ("volumes", number), ("size", number),
        ],
    }  # fmt: skip
    texts = ("source", "title", "series", "series_index", "language", "identifier", "opening", "problem")
    return arrow.schema([
        *((name, text) for name in texts),
        ("authors", many(text)),
        *((name, number) for name in ("words", "chapters", "changes", "doubts")),
        *((name, many(arrow.struct(fields))) for name, fields in parts.items()),
    ])  # fmt: skip


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise SettingError("what becomes of an archive is kept in tables, which need pyarrow", "", EXTRA) from None
    return parquet, pyarrow
