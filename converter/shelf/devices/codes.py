"""Short codes that let an e-reader in: made for somebody who is logged in, typed on the reader, good for once.

The code goes from the shelf to the reader, not the other way. Were it shown on the reader, and typed by the person who
is logged in, anybody in the network could show one of his own and wait until it is let in by mistake; and every
stranger's visit would have to be remembered. This way there is one code at a time, that a person asked for, and all
that is left to a stranger is to guess: one of 24 million, ten times.

A right code becomes a pass: a long secret in the addresses of the pages, for browsers of readers keep no cookies that
one can rely on. It is good for an hour, and for the machine that typed the code alone. Nothing of it is kept on disk.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from threading import Lock

from converter.shelf.access import Limiter

SIGNS = "23456789ACDEFGHJKLMNPRSTUVWXYZ"  # none that looks like another
LENGTH = 5
OPEN = 600.0  # seconds for which a code is good
GUESSES = 10  # wrong ones, by whomever, after which it is no more
PASS = 3_600.0  # seconds for which a reader is let in
MOST_PASSES = 50


class Codes:
    """The code that is open now, and the passes that were given for earlier ones."""

    def __init__(self, limiter: Limiter, clock: Callable[[], float] = time.monotonic) -> None:
        self.limiter, self.clock = limiter, clock
        self._code, self._until, self._left = "", 0.0, 0
        self._passes: dict[str, tuple[str, float]] = {}  # digest of the secret: address, until when
        self._lock = Lock()

    def make(self) -> str:
        """A new code; an earlier one that nobody typed is no longer good."""
        with self._lock:
            self._code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
            self._until, self._left = self.clock() + OPEN, GUESSES
            return self._code

    def redeem(self, typed: str, address: str) -> str:
        """The secret of a pass for the machine that typed the right code; "" for a wrong one, which counts against its
        address, or where it has to wait."""
        if self.limiter.waits(address):
            return ""
        said = "".join(typed.upper().split()).replace("-", "")
        with self._lock:
            is_open = bool(self._code) and self.clock() < self._until and self._left > 0
            if is_open and hmac.compare_digest(said.encode(), self._code.encode()):
                self._code = ""
                self.limiter.forgive(address)
                return self._pass(address)
            self._left -= 1
        self.limiter.failed(address)
        return ""

    def lets_in(self, secret: str, address: str) -> bool:
        """Whether this is the secret of a pass of this machine."""
        with self._lock:
            whose, until = self._passes.get(_digest(secret), ("", 0.0))
        return bool(whose) and whose == address and self.clock() < until

    def _pass(self, address: str) -> str:
        now = self.clock()
        self._passes = {key: kept for key, kept in self._passes.items() if kept[1] > now}
        while len(self._passes) >= MOST_PASSES:
            del self._passes[next(iter(self._passes))]
        secret = secrets.token_urlsafe(24)
        self._passes[_digest(secret)] = address, now + PASS
        return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
