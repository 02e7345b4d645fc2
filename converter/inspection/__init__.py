"""Inspection of any EPUB, ours or another's: fast checks of our own and the rules of devices, without Java.

It does not replace EPUBCheck: it finds what readers stumble over, in a fraction of a second, and says where.
"""

from __future__ import annotations

from collections.abc import Iterable

from converter.inspection.findings import DEVICES, Device, Finding, Severity

__all__ = ["DEVICES", "Device", "Finding", "Severity", "check_epub"]


def check_epub(data: bytes, devices: Iterable[Device] = ()) -> tuple[Finding, ...]:
    """All findings for an EPUB, by file and line; nothing for a clean book. Never raises, whatever the bytes are.

    `devices` adds the rules of e-readers and shops.
    """
    from converter.inspection.devices import RULES
    from converter.inspection.documents import documents, styles
    from converter.inspection.opened import open_epub
    from converter.inspection.package import manifest, metadata, names, navigation, spine

    book = open_epub(data)
    found = list(book.findings)
    if book.package.line:
        for rule in (names, metadata, manifest, spine, navigation, documents, styles):
            found.extend(rule(book))
        for device in DEVICES:
            if device in set(devices):
                found.extend(RULES[device](book))
    return tuple(sorted(set(found)))
