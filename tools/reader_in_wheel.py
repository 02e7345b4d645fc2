"""Puts what reads books in the browser into wheels and archives of the source, where npm can be asked for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReaderInWheel(BuildHookInterface):  # type: ignore[type-arg]
    """A hook of hatchling."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Before anything is packed. A wheel without it shows its books, and offers them for download alone."""
        if version == "editable":
            return
        tool = Path(self.root) / "tools" / "vendor-reader"
        if not tool.is_file() or subprocess.run([sys.executable, str(tool)], check=False).returncode:
            self.app.display_warning("books will not be read in the browser: tools/vendor-reader could not take it")
