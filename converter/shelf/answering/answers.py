"""Answers to what was doubted in a book, and to all else that a person would say of it. They are written into the
sidecar beside its story, and the book is made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile

from converter.build.folders import SIDECAR
from converter.build.settings import layer
from converter.build.sidecars import NO_SIDECARS
from converter.build.values import SENSE, Senseless
from converter.catalogue.catalogue import Catalogue
from converter.catalogue.records import Story
from converter.document.errors import OutputError, SettingError
from converter.document.record import dataclass
from converter.folders.named_files import FILES
from converter.shelf.answering.advice import doubted_fields, unkept
from converter.shelf.answering.chapter_lines import pattern_of, what_is_wrong
from converter.shelf.answering.covers import NoCover, Picture, kept_cover, picture
from converter.shelf.answering.sidecars import Said, Unwritable, answer, key_of, lines_of, said_in, sidecar_of
from converter.shelf.answering.told_again import options_of
from converter.shelf.answering.typed import one_line
from converter.shelf.books import Book
from converter.shelf.gifts.giving import begin, names_in
from converter.shelf.shelf import Shelf
from converter.shelf.story_paths import path_of

LARGEST_COVER = 20 * 1024 * 1024
LONGEST = {"description": 10_000}  # characters of an answer
LONGEST_LINE = 1_000  # of all others
FIELDS = ("title", "author", "series", "series_index", "language", "tag", "description", "chapter")
OTHER = "other_language"  # the field of a language that is in no list
SHOWN = "shown_"  # before a field's name: what it held when the page was shown
NO_COVER = "no_cover"  # the one that takes a cover back
TEXTS = (".txt", ".text", "")  # endings of files whose headings a pattern finds
Value = str | list[str]


def tags_in(said: str) -> list[str]:
    """The tags in a line that parts them by semicolons or, where it has none, by commas."""
    return [tag for part in said.split(";" if ";" in said else ",") if (tag := part.strip())]


MANY = {"author": names_in, "tag": tags_in}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form for answers holds, by its fields, whether a `cover` was said, and where they are written. `told` is
    what the catalogue knows of the story, `story` its path. `may_be_written`: by the shelf; else a person writes
    `lines` into the file that is called `called`, as seen from the folder of the books. `wrong`: what is wrong with a
    field's answer, that of "" with all of them, in the order of the form; `status` is that of the page that says so;
    `known` is what is held but for what was typed wrongly."""

    held: Mapping[str, str]
    known: Mapping[str, str]
    cover: bool
    told: Story
    story: Path
    place: Path
    called: str
    may_be_written: bool
    wrong: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    @property
    def lines(self) -> str:
        """What a person would write, with what is known now."""
        return lines_of({key: MANY[key](said) if key in MANY else said for key, said in self.held.items()})

    @property
    def is_text(self) -> bool:
        """Whether a pattern finds the headings of the story; in others they are marked."""
        return any(i.path.suffix.lower() in TEXTS for i in self.told.ingredients if i.role == "story")


def answers(shelf: Shelf, book: Book) -> Answers | None:
    """The answers that can be given for a book; None where its story has no sidecar, for it lies in an archive or
    elsewhere, or is not where it was."""
    try:
        with Catalogue(shelf.folder) as catalogue:
            story = catalogue.story(book.source)
    except OutputError:
        return None
    path = path_of(shelf.store, story) if story else None
    if not story or not path:
        return None
    place = place_of(story, path)
    known = {
        "title": book.title, "author": "; ".join(book.authors), "series": book.series,
        "series_index": book.series_index, "language": book.language, "tag": "; ".join(book.tags),
        "description": book.summary, "chapter": "",
    }  # fmt: skip
    said = {key_of(name): _shown(key_of(name), value) for name, value in said_in(place).items()}
    held = {key: said.get(key, known[key]) for key in FIELDS}
    called = place.relative_to(shelf.folder).as_posix()
    return Answers(held, held, "cover" in said, story, path, place, called, _may_be_written(place))


def _shown(key: str, value: Any) -> str:
    """What a sidecar says under a key, as the form shows it."""
    if not isinstance(value, list):
        return str(value)
    if key == "chapter" and len(value) > 1:
        return "|".join(f"(?:{one})" for one in value)
    return "; ".join(map(str, value))


def place_of(story: Story, path: Path) -> Path:
    """The sidecar of a story: the one that was read, or the one that would be."""
    own = sidecar_of(path)
    beside = path.with_name(SIDECAR)
    read = os.path.realpath(beside) in [str(i.path) for i in story.ingredients if i.role == "sidecar"]
    return beside if read and not own.exists() and not path.is_dir() else own


def _may_be_written(place: Path) -> bool:
    plain = place.name not in NO_SIDECARS and not place.is_symlink()
    return plain and os.access(place.parent, os.W_OK) and (not place.exists() or os.access(place, os.W_OK))


