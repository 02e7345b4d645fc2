"""What a reading app would rather have, Atom or JSON, by its header `Accept` (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re

JSON = "application/opds+json"
ATOM = "application/atom+xml"
_SHARE = re.compile(r"[01](?:\.\d{0,3})?")


def wants_json(accept: str) -> bool:
    """Whether JSON is named, and liked no less than Atom: KOReader names both alike, and is given JSON."""
    liked: dict[str, float] = {}
    for one in accept.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        said = dict(part.partition("=")[::2] for part in parameters).get("q", "1")
        share = float(said) if _SHARE.fullmatch(said) else 1.0
        liked[name] = max(share, liked.get(name, 0.0))
    atom = next((liked[name] for name in (ATOM, "application/*", "*/*") if name in liked), 0.0)
    return liked.get(JSON, 0.0) > 0 and liked[JSON] >= atom
