"""What a person wrote down for stories: a sidecar for one (`NAME.toml`, `story.toml`), defaults for all in a folder
(`chapbook.toml`) and for all of a person (`config.toml` in the configuration folder)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from converter.build.folders import SIDECAR
from converter.build.settings import KEYS, layer
from converter.build.story_files import STANDARD_INPUT, StoryFiles
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.folders.named_files import FILES, listed_files
from converter.limits.files import lies_in, read_regular

SIDECAR_LIMIT = 1024 * 1024  # bytes
DEFAULTS, OF_USER = "chapbook.toml", "config.toml"
APART = ("mail",)  # tables of a person's own file that say nothing of stories
NO_SIDECARS = ("pyproject.toml", DEFAULTS)
OF_ONE = ("title", "subtitle", "series_index", "identifier", "isbn")  # what no two stories share


@dataclass(frozen=True, slots=True)
class Said:
    """Checked values and the path of the file that says them."""

    values: Mapping[str, Any]
    where: str

    @property
    def called(self) -> str:
        """What provenance calls the file."""
        return Path(self.where).name


class Defaults:
    """What holds for stories where nobody says it of the story itself; each file is read once in a run."""

    def __init__(self) -> None:
        self._said: dict[Path, tuple[Said, ...]] = {}
        self._all: dict[Path, tuple[Said, ...]] = {}

    def of(self, group: StoryFiles) -> tuple[Said, ...]:
        """The defaults of a story: the nearest folder's first, the person's own last. Raises SettingError."""
        if group.files[0] == STANDARD_INPUT:
            return self._of_user()
        home = group.folder or group.home or group.files[0].parent
        if home not in self._all:
            self._all[home] = (*self._of_folder(home.absolute()), *self._of_user())
        return self._all[home]

    def _of_folder(self, folder: Path) -> tuple[Said, ...]:
        if folder not in self._said:
            path = folder / DEFAULTS
            own = (defaults_in(path),) if path.is_file() else ()
            self._said[folder] = (*own, *(self._of_folder(folder.parent) if folder.parent != folder else ()))
        return self._said[folder]

    def _of_user(self) -> tuple[Said, ...]:
        path = _user_path()
        if path not in self._said:
            self._said[path] = (defaults_in(path, APART),) if path.is_file() else ()
        return self._said[path]


@cache
def _user_path() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("chapbook")) / OF_USER


def defaults_in(path: Path, apart: Sequence[str] = ()) -> Said:
    """The defaults that a file says, checked, without the tables `apart`; files that it names are looked for beside it.
    Raises SettingError."""
    values, where = read_sidecar(path, apart)
    for key in OF_ONE:
        if key in values:
            raise SettingError(
                f"{key} can't be the same for all stories", where, "say it in NAME.toml beside the story"
            )
    for key in values:
        if KEYS[key].kind == "path":
            values[key] = str(_beside(path, key, values[key]))
    if "style" in values and (path.parent / values["style"] / "theme.toml").is_file():
        values["style"] = str(path.parent / values["style"])
    return Said(values, where)


def _beside(path: Path, key: str, named: str) -> Path:
    found = path.parent / named
    if found.exists() and not lies_in(found, path.parent):
        raise SettingError(
            f"{key} {named!r} lies outside the folder of the file that names it", str(path), "put it there"
        )
    return found


def sidecar(group: StoryFiles) -> tuple[dict[str, Any], str]:
    """What the story's sidecar says, checked, and the sidecar's path ("" when there is none).

    `NAME.toml` beside the story wins over `story.toml`, which speaks for a file only when it lies alone with it, or
    for the folder that is one book. Raises SettingError with the line.
    """
    if group.files[0] == STANDARD_INPUT:
        return {}, ""
    if group.folder:
        return _of_folder(group.folder / SIDECAR, group)
    if group.settings is not None and not group.settings:
        return {}, ""
    story = group.files[0]
    for path in (story.with_suffix(".toml"), *(() if group.apart else (story.with_name(SIDECAR),))):
        known = group.settings is None or path.name in group.settings
        if known and path.name not in NO_SIDECARS and path.is_file():
            return read_sidecar(path) if path.name != SIDECAR else _of_folder(path, group)
    return {}, ""


def _of_folder(path: Path, group: StoryFiles) -> tuple[dict[str, Any], str]:
    """What a `story.toml` says, without the files that it names, which have to be those of the story. Raises
    SettingError."""
    said = read_sidecar(path, (FILES,))
    if not (named := _table_in(path)[0].get(FILES)):
        return said
    names = listed_files(named)
    if not names:
        raise SettingError("files has to be a list of names", str(path), 'write files = ["1.txt", "2.txt"]')
    there = {file.name for file in group.files}
    if absent := next((name for name in names if name not in there), ""):
        raise SettingError(f"files names {absent!r}, which is no story in this folder", str(path), "correct the name")
    return said


def read_sidecar(path: Path, apart: Sequence[str] = ()) -> tuple[dict[str, Any], str]:
    """What such a file says, checked, without the tables `apart`, and its path. Raises SettingError with the line."""
    table, text = _table_in(path)
    values: dict[str, Any] = {}
    for name in [key for key in table if key not in apart]:  # one by one, so that what is wrong has its line
        value = table[name]
        plain = value.isoformat() if hasattr(value, "isoformat") else value
        values |= layer({name: plain}, _place(path, text, name))
    layer(values, str(path))  # do they fit together?
    return values, str(path)


def _table_in(path: Path) -> tuple[Mapping[str, Any], str]:
    """Such a file as a table and as its text. Raises SettingError with the line."""
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
    return table, text


def _place(path: Path, text: str, name: str) -> str:
    """The sidecar's path with the line where a key stands in it."""
    line = re.search(rf"""^[ \t]*["']?{re.escape(name)}["']?[ \t]*[=.]""", text, re.MULTILINE)
    return f"{path}:{text.count(chr(10), 0, line.start()) + 1}" if line else str(path)
