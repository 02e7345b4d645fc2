"""Which files below a path are stories, which of them are the chapters of one story, and where their sidecars are."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.build.registry import NAMED_ONLY, SUFFIXES, is_read
from converter.build.settings import layer
from converter.document.errors import MissingInput, SettingError, UnknownFormat
from converter.document.record import dataclass
from converter.limits.files import lies_in, read_end, read_head, read_regular

if TYPE_CHECKING:
    from converter.document.findings.works import WorkUnsure

_READ = (*SUFFIXES, *NAMED_ONLY)
PACKED = (".htmlz", ".zip")
SIDECAR = "story.toml"
OTHER_THINGS = frozenset(
    "readme license licence copying changelog contributing requirements robots".split()
)  # names that accompany stories in a folder and are none
ACCOMPANY = frozenset(
    ".toml .json .jsonl .jpg .jpeg .png .gif .webp .svg .avif .bmp .tif .tiff .ico .css .js .ttf .otf .woff .woff2 "
    ".mp3 .opf .xml .epub .pdf .azw3 .mobi".split()
)  # endings of what lies beside stories and of what was made of them
PAGE_FILES = ("_files", "_Dateien", "_fichiers", "_archivos", "-Dateien", ".files")  # a browser's "save page, complete"
STANDARD_INPUT = Path("-")
SIDECAR_LIMIT = 1024 * 1024  # bytes
HEAD = 64 * 1024  # bytes of a page that tell which work it belongs to
END = 1024  # bytes in which a story says that it is over


@dataclass(frozen=True, slots=True)
class StoryFiles:
    """The files of one story in reading order. `below` is where it lay under the path that was asked for."""

    files: tuple[Path, ...]
    stem: str
    below: Path = Path()
    folder: Path | None = None  # set when a whole folder is one book
    doubt: WorkUnsure | None = None  # whether these files are the chapters of one work, where that was a close call
    problem: str = ""  # why there is nothing to read
    outward: tuple[Path, ...] = ()  # links out of the folder that was asked for, found with it: they are not followed
    unread: tuple[Path, ...] = ()  # files in that folder that no story is read from

    @property
    def name(self) -> str:
        """What messages call the story: its path."""
        return "standard input" if self.files[0] == STANDARD_INPUT else shown_path(self.folder or self.files[0])


def shown_path(path: Path) -> str:
    """A path as messages show it: escape characters and undecodable bytes would do things to a terminal."""
    text = str(path)
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def find_stories(paths: Sequence[Path], *, avoid: Path | None = None) -> tuple[StoryFiles, ...]:
    """The stories these paths stand for, in the order given; below a folder in natural order.

    A folder with a `story.toml` is one book, its files the chapters; other folders are searched. `avoid` (the output
    folder) is never searched. Hidden files, sidecars and the files of saved pages (`NAME_files/`) are no stories.
    Raises MissingInput, UnknownFormat.
    """
    groups: list[StoryFiles] = []
    for path in paths:
        try:
            groups.extend(_named(path, avoid))
        except OSError as error:
            groups.append(
                StoryFiles((path,), path.stem, problem=f"{shown_path(path)}: can't be read ({error.strerror})")
            )
    return tuple(groups)


def _named(path: Path, avoid: Path | None) -> list[StoryFiles]:
    if path == STANDARD_INPUT:
        return [StoryFiles((path,), "story")]
    if path.is_dir():
        seen = _Seen([], [])
        below = list(_below(path, path, avoid.resolve() if avoid else None, seen))
        if not below:
            links = f" but links out of it ({shown_path(seen.links[0])})" if seen.links else ""
            others = f"; name {shown_path(seen.unread[0])} to have it read" if _named_like_others(seen.unread) else ""
            what = f"no stories in this folder{links}"
            raise MissingInput(what, shown_path(path), f"stories end in {', '.join(SUFFIXES)}{others}")
        return [replace(below[0], outward=tuple(seen.links), unread=tuple(seen.unread)), *below[1:]]
    if not path.exists():
        raise MissingInput("no such file or folder", shown_path(path), "check the name")
    if not is_read(path.suffix):
        raise UnknownFormat(
            f"files that end in {path.suffix or 'nothing'} are not read",
            shown_path(path),
            f"known are {', '.join(_READ)}",
        )
    return [StoryFiles((path,), path.stem)]


class _Seen(NamedTuple):
    """What is found in a folder beside its stories: links out of it, files that are not read."""

    links: list[Path]
    unread: list[Path]


def _named_like_others(unread: Sequence[Path]) -> bool:
    """Whether the first of these files is passed over for its name alone."""
    return bool(unread) and unread[0].suffix.lower() in SUFFIXES


def _below(folder: Path, top: Path, avoid: Path | None, seen: _Seen) -> Iterator[StoryFiles]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: _natural(e.name))
        files = [Path(e.path) for e in entries if _is_story(e.name) and _may_be_read(e, top, seen.links)]
        seen.unread.extend(Path(e.path) for e in entries if _is_unread(e))
    except OSError as error:
        yield StoryFiles(
            (folder,), folder.name, problem=f"{shown_path(folder)}: the folder can't be read ({error.strerror})"
        )
        return
    if files and (folder / SIDECAR).is_file():
        below = folder.parent.relative_to(top) if folder != top else Path()
        stem = folder.resolve().name if len(files) > 1 else files[0].stem
        yield StoryFiles(tuple(files), stem, below, folder)
        return
    yield from _books_of(folder, top, files)
    pages = {p.stem for p in files}
    for entry in entries:
        if _leads_away(entry, top):
            seen.links.append(Path(entry.path))
        elif _is_searched(entry, pages, avoid):
            yield from _below(Path(entry.path), top, avoid, seen)


def _books_of(folder: Path, top: Path, files: Sequence[Path]) -> Iterator[StoryFiles]:
    """The stories among the files of one folder, each with the place below `top` where its books go."""
    for files_of_one, doubt in _works(files):
        stem = folder.resolve().name if len(files_of_one) > 1 else files_of_one[0].stem
        below = folder.relative_to(top)
        if len(files_of_one) == len(files) > 1 and folder != top:
            below = below.parent  # the folder is the book
        yield StoryFiles(files_of_one, stem, below, doubt=doubt)


def _is_passed_over(entry: os.DirEntry[str]) -> bool:
    """Whether nothing is looked for under this name: hidden things, and what other programs keep for themselves."""
    return entry.name.startswith((".", "__"))


def _leads_away(entry: os.DirEntry[str], top: Path) -> bool:
    """Whether this is a link to a folder outside `top`: it isn't followed, but told."""
    if _is_passed_over(entry) or not entry.is_symlink():
        return False
    path = Path(entry.path)
    return path.is_dir() and not lies_in(path, top)


