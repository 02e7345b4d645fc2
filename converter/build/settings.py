"""What a person may ask for, said the same way in options, in a sidecar (story.toml) and in Python.

One table (`KEYS`) names every key, its kind and its choices; the three ways of asking differ only in spelling
(`--series-index`, `series-index = "2"`, `series_index="2"`). Nothing here reaches a writer or a parser as a whole: the
pipeline hands each maker the few values it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from converter.build.registry import WRITTEN, is_written
from converter.build.values import SENSE, Senseless
from converter.document.contracts import Engine, Hidden, MadeFor, Notes, NotesAt, ParagraphHabit
from converter.document.errors import SettingError
from converter.document.model import LISTS, NAMED_ROLES, Metadata, Person
from converter.document.record import dataclass

SettingKind = Literal["text", "texts", "flag", "path", "patterns", "number"]
Capitals = Literal["keep", "italic"]
DEFAULT_STYLE = "classic"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be asked for. `story`: it describes the story (metadata), and not how that is handled."""

    kind: SettingKind
    choices: tuple[str, ...] = ()
    story: bool = False


def _choices(named: object) -> tuple[str, ...]:
    """The values that a `Literal` lists; "" among them is what holds when nobody asks."""
    return tuple(filter(None, get_args(named)))


KEYS: dict[str, Key] = {
    "title": Key("text", story=True),
    "subtitle": Key("text", story=True),
    "author": Key("texts", story=True),
    "translator": Key("texts", story=True),
    "illustrator": Key("texts", story=True),
    "editor": Key("texts", story=True),
    "series": Key("text", story=True),
    "series_index": Key("text", story=True),
    "language": Key("text", story=True),
    "description": Key("text", story=True),
    "fandom": Key("texts", story=True),
    "relationship": Key("texts", story=True),
    "character": Key("texts", story=True),
    "genre": Key("texts", story=True),
    "tag": Key("texts", story=True),
    "warning": Key("texts", story=True),
    "rating": Key("text", story=True),
    "status": Key("text", story=True),
    "published": Key("text", story=True),
    "updated": Key("text", story=True),
    "publisher": Key("text", story=True),
    "rights": Key("text", story=True),
    "source": Key("text", story=True),
    "identifier": Key("text", story=True),
    "isbn": Key("text", story=True),
    "encoding": Key("text"),
    "chapter": Key("patterns"),
    "no_chapters": Key("flag"),
    "paragraphs": Key("text", _choices(ParagraphHabit)),
    "notes": Key("text", _choices(Notes)),
    "no_typography": Key("flag"),
    "capitals": Key("text", _choices(Capitals)),
    "hidden": Key("text", _choices(Hidden)),
    "site": Key("path"),
    "to": Key("texts", WRITTEN),
    "style": Key("text"),
    "page": Key("text"),
    "engine": Key("text", _choices(Engine)),
    "draft": Key("flag"),
    "pdfa": Key("flag"),
    "made_for": Key("text", _choices(MadeFor)),
    "volumes": Key("text"),
    "notes_at": Key("text", _choices(NotesAt)),
    "page_list": Key("flag"),
    "embed_fonts": Key("flag"),
    "certified_by": Key("text"),
    "cover": Key("path"),
    "cover_size": Key("text"),
    "name": Key("text"),
    "verify": Key("flag"),
    "strict": Key("flag"),
    "timeout": Key("number"),
    "memory": Key("number"),
}
PLURALS = {
    "authors": "author", "translators": "translator", "illustrators": "illustrator", "editors": "editor",
    "fandoms": "fandom", "relationships": "relationship", "characters": "character", "genres": "genre", "tags": "tag",
    "warnings": "warning", "chapters": "chapter", "lang": "language", "summary": "description", "theme": "style",
    "format": "to", "formats": "to", "for": "made_for",
}  # fmt: skip
COVER_SIZE = "1500x2400"  # pixels
OF_A_RUN = frozenset({"to", "name", "verify", "strict", "timeout", "memory"})  # and not of a story's books
MANY = {name.removesuffix("s"): name for name in LISTS}  # what one value is called, and the field that holds them all


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for, without the metadata; a field holds its default when nobody asked."""

    encoding: str = ""
    chapter: tuple[str, ...] = ()
    no_chapters: bool = False
    paragraphs: ParagraphHabit = ""
    notes: Notes = "inline"
    no_typography: bool = False
    capitals: Capitals = "keep"
    hidden: Hidden = "drop"
    site: str = ""
    to: tuple[str, ...] = ("epub", "pdf")
    style: str = DEFAULT_STYLE
    page: str = "a5"
    engine: Engine = "auto"
    draft: bool = False
    pdfa: bool = False
    made_for: MadeFor = "screen"
    volumes: str = ""  # chapters of a volume, or "parts"
    notes_at: NotesAt = "chapter"
    page_list: bool = False
    embed_fonts: bool = False
    certified_by: str = ""
    cover: str = ""
    cover_size: str = COVER_SIZE
    name: str = ""  # a template for the names of books, "" = as the story's file
    verify: bool = False
    strict: bool = False
    timeout: float | None = None  # seconds a story may take, 0: as long as it likes, None: as its size allows
    memory: float | None = None  # MB a story may take, likewise


Layer = Mapping[str, Any]


def layer(values: Layer, where: str = "") -> dict[str, Any]:
    """These keys and values, checked and in one form: plurals and hyphens resolved, single values made lists.

    `where` is what the message calls the place they came from. Values that are None or empty are left out.
    Raises SettingError for an unknown key (with the nearest known one), a value of the wrong kind, a choice that isn't
    one, a value that makes no sense (`values.py`), settings that contradict each other.
    """
    out: dict[str, Any] = {}
    for name, value in values.items():
        plain = name.lstrip("-").replace("-", "_")
        key = PLURALS.get(plain, plain)
        if key not in KEYS:
            import difflib

            near = difflib.get_close_matches(plain, [*KEYS, *PLURALS], 1)
            hint = f"did you mean {near[0].replace('_', '-')!r}?" if near else "see `chapbook convert --help`"
            raise SettingError(f"no setting is called {name!r}", where, hint)
        if value is None or value in ("", (), []):
            continue
        checked = _checked(name, value, KEYS[key], where)
        if checked != ():  # a list of empty texts says nothing
            out[key] = checked
    if out.get("no_chapters") and out.get("chapter"):
        raise SettingError("no-chapters and chapter contradict each other", where, "say one of them")
    return out


def from_anywhere(asked: Layer) -> dict[str, Any]:
    """What was asked for, with its paths as they are the same wherever a process is at work."""

    def is_path(key: str, value: Any) -> bool:
        return KEYS[key].kind == "path" or (key == "style" and (Path(value) / "theme.toml").is_file())

    return {key: str(Path(value).absolute()) if is_path(key, value) else value for key, value in asked.items()}


def lasting(asked: Layer) -> dict[str, Any]:
    """What was asked for that a story's books have to be made with again, whoever makes them: in whatever run, wherever
    that is."""
    return {key: value for key, value in from_anywhere(asked).items() if key not in OF_A_RUN}


def _checked(name: str, value: object, key: Key, where: str) -> Any:
    match key.kind:
        case "flag":
            if not isinstance(value, bool):
                raise SettingError(f"{name} is {value!r}, expected true or false", where)
            return value
        case "number":
            return _number(name, value, where)
        case "text" | "path":
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise SettingError(f"{name} is {value!r}, expected one text", where, f'write {name} = "..."')
            return _sensible(name, _choice(name, str(value).strip(), key, where), where)
        case "texts" | "patterns":
            many = value if isinstance(value, list | tuple) else [value]
            if not all(isinstance(v, str | int | float) and not isinstance(v, bool) for v in many):
                raise SettingError(f"{name} is {value!r}, expected a list of texts", where, f'write {name} = ["..."]')
            texts = [str(v).strip() for v in many]
            if key.choices:
                texts = [t.strip() for v in texts for t in v.split(",")]
                if not any(texts):
                    raise SettingError(f"{name} names nothing", where, f"choose of {', '.join(key.choices)}")
            return tuple(dict.fromkeys(_sensible(name, _choice(name, t, key, where), where) for t in texts if t))


def _number(name: str, value: object, where: str) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise SettingError(f"{name} is {value!r}, expected a number from 0 up", where, "0 means no limit")
    return number


def _choice(name: str, text: str, key: Key, where: str) -> str:
    known = key.choices != WRITTEN or not is_written(text.lower())
    if key.choices and text.lower() not in key.choices and known:
        raise SettingError(f"{name} is {text!r}", where, f"choose one of {', '.join(key.choices)}")
    return text.lower() if key.choices else text


def _sensible(name: str, text: str, where: str) -> str:
    """The value in its one form. A number written without quotes in TOML has become text before."""
    plain = name.lstrip("-").replace("-", "_")
    sense = _template if plain == "name" else SENSE.get(PLURALS.get(plain, plain))
    try:
        return sense(text) if sense and text else text
    except Senseless as error:
        raise SettingError(f"{name} {text!r} {error.what}", where, error.remedy) from None


def _template(text: str) -> str:
    from converter.build.name_template import template

    return template(text)


def settings(*layers: Layer) -> Settings:
    """The settings said by these checked layers, the first layer that speaks of a key wins."""
    values: dict[str, Any] = {}
    for checked in reversed(layers):
        if "chapter" in checked:
            values.pop("no_chapters", None)
        values.update(checked)
    known = _of_settings()
    return Settings(**{k: v for k, v in values.items() if k in known})


@cache
def _of_settings() -> frozenset[str]:
    """The keys that are no facts about a story."""
    return frozenset(f.name for f in fields(Settings) if f.name not in KEYS or not KEYS[f.name].story)


def metadata_from(checked: Layer, came_from: str) -> Metadata:
    """The part of a checked layer that describes the story; every field's provenance is `came_from`."""
    people = tuple(Person(name, role) for key, role in NAMED_ROLES.items() for name in checked.get(key, ()))
    values: dict[str, Any] = {"people": people} if people else {}
    for key, value in checked.items():
        if KEYS[key].story and key not in NAMED_ROLES:
            values[MANY.get(key, key)] = value
    return Metadata(**values, provenance=tuple((name, came_from) for name in values))
