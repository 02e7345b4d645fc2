"""Who may use the shelf: the password, sessions of browsers, and a limit for those who guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from converter.document.record import dataclass
from converter.shelf.store import Store

SESSION = 28 * 24 * 3600  # seconds after which a browser has to log in again
MISSES, PAUSE = 8, 60.0  # wrong passwords of one address, and the seconds after which one of them is forgiven
MOST_ADDRESSES = 10_000  # that are remembered
WORK = {"n": 1 << 14, "r": 8, "p": 1}  # of scrypt: 40 ms and 16 MB
NAME = "reader"  # whoever knows the password is this one; readers that ask for a name may send any
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another


def made_password() -> str:
    """A password that is easy to type: three groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def key_of(password: str) -> str:
    """What KOReader sends in a password's place: its MD5, in hexadecimal digits."""
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()


class Limiter:
    """Counts what failed, by address: after some failures an address has to wait."""

    def __init__(self, most: int = MISSES, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.pause, self.clock = most, pause, clock
        self._failed: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many are left, when that was so
        self._lock = Lock()

    def waits(self, address: str) -> int:
        """For how many seconds the address has to wait; 0 for none."""
        with self._lock:
            left = self._left(address)
        return int((left - self.most + 1) * self.pause) + 1 if left > self.most - 1 else 0

    def failed(self, address: str) -> None:
        """Once more."""
        with self._lock:
            self._failed[address] = self._left(address) + 1, self.clock()
            self._failed.move_to_end(address)
            while len(self._failed) > MOST_ADDRESSES:
                self._failed.popitem(last=False)

    def forgive(self, address: str) -> None:
        """What failed before is forgotten."""
        with self._lock:
            self._failed.pop(address, None)

    def _left(self, address: str) -> float:
        count, since = self._failed.get(address, (0.0, 0.0))
        return max(0.0, count - (self.clock() - since) / self.pause)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is logged in: its secret, and the token that its forms carry."""

    secret: str
    token: str


class Access:
    """The password of a shelf and the sessions of its browsers. Without a password everybody is let in who can reach
    the shelf, which listens to its own machine alone then."""

    def __init__(self, store: Store, *, needed: bool) -> None:
        self.store, self.needed = store, needed
        self.limiter = Limiter()
        self._good: set[bytes] = set()  # digests of keys that were right: scrypt takes long
        self._secret = secrets.token_bytes(32)
        self._own()  # made now: nothing is written for those who only read

    def set_password(self, password: str) -> None:
        """From now on this is the password; all sessions end."""
        salt = secrets.token_hex(16)
        hashed = hashlib.scrypt(key_of(password).encode(), salt=salt.encode(), **WORK).hex()
        with self.store.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES ('password', ?)", (f"{salt}${hashed}",))
            connection.execute("DELETE FROM sessions")
        self._good.clear()

    @property
    def has_password(self) -> bool:
        """Whether one was set."""
        return bool(self.store.setting("password"))

    def knows(self, password: str, address: str) -> bool:
        """Whether this is the password. Wrong ones count against the address."""
        return self.knows_key(key_of(password), address)

    def knows_key(self, key: str, address: str) -> bool:
        """As `knows`, of what KOReader sends. Whoever has to wait is told No without a look."""
        if self.limiter.waits(address):
            return False
        mark = hmac.digest(self._secret, key.encode(), "sha256")
        if mark in self._good:
            return True
        salt, _, hashed = self.store.setting("password").partition("$")
        right = bool(hashed) and hmac.compare_digest(
            hashlib.scrypt(key.encode(), salt=salt.encode(), **WORK).hex(), hashed
        )
        if right:
            self._good.add(mark)
        else:
            self.limiter.failed(address)
        return right

    def knows_basic(self, header: str, address: str) -> bool:
        """Whether an `Authorization` header has the password; its name may be any."""
        scheme, _, value = header.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            _, _, password = b64decode(value, validate=True).decode().partition(":")
        except ValueError:
            return False
        return self.knows(password, address)

    def begin(self) -> Session:
        """A new session for a browser that gave the password."""
        secret, now = secrets.token_urlsafe(32), int(time.time())
        with self.store.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE began < ?", (now - SESSION,))
            connection.execute("INSERT INTO sessions VALUES (?, ?)", (_digest(secret), now))
        return Session(secret, self.token(secret))

    def session(self, secret: str) -> Session | None:
        """The session of this secret, while it lasts."""
        row = self.store.one("SELECT began FROM sessions WHERE digest = ?", (_digest(secret),)) if secret else None
        return Session(secret, self.token(secret)) if row and row[0] > time.time() - SESSION else None

    def end(self, secret: str) -> None:
        """The session is over."""
        with self.store.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (_digest(secret),))

    def token(self, secret: str) -> str:
        """What the forms of a session carry, so that no other site can send them."""
        return hmac.new(self._own(), secret.encode(), "sha256").hexdigest()

    def signature(self, path: str) -> str:
        """What shows that this shelf made an address; another one when the password is another."""
        return self.signer()(path)

    def signer(self) -> Callable[[str], str]:
        """`signature` for many addresses of one answer: what is kept is asked for once."""
        own, password = self._own(), self.store.setting("password")
        return lambda path: hmac.digest(own, f"{path}\n{password}".encode(), "sha256").hex()[:40]

    def _own(self) -> bytes:
        """The shelf's own secret, which it keeps."""
        if not (kept := self.store.setting("secret")):
            kept = secrets.token_hex(32)
            self.store.keep_setting("secret", kept)
        return bytes.fromhex(kept)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
