"""The vocabularies of properties: which names are known, which prefixes are declared, what is wrong with either."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.schema import FOLDER

_NAME = re.compile(r"[^\W\d][\w.-]*")


@cache
def vocabularies() -> Mapping[str, Any]:
    """The table of `schemas/vocabularies.toml`."""
    table: Mapping[str, Any] = tomllib.loads((FOLDER / "vocabularies.toml").read_text("utf-8"))
    return table


@cache
def names_of(kind: str) -> frozenset[str]:
    """The names that the table has for a kind of property ("meta", "rendition:itemref")."""
    return frozenset(vocabularies()["names"].get(kind, "").split())


def declared(text: str) -> dict[str, str]:
    """The prefixes that an attribute `prefix` declares."""
    words = text.split()
    return {name[:-1]: uri for name, uri in zip(words[::2], words[1::2], strict=False) if _is_mapped(name)}


def _is_mapped(name: str) -> bool:
    return name.endswith(":") and name.find(":") == len(name) - 1 > 0


def check_prefixes(path: str, line: int, text: str, *, page: bool) -> Iterator[Flaw]:
    """What is wrong with the value of an attribute `prefix`."""
    table = vocabularies()
    words = text.split()
    if len(words) % 2 or not all(map(_is_mapped, words[::2])):
        message = "the prefixes are not written like “name: address name: address”"
        yield Flaw(path, line, "prefix-syntax", message)
    known = table["page-prefixes"] if page else table["prefixes"]
    for name, uri in declared(text).items():
        if name == "_" or uri in table["defaults"]["uris"] or uri == table["defaults"]["elements"]:
            message = f"the prefix {name} may not be declared for {uri}; take it out"
            yield Flaw(path, line, "prefix-reserved", message)
        elif name in known and known[name].rstrip("#/") != uri.rstrip("#/"):
            message = f"the prefix {name} means {known[name]} everywhere; choose another name"
            yield Flaw(path, line, "prefix-overridden", message, "warning")


def check_names(
    path: str, line: int, text: str, kind: str, prefixes: Mapping[str, str], *, one: bool = False, page: bool = False
) -> Iterator[Flaw]:
    """Names of properties: written rightly, with a prefix that is declared, known where we know the vocabulary."""
    words = text.split()
    if one and len(words) > 1:
        yield Flaw(path, line, "property-syntax", f"“{text.strip()}”: only one name may stand here")
    table = vocabularies()
    reserved = {**table["prefixes"], **(table["page-prefixes"] if page else {})}
    for word in words:
        prefix, colon, name = word.partition(":")
        if not colon:
            if names_of(kind) and word not in names_of(kind):
                yield Flaw(path, line, "property-unknown", f"EPUB has no property “{word}” here; take it out")
            elif kind == "scheme":
                yield Flaw(path, line, "property-unknown", f"the scheme “{word}” needs a prefix")
        elif not prefix or not name or not _NAME.match(prefix):
            yield Flaw(path, line, "property-syntax", f"“{word}” is no name of a property")
        elif prefix not in prefixes and prefix not in reserved:
            message = f"the prefix {prefix} is not declared; declare it in the attribute prefix of the root"
            yield Flaw(path, line, "prefix-undeclared", message)
        elif (
            prefix not in prefixes
            and prefix in ("rendition", "media", "a11y")
            and not page
            and name not in names_of(f"{prefix}:{kind}")
        ):
            yield Flaw(path, line, "property-unknown", f"there is no property “{word}” here; take it out")
