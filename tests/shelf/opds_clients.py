"""Two readers of catalogues: Thorium's own parser in Node, and one that takes a feed apart by KOReader's rules."""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

from starlette.testclient import TestClient

from tests.checkers.programs import node

HERE = Path(__file__).parent / "clients"
JSON_TYPE = "application/opds+json"
KOREADER = {"accept": f"{JSON_TYPE}, application/atom+xml;profile=opds-catalog, */*", "accept-encoding": "identity"}
KNOWN = {  # endings that KOReader opens, and types that it takes where an address has none of them
    "epub": "application/epub+zip", "pdf": "application/pdf", "txt": "text/plain", "azw3": "application/x-mobi8-ebook",
}  # fmt: skip
FOLLOWED = (
    "subsection",
    *(f"http://opds-spec.org/{end}" for end in ("subsection", "crawlable", "sort/popular", "sort/new")),
)


def thorium(*texts: str) -> list[dict[str, Any]]:
    """Each feed as Thorium understands it."""
    if not (HERE / "node_modules" / "r2-opds-js").is_dir():
        raise RuntimeError("r2-opds-js is missing: tools/install-node-packages tests/shelf/clients")
    done = subprocess.run(
        [node(), str(HERE / "thorium.cjs")], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"Thorium's parser did not finish:\n{done.stderr[-2000:]}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


class KoReader:
    """A reader that sees of a feed what KOReader sees, old (Atom) or new (JSON)."""

    def __init__(self, client: TestClient, *, new: bool) -> None:
        self.client, self.new = client, new

    def fetch(self, address: str) -> str:
        """The text of a feed: asked for with HEAD first; it must begin with "<" or "{", and come from there itself."""
        headers = KOREADER if self.new else {"accept-encoding": "identity"}
        head = self.client.head(address, headers=headers)
        answer = self.client.get(address, headers=headers)
        assert (head.status_code, answer.status_code) == (200, 200), address
        assert "last-modified" not in answer.headers
        assert "content-encoding" not in answer.headers
        assert answer.text[0] in "<{"
        return answer.text

    def items(self, address: str) -> dict[str, Any]:
        """What its list shows: `items` (text, author, url, files), `next`, `search`."""
        text = self.fetch(address)
        return self._of_json(json.loads(text), address) if text[0] == "{" else self._of_atom(text, address)

    def all_items(self, address: str) -> list[dict[str, Any]]:
        """The items of all pages."""
        found, seen = [], set()
        while address and address not in seen:
            seen.add(address)
            page = self.items(address)
            found += page["items"]
            address = page["next"]
        return found

    def search(self, address: str, words: str) -> list[dict[str, Any]]:
        """What is found when somebody searches from this page."""
        return self.all_items(self.items(address)["search"].replace("%s", quote(words)))

    def facets(self, address: str) -> dict[str, list[tuple[str, int, bool, str]]]:
        """What its menu offers, by group: the title, how many books, whether it is chosen, the address."""
        text, found = self.fetch(address), {}
        if text[0] == "{":
            for group in json.loads(text).get("facets", ()):
                found[group["metadata"]["title"]] = [
                    (k["title"], k["properties"]["numberOfItems"], k.get("rel") == "self", k["href"])
                    for k in group["links"]
                ]
            return found
        for link in self._links(text.split("<entry>")[0]):
            if link.get("type") and link["rel"] == "http://opds-spec.org/facet":
                title = re.sub(r"^[^A-Za-z0-9./]+", "", link["title"])  # what stands before that it does not see
                assert title, "a menu with a button without text is not opened"
                row = (title, int(link["thr:count"]), link.get("opds:activeFacet") == "true", link["href"])
                found.setdefault(link["opds:facetGroup"], []).append(row)
        return found

    @staticmethod
    def buttons(item: dict[str, Any]) -> list[tuple[str, str]]:
        """What it offers of a book: the words of each button, and the name under which it saves the file."""
        found = []
        for file in item["files"]:
            ending = file["href"].rpartition(".")[2]
            if ending not in KNOWN:
                ending = next((known for known, kind in KNOWN.items() if kind == file["type"]), "")
            if ending:
                words = unquote(file.get("title", ending.upper()))
                found.append((words, f"{item['author']} - {item['text']}.{ending}"))
        return found

    def _of_json(self, feed: dict[str, Any], address: str) -> dict[str, Any]:
        links = {self._first(link["rel"]): urljoin(address, link["href"]) for link in feed["links"]}
        search = links.get("search", "")
        assert "query" not in search.partition("{")[0]
        items: list[dict[str, Any]] = []
        for door in feed.get("navigation", ()):
            if door["title"] and self._first(door.get("rel", "")) != "self":
                items.append({"text": door["title"], "url": door["href"], "files": []})
        for book in feed.get("publications", ()):
            about = book["metadata"]
            assert isinstance(about["title"], str)
            assert book.get("images") != []
            files = [k for k in book["links"] if self._first(k["rel"]).startswith("http://opds-spec.org/acquisition")]
            author = ", ".join(person["name"] for person in about.get("author", ()))
            cover = book["images"][0]["href"] if "images" in book else ""
            items.append(
                {
                    "text": about["title"],
                    "author": author,
                    "files": files,
                    "cover": cover,
                    "said": about.get("description"),
                }
            )
        return {"items": items, "next": links.get("next", ""), "search": re.sub(r"\{.*\}", "?query=%s", search)}

    def _of_atom(self, text: str, address: str) -> dict[str, Any]:
        assert re.search(r"<feed[ >]", text), "elements with a prefix are not seen"
        head, *entries = text.split("<entry>")
        links = [k for k in self._links(head) if k.get("type")]  # others are ignored
        found = {k["rel"]: k["href"] for k in links if k["type"].startswith("application/atom+xml")}
        search = next((k["href"] for k in links if k["type"].startswith("application/opensearchdescription+xml")), "")
        items: list[dict[str, Any]] = []
        for entry in entries:
            assert "<content xml:lang" not in entry
            item: dict[str, Any] = {"text": self._text(entry, "title"), "files": []}
            item["author"] = self._text(entry.split("<author>")[1], "name") if "<author>" in entry else ""
            item["said"] = self._text(entry, "summary")
            for link in self._links(entry):
                assert link["href"].startswith("http://"), "addresses are absolute"
                if link["type"].startswith("application/atom+xml") and link["rel"] in FOLLOWED:
                    item["url"] = link["href"]
                if link["rel"].startswith("http://opds-spec.org/acquisition"):
                    item["files"].append(link)
                if link["rel"] == "http://opds-spec.org/image/thumbnail":
                    item["cover"] = link["href"]
            assert bool(item.get("url")) != bool(item["files"]), "a door or a book"
            items.append(item)
        return {"items": items, "next": found.get("next", ""), "search": self._template(search) if search else ""}

    def _template(self, address: str) -> str:
        links = self._links(self.fetch(address), "Url")
        return next(k["template"] for k in links if "application/atom+xml" in k["type"]).replace("{searchTerms}", "%s")

    @staticmethod
    def _links(text: str, tag: str = "link") -> list[dict[str, str]]:
        return [
            {key: unescape(value) for key, value in re.findall(r'([\w:]+)="([^"]*)"', said)}
            for said in re.findall(rf"<{tag} ([^>]*)>", text)
        ]

    @staticmethod
    def _text(text: str, tag: str) -> str:
        found = re.search(rf"<{tag}(?: type=\"text\")?>([^<]*)</{tag}>", text)
        return unescape(found[1]) if found else ""

    @staticmethod
    def _first(rel: Any) -> str:
        return str(rel[0] if isinstance(rel, list) else rel)
