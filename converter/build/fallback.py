"""What is done when a reading fails: the part of it that failed is given up, and the story becomes a book all the same.

Strategy. A reader finds many things in a file: notes, a head, contents lists, a site's own lines. When it breaks down
over one of them, or the account of the words does not balance, the file is read again with one of these things left
alone, each in turn; the first reading whose words balance is taken. When none does, the story is set plainly
(`parsers/plainly.py`). Either way the book says what was given up, where, and that it may be reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from converter.build.registry import reader
from converter.document.contracts import Reading
from converter.document.errors import ConverterError, NotAStory, ProofError
from converter.document.findings.reading import (
    Fault,
    ProofUnbalanced,
    ReadingGivenUp,
    ReadPlainly,
    Refused,
    Trouble,
    Unbalanced,
    broken,
)
from converter.parsers.switches import PLAINLY
from converter.proof import balance

if TYPE_CHECKING:
    from converter.document.findings.union import Finding


def best_reading(read: Callable[[frozenset[str]], Reading], trouble: Exception, suffixes: Sequence[str]) -> Reading:
    """The best reading there is of a story whose usual reading ended in `trouble`.

    `read` reads the story without the things it is told. Raises ConverterError when there is no story in it.
    """
    rows = [row for suffix in dict.fromkeys(suffixes) if (row := reader(suffix))]
    cause = _trouble(trouble)
    for switch in dict.fromkeys(s for row in rows for s in row.switches):
        try:
            reading = read(frozenset([switch]))
        except MemoryError:  # whoever watches decides
            raise
        except NotAStory:
            continue
        except Exception:  # broken all the same: something else is the cause
            continue
        if not _faults(reading):
            return _with(reading, ReadingGivenUp(switch, cause))
    reading = read(frozenset([PLAINLY]))
    reading = _with(reading, ReadPlainly(cause))
    if faults := _faults(reading):
        reading = replace(_with(reading, ProofUnbalanced(faults, faults[0].origin)), unbalanced=True)
    return reading


def _faults(reading: Reading) -> tuple[Fault, ...]:
    return balance(reading).faults


def _with(reading: Reading, finding: Finding) -> Reading:
    return replace(reading, findings=(finding, *reading.findings))


def _trouble(trouble: Exception) -> Trouble:
    """What went wrong, and where in the program."""
    if isinstance(trouble, ProofError):
        return Unbalanced(trouble.what)
    if isinstance(trouble, ConverterError):
        return Refused(trouble.what)
    here = str(Path(__file__).parents[1])
    frames = [f for f in extract_tb(trouble.__traceback__) if f.filename.startswith(here)]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return broken(trouble, place)
