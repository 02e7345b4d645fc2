"""`chapbook cover`: a cover alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.asking import about_story, checked_options, option
from converter.cli.screen import say
from converter.cli.sections import SectionedCommand, WrongUsage
from converter.document.errors import SettingError

if TYPE_CHECKING:
    from converter.document.model import Metadata

EPILOG = """\b
Examples
  chapbook cover --title "The Salt Road" --author "Ada Thorn"
  chapbook cover story.txt -o cover.jpg --family poster
  chapbook cover --list
  chapbook cover story.txt --print --page 5x8 --paper cream
"""
PRINT = "For a print shop"
PAPERS = ("white", "cream", "colour")


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("path", required=False, metavar="[PATH]")
@option(
    "Output",
    "-o",
    "--output",
    metavar="FILE",
    help="The image to write; with --print a PDF.  [default: cover.jpg, cover.pdf]",
)
@option("Output", "--force", is_flag=True, help="Replace a file of that name.")
@option("Output", "--family", metavar="NAME", help="Kind of cover; else the story's own words choose.")
@option("Output", "--cover-size", metavar="WxH", help="Pixels of the image.  [default: 1500x2400]")
@option("Output", "--list", "listing", is_flag=True, help="List the kinds of covers.")
@option(PRINT, "--print", "for_print", is_flag=True, help="Back, spine and front in one PDF, with bleed.")
@option(PRINT, "--page", metavar="SIZE", help="Page of the book: a5, 5x8, 120x190mm, ...  [default: a5]")
@option(PRINT, "--pages", type=int, metavar="N", help="Pages of the book; else it is printed, and they are counted.")
@option(PRINT, "--paper", type=click.Choice(PAPERS), help="Paper of the inside, for the spine.  [default: cream]")
@option(PRINT, "--style", metavar="NAME|FOLDER", help="Style of the book.  [default: classic]")
@option(PRINT, "--cover", metavar="FILE", help="Your own image for the front.")
@about_story
def cover(
    path: str | None,
    output: str | None,
    force: bool,
    family: str | None,
    listing: bool,
    for_print: bool,
    pages: int | None,
    paper: str | None,
    **options: Any,
) -> int:
    """Draw a cover alone.

    An image (.jpg or .png), from what is said about a story in PATH, in options, or both. The
    same words always give the same cover. With --print it is the cover that a print shop wraps
    round the book: back, spine and front on one page, as thick as the book has pages.
    """
    from converter.covers import cover_families

    if listing:
        for name in cover_families():
            say(name)
        return 0
    if family and family not in cover_families():
        raise WrongUsage(f"no cover is called {family!r}; choose one of {', '.join(cover_families())}")
    options_of_print = {**options, "pages": pages, "paper": paper}
    asked = [name for name in ("page", "pages", "paper", "style", "cover") if options_of_print[name] is not None]
    if asked and not for_print:
        raise WrongUsage(f"--{asked[0]} is for a printed cover: add --print")
    place = _free_place(output, (".pdf",) if for_print else (".jpg", ".jpeg", ".png"), force=force)
    if for_print:
        return _print(path, place, pages, paper or "cream", family or "", options)
    return _draw(path, place, family or "", options)


def _free_place(output: str | None, endings: tuple[str, ...], *, force: bool) -> Path:
    """Where the cover goes. Raises SettingError for another ending, and where a file is."""
    place = Path(output or f"cover{endings[0]}")
    if place.suffix.lower() not in endings:
        wanted = " or ".join(f"a {ending}" for ending in endings if ending != ".jpeg")
        raise SettingError(f"no cover is written as {place.suffix or place.name!r}", remedy=f"name {wanted}")
    if place.exists() and not force:
        raise SettingError("a file is there", str(place), "use --force to replace it, or another -o")
    return place


def _draw(path: str | None, place: Path, family: str, options: dict[str, Any]) -> int:
    """An image of the front."""
    from converter.build.batch import plan
    from converter.build.reading import read_job
    from converter.build.settings import settings
    from converter.build.shelving import write_book
    from converter.build.values import pixels
    from converter.covers import cover_problems, draw_cover

    if path:
        job = plan([Path(path)], checked_options(options), Path("output"))[0]
        metadata, size = read_job(job).book.metadata, job.settings.cover_size
    else:
        checked = checked_options(options)
        metadata, size = _told(checked), settings(checked).cover_size
    for problem in cover_problems(metadata):
        say(f"chapbook: {problem.severity}: {problem.message}", err=True)
    write_book(place, _as(place.suffix.lower(), draw_cover(metadata, family=family, size=pixels(size)).data))
    say(str(place))
    return 0


def _print(path: str | None, place: Path, pages: int | None, paper: Any, family: str, options: dict[str, Any]) -> int:
    """A PDF of the whole cover."""
    from converter.build.batch import plan
    from converter.build.print_cover import print_cover, print_cover_of_story
    from converter.build.settings import settings
    from converter.build.shelving import write_book

    checked = checked_options({**options, "for": "print"})
    if path:
        made = print_cover_of_story(plan([Path(path)], checked, Path("output"))[0], pages, paper, family)
    else:
        if pages is None:
            raise WrongUsage("name a story, or say how many --pages the book has")
        if checked.get("cover"):
            raise WrongUsage("--cover is for a story: name one")
        made = print_cover(_told(checked), settings(checked), pages, paper, family)
    for problem in made.findings:
        say(f"chapbook: {problem.severity}: {problem.message}", err=True)
    write_book(place, made.data)
    say(f"{place}: {made.wrap.pages} pages on {paper} paper, spine {made.wrap.spine:.3f} in")
    return 0


def _told(checked: dict[str, Any]) -> Metadata:
    """What the options say of a story; at least its title."""
    from converter.build.settings import metadata_from
    from converter.recognisers.metadata.resolution import resolve

    metadata = resolve([metadata_from(checked, "option")])
    if not metadata.title:
        raise click.UsageError("name a story, or give --title")
    return metadata


def _as(ending: str, jpeg: bytes) -> bytes:
    if ending != ".png":
        return jpeg
    from io import BytesIO

    from converter.limits.pictures import open_picture

    out = BytesIO()
    with open_picture(jpeg) as image:
        image.save(out, "PNG")
    return out.getvalue()
