"""What stands beside a person's name and is none of it."""

from __future__ import annotations

from converter.document.patterns import regex

LONGEST_NAME = 300  # characters of what stands where a name stands
_BESIDE_NAME = regex(
    r"\s*[(<\[{]\s*(?:mailto:)?[^\s@]+@[^\s@]+\s*[)>\]}]|\s+\S+@\S+\.\S+$|\s+»\s.*$", within=LONGEST_NAME
)


def bare_name(name: str) -> str:
    """A name without the address beside it ("(ada@island.example)") or what a forum sets after it ("» 3 May 2008")."""
    bare = _BESIDE_NAME.sub("", name).strip()
    return bare or name
