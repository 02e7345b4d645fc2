"""A question answered by a process of its own, for one whose threads forbid to fork, within limits.

As with stories (`workers.py`): what is asked may crash a library or take all memory, and costs itself.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from converter.build.outcomes import fault
from converter.build.watching import LOOK, StoryLimits, bound_to, end, memory_of, prepare_process
from converter.build.workers import new_context, new_process
from converter.document.errors import ConverterError
from converter.document.findings.reading import Ended, Killed, OutOfMemory, OutOfTime

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")


def ask_apart(ask: Callable[[], T], most: StoryLimits) -> T | Ended:
    """What `ask` answers in a process of its own, or how that was ended. Both can be pickled.

    Raises what `ask` raises of ConverterError and OSError.
    """
    process, answers, line = new_process(new_context(), _answer, (ask, most))
    begun = time.monotonic()
    try:
        while True:
            if answers.poll(LOOK):
                with contextlib.suppress(EOFError, OSError):
                    answer = answers.recv()
                    break
                return Killed()
            if not process.is_alive():
                return Killed()
            if most.seconds and time.monotonic() - begun > most.seconds:
                return OutOfTime(most.seconds)
            if most.memory and memory_of(process.pid or 0) > most.memory:
                return OutOfMemory(most.memory)
    finally:
        if process.pid is not None:
            end(process.pid, None, alive=process.is_alive())
        process.join()
        answers.close()
        line.close()
    if isinstance(answer, MemoryError):
        return OutOfMemory(most.memory)
    if isinstance(answer, Exception):
        raise answer
    told: T = answer
    return told


def _answer(answers: Connection, lifeline: Connection, ask: Callable[[], object], most: StoryLimits) -> None:
    prepare_process(lifeline.fileno())
    bound_to(most)
    try:
        answers.send(ask())
    except (ConverterError, OSError, MemoryError) as error:
        answers.send(error)
    except Exception as error:
        answers.send(ConverterError(fault(error)))
