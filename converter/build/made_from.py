"""What a book was made from, as a digest: its story, what was said of it, and what matters to its format alone."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.build.formats import IN_EPUBS, IN_PDFS
from converter.build.registry import writer
from converter.build.settings import KEYS, Settings
from converter.build.version import VERSION
from converter.catalogue.records import Ingredient, digest, state_of

if TYPE_CHECKING:
    from converter.build.inputs import Job

IN_BOOKS = frozenset((*IN_EPUBS, *IN_PDFS))  # settings that matter to some formats alone
NOT_IN_BOOKS = frozenset(["to", "name", "timeout", "memory", "site", "cover"])  # files count by what is in them


def made_from(job: Job, name: str, ingredients: Sequence[Ingredient], *, plain: bool = False) -> str:
    """What stands for all that a book of this format is made from, apart from the assets that it asks for.

    `ingredients` in the order in which they are read. `plain`: the story is read plainly, since it came to no end
    within its limits; with others it may be read as usual.
    """
    row = writer(name)
    wanted = job.settings
    heeded = _heeded(name, wanted)
    facts = [
        VERSION,
        row.of or row.name,
        repr([(key, value) for key, value in asdict(wanted).items() if key in heeded]),
        _about_story(job.options),
        _about_story(job.sidecar_values),
        _about_story(job.group.said),
        *(_about_story(said.values) for said in job.defaults),
        _told_by_neighbours(job),
        f"{job.group.stem} {job.in_order}",
        *_named_in_rows(job),
        *(f"{i.role} {i.digest} {i.path.name}" for i in ingredients if _counts(i, heeded)),
        _theme_digest(wanted.style, row.of or row.name) if "style" in heeded else "",
        f"plain {wanted.timeout} {wanted.memory}" if plain else "",
    ]
    return digest("\0".join(facts).encode("utf-8", "surrogatepass"))


def _named_in_rows(job: Job) -> list[str]:
    """What is told of each of a story's files: its chapter's title, its part; how many of them stand as named."""
    book = job.group.book
    return [repr(row) for row in ((book.titles, book.parts, book.settled) if book else ()) if row]


def _heeded(name: str, wanted: Settings) -> frozenset[str]:
    """The settings that matter to books of this format."""
    row = writer(name)
    every = frozenset(asdict(wanted)) - NOT_IN_BOOKS
    if row.heeds is None:
        return every | {"cover"}
    more = IN_PDFS if wanted.page_list and row.marks_pages else ()
    return (every - IN_BOOKS) | set(row.heeds) | set(more)


def _counts(ingredient: Ingredient, heeded: frozenset[str]) -> bool:
    return ingredient.role in ("story", "site") or (ingredient.role == "cover" and "cover" in heeded)


def _told_by_neighbours(job: Job) -> str:
    book = job.group.book
    told = [book.series, book.series_index, book.title, book.author] if book else []
    if book and book.about:
        told.append(repr((book.about.name, book.about.facts)))
    return " ".join(told) if any(told) else ""


def _about_story(said: Mapping[str, Any]) -> str:
    return repr(sorted((key, value) for key, value in said.items() if KEYS[key].story))


def _theme_digest(style: str, name: str) -> str:
    """What stands for a person's own theme, as far as it matters to this format; ours are known by their names."""
    from converter.themes import theme_names

    folder = Path(style)
    if style in theme_names() or not (folder / "theme.toml").is_file():
        return style
    states = tuple((str(path), state_of(path)) for path in sorted(folder.rglob("*")) if path.is_file())
    return _digest_of_theme(os.path.realpath(folder), name, states)


@lru_cache(maxsize=64)
def _digest_of_theme(folder: str, name: str, _states: object) -> str:
    from converter.themes import load_theme

    theme = load_theme(folder)
    looks = [] if name == "pdf" else [theme.epub_css]
    looks += [theme.print_css, json.dumps(theme.design, sort_keys=True)] if name == "pdf" else []
    texts = "\0".join((*looks, *(f"{k}={v}" for k, v in sorted(theme.settings.items()))))
    return digest(b"\0".join((texts.encode(), *(key.encode() + data for key, data in sorted(theme.files.items())))))
