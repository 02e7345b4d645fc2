"""A plan that is written down: what is understood of a folder, as TOML to be edited; `convert --plan` obeys it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from converter.build.disk import entries_of
from converter.build.folders import is_story_name, left_out, stories_of
from converter.build.plan_told import fact_lines, file_lines, file_rows, name_of, path_of, text_of, told_line, told_of
from converter.build.repeats import told_once
from converter.build.settings import KEYS, layer
from converter.build.story_files import FolderTree, StoryFiles, shown_path
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.folders.understood import TELLS
from converter.limits.files import read_regular

PLAN_LIMIT = 64 * 1024 * 1024  # bytes
OWN_KEYS = ("files", "name")  # of a book, beside all that a sidecar may say
HEAD = """\
# What was understood of a folder. Edit it, then: chapbook convert --plan {plan}
#
# Every [[book]] is made of its files; `name` is where it goes below the output folder. It may say all that a
# sidecar may say: title, author, series, cover, style, to ... Move a file to another book, take a book out, put
# one in: what stands here is done. Files that no book names are left alone. A file may say its chapter's title and
# the part of the book in which it stands: {{ file = "02.txt", title = "Salt", part = "Part One" }}.
"""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that was read: its books, and a line for everything in the folder that is not as the plan says."""

    books: tuple[StoryFiles, ...]
    notes: tuple[str, ...]


# ----------------------------------------------------------------------------------------------------------- written


def plan_text(tree: FolderTree, place: Path) -> str:
    """The plan of a folder as TOML, for a file in the folder `place`."""
    stories = [s for s in told_once(list(stories_of(tree))) if not s.problem]
    left = list(left_out(tree))
    told = [o for o in left if o.what.kind in ("no story", "unread", "companion", "outward") or o.what.why == TELLS]
    files = sum(len(s.files) for s in stories)
    lines = [HEAD.format(plan="plan.toml"), f"# {len(stories)} books of {files} files; {len(told)} files left out."]
    lines.append(f"folder = {text_of(_from(tree.path, place))}")
    for story in stories:
        lines += ["", *_book_lines(story, tree.path)]
    for other in told:
        lines += ["", "[[left_out]]", f"file = {name_of(other.path, tree.path)}", f"why = {text_of(other.what.why)}"]
    if known := [line for story in stories if (line := told_line(story, tree.path))]:
        lines += [
            "",
            "# What folders told of these books. What is changed above is done; else stories are believed first.",
        ]
        lines += ["[told]", *known]
    lines += ["", "# The files as they were: what has changed since is told.", "[seen]"]
    lines += [f"{name} = {text_of(state)}" for name, state in _seen(tree, stories, [o.path for o in told])]
    return "\n".join(lines) + "\n"


def _book_lines(story: StoryFiles, top: Path) -> Iterator[str]:
    book = story.book
    yield "[[book]]"
    if book:
        if len(book.files) > 1:
            yield f"# {_comment(book.why)}"
        if story.doubt:
            yield f"# in doubt: {_comment(story.doubt.message)}"
        yield from (f"# in doubt: {_comment(r)}" for r in (story.book.remarks if story.book else ()))
        for twin in book.twins:
            what = "made, too" if twin.made else "not made"
            yield f"# {what}: {_comment(twin.name)}: {_comment(twin.why)}"
    yield from file_lines(story, top)
    yield f"name = {text_of((story.below / story.stem).as_posix())}"
    if book:
        yield from fact_lines(book)
    if story.cover:
        yield f"cover = {name_of(story.cover, top)}"


