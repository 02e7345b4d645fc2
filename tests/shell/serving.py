"""Runs of the command line that begin where Python and the libraries are already loaded, each in a process of its own.

A run is forked from this process, which has loaded the program and used it on three small stories: it has its own
folder, surroundings, channels and end. What a run does not have of its own is the start of Python and what is read once,
which takes longer than most stories; runs for which that start matters (another locale, another order of sets) are begun
anew by `running.py`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

WORDS = "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place."
STORIES = {
    "one.txt": f"One\nby Ada Thorn\n\nChapter 1\n\n{WORDS}\n\nChapter 2\n\n{WORDS}\n",
    "two.html": f"<title>Two</title><h1>Two</h1><p>{WORDS}</p><p>{WORDS}</p>",
    "three.md": f"# Three\n\n{WORDS}\n",
}
LOADED = ("bs4", "ebooklib.epub", "fontTools.subset", "lxml.html", "pikepdf", "PIL.Image", "pymupdf", "weasyprint")


def _use() -> None:
    """One story of each kind as books: vocabularies are read, patterns compiled and fonts opened when they are needed."""
    from converter.build.api import convert

    with tempfile.TemporaryDirectory() as folder:
        for name, text in STORIES.items():
            (Path(folder) / name).write_text(text, "utf-8")
            # not with Typst: it has threads, which a forked process would be without
            convert(Path(folder) / name, to=["epub", "pdf", "txt"], engine="weasyprint")


def load() -> None:
    """All of the program, and the libraries that it loads when they are needed."""
    import converter

    for module in pkgutil.walk_packages(converter.__path__, "converter."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LOADED:
        importlib.import_module(name)
    _use()
    gc.collect()
    gc.freeze()


def run(asked: Mapping[str, Any]) -> NoReturn:
    """The run, in the process that was forked for it."""
    code: object = 1
    try:
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            old = getattr(sys, name)
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            channel = os.open(asked[name], flags, 0o600)
            os.dup2(channel, number)
            os.close(channel)
            setattr(sys, name, open(number, "w" if number else "r", encoding=old.encoding, errors=old.errors))  # noqa: PTH123, SIM115
        sys.stderr.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        sys.argv = ["chapbook", *asked["args"]]
        try:
            runpy.run_module("converter", run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as end:
            code = end.code
        atexit._run_exitfuncs()
        with contextlib.suppress(ValueError, OSError):  # closed by the program itself
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """A line of JSON for each run comes in; out go its exit code (negative for the signal that ended it) and the
    seconds of processor time that it took."""
    answers = os.dup(1)  # no run inherits it: it is not passed on by exec, and closed by what is forked
    os.dup2(2, 1)
    load()
    with os.fdopen(answers, "w") as out, os.fdopen(os.dup(0)) as lines:
        while line := lines.readline():
            child = os.fork()
            if not child:
                os.close(answers)
                os.close(lines.fileno())
                run(json.loads(line))
            _, status, used = os.wait4(child, 0)
            print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, file=out, flush=True)


if __name__ == "__main__":
    main()
