"""A shelf that notes whatever it touches outside of where it has business: `python -m benchmarks.audited_serve`.

    audited_serve NOTES FOLDER PORT [PASSWORD]

As `chapbook serve FOLDER --port PORT`, on this machine alone; with PASSWORD it asks for it, as with `--lan`. Every
file outside of the folder, of Python and of this program that is opened, listed, moved or removed, every connection and
every program but this one is a line in NOTES. The settings beside the stories in `FOLDER/../stories` are its business,
for answers to a book's doubts are kept there; so is asking the system for this machine's own address, which sends
nothing.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from converter.cli import main as chapbook
from converter.shelf.arrivals import refresh
from converter.shelf.network import NOWHERE
from converter.shelf.running import run, take_place
from converter.shelf.shelf import shelf_of

READ = (
    "/dev/null",
    "/dev/urandom",
    "/etc/mime.types",
    "/etc/httpd/",
    "/etc/apache/",
    "/etc/apache2/",
    "/usr/",
    "/proc/self/",
    "/proc/meminfo",
)
SETTINGS = re.compile(r"\.toml(?:-[0-9a-f]{8}\.part)?\Z")  # a story's, and what becomes them
PROGRAMS = (Path(sys.executable).name, "ebook-convert")
DIRECTORIES = {"os.remove": 1, "os.rmdir": 1, "os.mkdir": 2}  # which argument of the event says it
WATCHED = {
    "open": (0,), "sqlite3.connect": (0,), "os.listdir": (0,), "os.scandir": (0,), "os.remove": (0,), "os.mkdir": (0,),
    "os.rmdir": (0,), "os.rename": (0, 1), "os.link": (0, 1), "os.symlink": (0, 1), "os.truncate": (0,),
    "os.chmod": (0,), "os.utime": (0,),
}  # fmt: skip


def _whole(event: str, given: tuple[Any, ...], at: int) -> str:
    """A path with the folder that an open one stands for."""
    folder = given[DIRECTORIES[event]] if event in DIRECTORIES else -1
    path = os.fsdecode(given[at])
    return str(Path(f"/proc/self/fd/{folder}").readlink() / path) if folder >= 0 else path


def watch(notes: Path, folder: Path) -> None:
    """From now on the process notes what it should not touch."""
    out = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    own = tuple(os.path.realpath(place) for place in (folder, tempfile.gettempdir()))
    stories = f"{os.path.realpath(folder.parent / 'stories')}/"
    here = Path(__file__).resolve().parent.parent
    readable = (*own, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(here), str(Path.home()), *READ)

    def lies_in(path: str, places: tuple[str, ...]) -> bool:
        return any(path == place.rstrip("/") or path.startswith(f"{place.rstrip('/')}/") for place in places)

    def are_settings(path: str) -> bool:
        return path.startswith(stories) and SETTINGS.search(path) is not None

    def asks_own_address(event: str, given: tuple[Any, ...]) -> bool:
        return event == "socket.connect" and given[0].type == socket.SOCK_DGRAM and given[1] == NOWHERE

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if asks_own_address(event, given):
            return
        if event in ("subprocess.Popen", "os.system", "os.exec", "socket.connect"):
            if event != "subprocess.Popen" or Path(given[0]).name not in PROGRAMS:
                os.write(out, f"{event} {given!r}\n".encode("utf-8", "backslashreplace"))
            return
        for at in WATCHED.get(event, ()):
            if isinstance(given[at], int) or given[at] is None:
                continue
            path = os.path.realpath(_whole(event, given, at))
            writes = event not in ("open", "os.listdir", "os.scandir") or (
                event == "open" and bool(given[2] & (os.O_WRONLY | os.O_RDWR))
            )
            if are_settings(path):
                continue
            if not lies_in(path, own if writes else readable) and path != "/dev/null":
                os.write(out, f"{event} {'writes' if writes else 'reads'} {path}\n".encode("utf-8", "backslashreplace"))

    sys.addaudithook(hook)


def main() -> None:
    """Serves."""
    notes, folder, port, *password = sys.argv[1:]
    watch(Path(notes), Path(folder))
    if not password:
        sys.argv = ["chapbook", "serve", folder, "--port", port, "--reader", "Ada"]
        chapbook()
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # as the command does: what it began ends with it
    shelf = shelf_of(Path(folder), password_needed=True, readers=("Ada",))
    shelf.access.set_password(password[0])
    place = take_place(lan=False, port=int(port))
    refresh(shelf.store)
    print(f"{shelf.books.count()} books at {place.address}", flush=True)
    run(shelf, place)


if __name__ == "__main__":
    main()