def _seen(tree: FolderTree, stories: Sequence[StoryFiles], left: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Every file that is a story or may be taken for one, as it is now."""
    found = [s.path_of(t) for s in stories if s.home and s.book for t in s.book.twins]
    twins = [f for p in found for f in (sorted(p.iterdir()) if p.is_dir() else [p]) if p == f or is_story_name(f.name)]
    files = [f for s in stories for f in (reversed(s.files) if s.in_order else s.files)]  # their order is their own
    for path in dict.fromkeys([*files, *twins, *left]):
        if path.is_file():
            yield name_of(path, tree.path), _state(path)


def _state(path: Path) -> str:
    status = path.stat()
    when = datetime.fromtimestamp(int(status.st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{status.st_size} bytes, {when}"


def _from(path: Path, place: Path) -> str:
    """The way to a folder from the plan's place, so that both may move together."""
    try:
        return PurePosixPath(os.path.relpath(path.resolve(), place.resolve()).replace(os.sep, "/")).as_posix()
    except ValueError:  # on another drive
        return str(path.resolve())


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


# -------------------------------------------------------------------------------------------------------------- read


def read_plan(path: Path) -> PlanFile:
    """The plan in a file, and how the folder differs from it now. Raises SettingError."""
    table = _table(path)
    top = _top(table, path)
    books = [_planned(book, number, top, path, table) for number, book in enumerate(table.get("book", []), 1)]
    if not books:
        raise SettingError("the plan has no [[book]]", str(path), "chapbook plan FOLDER writes one")
    twice = _named_twice(books)
    if twice:
        raise SettingError(f"{shown_path(twice)} is in two books", str(path), "take it out of one")
    return PlanFile(tuple(books), tuple(_notes(table, books, top)))


def _table(path: Path) -> Mapping[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(read_regular(path, PLAN_LIMIT).decode("utf-8-sig"))
    except OSError as error:
        raise SettingError(f"the plan can't be read ({error.strerror})", str(path), "check --plan") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingError(f"the plan can't be read: {error}", str(path)) from None
    kinds = {"folder": str, "book": list, "left_out": list, "told": dict, "seen": dict}
    for key, value in table.items():
        if key not in kinds:
            raise SettingError(f"a plan has no {key!r}", str(path), f"it has {', '.join(kinds)}")
        if not isinstance(value, kinds[key]):
            raise SettingError(f"{key} in the plan is no {kinds[key].__name__}", str(path))
    return table


def _top(table: Mapping[str, Any], path: Path) -> Path:
    if "folder" not in table:
        raise SettingError("the plan does not say its folder", str(path), 'write folder = "stories"')
    top = path.parent / path_of(table["folder"])
    if not top.is_dir():
        raise SettingError(f"the plan's folder {shown_path(top)} is missing", str(path), "correct `folder`")
    return top


def _planned(book: Any, number: int, top: Path, path: Path, table: Mapping[str, Any]) -> StoryFiles:
    where = f"{path}: book {number}"
    rows = file_rows(book.get("files") if isinstance(book, dict) else None, where)
    files = [name for name, _, _ in rows]
    paths = tuple(top / path_of(f) for f in files)
    name = book.get("name", paths[0].stem)
    if not isinstance(name, str) or not _may_be_named(name):
        raise SettingError(f"the name {name!r} is no place below the output folder", where, 'write name = "Salt"')
    values = layer({k: v for k, v in book.items() if k not in OWN_KEYS}, where)
    beside = values.pop("cover", "")  # a picture beside the story, as it is where no plan was made
    for key in values:
        if KEYS[key].kind == "path":
            values[key] = str(top / path_of(values[key]))
    missing = [p for p in paths if not p.is_file()]
    problem = f"{shown_path(missing[0])}: the plan names it, and it is missing" if missing else ""
    place = Path(path_of(name))
    told = told_of(rows, values, table.get("told", {}), top, path_of(beside))
    return StoryFiles(
        paths,
        place.name,
        place.parent,
        told.folder,
        problem=problem,
        home=told.home,
        book=told.book,
        apart=told.apart,
        said=told.said,
        said_in=str(path),
        in_order=len(paths) > 1 and files != _as_written(files, table.get("seen", {})),
    )


def _as_written(files: Sequence[str], seen: Mapping[str, Any]) -> list[str]:
    """The files in the order in which a plan is written; where a person put them otherwise, that order counts."""
    places = {name: place for place, name in enumerate(seen)}
    return sorted(files, key=lambda f: places[f]) if all(f in seen for f in files) else list(files)


def _may_be_named(name: str) -> bool:
    place = PurePosixPath(name)
    return bool(place.name) and not place.is_absolute() and ".." not in place.parts and "\0" not in name


def _named_twice(books: Sequence[StoryFiles]) -> Path | None:
    known: set[Path] = set()
    for book in books:
        for file in book.files:
            if file in known:
                return file
            known.add(file)
    return None


def _notes(table: Mapping[str, Any], books: Sequence[StoryFiles], top: Path) -> Iterator[str]:
    """A line for every file that has changed, or that the plan does not know."""
    seen = {top / path_of(name): state for name, state in table.get("seen", {}).items()}
    named = [f for book in books for f in book.files]
    for path in named:
        if path in seen and path.is_file() and _state(path) != seen[path]:
            yield f"{shown_path(path)}: it has changed since the plan was made"
    left = {top / path_of(str(o["file"])) for o in table.get("left_out", []) if isinstance(o, dict) and "file" in o}
    known = {*seen, *named, *left}
    for path in _stories_below(top, top):
        if path not in known:
            yield f"{shown_path(path)}: the plan does not know it; put it into a book, or plan the folder again"


def _stories_below(folder: Path, top: Path) -> Iterator[Path]:
    try:
        entries = sorted(entries_of(folder, top), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.kind == "file" and is_story_name(entry.name):
            yield folder / entry.name
        elif entry.kind == "folder" and not entry.name.startswith((".", "__")):
            yield from _stories_below(folder / entry.name, top)
