"""Stands for `do`, which it calls: a story that says so takes its process with it, hangs, or takes all memory."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path

from converter.build.inputs import Job
from converter.build.making import do as made
from converter.build.outcomes import Outcome
from converter.build.slots import Slots

CRASHES, HANGS, GROWS = "this story crashes", "this story hangs", "this story grows"
LIMITS = {"timeout": 20.0, "memory": 600.0, "to": ("epub",)}  # the others take a second or two, beside other work ten


def do(job: Job, slots: Slots | None = None) -> Outcome:
    """One story to its books, unless it is poison."""
    text = Path(job.group.files[0]).read_bytes().decode("utf-8", "replace")
    if CRASHES in text:
        ctypes.string_at(0)
    if HANGS in text:
        time.sleep(600)
    held = []
    while GROWS in text:
        held.append(bytearray(50_000_000))
    return made(job, slots)
