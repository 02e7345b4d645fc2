"""Stories from tables (Parquet): one a row, in the column that holds them, with what other columns say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from converter.build.inputs import SIZE_LIMIT
from converter.build.settings import layer
from converter.cluster.addresses import EXTRA
from converter.cluster.taken import Refused, Taken, TakenOrNot
from converter.document.errors import ConverterError, SettingError
from converter.limits.unzip import Damaged, TooMuch

TEXTS = ("text", "content", "body", "story", "markdown")  # what columns of stories are called, the likeliest first
PAGES = ("html", "page", "page_html", "raw_html")
NAMES = ("id", "name", "file", "url", "title")  # by what a story is called
SAID = {
    "title": "title", "author": "author", "authors": "author", "language": "language", "url": "source",
    "series": "series", "tags": "tag", "summary": "description", "description": "description", "published": "published",
}  # fmt: skip
AT_ONCE = 16  # rows held at a time
LARGEST_GROUP = 4_000_000_000  # bytes that the stories of one group of rows unpack to, as the file says


def count_rows(file: BinaryIO) -> int:
    """How many rows a table has. Raises Damaged."""
    return int(_opened(file).metadata.num_rows)


def rows(file: BinaryIO, wanted: range, column: str = "") -> Iterator[tuple[int, TakenOrNot]]:
    """The stories of these rows, from 0. Raises Damaged, and SettingError where no column is one of stories."""
    table = _opened(file)
    here = {field.name.lower(): field.name for field in reversed(list(table.schema_arrow))}
    held = _column(here, column)
    others = {here[name] for name in (*NAMES, *SAID) if name in here and here[name] != held}
    begin = 0
    for group in range(table.num_row_groups):
        size = int(table.metadata.row_group(group).num_rows)
        if begin < wanted.stop and begin + size > wanted.start:
            if table.metadata.row_group(group).total_byte_size > LARGEST_GROUP:
                raise TooMuch(f"has a group of rows of more than {LARGEST_GROUP / 1e9:.0f} GB")
            for number, row in enumerate(_of_group(table, group, [held, *others]), begin):
                if number in wanted:
                    yield number, _story(row, number, held)
        begin += size


def _of_group(table: Any, group: int, columns: list[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of one group. Raises Damaged."""
    batches = table.iter_batches(batch_size=AT_ONCE, row_groups=[group], columns=columns, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
            held = batch.to_pylist() if batch is not None else None
        except (ConverterError, MemoryError):
            raise
        except Exception as error:
            raise _damaged(error) from None
        if held is None:
            return
        yield from held


def _story(row: Mapping[str, Any], number: int, column: str) -> TakenOrNot:
    told = {key.lower(): value for key, value in row.items() if key != column and value is not None}
    name = next((str(told[key]) for key in NAMES if key in told), "")
    label = f"{number}{f' {name}' if name else ''}"
    value = row[column]
    data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    if data is None or not isinstance(data, bytes):
        return Refused(label, f"there is no story in {column}")
    if len(data) > SIZE_LIMIT:
        return Refused(label, f"more than {SIZE_LIMIT / 1e6:.0f} MB, and a story has at most that")
    said: dict[str, Any] = {}
    for key, setting in SAID.items():
        if key in told and setting not in said:
            said |= sensible({setting: told[key]})
    stem = str(told.get("title") or name.rstrip("/").rpartition("/")[2] or f"story {number}")
    return Taken(label, stem, ".html" if column.lower() in PAGES else ".txt", data, said=said)


def sensible(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a shard says of a story, checked; nothing of what makes no sense: nobody who converts it wrote that."""
    try:
        return layer(values)
    except SettingError:
        return {}


def _column(here: Mapping[str, str], asked: str) -> str:
    if asked.lower() in here:
        return here[asked.lower()]
    found = next((here[name] for name in (*TEXTS, *PAGES) if name in here), "")
    if asked or not found:
        what = f"there is no column {asked!r}" if asked else "no column is called as one of stories is"
        raise SettingError(what, "the table", f"choose with --column: it has {', '.join(sorted(here.values())[:12])}")
    return found


def _opened(file: BinaryIO) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise SettingError("tables need pyarrow", "Parquet", EXTRA) from None
    try:
        return ParquetFile(file)
    except (ConverterError, MemoryError):
        raise
    except Exception as error:
        raise _damaged(error) from None


def _damaged(error: Exception) -> Damaged:
    """What pyarrow says, which has a class of errors for each kind of fault and some of Python's own."""
    return Damaged(f"is damaged ({' '.join(str(error).split())[:100] or type(error).__name__})")
