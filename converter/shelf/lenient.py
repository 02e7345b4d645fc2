"""HTTP as readers send it: with letters in addresses that should be written in signs."""

from __future__ import annotations

import re

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_FOREIGN = re.compile(rb"[\x80-\xff]")


class LenientProtocol(H11Protocol):
    """The protocol of the server, for which "ü" in the first line of a request is "%C3%BC": KOReader searches for what
    was typed as it stands, and h11 refuses that."""

    _line_is_read = False

    def data_received(self, data: bytes) -> None:
        """Takes what a client sent."""
        if self.conn.their_state is h11.IDLE and not self._line_is_read:
            line, end, rest = data.partition(b"\n")
            data = _FOREIGN.sub(_written, line) + end + rest
            self._line_is_read = bool(end)
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._line_is_read = False


def _written(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found[0][0]
