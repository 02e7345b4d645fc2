"""What is learnt of a text on the way and is no part of its book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from converter.document.contracts import Evidence, Omission
from converter.document.model import Origin

if TYPE_CHECKING:
    from converter.document.findings.union import Finding


@dataclass(slots=True)
class Learnt:
    """What is learnt on the way and is no part of the book."""

    name: str
    evidence: list[Evidence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    moves: list[Origin] = field(default_factory=list)
