"""A story as it was taken out of a shard, or why it was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """A story's bytes: `name` as the shard has it, stem and ending of a file that would hold it, when it was changed
    (seconds since 1970, 0: not known), and what the shard says of it, checked as settings are."""

    name: str
    stem: str
    suffix: str
    data: bytes
    modified: int = 0
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A story that can't be taken out; without a name the shard itself."""

    name: str
    why: str


TakenOrNot = Taken | Refused
