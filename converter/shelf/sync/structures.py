"""The digest of a book's spine, by which KOReader says which version of a file it holds."""

from __future__ import annotations

import hashlib

from converter.checker.epub.nodes import XmlNode


def structure_of(package: XmlNode) -> str:
    """The MD5, in hexadecimal digits, of the book's own identifier and the addresses of its documents in their order,
    one on a line, as the package has them; "" without documents."""
    addresses = {item.attributes.get("id", ""): item.attributes.get("href", "") for item in package.all("item")}
    spine = [addresses.get(item.attributes.get("idref", ""), "").partition("#")[0] for item in package.all("itemref")]
    lines = [address for address in spine if address]
    if not lines:
        return ""
    root = package.first("package") or package
    unique = root.attributes.get("unique-identifier", "")
    names = list(package.all("identifier"))
    own = next((node for node in names if node.attributes.get("id") == unique), names[0] if names else None)
    identifier = own.text.strip() if own else ""
    said = "\n".join([identifier, *lines] if identifier else lines)
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()
