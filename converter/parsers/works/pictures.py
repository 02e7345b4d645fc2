"""The pictures of several files in one book: names that meet are changed, equal pictures are kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from converter.document.model import Chapter, Image, Origin, Resource


class WorkPictures:
    """Pictures of all parts under names of their own; the same picture is kept once."""

    def __init__(self) -> None:
        self.kept: list[Resource] = []
        self._by_data: dict[bytes, str] = {}
        self._names: set[str] = set()

    def take(self, resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
        """Adds a part's pictures. Returns its chapters with the names they have now."""
        renamed: dict[str, str] = {}
        for resource in resources:
            if resource.data in self._by_data:
                renamed[resource.name] = self._by_data[resource.data]
                continue
            name = resource.name
            stem, _, suffix = name.rpartition(".")
            number = 2
            while name in self._names:
                name = f"{stem}-{number}.{suffix}"
                number += 1
            renamed[resource.name] = name
            self._names.add(name)
            self._by_data[resource.data] = name
            self.kept.append(replace(resource, name=name))
        if all(a == b for a, b in renamed.items()):
            return tuple(chapters)
        return tuple(_renamed(c, renamed) for c in chapters)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The value with every picture in it renamed; what holds none is the same object."""
    if isinstance(value, Image):
        return replace(value, resource=names.get(value.resource, value.resource))
    if isinstance(value, tuple):
        new = tuple(_renamed(v, names) for v in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    if is_dataclass(value) and not isinstance(value, Origin | type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if isinstance(old, tuple) or is_dataclass(old):
                made = _renamed(old, names)
                if made is not old:
                    changes[field.name] = made
        return replace(value, **changes) if changes else value
    return value
