"""Kills the program two hundred times and looks at what it left: `python -m benchmarks.kills [HOW MANY]`.

Half of the runs are held by strace at a write, an fsync or a rename, and whoever makes that call is killed there; in
the others the program itself, or one of the processes that make its books, is killed at any moment. After each: no
book is there in part, nobody is at work any more, and the same command makes the rest.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.shell.killing import Fault, at_work_in, began, mended, nobody_left, run_with, stories_in, whole_books

MOST = {"write": 120, "fsync": 16, "rename": 4}  # calls of a process that makes three of six books, and some more
SEED = 7
LONGEST = 1.2  # seconds of a run


def at_a_call(folder: Path, chance: random.Random) -> str:
    """Kills whoever makes some call; what it was."""
    call = chance.choice(sorted(MOST))
    run_with(folder, Fault(call, chance.randint(1, MOST[call])))
    return call


def at_a_moment(folder: Path, chance: random.Random) -> str:
    """Kills the program, or one of those that it began, some time after its start; which."""
    run = began(folder, [])
    time.sleep(chance.uniform(0.05, LONGEST))
    workers = sorted(set(at_work_in(folder)) - {str(run.pid)})
    who = chance.choice(["program", *["worker"] * len(workers)])
    try:
        os.kill(run.pid if who == "program" else int(chance.choice(workers)), signal.SIGKILL)
    except ProcessLookupError:
        who = "nobody: it was gone"
    run.communicate(timeout=60)
    return who


def main() -> None:
    """Prints how often who was killed where, and what was found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(SEED)
    killed: Counter[str] = Counter()
    left: Counter[int] = Counter()
    for number in range(count):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            stories_in(folder)
            killed[(at_a_call if number % 2 else at_a_moment)(folder, chance)] += 1
            assert nobody_left(folder), "somebody is still at work"
            left[len(whole_books(folder))] += 1
            mended(folder)
    print(f"{count} kills: no book in part, no process left, each mended by the next run")
    print("killed:", ", ".join(f"{who} {times}" for who, times in killed.most_common()))
    print("books there after it:", ", ".join(f"{books}: {times}" for books, times in sorted(left.items())))
    print("strace", subprocess.run(["strace", "-V"], capture_output=True, text=True, check=True).stdout.split()[3])


if __name__ == "__main__":
    main()
