"""One text over several pages of a site: which address goes on where another one stops."""

from __future__ import annotations

import re
from urllib.parse import urljoin

PAGE_IN_ADDRESS = re.compile(r"(?:/page[/-]?|[?&](?:page|pg)=)(\d{1,4})/?$", re.I)  # "/page/2", "/page-2", "?page=2"
NUMBER_IN_ADDRESS = re.compile(r"/(\d{1,3})/?$")  # "/the-lamp/2/": so WordPress parts a long post


def page_of(address: str) -> tuple[str, int]:
    """An address without what says which page it is, and that page, counted from 1."""
    page = PAGE_IN_ADDRESS.search(address)
    return (_plain(address[: page.start()]), int(page[1])) if page else (_plain(address), 1)


def goes_on(address: str, following: str) -> bool:
    """Whether `following` (it may be relative) is the page after `address` of one and the same text.

    A bare number counts only after an address that has none: "/s/1/2" after "/s/1/1" is the next chapter.
    """
    if not address or not following:
        return False
    try:
        following = urljoin(address, following)
    except ValueError:
        return False
    base, page = page_of(address)
    other, number = page_of(following)
    if number > 1:
        return base == other and number == page + 1
    bare = NUMBER_IN_ADDRESS.search(following)
    return bool(bare and int(bare[1]) == page + 1 == 2 and _plain(following[: bare.start()]) == base)


def _plain(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.split("#", maxsplit=1)[0]).rstrip("/")
