"""`chapbook send`: a book to an e-reader, by mail or by cable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.screen import say

if TYPE_CHECKING:
    from converter.shelf.devices.chosen import Chosen

EPILOG = """\b
Examples
  chapbook send the salt road --to kindle   by mail; --to is a name of [mail.to] in config.toml, or an address
  chapbook send books/salt.epub --to ada
  chapbook send salt --usb                  onto the Kobo, Kindle, PocketBook or tolino that is plugged in

\b
How to set up mail, and all other ways to a reader, is in docs/devices.md.
"""


@click.command(epilog=EPILOG)
@click.argument("book", nargs=-1, required=True, metavar="BOOK...")
@click.option(
    "--to",
    "to",
    default="",
    metavar="NAME",
    help="Mail it to this address, or the one of this name; with --usb a drive.",
)
@click.option("--usb", is_flag=True, help="Copy it onto the reader that is plugged in.")
@click.option("--as", "wanted", default="", metavar="FORMAT", help="In this format, not the one the reader reads best.")
@click.option("-o", "--output", default="output", metavar="FOLDER", help="Where the books are.  [default: output/]")
def send(book: tuple[str, ...], to: str, usb: bool, wanted: str, output: str) -> int:
    """Send a book to an e-reader, by mail or by cable.

    BOOK is the path of a book, or words of its title, author, series or file that name one book of the output folder.
    """
    from converter.shelf.devices.chosen import chosen

    if not to and not usb:
        raise click.UsageError("Where to? Say --to NAME, or --usb.")
    found = chosen(book, Path(output))
    if usb:
        _by_cable(found, Path(output), to, wanted.casefold())
    else:
        _by_mail(found, to, wanted.casefold())
    return 0


def _by_cable(book: Chosen, output: Path, to: str, wanted: str) -> None:
    from converter.shelf.devices.chosen import others_of
    from converter.shelf.devices.copying import copy_book
    from converter.shelf.devices.made import in_format, stem_of
    from converter.shelf.devices.readers import the_reader
    from converter.shelf.plain_names import ending_of

    reader = the_reader(to)
    form = wanted or reader.format
    others = tuple(map(stem_of, others_of(book, output)))
    for stem, data in in_format(form, book):
        done = copy_book(data, reader.home(), stem, ending_of(form), others=others)
        say(f"{done.path}: {done.said}")
    if reader.is_known:
        say(f"{reader.name}: eject it before you unplug it")


def _by_mail(book: Chosen, to: str, wanted: str) -> None:
    from converter.shelf.devices.made import in_format
    from converter.shelf.devices.mail import Letter, send_by_mail
    from converter.shelf.devices.mail_settings import mail_settings, password_of

    settings = mail_settings()
    settings.address(to)
    password = password_of(settings)
    best = wanted or ("epub" if book.paths("epub") else book.files[0][0])
    volumes = in_format(best, book)
    for stem, data in volumes:
        title = book.title if len(volumes) == 1 else stem
        address = send_by_mail(Letter(title, book.by, best, data), to, settings, password)
        say(f"{title}: sent to {address}")
