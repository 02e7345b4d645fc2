"""Books sent from the shelf's pages, by a real server for mail."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import pytest

from converter.shelf.books import Asked
from converter.shelf.shelf import Shelf
from tests.shelf.post import PASSWORD, Box, free_port, hanging, server
from tests.shelf.shelves import browser, shelf_in
from tests.shelf.test_mail import MAIL, configured, parsed

NO_LOG_IN = '[mail]\nhost = "localhost"\nport = {port}\nsecurity = "none"\nfrom = "ada@example.org"\n[mail.to]\nKindle = "ada@kindle.com"\n'


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("send"))


def set_up(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    for name, value in configured(folder, text).items():
        monkeypatch.setenv(name, value)


def number(shelf: Shelf, words: str = "lampe") -> int:
    (book,) = shelf.books.page(Asked(words=words)).books
    return book.id


def test_a_book_is_sent(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, book, box = browser(shelf), number(shelf), Box()
    with server(box) as port:
        set_up(monkeypatch, tmp_path, NO_LOG_IN.format(port=port))
        page = client.get(f"/send/{book}").text
        assert 'name="to" value="kindle"' in page
        assert "ada@kindle.com" not in page
        answer = client.post("/send", data={"book": str(book), "to": "Kindle"})
    assert answer.status_code == 200
    assert "Sent to kindle." in answer.text
    ((_, to, data),) = box.mails
    assert to == ["ada@kindle.com"]
    (attached,) = parsed(data).iter_attachments()
    (file,) = shelf.books.get(book).files  # type: ignore[union-attr]
    assert attached.get_content() == (shelf.folder / file.path).read_bytes()


def test_what_is_not_sent(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, book, box = browser(shelf), number(shelf), Box("554 no, <b>thanks</b>")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    assert "Mail is set up in config.toml" in client.get(f"/send/{book}").text
    assert client.post("/send", data={"book": str(book), "to": "kindle"}).status_code == 400
    with server(box) as port:
        set_up(monkeypatch, tmp_path / "some", NO_LOG_IN.format(port=port))
        for number_said, to, status in (
            (str(book), "eve@example.org", 400), ("99999", "kindle", 404), ("x", "kindle", 404), ("", "", 404),
            ("9" * 40, "kindle", 404), (str(book), "kindle", 502),
        ):  # fmt: skip
            answer = client.post("/send", data={"book": number_said, "to": to})
            assert answer.status_code == status, (number_said, to)
        assert "554 no, &lt;b&gt;thanks" in answer.text
        assert str(tmp_path) not in answer.text
    assert box.mails == []
    set_up(monkeypatch, tmp_path / "wrong", MAIL.format(port=free_port(), security="starttls"))
    monkeypatch.setenv("CHAPBOOK_MAIL_PASSWORD", PASSWORD)
    answer = client.post("/send", data={"book": str(book), "to": "kindle"})
    assert answer.status_code == 502
    assert PASSWORD not in answer.text


def test_a_server_that_hangs_stops_no_page(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, book = browser(shelf), str(number(shelf))
    codes: list[int] = []

    def send() -> None:
        codes.append(client.post("/send", data={"book": book, "to": "kindle"}).status_code)

    with hanging(taken=2) as port:
        set_up(monkeypatch, tmp_path, NO_LOG_IN.format(port=port))
        waiting = [threading.Thread(target=send) for _ in range(2)]
        for thread in waiting:
            thread.start()
        time.sleep(0.5)
        assert client.get("/").status_code == 200
        assert client.post("/send", data={"book": book, "to": "kindle"}).status_code == 503
    for thread in waiting:
        thread.join(20)
    assert codes == [502, 502]


def test_another_site_sends_nothing(shelf: Shelf) -> None:
    sent = {"book": str(number(shelf)), "to": "kindle"}
    answer = browser(shelf).post("/send", data=sent, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert re.search("another site", answer.text)
