"""What a reader or a writer in a package of somebody else's tells: the one finding that brings its own words."""

from __future__ import annotations

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class PluginFinding(Told):
    """A finding of a package that reads or writes a format of its own, which words it. Its `code` is none of those in
    `docs/findings.md`."""

    code: str
    message: str
    severity: Severity = "doubt"
    origin: Origin | None = None
