"""Places that links inside a story lead to: their keys, and how far one is looked for. The same for every format."""

from __future__ import annotations

import zlib

LINKS_LIMIT = 5_000  # links; an index of more is made by a machine for machines
BEARER_LETTERS = 3_000  # of an element that is a place; a longer one is a frame
BEARER_NODES = 500  # below such an element
NESTED = 8  # frames around the first text of one


def place_key(file: str, name: str) -> str:
    """The same for the same file and name, another one for another file of the work; nothing of a hostile name is in
    it."""
    return f"at-{zlib.crc32(f'{file} {name}'.encode('utf-8', 'replace')):08x}"
