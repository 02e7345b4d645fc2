"""Whether a client has an answer already: entity tags and times (RFC 9110, 8.8 and 13.1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

ASK_AGAIN = "private, no-cache"  # may be kept, and is asked for each time whether it still is so
_TAGS = re.compile(r'"[^"]*"')


def has_it(request: Request, tag: str, modified: float | None = None) -> bool:
    """Whether a client says that it has what has this tag (with its quotes), or has not changed since `modified`
    (seconds since 1970; None where the time says nothing). Of the two only the tag counts where it is asked for."""
    tags = request.headers.get("if-none-match", "").strip()
    if tags:
        return tags == "*" or tag in _TAGS.findall(tags)
    if modified is None:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return int(modified) <= since.timestamp()
    except (ValueError, OverflowError, OSError):  # no time at all, or one that no clock has
        return False


def tagged(request: Request, said: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that says this, with a tag of its bytes: 304 for whoever has it."""
    tag = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": ASK_AGAIN, **(headers or {})}
    if has_it(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(said, headers=headers, media_type=media_type)
