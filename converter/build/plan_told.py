"""What a written plan keeps of what folders tell of a book: as long as nobody edits it, the story's own words count
more, as they do where no plan was made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from converter.build.folders import SIDECAR
from converter.build.settings import KEYS, MANY, layer
from converter.build.story_files import StoryFiles
from converter.document.errors import SettingError
from converter.document.model import NAMED_ROLES
from converter.document.record import dataclass
from converter.folders.understood import About, FolderBook

AS_BYTES = "file:"  # before a name that is no text, or begins so: its bytes, quoted
FACTS = ("series", "series_index", "title", "author")  # that names tell of a book
TOGETHER = frozenset(("series", "series_index"))
FACT = 3  # what it is about, what it says, how that was labelled
OF_FILES = ("file", "title", "part")  # what is said of one file of a book


def text_of(text: str) -> str:
    """A TOML string; of a name that is no text its bytes."""
    if text.startswith(AS_BYTES) or any("\ud800" <= c <= "\udfff" for c in text):
        text = AS_BYTES + quote_from_bytes(os.fsencode(text))
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def path_of(name: str) -> str:
    """The name that `text_of` wrote."""
    return os.fsdecode(unquote_to_bytes(name.removeprefix(AS_BYTES))) if name.startswith(AS_BYTES) else name


def name_of(path: Path, top: Path) -> str:
    """A path below the plan's folder as a TOML string."""
    return text_of(path.relative_to(top).as_posix())


# ----------------------------------------------------------------------------------------------------------- written


def file_lines(story: StoryFiles, top: Path) -> Iterator[str]:
    """The files of a book, each with what is told of it: its chapter's title, its part."""
    names = [name_of(f, top) for f in story.files]
    nothing = [""] * len(names)
    titles, parts = (story.book.titles or nothing, story.book.parts or nothing) if story.book else (nothing, nothing)
    rows = [_file_row(*row) for row in zip(names, titles, parts, strict=True)]
    if len(rows) == 1:
        yield f"files = [{rows[0]}]"
    else:
        yield from ("files = [", *(f"  {row}," for row in rows), "]")


def _file_row(name: str, title: str, part: str) -> str:
    said = [("file", name), *((key, text_of(value)) for key, value in (("title", title), ("part", part)) if value)]
    return f"{{ {', '.join(f'{key} = {value}' for key, value in said)} }}" if len(said) > 1 else name


def shown_facts(book: FolderBook) -> dict[str, Any]:
    """What is told of a book as it is written above its files' heads: keys of a sidecar, texts and lists of texts."""
    shown = _shown_about(book, book.about) if book.about else {}
    if book.series:
        shown |= {"series": book.series, "series_index": book.series_index}
    if book.title:
        shown.setdefault("title", book.title)
    if book.author:
        shown.setdefault("author", [book.author])
    return {key: value for key in KEYS if (value := shown.get(key)) and _is_sensible(key, value)}


def _is_sensible(key: str, value: Any) -> bool:
    try:
        return key in layer({key: value})
    except SettingError:  # a file beside a book may say anything
        return False


def _shown_about(book: FolderBook, about: About) -> dict[str, Any]:
    """What files beside a book tell of it, without a title where its own files say one."""
    from converter.folders.about import metadata_of

    said = metadata_of(about)
    shown: dict[str, Any] = {}
    for key, row in KEYS.items():
        many = MANY.get(key, key)
        named = [p.name for p in said.people if p.role == NAMED_ROLES.get(key)]
        value: Any = named or getattr(said, many, "")
        if row.story and value and not (key == "title" and book.stem not in ("", about.title)):
            shown[key] = list(value) if row.kind == "texts" else value
    return shown


def fact_lines(book: FolderBook) -> Iterator[str]:
    """`shown_facts` as lines of TOML."""
    for key, value in shown_facts(book).items():
        yield f"{key} = " + (f"[{', '.join(map(text_of, value))}]" if isinstance(value, list) else text_of(value))


def told_line(story: StoryFiles, top: Path) -> str:
    """A line that says from where a book has what is told of it; "" where its files alone tell all."""
    book, home = story.book, story.home
    if not book or not home:
        return ""
    said: dict[str, str] = {}
    if home != common_folder(story.files):
        said["folder"] = name_of(home, top)
    if story.folder:
        said["alone"] = "true"
    elif not story.apart and story.files[0].with_name(SIDECAR).is_file():
        said["apart"] = "false"
    said |= {key: text_of(value) for key in FACTS if (value := getattr(book, key))}
    if book.about:
        said["by"] = text_of(book.about.name)
        said["facts"] = f"[{', '.join(_fact_row(fact) for fact in book.about.facts)}]"
    row = ", ".join(f"{key} = {value}" for key, value in said.items())
    return f"{name_of(story.files[0], top)} = {{ {row} }}" if row else ""


