"""What became of a story, as a value; what went wrong as one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.shelving import FULL
from converter.catalogue.records import TO_BE_LOOKED_AT, Ingredient, Record, Story
from converter.document.errors import ConverterError, ListsOnly, OutputError
from converter.document.record import dataclass
from converter.reports.run import RunRow, State, news_of

if TYPE_CHECKING:
    from converter.document.findings.union import Finding
    from converter.reconciling.copies import Copy
    from converter.reconciling.result import Reconciled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: books written, books kept because they are up to date, or the line that says why not.

    `records` are of the books written, and of those kept that had to be read for it; `ingredients` are the files that
    were read; `gone` are books that were taken off, or over which somebody put another file. `known`: what the
    catalogue knew of the story before. `cover`: a small picture of its cover (JPEG), where that was asked for.
    """

    name: str
    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    error: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    chapters: int = 0
    words: int = 0
    changes: int = 0
    account: str = ""  # what was changed and left out, as `reports/account.py` writes it
    findings: tuple[Finding, ...] = ()
    series: str = ""
    series_index: str = ""
    language: str = ""
    records: tuple[Record, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    gone: tuple[Path, ...] = ()
    known: Story | None = None
    cover: bytes = b""
    listed: bool = False  # it only lists works, and lay in a folder that was asked for: there is nothing to be done
    about: Copy | Reconciled | None = None  # what was found out where no book was asked for, or several files for one

    @property
    def row(self) -> RunRow:
        """The outcome as it is told to a person."""
        state: State = "made" if self.written else "kept"
        if self.error:
            state = "left out" if self.listed else "failed"
        error = " ".join(self.error.split())
        told = self.known if state == "kept" and self.known else self
        known = (self.known.chapters, self.known.words) if self.known and self.known.words else None
        findings = (*(self.known.findings if self.known and told is self.known else ()), *_as_rows(self.findings))
        return RunRow(
            self.name,
            state,
            self.title,
            told.authors,
            told.chapters,
            told.words,
            told.changes,
            tuple(map(str, self.written)),
            tuple(map(str, self.kept)),
            (error,) if self.listed else tuple(m for severity, _, m, _ in findings if severity in TO_BE_LOOKED_AT),
            news_of(known, self.chapters, self.words) if state == "made" else "",
            "" if self.listed else error,
            self.cover,
        )

    def story(self, sources: Sequence[str], asked: Mapping[str, object] | None = None) -> Story | None:
        """What the catalogue keeps of it, with what was `asked` in options; None where nothing is known that wasn't
        before, or the story had no file."""
        if not sources or not (self.error or self.records):
            return None
        return Story(
            sources[0],
            title=self.title,
            authors=self.authors,
            series=self.series,
            series_index=self.series_index,
            language=self.language,
            words=self.words,
            chapters=self.chapters,
            changes=self.changes,
            account=self.account,
            asked=asked,
            findings=_as_rows(self.findings),
            ingredients=self.ingredients,
            books=self.records,
            problem=self.error,
            read=bool(self.written or self.error),
        )


def _as_rows(findings: Sequence[Finding]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((f.severity, f.code, f.message, str(f.origin or "")) for f in findings)


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


def answered(name: str, work: Callable[[], Outcome], *, named: bool = True) -> Outcome:
    """What this work on a story gives, or its failure in one line; `named`: a person asked for this very file. Raises
    MemoryError alone."""
    try:
        return work()
    except ListsOnly as error:
        return Outcome(name, error=line(error, name), listed=not named)
    except ConverterError as error:
        return Outcome(name, error=line(error, name))
    except MemoryError:
        raise
    except RecursionError:
        return Outcome(name, error=f"{name}: nested deeper than any story is")
    except Exception as error:
        return Outcome(name, error=f"{name}: {fault(error)}")
