"""`chapbook styles`: the looks a book can have."""

from __future__ import annotations

import click

from converter.cli.screen import say, say_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def styles(as_json: bool) -> int:
    """List the styles books can have.

    A style is a folder with theme.toml, CSS for e-readers and CSS for print; your own goes to --style FOLDER.
    """
    from converter.themes import load_theme, theme_names

    themes = [load_theme(name) for name in theme_names()]
    if as_json:
        rows = [{"name": t.name, "title": t.title, "description": t.description} for t in themes]
        say_json(rows)
        return 0
    width = max(len(t.name) for t in themes)
    for theme in themes:
        say(f"{theme.name:{width}}  {theme.description}")
    return 0
