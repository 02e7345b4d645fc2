"""All that is printed goes through here: what a story or a file's name holds can't command the terminal.

Characters that a terminal obeys, that turn the direction of what follows, or that can't be encoded are shown as
`\\u001b`, which is also what JSON calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def visible(text: str) -> str:
    """The text with every character that would do something instead of being seen as its escape; lines remain."""
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def say(text: str, *, err: bool = False) -> None:
    """Prints one line, whatever is in it."""
    click.echo(visible(" ".join(text.splitlines())), err=err)


def say_json(values: object) -> None:
    """Prints JSON that every reader takes, with all that a story holds in it."""
    import json

    click.echo(visible(json.dumps(values, ensure_ascii=False, indent=2)))


def say_line_of_json(values: object) -> None:
    """Prints one value as a line of JSON."""
    import json

    click.echo(visible(json.dumps(values, ensure_ascii=False)))


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console whose own colours and movements are the only ones."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Screen(Console):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for part in super().render(renderable, options):
                yield part if part.control else Segment(visible(part.text), part.style)

    return Screen(stderr=stderr, width=width, highlight=False)
