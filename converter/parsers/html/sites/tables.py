"""The tables of known sites: read from TOML, checked, compared with a page. What each key means is in
`docs/sites.md`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import soupsieve

from converter.document.errors import SettingError
from converter.document.model import Metadata
from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.limits.own_patterns import OwnPattern
from converter.parsers.html.dom.selecting import Index, attribute

FIELD_NAMES = (
    frozenset(Metadata.__dataclass_fields__) - {"people", "extra", "provenance", "identifier", "progress", "modified"}
) | {
    "authors",
    "chapter-number",
    "chapter-count",
}
SAID_WITHIN = 300_000  # characters from the top in which a page says what it is
NOTE_KINDS = ("note", "summary", "spoiler", "box")
SitePattern = re.Pattern[str] | OwnPattern  # the program's own are known to be linear
MakePattern = Callable[[str], SitePattern | None]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a fact stands: text (or `attribute`) of every match, the `pattern`'s first group of it, split at
    `split`."""

    field: str
    select: str
    attribute: str = ""
    pattern: SitePattern | None = None
    split: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class NoteRule:
    """What stands beside the story. `label`: the selector of its heading inside it, or "previous" (the element
    before)."""

    select: str
    kind: str = "note"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that holds no story: a selector, and a pattern in its text; the message says why."""

    select: str
    pattern: SitePattern | None
    message: str
    remedy: str
    lists: bool = False  # it is a list of works, posts or chapters


@dataclass(frozen=True, slots=True)
class Site:
    """One site's kind of page. Selectors are CSS; empty means: it has none."""

    key: str
    name: str
    hosts: tuple[str, ...] = ()
    detect: tuple[str, ...] = ()
    generator: SitePattern | None = None
    says: SitePattern | None = None
    refuse: tuple[Refusal, ...] = ()
    fields: tuple[FieldRule, ...] = ()
    definitions: tuple[tuple[str, tuple[tuple[SitePattern, str], ...]], ...] = ()
    body: str = ""
    start: str = ""
    head: str = ""
    head_pattern: SitePattern | None = None
    notes: tuple[NoteRule, ...] = ()
    metadata: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    next: str = ""
    previous: str = ""
    index: str = ""
    parts: str = ""
    locate: bool = False
    divide: bool = False
    hook: str = ""
    epub: bool = False


KEYS = frozenset(
    "name hosts detect generator says refuse fields definitions chapters notes metadata drop keep next "
    "previous index parts locate divide hook epub".split()
)
CHAPTER_KEYS = frozenset("body start head head-pattern".split())


def read_site(key: str, text: str, where: str = "", ours: bool = False) -> Site:
    """A site's TOML -> `Site`; `ours`: it comes with the program. Raises SettingError that names the key, the selector
    or the pattern that is wrong."""
    place = where or f"{key}.toml"

    def pattern(source: str, flags: int = re.I) -> SitePattern | None:
        if not source:
            return None
        return regex(source, flags) if ours else OwnPattern(source, flags, place)

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"this is no TOML: {error}", place, "see docs/sites.md") from None
    _only(table, KEYS, place)
    chapters = _table(table, "chapters", place)
    _only(chapters, CHAPTER_KEYS, place)
    site = Site(
        key,
        _text(table, "name", place) or key,
        _texts(table, "hosts", place),
        _texts(table, "detect", place),
        pattern(_text(table, "generator", place)),
        pattern(_text(table, "says", place), 0),
        tuple(_refusal(r, place, pattern) for r in _tables(table, "refuse", place)),
        tuple(_field(name, rule, place, pattern) for name, rule in _rules(table, place)),
        tuple(_definition(d, place, pattern) for d in _tables(table, "definitions", place)),
        _text(chapters, "body", place),
        _text(chapters, "start", place),
        _text(chapters, "head", place),
        pattern(_text(chapters, "head-pattern", place)),
        tuple(_note(n, place) for n in _tables(table, "notes", place)),
        _texts(table, "metadata", place),
        _texts(table, "drop", place),
        _texts(table, "keep", place),
        _text(table, "next", place),
        _text(table, "previous", place),
        _text(table, "index", place),
        _text(table, "parts", place),
        bool(table.get("locate", False)),
        bool(table.get("divide", False)),
        _text(table, "hook", place),
        bool(table.get("epub", False)),
    )
    _check(site, place)
    return site


def _check(site: Site, place: str) -> None:
    if not site.detect and not site.generator:
        raise SettingError("a site needs `detect`: selectors that all its pages match", place, "see docs/sites.md")
    if not site.body and not site.locate and not site.refuse:
        raise SettingError("a site needs `chapters.body`: where the story's text stands", place, "see docs/sites.md")
    selectors = [*site.detect, site.body, site.start, site.head, *site.metadata, *site.drop, *site.keep]
    selectors += [
        site.next,
        site.previous,
        site.index,
        site.parts,
        *(f.select for f in site.fields),
        *(r.select for r in site.refuse),
    ]
    selectors += [n.select for n in site.notes] + [n.label for n in site.notes if n.label != "previous"]
    selectors += [name for name, _ in site.definitions]
    for selector in filter(None, selectors):
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
            raise SettingError(f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}", place) from None


