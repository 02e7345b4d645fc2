"""Web addresses as a link may carry them: valid by the URL standard, or no link at all."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from converter.document.patterns import regex

_STRAY_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
_HOST = regex(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*\.?", re.IGNORECASE)
_ALL_DIGITS_AT_END = regex(r"(?:^|\.)[0-9]+\.?$|(?:^|\.)0x[0-9a-f]*\.?$", re.IGNORECASE)
_IPV4 = regex(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}")
_MAIL = regex(r"[^\s@<>\"]+@[^\s@<>\"]+")
_SAFE = "/:@!$&'()*+,;=~-._?%"


def web_address(target: str) -> str:
    """An http, https or mailto address with everything percent-encoded that must be; "" when it can't be one."""
    scheme, colon, rest = target.strip().partition(":")
    scheme = scheme.lower()
    if scheme == "mailto" and colon:
        address, _, query = rest.partition("?")
        if not _MAIL.fullmatch(address):
            return ""
        return f"mailto:{_quoted(address)}" + (f"?{_quoted(query)}" if query else "")
    if scheme not in ("http", "https"):
        return ""
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # a broken port, bracket or host name (UnicodeError is a ValueError)
        return ""
    if not _HOST.fullmatch(host) or (_ALL_DIGITS_AT_END.search(host) and not _IPV4.fullmatch(host)):
        return ""
    place = host if port is None else f"{host}:{port}"
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    fragment = f"#{_quoted(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{place}{_quoted(parts.path)}{query}{fragment}"


def _quoted(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_SAFE, errors="replace")