def answered(shelf: Shelf, book: Book, there: Answers, form: FormData) -> Answers | None:
    """Writes down what a form answers, and has the book made again. Where something is wrong nothing is written, and
    the answers come back as they were typed. Raises HTTPException where too much is waiting."""
    typed = _typed(form, there)
    said, wrong = _said(typed, there)
    given = _picture(form, wrong)
    if form.get(NO_COVER) and not given:
        said["cover"] = ""
    if not wrong and (contradiction := _contradiction(there.place, said)):
        wrong[""] = contradiction
    status, line = (400, "") if wrong else _write(there, said, given)
    if line:
        wrong[""] = line
    if wrong:
        if given:  # a browser does not keep it
            wrong["cover"] = "Choose the picture once more."
        return replace(there, held={**there.held, **typed}, wrong=wrong, status=status)
    formats = tuple(dict.fromkeys(file.format for file in book.files))
    options = options_of(shelf.folder, there.told, there.place, said)
    begin(shelf, f"book/{book.id}/answer", there.story, formats, options)
    return None


def _said(typed: Mapping[str, str], there: Answers) -> tuple[dict[str, Value], dict[str, str]]:
    """What of the answers is said anew, or settles what is doubted, and what is wrong with them."""
    said: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    doubted = doubted_fields(there.told)
    for key, text in typed.items():
        if text != _normal(key, there.held[key]) or (text and key in doubted):
            said[key] = _checked(key, text, wrong)
    if not said.get("series", there.held["series"]) and typed.get("series_index"):
        if "series_index" in said:
            wrong.setdefault("series_index", "It counts in a series: say which, or leave this empty.")
        elif "series" in said:
            said["series_index"] = ""  # with the series that was taken back
    return said, wrong


def _picture(form: FormData, wrong: dict[str, str]) -> Picture | None:
    """The cover that was given; what is wrong with it is noted."""
    cover = form.get("cover")
    if not isinstance(cover, UploadFile) or not cover.size:
        return None
    try:
        return picture(cover.file.read(LARGEST_COVER))
    except NoCover as error:
        wrong["cover"] = str(error)
        return None


def _write(there: Answers, said: dict[str, Value], given: Picture | None) -> tuple[int, str]:
    """Writes answers down: (200, ""), or a status and what is wrong."""
    try:
        if given:
            said["cover"] = kept_cover(there.story, there.place.parent, given)
        if said:
            answer(there.place, said)
    except NoCover as error:
        return 409, str(error)
    except Unwritable:
        return 409, f"Its sidecar is written so that only a person can change it: {there.called}."
    except OSError as error:
        return 507, f"It can't be kept here: {unkept(error)}."
    return 200, ""


def _typed(form: FormData, there: Answers) -> dict[str, str]:
    """The answers of a form by their fields, without those that it does not have, and those that stand as they were
    shown where another has been given since."""
    typed: dict[str, str] = {}
    for key in FIELDS:
        value, shown = form.get(key), form.get(f"{SHOWN}{key}")
        if isinstance(value, str):
            typed[key] = _normal(key, value)
            if isinstance(shown, str) and typed[key] == _normal(key, shown) != _normal(key, there.held[key]):
                del typed[key]
    other = form.get(OTHER)
    if isinstance(other, str) and other.strip():
        typed["language"] = _normal("language", other)
    return typed


def _normal(key: str, text: str) -> str:
    """An answer without what nobody sees; only a summary has lines."""
    lines = map(one_line, text.splitlines())
    return ("\n" if key == "description" else " ").join(lines).strip()


def _checked(key: str, text: str, wrong: dict[str, str]) -> Value:
    """An answer in its one form; "" takes it back. What is wrong with it is noted: written down, no making would come
    to an end."""
    most = LONGEST.get(key, LONGEST_LINE)
    if len(text) > most:
        wrong[key] = f"It has more than {most:,} letters."
    elif key in MANY:
        return [one for name in MANY[key](text) if (one := one_line(name))]
    elif key == "chapter" and (said := what_is_wrong(text := pattern_of(text))):
        wrong[key] = said
    elif text and key in SENSE:
        try:
            return SENSE[key](text)
        except Senseless as error:
            wrong[key] = f"“{text}” {error.what}{f': {error.remedy}' if error.remedy else ''}."
    return text


def _contradiction(place: Path, said: Said) -> str:
    """What is wrong with a sidecar once these answers are in it; "" for nothing. The files that it names are no
    setting."""
    kept = {name: value for name, value in said_in(place).items() if key_of(name) not in (*said, FILES)}
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in kept.items()}
    try:
        layer({**plain, **said}, place.name)
    except SettingError as error:
        return f"{error}."
    return ""
