"""Several people who share a shelf, each with places of their own."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from converter.shelf.shelf import shelf_of
from tests.shelf.shelves import LAMPS, TALE, book_of, browser, shelf_in

STORIES = {"a.txt": f"Title: One\n\n{TALE}", "b.txt": f"Title: Boats\n\n{LAMPS}"}


def test_each_reader_has_places_of_their_own(tmp_path: Path) -> None:
    shelf_in(tmp_path, stories=STORIES).store.close()
    shelf = shelf_of(tmp_path / "books", readers=("Ada", "Otto"))
    client, book = browser(shelf), book_of(shelf, "boats")
    said = {"document": book.files[0].digest, "progress": "/body/DocFragment[2]/body/p[1].0", "device": "Kobo"}
    document = shelf.store.one("SELECT key FROM aliases WHERE book = ? AND NOT is_name", (book.id,))
    assert document
    for name, share in (("ADA", 0.25), ("otto", 0.75), ("somebody", 0.5)):
        told = said | {"document": document[0], "percentage": share, "device_id": name}
        assert client.put("/syncs/progress", json=told, headers={"x-auth-user": name}).status_code == 200
    for name, share in (("Ada", 0.25), ("Otto", 0.75), ("anybody", 0.5)):
        answer = client.get(f"/syncs/progress/{document[0]}", headers={"x-auth-user": name}).json()
        assert answer["percentage"] == share
        assert client.get(f"/progression/{book.id}", headers=basic(name)).json()["progression"] == share
    client.post(f"/book/{book.id}/mark", data={"as": "unread"})
    assert "Boats" in client.get("/?unread=1").text
    assert client.post("/reader", data={"reader": "Otto"}).status_code == 303
    assert "Read on (75 %)" in client.get(f"/book/{book.id}").text
    assert "Boats" not in client.get("/found?unread=1").text
    assert "Boats" in client.get("/found?begun=1").text
    client.post("/reader", data={"reader": "a stranger"})
    assert "Boats" in client.get("/found?unread=1").text


def basic(name: str) -> dict[str, str]:
    """Who a reading app says that it is."""
    return {"authorization": f"Basic {b64encode(f'{name}:x'.encode()).decode()}"}
