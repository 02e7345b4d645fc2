"""AZW3 for Kindles by cable: made from our EPUB by calibre's `ebook-convert`, the only open writer of that format."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from converter.build.exth import with_asin
from converter.build.identity import epub_facts
from converter.document.errors import OutputError, SettingError

TOOL = "ebook-convert"
PATIENCE = 600  # seconds; the longest serials take two minutes


def require_tool() -> str:
    """The path of `ebook-convert`. Raises SettingError when calibre isn't installed."""
    if path := shutil.which(TOOL):
        return path
    raise SettingError(
        "AZW3 is written by calibre's ebook-convert, which is not installed",
        remedy="install calibre, or send the EPUB with Send to Kindle",
    )


def azw3(epub: bytes, name: str) -> bytes:
    """The AZW3 of an EPUB. `name` is the book's place, for messages. Raises SettingError, OutputError."""
    tool = require_tool()
    with tempfile.TemporaryDirectory(prefix="chapbook-") as folder:
        source, target = Path(folder, "book.epub"), Path(folder, "book.azw3")
        source.write_bytes(epub)
        command = [tool, str(source), str(target), "--no-inline-toc"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(f"ebook-convert did not finish ({type(error).__name__})", name) from None
        if done.returncode or not target.exists():
            message = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
            raise OutputError(f"ebook-convert failed: {message}", name, "use the EPUB")
        return _settled(target.read_bytes(), epub)


def _settled(data: bytes, epub: bytes) -> bytes:
    """The book with what it was made of: the EPUB's identifier, moment of change and day of publication."""
    from datetime import datetime

    identifier, modified, published = epub_facts(epub)
    seconds = int(datetime.fromisoformat(modified).timestamp()) if modified else 0
    return with_asin(data, identifier, seconds, dated=bool(published))
