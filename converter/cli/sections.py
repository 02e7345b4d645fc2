"""Help a person can learn from: options in named sections, commands imported late, a path alone means convert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import click

from converter.cli.screen import say
from converter.document.patterns import regex

LIKE = 0.75  # of the letters the same: "convrt", "prof"; no folder's likely name ("stories" beside "styles": 0.62)
PATH_SIGNS = regex(r"[./\\*?]")


class SectionedGroup(click.Group):
    """A group whose commands live in `converter.cli.NAME`; a first argument that is none of them implies `convert`."""

    def __init__(self, *args: Any, commands_listed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = commands_listed

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order a person meets them."""
        return list(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, imported now."""
        if cmd_name not in self.listed:
            return None
        command: click.Command = getattr(import_module(f"converter.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.listed.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `convert` before a first argument that is no command and no option of the program itself."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if args and args[0] not in self.listed and args[0] not in own:
            convert = self.get_command(ctx, "convert")
            if args[0].startswith("--") and convert:
                option = args[0].partition("=")[0]
                _refuse_slip(option, own, (name for p in convert.params for name in p.opts), "option")
            elif not PATH_SIGNS.search(args[0]) and not Path(args[0]).exists():
                _refuse_slip(args[0], self.listed, (), "command, file or folder")
            args = ["convert", *args]
        return super().parse_args(ctx, args)


def _refuse_slip(word: str, own: Iterable[str], others: Iterable[str], what: str) -> None:
    """Raises WrongUsage for a word that is none of `others` and most like one of the program's `own`."""
    import difflib

    others = set(others)
    near = difflib.get_close_matches(word.lower(), [*own, *others], 1, LIKE)
    if near and near[0] in own and word not in others:
        raise WrongUsage(f"no {what} is called {word!r}; did you mean {near[0]!r}?")


class WrongUsage(click.ClickException):
    """What was asked for can't be meant: one line, exit code 2."""

    exit_code = 2

    def show(self, _file: IO[Any] | None = None) -> None:
        """The line, on stderr."""
        say(f"chapbook: {' '.join(self.message.split())}", err=True)


class Option(click.Option):
    """An option that stands under a heading of the help."""

    def __init__(self, *args: Any, section: str = "Options", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help lists its options under headings, in the order they are declared."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the sections."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                name = getattr(param, "section", "Options")
                sections.setdefault(name, []).append(record)
        for name, rows in sections.items():
            with formatter.section(name):
                formatter.write_dl(rows, col_max=26)
