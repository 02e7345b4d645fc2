"""A shelf that is served by the program itself, and a headless Chromium before it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.checkers.programs import HERE, browser, node, node_package


@contextmanager
def served(books: Path) -> Iterator[str]:
    """The address of a `chapbook serve` that shows this folder, as long as it is used."""
    process = subprocess.Popen(
        [sys.executable, "-m", "converter", "serve", str(books)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        if not found:
            raise RuntimeError(f"no shelf: {said}{process.stdout.read()}")
        yield found[0]
    finally:
        process.terminate()
        process.wait(10)


def browse(address: str, scenario: str, **given: Any) -> dict[str, Any]:
    """What a browser saw (`seen`), complained of (`errors`) and asked for (`requests`) in a scenario of shelf.mjs."""
    for name in ("puppeteer-core", "axe-core"):
        node_package(name)
    if pictures := os.environ.get("CHAPBOOK_PICTURES", ""):
        given["pictures"] = pictures
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as job:
        json.dump({"do": scenario, **given}, job)
        job.flush()
        command = [node(), str(HERE / "shelf.mjs"), browser(), address, job.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise RuntimeError(f"the browser did not finish:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
