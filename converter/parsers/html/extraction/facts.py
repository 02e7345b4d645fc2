"""Facts about a page's story, each with its source: the first that names a field wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import Any

from converter.document.model import Metadata, Person
from converter.recognisers.metadata.names import bare_name

FIELDS = frozenset(f.name for f in fields(Metadata))
DESCRIPTION_LIMIT = 4_000
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


@dataclass(slots=True)
class Facts:
    """Facts under way: the first source that names a field wins. `address`: where the page stands, for its links."""

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def add(self, name: str, value: object, source: str) -> None:
        """Sets a field of `Metadata` that nobody has set. Empty values say nothing."""
        if isinstance(value, str):
            value = " ".join(value.split())
        if isinstance(value, tuple | list):
            if name == "people":
                value = [bare_name(v) if isinstance(v, str) else v for v in value]
            value = tuple(dict.fromkeys(v for v in value if v))
        if value and name not in self.values:
            self.values[name] = value
            self.sources[name] = source

    def also(self, name: str, value: str) -> None:
        """A fact `Metadata` has no field for."""
        if value and (name, value) not in self.extra:
            self.extra.append((name, value))

    def take(self, metadata: Metadata) -> None:
        """Everything another witness says, with its provenance."""
        for name in FIELDS - {"provenance", "extra"}:
            self.add(name, getattr(metadata, name), metadata.found_in(name) or "page, header")
        for name, value in metadata.extra:
            self.also(name, value)

    def text(self, name: str) -> str:
        """A field's text so far."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def copied(self) -> Facts:
        """The same facts, to go on with."""
        return Facts(dict(self.values), dict(self.sources), list(self.extra), self.address)

    def metadata(self) -> Metadata:
        """All of it as `Metadata`, with provenance."""
        made: dict[str, Any] = {k: v for k, v in self.values.items() if k in FIELDS}
        if "people" in made:
            made["people"] = tuple(p if isinstance(p, Person) else Person(str(p)) for p in made["people"])
        provenance = tuple((k, self.sources[k]) for k in sorted(made))
        return replace(Metadata(), **made, extra=tuple(self.extra), provenance=provenance)


def set_above(own: Facts, facts: Facts) -> None:
    """What a site's table or the story's own header says stands before what the page's head says."""
    for name, value in own.values.items():
        facts.values[name] = value
        facts.sources[name] = own.sources.get(name, "")
    facts.extra.extend(own.extra)


def iso_date(text: str) -> str:
    """The first ISO 8601 date (with its time, where it has one) in a text, or ""."""
    date = _DATE.search(text)
    return re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", date[0]) if date else ""


def cut_off(text: str) -> bool:
    """A description that ends in an ellipsis was cut by the site: half a sentence is worse than none."""
    return text.rstrip().endswith(("...", "…", "[…]", "[...]"))
