"""Where the outside programs are: found, or a RuntimeError whose one line says what to install."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def node() -> str:
    """The path of node."""
    found = shutil.which("node")
    if not found:
        raise RuntimeError("Node is missing: apt-get install nodejs npm (18 or newer)")
    return found


def browser() -> str:
    """The path of a Chromium."""
    asked = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "")
    found = asked or next((path for name in BROWSERS if (path := shutil.which(name))), "")
    if not found:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    return found


def node_package(name: str) -> Path:
    """The folder of an installed npm package of `package.json`."""
    folder = HERE / "node_modules" / name
    if not folder.is_dir():
        raise RuntimeError(f"{name} is missing: (cd tests/checkers && PUPPETEER_SKIP_DOWNLOAD=1 npm install)")
    return folder
