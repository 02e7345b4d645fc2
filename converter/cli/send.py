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

\b
How to set up mail, and all other ways to a reader, is in docs/devices.md.
"""


@click.command(epilog=EPILOG)
@click.argument("book", nargs=-1, required=True, metavar="BOOK...")
@click.option("--to", "to", default="", metavar="NAME", help="Mail it to this address, or the one of this name.")
@click.option("-o", "--output", default="output", metavar="FOLDER", help="Where the books are.  [default: output/]")
def send(book: tuple[str, ...], to: str, output: str) -> int:
    """Send a book to an e-reader.

    BOOK is the path of a book, or words of its title, author, series or file that name one book of the output folder.
    """
    from converter.shelf.devices.chosen import chosen

    if not to:
        raise click.UsageError("Where to? Say --to NAME.")
    _by_mail(chosen(book, Path(output)), to)
    return 0


def _by_mail(book: Chosen, to: str) -> None:
    from converter.shelf.devices.chosen import book_bytes
    from converter.shelf.devices.mail import Letter, send_by_mail
    from converter.shelf.devices.mail_settings import mail_settings, password_of

    settings = mail_settings()
    settings.address(to)
    password = password_of(settings)
    best = "epub" if book.paths("epub") else book.files[0][0]
    volumes = book.paths(best)
    for path in volumes:
        title = book.title if len(volumes) == 1 else path.stem
        address = send_by_mail(Letter(title, book.by, best, book_bytes(path)), to, settings, password)
        say(f"{title}: sent to {address}")