def _is_searched(entry: os.DirEntry[str], pages: set[str], avoid: Path | None) -> bool:
    """Whether this folder may hold stories: not the output folder, nor one with the files of a saved page (`pages`)."""
    if _is_passed_over(entry) or not entry.is_dir(follow_symlinks=False):
        return False
    if any(entry.name == stem + end for stem in pages for end in PAGE_FILES):
        return False
    return not avoid or os.path.realpath(entry.path) != str(avoid)


def _may_be_read(entry: os.DirEntry[str], top: Path, links: list[Path]) -> bool:
    """Whether this is a regular file, or a link to one below `top`; links to others are added to `links`."""
    path = Path(entry.path)
    if not path.is_file():
        return False
    if entry.is_symlink() and not lies_in(path, top):
        links.append(path)
        return False
    return True


def _is_unread(entry: os.DirEntry[str]) -> bool:
    """Whether somebody may take this file for a story that is read, and it is not: another ending, a name that
    accompanies stories, no regular file. Pictures, style sheets, sidecars and finished books are no stories."""
    name = entry.name
    if name.startswith((".", "~")) or Path(entry.path).is_dir() or Path(name).suffix.lower() in ACCOMPANY:
        return False
    return not _is_story(name) or not Path(entry.path).is_file()


def _is_story(name: str) -> bool:
    stem, dot, _ = name.rpartition(".")
    return (
        bool(dot)
        and not name.startswith((".", "~"))
        and (ending := name[name.rindex(".") :].lower()) not in NAMED_ONLY
        and (ending in SUFFIXES or (ending not in ACCOMPANY and is_read(ending)))
        and stem.lower() not in OTHER_THINGS
    )


def _works(files: Sequence[Path]) -> Iterator[tuple[tuple[Path, ...], WorkUnsure | None]]:
    """The files of one folder, those together that are chapters of one work; and what is doubtful about it."""
    if len(files) < 2:
        yield from (((f,), None) for f in files)
        return
    from converter.parsers.works.grouping import works_among

    heads, ends = [], []
    for path in files:
        head = end = b""
        with contextlib.suppress(OSError):
            head = read_head(path, HEAD)
            if len(head) == HEAD:
                end = read_end(path, HEAD, END)
        heads.append(head)
        ends.append(end)
    for indices, doubt in works_among([p.name for p in files], heads, ends):
        yield tuple(files[i] for i in indices), doubt


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    from converter.parsers.works.order import natural

    return natural(name)


def sidecar(group: StoryFiles) -> tuple[dict[str, Any], str]:
    """What the story's sidecar says, checked, and the sidecar's path ("" when there is none).

    `NAME.toml` beside the story wins over `story.toml`, which speaks for a file only when it lies alone with it, or
    for the folder that is one book. Raises SettingError with the line.
    """
    if group.files[0] == STANDARD_INPUT:
        return {}, ""
    if group.folder:
        return _read(group.folder / SIDECAR)
    story = group.files[0]
    for path in (story.with_suffix(".toml"), story.with_name(SIDECAR)):
        if path.is_file() and path.name != "pyproject.toml":
            return _read(path)
    return {}, ""


def _read(path: Path) -> tuple[dict[str, Any], str]:
    import tomllib

    if path.is_symlink() and not lies_in(path, path.parent):
        raise SettingError("the sidecar is a link out of its folder", str(path), "put a copy in its place")
    try:
        text = read_regular(path, SIDECAR_LIMIT).decode("utf-8-sig")
        table: Mapping[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"{path}:{place[1] if place else text.count(chr(10)) + 1}"
        what = str(error).rpartition(" (at ")[0] or str(error)
        raise SettingError(f"the sidecar can't be read: {what}", where, 'lines look like title = "The Sea"') from None
    except UnicodeDecodeError:
        raise SettingError("the sidecar is not UTF-8 text", str(path), "save it as UTF-8") from None
    except OSError as error:
        raise SettingError(f"the sidecar can't be read ({error.strerror})", str(path)) from None
    values: dict[str, Any] = {}
    for name, value in table.items():  # one by one, so that what is wrong has its line
        plain = value.isoformat() if hasattr(value, "isoformat") else value
        values |= layer({name: plain}, _place(path, text, name))
    layer(values, str(path))  # do they fit together?
    return values, str(path)


def _place(path: Path, text: str, name: str) -> str:
    """The sidecar's path with the line where a key stands in it."""
    line = re.search(rf"""^[ \t]*["']?{re.escape(name)}["']?[ \t]*[=.]""", text, re.MULTILINE)
    return f"{path}:{text.count(chr(10), 0, line.start()) + 1}" if line else str(path)
