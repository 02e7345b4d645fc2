"""`chapbook plan`: what is in a folder, as a tree, and as a file to be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.screen import say
from converter.cli.sections import Option, SectionedCommand, WrongUsage

if TYPE_CHECKING:
    from converter.build.story_files import FolderTree, StoryFiles
    from converter.folders.understood import Other

NAMED = 3  # files of a book that are named: the first ones and the last
COUNTED = {  # what is only counted unless all is asked for
    "hidden": "hidden",
    "settings": "settings",
    "picture": "pictures",
    "beside": "beside stories",
    "companion": "readme and licence",
}
EPILOG = """\b
Examples
  chapbook plan stories/                    the tree, and plan.toml
  chapbook convert --plan plan.toml         what plan.toml says, and nothing else
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("folder", metavar="FOLDER")
@click.option(
    "-o",
    "--output",
    cls=Option,
    section="Output",
    default="plan.toml",
    metavar="FILE",
    help="Where the plan goes.  [default: plan.toml]",
)
@click.option("--force", cls=Option, section="Output", is_flag=True, help="Replace a plan that is there.")
@click.option("--dry-run", cls=Option, section="Output", is_flag=True, help="Show the tree, write nothing.")
@click.option(
    "-v", "--verbose", cls=Option, section="Output", is_flag=True, help="Name every file, also those beside stories."
)
def plan(folder: str, output: str, force: bool, dry_run: bool, verbose: bool) -> int:
    """Show what is in a folder, and write it down to be edited.

    The tree tells which files are one book, a series, the same story twice, and which are no stories. Nothing is
    converted. The plan is written to a file that you can edit: `convert --plan FILE` makes what it says.
    """
    from converter.build.folders import folder_tree
    from converter.build.plan_file import plan_text
    from converter.build.shelving import write_book
    from converter.document.errors import OutputError

    top, place = Path(folder), Path(output)
    if not top.is_dir():
        raise WrongUsage(f"{folder} is no folder")
    tree = folder_tree(top, avoid=Path("output"))
    for line in _lines(tree, tree.path, verbose):
        say(line)
    if dry_run:
        return 0
    text = plan_text(tree, place.parent).encode("utf-8")
    if place.is_file() and not force and place.read_bytes() != text:
        raise OutputError("another plan is there", str(place), "--force replaces it, -o names another file")
    write_book(place, text)
    say(f"written to {place}")
    return 0


def _lines(tree: FolderTree, top: Path, verbose: bool) -> Iterator[str]:
    """The tree: what is in a folder, then the folders in it."""
    from converter.build.folders import stories_of
    from converter.build.repeats import told_once

    stories = told_once(list(stories_of(tree)))
    by_home: dict[Path, list[StoryFiles]] = {}
    for story in stories:
        by_home.setdefault(story.home or story.files[0], []).append(story)
    yield f"{top}/: {_count(tree, stories)}"
    yield from _folder_lines(tree, by_home, "", verbose)


def _folder_lines(tree: FolderTree, by_home: dict[Path, list[StoryFiles]], before: str, verbose: bool) -> Iterator[str]:
    rows: list[list[str]] = []
    for story in by_home.get(tree.path, []):
        rows.append([_book(story, tree.path), *_beside(story)])
    rows += [[line] for line in _others(tree.understood.others, verbose)]
    shown = [t for t in tree.inner if t.problem or _holds(t, by_home)]
    for at, row in enumerate(rows):
        last = at == len(rows) - 1 and not shown
        yield f"{before}{'└─' if last else '├─'} {row[0]}"
        yield from (f"{before}{'  ' if last else '│ '}   {line}" for line in row[1:])
    for at, inner in enumerate(shown):
        last = at == len(shown) - 1
        what = f" ({inner.problem})" if inner.problem else ""
        yield f"{before}{'└─' if last else '├─'} {inner.path.name}/{what}"
        yield from _folder_lines(inner, by_home, before + ("   " if last else "│  "), verbose)


def _holds(tree: FolderTree, by_home: dict[Path, list[StoryFiles]]) -> bool:
    """Whether there is anything to show in a folder or below it."""
    return bool(by_home.get(tree.path) or tree.understood.others or any(_holds(t, by_home) for t in tree.inner))


def _count(tree: FolderTree, stories: Sequence[StoryFiles]) -> str:
    from converter.build.folders import left_out

    told = [s for s in stories if not s.problem]
    kinds = [o.what.kind for o in left_out(tree)]
    twins = sum(not t.made for s in told if s.book for t in s.book.twins)
    parts = [_number(len(told), "book"), f"of {_number(sum(len(s.files) for s in told), 'file')}"]
    doubts = sum(bool(s.doubt) + len(s.book.remarks if s.book else ()) for s in told)
    more = [
        *([f"{twins} there twice"] if twins else []),
        *([f"{n} not read"] if (n := sum(k in ("no story", "unread") for k in kinds)) else []),
        *([_number(doubts, "doubt")] if doubts else []),
    ]
    return ", ".join((" ".join(parts), *more))


def _number(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _book(story: StoryFiles, home: Path) -> str:
    """A book on one line: its files, its series, why they are one."""
    names = [str(f.relative_to(home)) for f in story.files]
    book = story.book
    series = f"  [{f'{book.series} {book.series_index}'.strip()}]" if book and book.series else ""
    if len(names) == 1:
        return names[0] + series
    shown = names if len(names) <= NAMED else [*names[: NAMED - 1], "...", names[-1]]
    why = f": {story.book.why}" if story.book else ""
    return f"{story.stem} ({len(names)} files: {', '.join(shown)}){series}{why}"


def _beside(story: StoryFiles) -> Iterator[str]:
    if not story.book:
        return
    if story.doubt:
        yield f"? {story.doubt.message}"
    yield from (f"? {remark}" for remark in story.book.remarks)
    if story.book.cover:
        yield f"cover: {story.book.cover}"
    for twin in story.book.twins:
        yield f"? {twin.name}: {twin.why}" if twin.made else f"= {twin.name}: {twin.why}; not made"


def _others(others: Sequence[Other], verbose: bool) -> Iterator[str]:
    """The other files: what may be taken for a story by name, the rest counted."""
    counts: dict[str, int] = {}
    for other in others:
        if verbose or other.kind not in COUNTED:
            yield f"- {other.name}: {other.why}"
        else:
            counts[COUNTED[other.kind]] = counts.get(COUNTED[other.kind], 0) + 1
    if counts:
        yield "- not shown: " + ", ".join(f"{n} {what}" for what, n in counts.items())