def _only(table: Mapping[str, Any], allowed: frozenset[str], place: str) -> None:
    for name in table:
        if name not in allowed:
            raise SettingError(f"no key is called {name!r}", place, f"known are {', '.join(sorted(allowed))}")


def _text(table: Mapping[str, Any], name: str, place: str) -> str:
    value = table.get(name, "")
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return ", ".join(value)
    if not isinstance(value, str):
        raise SettingError(f"{name!r} must be a text", place)
    return value


def _texts(table: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise SettingError(f"{name!r} must be a list of texts", place)
    return tuple(value)


def _table(table: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        raise SettingError(f"{name!r} must be a table", place)
    return value


def _tables(table: Mapping[str, Any], name: str, place: str) -> list[Mapping[str, Any]]:
    value = table.get(name, [])
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise SettingError(f"{name!r} must be a list of tables", place)
    return value


def _rules(table: Mapping[str, Any], place: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for name, rules in _table(table, "fields", place).items():
        for rule in rules if isinstance(rules, list) else [rules]:
            yield name, rule if isinstance(rule, dict) else {"select": rule}


def _field(name: str, rule: Mapping[str, Any], place: str, pattern: MakePattern) -> FieldRule:
    if name not in FIELD_NAMES:
        raise SettingError(f"no field is called {name!r}", place, f"known are {', '.join(sorted(FIELD_NAMES))}")
    _only(rule, frozenset(("select", "attribute", "pattern", "split", "date")), place)
    parts = [_text(rule, n, place) for n in ("select", "attribute", "pattern", "split", "date")]
    if not parts[0]:
        raise SettingError(f"the field {name!r} needs `select`", place)
    select, attribute, source, split, date = parts
    return FieldRule(name, select, attribute, pattern(source), split, date)


def _definition(
    rule: Mapping[str, Any], place: str, pattern: MakePattern
) -> tuple[str, tuple[tuple[SitePattern, str], ...]]:
    _only(rule, frozenset(("list", "labels")), place)
    labels = _table(rule, "labels", place)
    for name in labels.values():
        if name not in FIELD_NAMES:
            raise SettingError(f"no field is called {name!r}", place, f"known are {', '.join(sorted(FIELD_NAMES))}")
    labelled = ((pattern(source), name) for source, name in labels.items())
    return _text(rule, "list", place), tuple((made, name) for made, name in labelled if made is not None)


def _note(rule: Mapping[str, Any], place: str) -> NoteRule:
    _only(rule, frozenset(("select", "kind", "label")), place)
    kind = _text(rule, "kind", place) or "note"
    if kind not in NOTE_KINDS:
        raise SettingError(f"{kind!r} is no kind of note", place, f"known are {', '.join(NOTE_KINDS)}")
    return NoteRule(_text(rule, "select", place), kind, _text(rule, "label", place))


def _refusal(rule: Mapping[str, Any], place: str, pattern: MakePattern) -> Refusal:
    _only(rule, frozenset(("select", "text", "message", "remedy", "lists")), place)
    parts = [_text(rule, n, place) for n in ("select", "text", "message", "remedy")]
    return Refusal(parts[0] or "body", pattern(parts[1]), parts[2], parts[3], bool(rule.get("lists", False)))


# -------------------------------------------------------------------------------------------------- the known ones


@cache
def known_sites() -> tuple[Site, ...]:
    """The sites that come with the program, in the order in which a page is compared with them."""
    folder = Path(__file__).parent / "known"
    sites = [read_site(f.stem, f.read_text(encoding="utf-8"), ours=True) for f in folder.glob("*.toml")]
    return tuple(
        sorted(sites, key=lambda s: (not s.body and not s.locate, s.locate, s.detect == ("body",), not s.says, s.key))
    )


def site_names() -> tuple[tuple[str, str], ...]:
    """(key, name) of every known site."""
    return tuple((s.key, s.name) for s in sorted(known_sites(), key=lambda s: s.name.lower()))


def detect_site(index: Index, markup: str, own: Sequence[Site] = (), *, only: bool = False) -> tuple[Site, str] | None:
    """The first site whose marks the page bears, a person's own sites first, and what told it. `only`: no other sites
    than these `own` are looked for."""
    generator = ""
    for meta in index.by_name.get("meta", ()):
        if attribute(meta, "name").lower() == "generator":
            generator = generator or attribute(meta, "content")
    for site in own if only else (*own, *known_sites()):
        if site.generator and not site.generator.search(generator):
            continue
        if site.says and not site.says.search(markup[:SAID_WITHIN]):
            continue
        if all(index.first(selector) is not None for selector in site.detect):
            return site, f"the page has {' and '.join(site.detect) or f'the generator {generator!r}'}"
    return None
