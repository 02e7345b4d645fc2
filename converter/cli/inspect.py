"""`chapbook inspect`: what was understood of a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.asking import about_reading, about_story, checked_options, option
from converter.cli.screen import console, say, say_json
from converter.cli.sections import SectionedCommand
from converter.parsers import STAGES
from converter.reports.run import counted

if TYPE_CHECKING:
    from rich.console import Console

    from converter.document.contracts import Reading

BAR = 32  # columns of the longest bar
FINDINGS_SHOWN = 12  # findings shown before "and n more"
CERTAIN = 0.995  # a confidence that needs no mention

EPILOG = """\b
Examples
  chapbook inspect story.txt            what was understood, and what is in doubt
  chapbook inspect story.txt --why      why: every decision with its reason
  chapbook inspect story.txt --chapter "^Day \\\\d+"
  chapbook inspect story.txt --json | jq .metadata.title
  chapbook inspect page.html --stage extracted   which elements are the story, what is excluded and by which rule
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@option(
    "Output", "--why", is_flag=True, help="Show the reason for every decision, and what came near to being a heading."
)
@option("Output", "--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@option(
    "Output",
    "--stage",
    type=click.Choice(STAGES),
    help="Print one stage of how a web page is read, for mending a site's table.",
)
@option("Output", "--together", is_flag=True, help="Take all the files for one book.")
@about_story
@about_reading
def inspect(paths: tuple[str, ...], why: bool, as_json: bool, stage: str | None, together: bool, **options: Any) -> int:
    """Show what was understood of a story; write nothing.

    Encoding, paragraph habit, language, metadata and where each came from, the chapters with their lengths, scene
    breaks, notes, and everything that is in doubt. With the same options as `convert`, so that a reading can be
    corrected and looked at again.
    """
    from converter.build.batch import fault, plan
    from converter.build.pipeline import placed
    from converter.build.reading import read_watched, stage_of
    from converter.document.errors import ConverterError

    jobs = plan([Path(p) for p in paths], checked_options(options), Path("output"), together=together)
    failed = False
    portraits = []
    for job in jobs:
        try:
            if stage:
                for line in stage_of(job, stage):
                    say(line)
                continue
            reading = placed(read_watched(job))
        except BrokenPipeError:
            raise
        except ConverterError as error:
            line = str(error) if error.where else f"{job.group.name}: {error}"
        except Exception as error:
            line = f"{job.group.name}: {fault(error)}"
        else:
            if as_json:
                from converter.reports.summary import portrait

                portraits.append({"story": job.group.name, **portrait(reading)})
            else:
                _show(job.group.name, reading, why=why)
            continue
        failed = True
        say(f"chapbook: {' '.join(line.split())}", err=True)
    if as_json:
        say_json(portraits if len(jobs) > 1 else next(iter(portraits), {}))
    return int(failed)


def _show(name: str, reading: Reading, *, why: bool) -> None:
    screen = console()
    _head(screen, name, reading)
    _chapters(screen, reading)
    _changes(screen, reading)
    _findings(screen, reading)
    if why:
        _reasons(screen, reading)
    screen.print()


def _head(console: Console, name: str, reading: Reading) -> None:
    from rich.table import Table
    from rich.text import Text

    from converter.reports.summary import metadata_rows

    console.print()
    console.print(Text(reading.book.metadata.title, "bold"), Text(f"({name})", "dim"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", overflow="fold")
    for field, value, came_from in metadata_rows(reading.book.metadata):
        if field != "title":
            table.add_row(field, Text(value), Text(came_from))
        elif came_from:
            table.add_row("title", Text(value), Text(came_from))
    shown = set()
    for e in reading.evidence:
        if e.origin is None and e.topic not in shown and e.topic != "language":
            shown.add(e.topic)
            doubt = f" ({e.confidence:.0%} sure)" if e.confidence < CERTAIN else ""
            table.add_row(e.topic, Text(e.found), Text(e.why + doubt))
    console.print(table)


def _chapters(console: Console, reading: Reading) -> None:
    from rich.table import Table
    from rich.text import Text

    from converter.reports.summary import block_counts, chapter_portraits

    chapters = chapter_portraits(reading.book)
    longest = max((c.words for c in chapters), default=0) or 1
    total = sum(c.words for c in chapters)
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 1))
    table.add_column(overflow="ellipsis", no_wrap=True, max_width=44)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, style="blue")
    table.add_column(no_wrap=True, style="dim")
    for c in chapters:
        notes = [f"{c.scene_breaks} breaks" if c.scene_breaks != 1 else "1 break"] if c.scene_breaks else []
        if c.notes:
            notes.append(f"{c.notes} notes" if c.notes != 1 else "1 note")
        label = "  " * c.depth + (c.name or "(no heading)")
        table.add_row(Text(label), f"{c.words:,}", _bar(c.words / longest), ", ".join(notes))
    console.print(table)
    counts = sum((block_counts(c.blocks) for _, c in reading.book.walk()), start=block_counts(()))
    parts = [counted(total, "word"), counted(len(chapters), "chapter")]
    parts += [f"{n:,} {what if n != 1 else _one(what)}" for what, n in counts.most_common()]
    console.print("  " + ", ".join(parts), style="dim")


def _one(what: str) -> str:
    irregular = {"summaries": "summary", "boxes": "box", "speeches": "speech"}
    return irregular.get(what, what.removesuffix("s"))


def _bar(share: float) -> str:
    """A bar in eighths of a column."""
    eighths = max(1, round(share * BAR * 8)) if share > 0 else 0
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


def _changes(console: Console, reading: Reading) -> None:
    from collections import Counter

    rules = Counter(c.rule for c in reading.changes)
    if rules:
        text = ", ".join(f"{rule} {n:,}" for rule, n in rules.most_common())
        console.print(f"\n  {sum(rules.values()):,} changes to the characters: {text}", style="dim", markup=False)
        console.print("  `chapbook proof` lists them", style="dim", markup=False)
    if reading.omissions:
        rules = Counter(o.rule for o in reading.omissions)
        text = ", ".join(f"{rule} {n:,}" for rule, n in rules.most_common())
        console.print(f"  left out on purpose: {text}", style="dim", markup=False)


def _findings(console: Console, reading: Reading) -> None:
    from rich.text import Text

    shown = [d for d in reading.findings if d.severity != "info"]
    if not shown:
        console.print("\n  Nothing is in doubt.", style="green")
        return
    console.print(f"\n  {len(shown)} {'doubt' if len(shown) == 1 else 'doubts'}", style="yellow")
    for d in shown[:FINDINGS_SHOWN]:
        where = f"line {d.origin.line}: " if d.origin else ""
        console.print(Text(f"  - {where}{d.message}"), Text(d.code, "dim"))
    if len(shown) > FINDINGS_SHOWN:
        console.print(f"  and {len(shown) - FINDINGS_SHOWN} more: see `chapbook proof`", style="dim", markup=False)


def _reasons(console: Console, reading: Reading) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print("\n  Why", style="bold")
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim", overflow="fold")
    for e in reading.evidence:
        line = str(e.origin.line) if e.origin else ""
        table.add_row(line, e.topic, Text(e.found), f"{e.confidence:.2f}", Text(e.why))
    for o in reading.omissions:
        text = " ".join(o.text.split())
        table.add_row(str(o.origin.line), "left out", Text(text[:60] + ("…" if len(text) > 60 else "")), "", o.rule)
    console.print(table)
