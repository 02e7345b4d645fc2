"""`chapbook cover`: a cover alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from converter.cli.asking import about_story, checked_options, option
from converter.cli.screen import say
from converter.cli.sections import SectionedCommand, WrongUsage

EPILOG = """\b
Examples
  chapbook cover --title "The Salt Road" --author "Ada Thorn"
  chapbook cover story.txt -o cover.jpg --family poster
  chapbook cover --list
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("path", required=False, metavar="[PATH]")
@option("Output", "-o", "--output", default="cover.jpg", show_default=True, metavar="FILE", help="The image to write.")
@option("Output", "--force", is_flag=True, help="Replace a file of that name.")
@option("Output", "--family", metavar="NAME", help="Kind of cover; else the story's own words choose.")
@option("Output", "--cover-size", metavar="WxH", help="Pixels of the image.  [default: 1500x2400]")
@option("Output", "--list", "listing", is_flag=True, help="List the kinds of covers.")
@about_story
def cover(path: str | None, output: str, force: bool, family: str | None, listing: bool, **options: Any) -> int:
    """Draw a cover alone.

    An image (.jpg or .png), from what is said about a story in PATH, in options, or both. The
    same words always give the same cover.
    """
    from converter.build.batch import plan
    from converter.build.reading import read_job
    from converter.build.settings import metadata_from, settings
    from converter.build.shelving import write_book
    from converter.build.values import pixels
    from converter.covers import cover_families, cover_problems, draw_cover
    from converter.document.errors import SettingError
    from converter.recognisers.metadata.resolution import resolve

    if listing:
        for name in cover_families():
            say(name)
        return 0
    if family and family not in cover_families():
        raise WrongUsage(f"no cover is called {family!r}; choose one of {', '.join(cover_families())}")
    if path:
        job = plan([Path(path)], checked_options(options), Path("output"))[0]
        metadata, size = read_job(job).book.metadata, job.settings.cover_size
    else:
        checked = checked_options(options)
        metadata, size = resolve([metadata_from(checked, "option")]), settings(checked).cover_size
        if not metadata.title:
            raise click.UsageError("name a story, or give --title")
    place = Path(output)
    if place.suffix.lower() not in (".jpg", ".jpeg", ".png"):
        raise SettingError(f"no cover is written as {place.suffix or place.name!r}", remedy="name a .jpg or a .png")
    if place.exists() and not force:
        raise SettingError("a file is there", output, "use --force to replace it, or another -o")
    for problem in cover_problems(metadata):
        say(f"chapbook: {problem.severity}: {problem.message}", err=True)
    write_book(place, _as(place.suffix.lower(), draw_cover(metadata, family=family or "", size=pixels(size)).data))
    say(output)
    return 0


def _as(ending: str, jpeg: bytes) -> bytes:
    if ending != ".png":
        return jpeg
    from io import BytesIO

    from converter.limits.pictures import open_picture

    out = BytesIO()
    with open_picture(jpeg) as image:
        image.save(out, "PNG")
    return out.getvalue()
