"""The addresses by which a shelf is reached: on its own machine, and in the network."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

LOOPBACK = ("localhost", "127.0.0.1", "::1")
NOWHERE = ("192.0.2.1", 9)  # an address for examples (RFC 5737)


def lan_address() -> str:
    """This machine's address in its network, "" for none. Nothing is sent for it."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(NOWHERE)  # a route is looked up, no packet leaves
        found = str(probe.getsockname()[0])
        return "" if ipaddress.ip_address(found).is_loopback else found
    return ""
