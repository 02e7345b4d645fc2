"""Where a page's links start from, and links to its own address, which lead to places on the page."""

from __future__ import annotations

from urllib.parse import urljoin

from converter.parsers.html.dom.selecting import Index, attribute


def set_local_links(index: Index, address: str) -> None:
    """Links to the page's own address, as browsers write them when they save it, become links to its places: `#id`.

    Part of making the tree: nobody has seen it yet.
    """
    own = {_plain(address)} if address else set()
    for link in index.by_name.get("link", ()):
        if attribute(link, "rel").lower() == "canonical" and (canonical := attribute(link, "href")):
            own.add(_plain(canonical))
    for link in index.by_name.get("a", ()) if own else ():
        target, sign, name = attribute(link, "href").partition("#")
        if sign and name and target and _plain(target) in own:
            link.attrs["href"] = f"#{name}"


def links_start(index: Index, address: str) -> str:
    """The address that relative links start from: the page's `base`, seen from its own address; else that."""
    base = next((attribute(e, "href").strip() for e in index.by_name.get("base", ()) if attribute(e, "href")), "")
    try:
        start = urljoin(address, base)
    except ValueError:
        return address
    return start if start.startswith(("http://", "https://")) else address


def _plain(address: str) -> str:
    return address.partition("#")[0].removeprefix("https:").removeprefix("http:").rstrip("/")