def _fact_row(fact: Sequence[str]) -> str:
    return f"[{', '.join(map(text_of, fact))}]"


def common_folder(files: Sequence[Path]) -> Path:
    """The folder around all these files."""
    homes = list(dict.fromkeys(f.parent for f in files))
    return homes[0] if len(homes) == 1 else Path(os.path.commonpath(homes))


# -------------------------------------------------------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Told:
    """A book of a plan: what its folder told and nobody edited, and what somebody said; `folder` where its sidecar
    speaks for all in it, `apart`: such a sidecar speaks of another book."""

    book: FolderBook
    said: Mapping[str, Any]
    home: Path
    folder: Path | None
    apart: bool


def file_rows(files: Any, where: str) -> list[tuple[str, str, str]]:
    """The files that a plan gives a book: each with its title and its part, "" where none is said. Raises
    SettingError."""
    rows = [(f, "", "") if isinstance(f, str) else _row_of(f) for f in files] if isinstance(files, list) else []
    if not rows or not all(row and row[0] for row in rows):
        raise SettingError("files is no list of names", where, 'write files = ["Salt.txt"]')
    return [row for row in rows if row]


def _row_of(file: Any) -> tuple[str, str, str] | None:
    if not isinstance(file, dict) or not all(k in OF_FILES and isinstance(v, str) for k, v in file.items()):
        return None
    name, title, part = (file.get(key, "") for key in OF_FILES)
    return name, path_of(title), path_of(part)


def told_of(
    rows: Sequence[tuple[str, str, str]], values: Mapping[str, Any], table: Mapping[str, Any], top: Path, cover: str
) -> Told:
    """The book of these files, of which a plan says `values`; `table` has by a file's name what folders told of the
    book that begins with it. What a person took out of the plan is told no longer."""
    row: Mapping[str, Any] = next((table[name] for name, _, _ in rows if isinstance(table.get(name), dict)), {})
    files = [top / path_of(name) for name, _, _ in rows]
    home = top / path_of(str(row["folder"])) if "folder" in row else common_folder(files)
    series, index, title, author = (path_of(str(row.get(key, ""))) for key in FACTS)
    book = FolderBook(
        tuple(os.path.relpath(f, home) for f in files),
        "the plan says so",
        series=series,
        series_index=index,
        title=title,
        author=author,
        about=_about_of(row),
        cover=os.path.relpath(top / cover, home) if cover else "",
        titles=tuple(title for _, title, _ in rows) if any(title for _, title, _ in rows) else (),
        parts=tuple(part for _, _, part in rows) if any(part for _, _, part in rows) else (),
    )
    book, said = _as_edited(book, values)
    return Told(book, said, home, home if row.get("alone") is True else None, row.get("apart") is not False)


def _about_of(row: Mapping[str, Any]) -> About | None:
    facts = row.get("facts")
    if not isinstance(facts, list):
        return None
    told = [tuple(map(str, fact)) for fact in facts if isinstance(fact, list) and len(fact) == FACT]
    return About(path_of(str(row.get("by", ""))), tuple((path_of(f), path_of(v), path_of(said)) for f, v, said in told))


def _as_edited(book: FolderBook, values: Mapping[str, Any]) -> tuple[FolderBook, dict[str, Any]]:
    """The book without what a person took out, and what was said otherwise."""
    shown = layer(shown_facts(book))
    said = dict(values)
    same = {key for key in shown if said.get(key) == shown[key]}
    if not TOGETHER.intersection(shown) <= same:
        same -= TOGETHER
    for key in shown:
        if key in same:
            del said[key]
        elif key not in said:
            book = _without(book, key)
    return book, said


def _without(book: FolderBook, key: str) -> FolderBook:
    if book.about:
        fields = (key, MANY.get(key, key))
        kept = tuple(fact for fact in book.about.facts if fact[0] not in fields)
        book = replace(book, about=replace(book.about, facts=kept) if kept else None)
    match key:
        case "series" | "series_index":
            return replace(book, series="", series_index="") if key == "series" else replace(book, series_index="")
        case "title":
            return replace(book, title="")
        case "author":
            return replace(book, author="")
    return book
