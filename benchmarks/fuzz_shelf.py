"""Hostile requests to a served shelf: `python -m benchmarks.fuzz_shelf [MINUTES] [--seed N]`.

Two shelves of thirty books are served, one that is open and one that asks for a password, and sent requests that are
made of the application's own routes by chance (`hostile_requests.py`). Held against every answer:

* no error of the server, no traceback, an answer within two seconds (books that are made meanwhile apart);
* a policy with a new nonce, and `nosniff`; no header that whoever asked has written;
* what only reads, and what comes from somebody without a right to change anything, leaves every byte as it was;
* nothing outside the folder is read or written (`audited_serve.py` notes it; a file that lies beside it is not told);
* the process lives, and needs no more memory than a limit.

What breaks one of them is printed once, with the bytes that did it. The exit status is 1 then.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

from benchmarks.attacked_shelf import SECRET, Law, Served, books_in, made
from benchmarks.hostile_requests import Ask, Power
from converter.shelf.guard import HEADERS

SECONDS = 6.0  # of a round of one kind
THREADS = 2  # for each shelf
PATIENCE = 2.0  # seconds for an answer
MEMORY = 500 * 1024 * 1024
SHOWN = 5  # requests that broke the same law
PASSWORD = "correct horse battery"
ROUNDS: tuple[Power, ...] = ("reading", "powerless", "powerful")
SLOW = "/k/{secret}/get/"  # where a book may be made before the answer
TOLD = (501, 503)  # what is said on purpose: no reader is installed, too much is waiting
COOKIES = ("chapbook-session=", 'chapbook-reader=""', "chapbook-reader=Ada;")  # nothing else that was sent comes back
PARSER = b"Invalid HTTP request received."  # what uvicorn says of bytes that are no request, before anything of ours
TRACEBACK = re.compile(r"Traceback \(most recent call last\):\n(?:[ |+].*\n|\n)*(\S.*)")


class Findings:
    """What was broken, each law with the first requests that did it."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self._lock = threading.Lock()

    def note(self, law: str, where: str, raw: bytes = b"") -> None:
        """Once more."""
        with self._lock:
            self.found[law] += 1
            if self.found[law] <= SHOWN:
                print(f"BROKEN: {law}  [{where}]\n    {raw[:700]!r}", flush=True)


def judged(ask: Ask, answer: HTTPResponse, body: bytes) -> str:
    """Which law an answer breaks; "" for none."""
    headers = answer.headers
    if body == PARSER or (ask.method == b"HEAD" and answer.status == 400 and not headers.get("x-frame-options")):
        return ""
    if answer.status >= 500 and answer.status not in TOLD:
        return f"answers {answer.status}"
    if b"Traceback (most recent" in body:
        return "shows a traceback"
    if SECRET in body or b"root:x:0:0" in body:
        return "tells a file outside the folder"
    policies = headers.get_all("content-security-policy", [])
    if len(policies) != 1 or not re.search(r"script-src 'nonce-[\w-]{16,}'", policies[0]):
        return "has no policy"
    if missing := [name for name in HEADERS if headers.get_all(name, []) != [HEADERS[name]]]:
        return f"lacks {', '.join(missing)}"
    if any(not cookie.startswith(COOKIES) for cookie in headers.get_all("set-cookie", [])):
        return "has a header that was sent to it"
    return ""


def attack(served: Served, power: Power, until: float, findings: Findings, counts: Counter[int]) -> list[Ask]:
    """Sends requests until a moment; those that were answered late."""
    late: list[Ask] = []
    for ask in served.attacker.asks(power):
        if time.monotonic() > until:
            return late
        if power == "powerful" and ask.route == "POST /logout" and ask.raw.find(b"DROP") < 0:
            continue
        try:
            found = served.answer(ask)
        except Law as law:
            findings.note(str(law), ask.route, ask.raw)
            continue
        except OSError as error:
            findings.note(f"takes no connection ({error})", ask.route, ask.raw)
            continue
        if not found:
            counts[0] += 1
            if ask.is_whole:
                findings.note("closes without an answer", ask.route, ask.raw)
            continue
        counts[found[0].status] += 1
        if broken := judged(ask, found[0], found[1]):
            findings.note(broken, ask.route, ask.raw)
        if found[2] > PATIENCE and SLOW not in ask.route:
            late.append(ask)
    return late


def round_of(served: Served, power: Power, findings: Findings, counts: Counter[int]) -> None:
    """One round against a shelf, and what it left behind."""
    served.log_in()
    before = served.settled()
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(THREADS) as threads:
        begun = [threads.submit(attack, served, power, until, findings, counts) for _ in range(THREADS)]
        late = [ask for attacking in begun for ask in attacking.result()]
    if power == "powerful":
        served.log_in()  # somebody may have logged out
    after = served.settled()
    who = "locked" if served.password else "open"
    if power != "powerful" and before != after:
        what = sorted({name for name, _ in before.items() ^ after.items()})
        findings.note(f"{power} requests change something", who, "; ".join(what)[:700].encode())
    for ask in late if power != "powerful" else []:  # three tries, alone: others may use this machine
        if not any((found := served.answer(ask)) is None or found[2] <= PATIENCE for _ in range(3)):
            findings.note("answers late", ask.route, ask.raw)
    for row in served.news(served.notes).splitlines():
        findings.note(f"touches what is outside: {row}", power)
    for trace in TRACEBACK.finditer(served.news(served.said)):
        findings.note(f"writes a traceback: {trace[1][:60]}", power, trace[0][-700:].encode())
    if served.memory > MEMORY:
        findings.note(f"holds {served.memory >> 20} MB", who)
    if served.process.poll() is not None:
        findings.note("ended", who)


@contextmanager
def both(seed: int) -> Iterator[list[Served]]:
    """The open shelf and the locked one."""
    with tempfile.TemporaryDirectory(prefix="chapbook-fuzz-") as name:
        place = Path(name)
        books = books_in(place)
        served = [
            Served(made(place / who), books, password, seed) for who, password in (("open", ""), ("locked", PASSWORD))
        ]
        try:
            yield served
        finally:
            for one in served:
                one.close()


def main() -> int:
    """Prints a line a minute and all that was broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("minutes", type=float, nargs="?", default=1.0)
    options.add_argument("--seed", type=int, default=int(time.time()))
    asked = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the shelves, too
    print(f"seed {asked.seed}", flush=True)
    findings, counts = Findings(), Counter[int]()
    began = told = time.monotonic()
    with both(asked.seed) as served:
        while time.monotonic() - began < 60 * asked.minutes:
            for power in ROUNDS:
                for one in served:
                    try:
                        round_of(one, power, findings, counts)
                    except Law as broken:
                        findings.note(str(broken), f"{power} round")
            if time.monotonic() - told > 60:
                told = time.monotonic()
                memory = ", ".join(f"{one.memory >> 20} MB" for one in served)
                print(f"{(told - began) / 60:5.1f} min, {counts.total():,} requests, {memory}", flush=True)
    print("answers:", ", ".join(f"{status or 'none'}: {times:,}" for status, times in sorted(counts.items())))
    for said, times in findings.found.most_common():
        print(f"{times:6,} x {said}")
    return 1 if findings.found else 0


if __name__ == "__main__":
    sys.exit(main())
