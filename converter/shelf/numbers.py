"""The numbers of books in addresses."""

from __future__ import annotations

from starlette.convertors import Convertor

DIGITS = 18  # more a database does not keep; a few thousand are more than Python reads


class Number(Convertor[int]):
    """`{book:number}` in a route: an address with a longer one leads nowhere."""

    regex = f"[0-9]{{1,{DIGITS}}}"

    def convert(self, value: str) -> int:
        """The number that these digits say."""
        return int(value)

    def to_string(self, value: int) -> str:
        """The number as an address has it."""
        return str(value)
