"""A shelf at work: the server, the addresses by which it is reached, and what keeps it abreast of the folder."""

from __future__ import annotations

import contextlib
import gc
import logging
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from converter.catalogue.database import BESIDE, CATALOGUE
from converter.catalogue.records import state_of
from converter.document.errors import OutputError, SettingError
from converter.document.record import dataclass
from converter.shelf.app import app_of
from converter.shelf.arrivals import refresh
from converter.shelf.gifts.giving import take_up
from converter.shelf.gifts.joining import settle_all
from converter.shelf.gifts.parting import part_all
from converter.shelf.gifts.unfinished import homes_of_gifts
from converter.shelf.network import LOOPBACK, lan_address
from converter.shelf.program import PROGRAM
from converter.shelf.shelf import Shelf
from converter.shelf.sync.outlines import catch_up

PORT = 8737
LOOKED_AT = 1.0  # seconds between two looks at the catalogue
TRIED = 20  # ports one behind the other, where nobody named one


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shelf listens: the sockets, the address that people type, the names by which it may be called."""

    sockets: tuple[socket.socket, ...]
    address: str
    hosts: tuple[str, ...]


def take_place(*, lan: bool, port: int | None = None, names: Sequence[str] = ()) -> Place:
    """A place on this machine, or with `lan` in its network; without a port the first free one. `names` are others by
    which it may be called. Raises SettingError."""
    host = "0.0.0.0" if lan else "127.0.0.1"
    own = lan_address() if lan else ""
    if lan and not own:
        raise SettingError("this machine is in no network", "--lan", "connect it first, or leave --lan out")
    for number in [port] if port is not None else range(PORT, PORT + TRIED):
        with contextlib.suppress(OSError):
            listening = _listening(host, number)
            found = listening.getsockname()[1]
            name = socket.gethostname()
            mine = (own, name, f"{name}.local") if lan else ()
            return Place((listening,), f"http://{own or 'localhost'}:{found}/", (*LOOPBACK, *mine, *names))
    where = f"port {port}" if port is not None else f"ports {PORT} to {PORT + TRIED - 1}"
    raise SettingError(f"another program listens at {where}", "--port", "choose another one")


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening


def run(shelf: Shelf, place: Place) -> None:
    """Serves the shelf at this place until the program is asked to end; new books are brought to it meanwhile.

    Raises OutputError.
    """
    import uvicorn

    from converter.shelf.lenient import LenientProtocol

    class Server(uvicorn.Server):
        """Ends the streams of what is being made as soon as it is asked to end, and has nothing more to complain of."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            shelf.ending.set()
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        app_of(shelf, place.hosts), proxy_headers=False, server_header=False, date_header=True, log_level="warning",
        access_log=False, timeout_keep_alive=30, timeout_graceful_shutdown=2, h11_max_incomplete_event_size=64 * 1024,
        limit_concurrency=512, lifespan="off", http=LenientProtocol,
    )  # fmt: skip
    settle_all(shelf)
    part_all(shelf)
    gc.enable()  # commands do without it, for they end soon
    stop = threading.Event()
    earlier = homes_of_gifts(shelf.folder)  # before any can be given that is not there yet as a whole
    keeper = threading.Thread(target=_keep_abreast, args=(shelf, stop, earlier), daemon=True)
    keeper.start()
    try:
        Server(config).run(sockets=list(place.sockets))
    finally:
        stop.set()
        shelf.workshop.close()
        PROGRAM.end()
        keeper.join(5)


def _keep_abreast(shelf: Shelf, stop: threading.Event, earlier: Sequence[Path]) -> None:
    """Looks every moment whether the catalogue says something new, or a book may have gone. Once the shelf is abreast
    of it, what was left unfinished of `earlier` gifts is taken up."""
    taken_up = False
    kept = [shelf.folder / name for name in (CATALOGUE, *(f"{CATALOGUE}{end}" for end in BESIDE))]
    seen: object = None
    while not stop.wait(LOOKED_AT):
        now = tuple(map(state_of, [*kept, *_homes(shelf)]))
        if now == seen:
            continue
        with contextlib.suppress(OutputError, OSError):  # another run has it for a moment, or a disk is full
            refresh(shelf.store)
            if not taken_up:
                take_up(shelf, earlier)
                taken_up = True
            seen = now
            catch_up(shelf.store)


def _homes(shelf: Shelf) -> list[Path]:
    """The folders in which books lie: one that is taken out of its folder changes that."""
    with contextlib.suppress(OutputError):
        paths = {str(path).rpartition("/")[0] for (path,) in shelf.store.asked("SELECT path FROM files")}
        return [shelf.folder / path for path in sorted(paths)]
    return []
