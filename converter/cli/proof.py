"""`chapbook proof`: every change, and all that looks wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.asking import about_reading, about_story, checked_options, option
from converter.cli.screen import console, say, say_json, visible
from converter.cli.sections import SectionedCommand

if TYPE_CHECKING:
    from rich.console import Console

    from converter.reports.report import Report, ReportItem, ReportSection

EPILOG = """\b
Examples
  chapbook proof story.txt
  chapbook proof story.txt --all
  chapbook proof story.txt --html report.html
  chapbook proof story.txt --json | jq '.findings[].title'
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@option("Output", "--html", metavar="FILE", help="Write the report as a web page.")
@option("Output", "--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@option("Output", "--all", "everything", is_flag=True, help="Show every item, not the first few of each kind.")
@option("Output", "--together", is_flag=True, help="Take all the files for one book.")
@about_story
@about_reading
def proof(
    paths: tuple[str, ...], html: str | None, as_json: bool, everything: bool, together: bool, **options: Any
) -> int:
    """Report every change made to a story, and what looks wrong in it.

    First what an author or reader may want to mend: quotations never closed, words written twice, paragraphs broken
    in mid-sentence, missing chapter numbers, names spelt in two ways. Then every change by rule, with its line. The
    story itself is never touched.
    """
    from converter.build.batch import plan
    from converter.build.pipeline import placed
    from converter.build.reading import read_watched
    from converter.build.shelving import write_page
    from converter.reports.report import as_values, report

    jobs = plan([Path(p) for p in paths], checked_options(options), Path("output"), together=together)
    if html and len(jobs) > 1:
        raise click.UsageError("--html takes one story at a time")
    reports = [report(job.group.name, placed(read_watched(job))) for job in jobs]
    if html:
        from converter.writers.report import report_page

        write_page(Path(html), report_page(replace(reports[0], story=visible(reports[0].story))))
        say(html)
    elif as_json:
        values = [as_values(r) for r in reports]
        say_json(values if len(values) > 1 else values[0])
    else:
        for one in reports:
            _show(one, 10_000_000 if everything else 8)
    return 0


def _show(report: Report, most: int) -> None:
    from rich.text import Text

    screen = console()
    by = f" by {', '.join(report.authors)}" if report.authors else ""
    screen.print()
    about = f"{by.strip()} ({report.story}, {report.words:,} words)".strip()
    screen.print(Text(report.title, "bold"), Text(about, "dim"))
    if not report.findings:
        screen.print("\n  Nothing looks wrong. A clean text.", style="green")
    for section in report.findings:
        _section(screen, section, most, "yellow")
    if report.changes:
        total = sum(s.count for s in report.changes)
        screen.print(f"\n  {total:,} changes to the characters, none to a letter", style="bold")
    for section in report.changes:
        _section(screen, section, most, "green")
    if report.omissions:
        screen.print("\n  Left out on purpose", style="bold")
    for section in report.omissions:
        _section(screen, section, most, "cyan")
    screen.print()


def _section(console: Console, section: ReportSection, most: int, colour: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(f"  {section.title}", colour), Text(f"{section.count:,}", "dim"))
    for item in _spread(section.items, most):
        line = Text(f"{item.line or '':>8}  ", "dim")
        console.print(line + _item(item), soft_wrap=True)
    if len(section.items) > most:
        console.print(Text(f"          and {len(section.items) - most:,} more: --all, or --html FILE", "dim"))


def _spread(items: tuple[ReportItem, ...], most: int) -> list[ReportItem]:
    """The first few of each sort of change: a page of one sort tells nothing."""
    if len(items) <= most:
        return list(items)
    seen: dict[tuple[str, str], int] = {}
    chosen = []
    for at, item in enumerate(items):
        key = (item.before, item.after)
        seen[key] = seen.get(key, 0) + 1
        chosen.append((seen[key] if item.before or item.after else 0, at))
    return [items[at] for at in sorted(at for _, at in sorted(chosen)[:most])]


def _item(item: ReportItem) -> Any:
    from rich.text import Text

    from converter.writers.report import visible_spaces

    if not (item.before or item.after):
        return Text(item.text)
    if not item.after and not item.text:
        words = " ".join(item.before.split())
        return Text(words[:100] + ("…" if len(words) > 100 else ""))
    out = Text()
    out.append(visible_spaces(item.before), "red")
    out.append(" → ", "dim") if item.before and item.after else None
    out.append(visible_spaces(item.after), "green")
    out.append(f"   {item.text}", "dim")
    return out
