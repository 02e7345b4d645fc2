"""`chapbook sites`: the sites whose pages are known."""

from __future__ import annotations

from pathlib import Path

import click

from converter.cli.screen import say, say_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def sites(as_json: bool) -> int:
    """List the sites whose pages are known.

    Pages of other sites are read as well: the story is located on them. Your own description of a site (TOML) goes to
    --site FILE, or into the folder sites/ of the configuration folder shown below.
    """
    import platformdirs

    from converter.parsers.html import site_names

    known = site_names()
    folder = f"{platformdirs.user_config_dir('chapbook')}/sites"
    own = sorted(path.stem for path in Path(folder).glob("*.toml"))
    if as_json:
        say_json({"sites": [{"key": key, "name": name} for key, name in known], "own": own, "folder": folder})
        return 0
    width = max((len(key) for key, _ in known), default=0)
    for key, name in known:
        say(f"{key:{width}}  {name}")
    say("")
    say(f"Your own: {', '.join(own)} (in {folder})" if own else f"Your own: {folder}/NAME.toml")
    return 0
