"""`chapbook serve`: the books of a folder as a small library for browsers and e-readers."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.screen import say

if TYPE_CHECKING:
    from converter.shelf.access import Access

FIRST_LOOK = 3.0  # seconds for which a new shelf is filled before it is shown: a hundred books a second
EPILOG = """\b
Examples
  chapbook serve                            the books in output/, for this machine alone
  chapbook serve ~/books --lan              for the readers in your network, with a password

\b
It runs until it is ended (Ctrl-C). How to add it to an e-reader is in docs/devices.md.
"""


@click.command(epilog=EPILOG)
@click.argument("folder", default="output", metavar="[FOLDER]")
@click.option("--lan", is_flag=True, help="Let other machines in your network in, too: they need the password.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Where to listen.  [default: 8737, or above]")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="Another name by which the shelf is called.")
@click.option("--new-password", is_flag=True, help="Set the password anew; all browsers have to log in again.")
@click.option("--reader", "readers", multiple=True, metavar="NAME", help="Somebody with places of their own.")
def serve(
    folder: str, lan: bool, port: int | None, names: tuple[str, ...], new_password: bool, readers: tuple[str, ...]
) -> int:
    """Show the books in the browser, and to e-readers.

    The books of an output folder are a small library, which e-readers find by OPDS. Without --lan nobody but this
    machine can reach it. The password is taken from CHAPBOOK_PASSWORD; otherwise you are asked for one, and an empty
    answer has one made.

    Where several people read, say --reader for each of them: who uses that name in KOReader, or chooses it in the
    browser, has places, "read" and "unread" of their own. All others share theirs.
    """
    from converter.document.errors import MissingInput, SettingError

    books = Path(folder)
    if not books.is_dir():
        raise MissingInput("no such folder", folder, "make it, or convert stories into it: chapbook stories/ -o FOLDER")
    try:
        from converter.shelf.arrivals import foreign_epubs, is_abreast, refresh
        from converter.shelf.running import PORT, run, take_place
        from converter.shelf.shelf import shelf_of
    except ModuleNotFoundError as error:
        raise SettingError(
            f"the shelf needs {error.name}", "serve", "install it with: pip install 'chapbook[shelf]'"
        ) from None

    shelf = shelf_of(books, password_needed=lan, readers=readers)
    made = _password(shelf.access, anew=new_password) if lan or new_password else ""
    place = take_place(lan=lan, port=port, names=names)
    began = time.monotonic()
    refresh(shelf.store, seconds=FIRST_LOOK)
    late = time.monotonic() - began > FIRST_LOOK and not is_abreast(shelf.store)
    more = " already, the others follow" if late else ""
    say(f"{shelf.books.count():,} books of {folder}{more} at {place.address}")
    if not shelf.books.count() and (foreign := foreign_epubs(books)):
        what = f"{foreign} EPUB{'' if foreign == 1 else 's'} made by other programs"
        say(f"{what} in it: bring them in with `chapbook convert {folder}/*.epub -o shelf/`, and serve shelf/")
    if shelf.store.is_elsewhere:
        say(f"nobody may write into {folder}: no book is made there; places are kept in {shelf.store.path}")
    if port is None and place.sockets[0].getsockname()[1] != PORT:
        say(f"another program listens at port {PORT}, or did a moment ago: readers know this shelf by it")
    if lan:
        say(f"open to every machine in your network that knows the password{f': {made}' if made else ''}")
        say(f"e-readers: add {place.address}opds as a catalogue (OPDS); the name may be any")
        _show_code(place.address)
    else:
        say("open to this machine alone; --lan lets your other devices in")
    say("Ctrl-C ends it")
    run(shelf, place)
    return 0


def _password(access: Access, *, anew: bool) -> str:
    """Sets the password where there is none yet; what was made is given back, to be told once."""
    from converter.document.errors import SettingError
    from converter.shelf.access import made_password

    given = os.environ.get("CHAPBOOK_PASSWORD", "")
    if given:
        if not access.knows(given, "this machine"):
            access.set_password(given)
        return ""
    if access.has_password and not anew:
        return ""
    if not sys.stdin.isatty():
        raise SettingError("no password is set, and nobody can be asked for one", "serve", "set CHAPBOOK_PASSWORD")
    asked = click.prompt("Password for the shelf (empty: one is made)", "", hide_input=True, show_default=False)
    password = str(asked) or made_password()
    access.set_password(password)
    return "" if asked else password


def _show_code(address: str) -> None:
    """The address as a QR code, for the camera of a phone."""
    import io

    import segno

    out = io.StringIO()
    segno.make(address, error="l").terminal(out, compact=True)
    for row in out.getvalue().rstrip("\n").split("\n"):
        say(row)
