"""What became of a story, as a value; what went wrong as one line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.shelving import FULL, Record
from converter.document.errors import ConverterError, OutputError
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.document.findings.union import Finding
    from converter.reconciling.copies import Copy
    from converter.reconciling.result import Reconciled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: books written, books kept because they are up to date, or the line that says why not."""

    name: str
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    error: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    chapters: int = 0
    words: int = 0
    changes: int = 0
    findings: tuple[Finding, ...] = ()
    records: tuple[Record, ...] = ()
    about: Copy | Reconciled | None = None  # what was found out where no book was asked for, or several files for one


def line(error: ConverterError, name: str) -> str:
    """An error as one line that says where: the error's own place, or the story."""
    return str(error) if error.where else f"{name}: {error}"


def as_error(error: ConverterError | OSError, path: Path | None) -> ConverterError:
    """What kept a book from being made or written, as one of our own errors."""
    if isinstance(error, OSError):
        remedy = "make room on the disk" if error.errno in FULL else "check the folder"
        return OutputError((error.strerror or str(error)).lower(), str(path or ""), remedy)
    return error


def fault(error: BaseException) -> str:
    """A fault of the program as one line: what, and where in the program."""
    import traceback

    here = str(Path(__file__).parents[1])
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(here)]
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    message = " ".join(str(error).split())[:200]
    return f"a fault of the program: {type(error).__name__}: {message}{place}; please report it with the story"
