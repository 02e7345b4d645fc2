"""Themes: the folders of `styles/` (or a person's own folder) as `Theme` values.

A theme is a folder with four files, of which `theme.toml` alone must be there:

    theme.toml   what it is called and the choices other rooms read (fonts, opening, ornament, cover family ...)
    epub.css     for e-readers: structure only, the reader's own font, size and colours are respected
    print.toml   for paper and PDF: every figure of the look, for both engines (`design.py`)
    print.css    for what WeasyPrint is to do that no value says; the base's has the structure of all

All are laid over those of `base/`, and over those of the theme named by `based-on`, so a person's own
folder may hold nothing but two lines of settings. Every other file of the folder (fonts, pictures) travels with it.

In comes a name or a folder, out comes a `Theme`; `fonts.py` finds the fonts that travel with the program. It knows
nothing of stories: a writer asks a theme, a theme asks nobody (`docs/themes.md`).
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from converter.document.contracts import Theme
from converter.document.errors import SettingError
from converter.themes.design import laid_over, read_design

BASE = "base"
DEFAULT = "classic"
DESIGN = "print.toml"
UNFURNISHED = {"heads": {"place": "none"}, "folio": {"place": "none"}}
"""A style on the plain base with CSS of its own: it sets heads and page numbers itself, where it wants them."""
BASES_LIMIT = 4  # themes based on themes; the shipped ones use one step
LARGEST_FILE = 20_000_000  # bytes; the largest font of a theme seen is 1.2 MB
SETTINGS = {
    "opening": ("plain", "lead-in", "drop-cap"),
    "page-numbers": ("outer", "centred", "head", "none"),
    "running-heads": ("author-title", "author-chapter", "title-chapter", "none"),
    "chapters": ("page", "recto", "run-on"),
    "writing": ("horizontal", "vertical"),
    "drop-cap-style": ("normal", "italic"),
    "print-colours": ("black", "own"),
}


def styles_folder() -> Path:
    """Where the shipped themes lie: in the installed package, or beside it in the source tree."""
    package = Path(__file__).parent.parent
    for folder in (package / "styles", package.parent / "styles"):
        if (folder / BASE).is_dir():
            return folder
    raise SettingError("the themes are missing from this installation", str(package), "install the program again")


@lru_cache
def theme_names() -> tuple[str, ...]:
    """The names of the shipped themes, the default first, the others by name."""
    names = sorted(p.parent.name for p in styles_folder().glob("*/theme.toml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT))


def load_theme(name_or_folder: str = DEFAULT) -> Theme:
    """The theme of this name, or the one in this folder.

    A folder is anything with a path separator in it, or a directory that has a `theme.toml`. Raises SettingError for an
    unknown name, a folder without `theme.toml`, TOML that can't be read, or a choice that doesn't exist.
    """
    folder, shipped = Path(name_or_folder), theme_names()
    if name_or_folder in shipped:
        return _shipped(name_or_folder)
    if not (folder / "theme.toml").is_file():
        remedy = f"choose one of {', '.join(shipped)}, or a folder with a theme.toml"
        raise SettingError(f"no style {name_or_folder!r}", remedy=remedy)
    return _in_folder(folder)


@lru_cache
def _shipped(name: str) -> Theme:
    """One of our own themes, which is read once: a process makes many books of it."""
    return _in_folder(styles_folder() / name)


def _in_folder(folder: Path) -> Theme:
    shipped = theme_names()
    base = styles_folder() / BASE
    epub, prints = [_css(base / "epub.css")], [_css(base / "print.css")]
    settings: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    design = base_design = read_design(base / DESIGN)
    own_css = False
    lineage = _lineage(folder, shipped)
    if len(lineage) == 1 and folder.parent != styles_folder() and (folder / "print.css").is_file():
        design = laid_over(design, UNFURNISHED)
    for step in lineage:
        settings |= _settings(step / "theme.toml")
        epub.append(_css(step / "epub.css"))
        prints.append(_css(step / "print.css"))
        contents |= _files(step)
        if (step / DESIGN).is_file():
            design = laid_over(design, read_design(step / DESIGN, base_design))
        own_css |= step.parent != styles_folder() and ((step / "print.css").is_file() or bool(_files(step)))
    if slope := settings.get("drop-cap-style", ""):
        design = laid_over(design, {"start": {"cap": {"style": slope}}})
    title = settings.pop("title", "") or folder.name
    description = settings.pop("description", "")
    settings.pop("based-on", "")
    return Theme(
        folder.resolve().name, title, description, _join(epub), _join(prints), settings, contents, design, own_css
    )


def _lineage(folder: Path, shipped: tuple[str, ...]) -> list[Path]:
    """The folder and those it is based on, the most basic first."""
    steps = [folder]
    while parent := _settings(steps[0] / "theme.toml").get("based-on", ""):
        if parent not in shipped:
            raise SettingError(
                f"based on {parent!r}, which is no style", str(steps[0] / "theme.toml"), f"use {', '.join(shipped)}"
            )
        steps.insert(0, styles_folder() / parent)
        if len(steps) > BASES_LIMIT:
            raise SettingError("this style is based on itself", str(folder / "theme.toml"), "remove a based-on line")
    return steps


def _settings(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"not readable as TOML: {error}", str(path), 'write lines such as ornament = "❦"') from error
    except OSError as error:
        raise SettingError(f"can't be read: {error.strerror or error}", str(path)) from error
    settings = {}
    for key, value in values.items():
        if not isinstance(value, str | int | float):
            raise SettingError(f"{key} is not a text or a number", str(path), f'write {key} = "..."')
        settings[key] = str(value).lower() if isinstance(value, bool) else str(value)
    for key, choices in SETTINGS.items():
        if key in settings and settings[key] not in choices:
            raise SettingError(f"{key} = {settings[key]!r} is not known", str(path), f"choose {', '.join(choices)}")
    return settings


def _css(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"can't be read: {error}", str(path), "save it as UTF-8") from error


def _files(folder: Path) -> dict[str, bytes]:
    """Everything else in the folder, by its path below the folder; nothing hidden, nothing outside it."""
    root = folder.resolve()
    contents = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = name in {"theme.toml", "epub.css", "print.css", DESIGN} or any(
            part.startswith(".") for part in name.split("/")
        )
        if known or not path.is_file() or not path.resolve().is_relative_to(root):
            continue
        if path.stat().st_size > LARGEST_FILE:
            raise SettingError("too large for a part of a style", str(path), "keep files below 20 MB")
        contents[name] = path.read_bytes()
    return contents


def _join(sheets: list[str]) -> str:
    return "\n".join(sheet.strip() for sheet in sheets if sheet.strip()) + "\n"
