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

from converter.build.formats import reader
from converter.document.contracts import Diagnostic, Reading
from converter.document.errors import ConverterError, NotAStory, ProofError
from converter.parsers import PLAINLY
from converter.proof import Fault, balance

TOLD = 3  # faults that a doubt quotes


def mended(read: Callable[[frozenset[str]], Reading], trouble: Exception, suffixes: Sequence[str]) -> Reading:
    """The best reading there is of a story whose usual reading ended in `trouble`.

    `read` reads the story without the things it is told. Raises ConverterError when there is no story in it.
    """
    rows = [row for suffix in dict.fromkeys(suffixes) if (row := reader(suffix))]
    where = _place(trouble)
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
            message = f"the story was read without looking for {switch} ({where}); please report it with the story"
            return _with(reading, Diagnostic("reading-given-up", message))
    reading = read(frozenset([PLAINLY]))
    message = f"the story was set plainly, every paragraph as it stands ({where}); please report it with the story"
    reading = _with(reading, Diagnostic("read-plainly", message))
    if faults := _faults(reading):
        told = "; ".join(str(f) for f in faults[:TOLD]) + (" ..." if len(faults) > TOLD else "")
        what = f"the words of the book are not those of the file: {told}; please report it with the story"
        reading = replace(
            _with(reading, Diagnostic("proof-unbalanced", what, faults[0].origin, "error")), unbalanced=True
        )
    return reading


def _faults(reading: Reading) -> tuple[Fault, ...]:
    return balance(reading.texts, reading.omissions, reading.book, reading.insertions, reading.moves).faults


def _with(reading: Reading, told: Diagnostic) -> Reading:
    return replace(reading, diagnostics=(told, *reading.diagnostics))


def _place(trouble: Exception) -> str:
    """What went wrong and where, on one line."""
    if isinstance(trouble, ProofError):
        return f"with it, {trouble.what}"
    if isinstance(trouble, ConverterError):
        return trouble.what
    here = str(Path(__file__).parents[1])
    frames = [f for f in extract_tb(trouble.__traceback__) if f.filename.startswith(here)]
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = " ".join(str(trouble).split())[:120]
    return f"{type(trouble).__name__}{f' {said}' if said else ''}{place}"
