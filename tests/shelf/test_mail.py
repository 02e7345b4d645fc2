"""Books by mail, taken by real servers."""

from __future__ import annotations

import email
import email.policy
import time
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import cast

import pytest

from converter.document.errors import ConverterError, MissingInput, OutputError, SettingError
from converter.shelf.devices import mail
from converter.shelf.devices.chosen import chosen
from converter.shelf.devices.mail import Letter, Patience, deliver, send_by_mail, written
from converter.shelf.devices.mail_settings import MailSettings, mail_settings, password_of
from tests.shelf.post import PASSWORD, USER, Box, certificate, free_port, hanging, server, zipped
from tests.shelf.shelves import make_books, write_stories
from tests.shell.running import chapbook

EPUB = zipped(mimetype="application/epub+zip")
BOOK = Letter("Die Lampe", "Jörg Öhm", "epub", EPUB)


def settings(port: int, security: str = "none", user: str = "", **more: object) -> MailSettings:
    known = {"host": "localhost", "port": port, "security": security, "user": user, "sender": "ada@example.org"}
    return MailSettings(**{**known, "to": {"kindle": "ada@kindle.com"}, **more})  # type: ignore[arg-type]


def parsed(data: bytes) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.default))


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("pem"))


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return pem


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_a_book_is_taken(trusted: Path, security: str) -> None:
    box = Box()
    with server(box, security, None if security == "none" else trusted) as port:
        asked = settings(port, security, USER)
        assert send_by_mail(BOOK, "Kindle", asked, PASSWORD) == "ada@kindle.com"
    ((sender, to, data),) = box.mails
    assert (sender, to, box.encrypted) == ("ada@example.org", ["ada@kindle.com"], [security != "none"])
    message = parsed(data)
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/epub+zip"
    assert attached.get_filename() == "Jorg_Ohm_-_Die_Lampe.epub"
    assert attached.get_content() == EPUB
    body = message.get_body()
    assert body is not None
    assert body.get_content_charset() == "utf-8"
    assert "Jörg Öhm" in body.get_content()
    assert abs(parsedate_to_datetime(message["date"]).timestamp() - time.time()) < 600
    assert message["message-id"].endswith("@example.org>")
    assert data.isascii()


@pytest.mark.parametrize(
    "title",
    [
        "Salt\r\nBcc: eve@example.org",
        "Salt\nX: 1\n\nbody",
        "Salt\x00\x85\u2028Bcc: x",
        "Salz 🧂 " * 90,
        "",
        "灯下客",
        '";x="',
    ],
)
def test_titles_stay_titles(title: str) -> None:
    data = written(Letter(title, f"Ada {title}", "epub", EPUB), settings(25), "ada@kindle.com")
    message = parsed(data)
    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )
    assert message["to"] == "ada@kindle.com"
    (attached,) = message.iter_attachments()
    name = attached.get_filename()
    assert name is not None
    assert name.isascii() or name == f"Ada {title} - {title}.epub", "what has no plain letters keeps its own"
    assert message["content-disposition"] is None
    assert data.isascii()
    assert name.endswith(".epub")
    assert not set(name) & set('\\/"; \r\n' if name.isascii() else '\\/"\r\n')
    assert max(map(len, data.splitlines())) <= 998


def test_what_a_kindle_sends_back_is_not_sent() -> None:
    nowhere = settings(free_port())
    for letter in (
        Letter("A", "", "azw3", b"..."),
        Letter("A", "", "epub", b"no book"),
        Letter("A", "", "epub", zipped(a="b")),
    ):
        with pytest.raises(SettingError, match="EPUB alone"):
            send_by_mail(letter, "kindle", nowhere, "")
    with pytest.raises(SettingError, match="EPUB alone"):
        send_by_mail(Letter("A", "", "pdf", b"%PDF"), "eve@free.kindle.com", nowhere, "")
    with pytest.raises(OutputError, match=r"has 50\.001 MB; 50\.000 MB can be mailed"):
        send_by_mail(Letter("A", "", "epub", EPUB + bytes(mail.MOST + 1_000 - len(EPUB))), "kindle", nowhere, "")


def test_the_size_that_a_server_takes() -> None:
    box = Box()
    with server(box, data_size_limit=10_000) as port:
        asked = settings(port)
        with pytest.raises(OutputError, match=r"takes mails of 0\.0 MB; this one has 0\.1 MB"):
            send_by_mail(Letter("A", "", "epub", EPUB + bytes(60_000)), "kindle", asked, "")
        assert box.mails == []
        send_by_mail(BOOK, "kindle", asked, "")
    assert len(box.mails) == 1


def test_refusals_are_told() -> None:
    with server(Box()) as port:
        with pytest.raises(SettingError, match="refused the log-in"):
            send_by_mail(BOOK, "kindle", settings(port, user=USER), "wrong")
        with pytest.raises(OutputError, match="550 there is nobody of that name"):
            send_by_mail(BOOK, "nobody@example.org", settings(port), "")
    with server(Box("552 too much\x1b[2J of it")) as port, pytest.raises(OutputError, match=r"552 too much \[2J of it"):
        send_by_mail(BOOK, "kindle", settings(port), "")
    with pytest.raises(OutputError, match="can't be spoken to"):
        send_by_mail(BOOK, "kindle", settings(free_port()), "")


def test_nothing_goes_unencrypted_that_should_not(pem: Path, trusted: Path) -> None:
    box = Box()
    with server(box) as port, pytest.raises(SettingError, match="does not offer STARTTLS"):
        send_by_mail(BOOK, "kindle", settings(port, "starttls", USER), PASSWORD)
    with server(box) as port, pytest.raises(ConverterError, match="can't be spoken to"):
        send_by_mail(BOOK, "kindle", settings(port, "tls", USER), PASSWORD)
    assert box.mails == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_stranger_s_certificate(pem: Path, security: str) -> None:
    box = Box()
    with server(box, security, pem) as port, pytest.raises(SettingError, match="is not who it says"):
        send_by_mail(BOOK, "kindle", settings(port, security, USER), PASSWORD)
    assert box.mails == []


HELLO = (b"220 here\r\n", b"250-here\r\n250 SIZE 99999999\r\n")


@pytest.mark.parametrize(
    ("says", "drips"),
    [((), False), (HELLO, False), ((*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"), False), (HELLO, True)],
)
def test_a_server_that_hangs(says: tuple[bytes, ...], drips: bool) -> None:
    began = time.monotonic()
    with hanging(says, drips=drips) as port, pytest.raises(OutputError, match="no answer in time"):
        deliver(b"Subject: x\r\n\r\nx\r\n", settings(port), "", "ada@kindle.com", Patience(0.5, 1.0))
    assert time.monotonic() - began < 10


def test_a_hanging_handshake(trusted: Path) -> None:
    with hanging() as port, pytest.raises(OutputError, match="no answer in time"):
        deliver(b"x", settings(port, "tls"), "", "ada@kindle.com", Patience(0.5, 1.0))


def configured(folder: Path, text: str) -> dict[str, str]:
    (folder / "chapbook").mkdir(parents=True)
    (folder / "chapbook" / "config.toml").write_text(text, "utf-8")
    return {"XDG_CONFIG_HOME": str(folder)}


MAIL = '[mail]\nhost = "localhost"\nport = {port}\nsecurity = "{security}"\nuser = "ada"\nfrom = "ada@example.org"\n[mail.to]\nKindle = "ada@kindle.com"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[mail]\nhost = "h"\nfrom = "a@b.c"\npassword = "x"', "password must not stand"),
        ('[mail]\nhost = "h\\nX"\nfrom = "a@b.c"', "names no server"),
        ('[mail]\nhost = "h"\nfrom = "a@b.c\\r\\nRCPT TO:<x@y.z>"', "no address"),
        ('[mail]\nhost = "h"\nfrom = "a@b.c"\n[mail.to]\nk = "a@b.c>,<d@e.f"', "no address"),
        ('[mail]\nhost = "h"\nfrom = "a@b.c"\n[mail.to]\nk = 1', "no address"),
        ('[mail]\nhost = "h"\nsecurity = "ssl"', "starttls"),
        ('[mail]\nhost = "h"\nport = 99999', "from 1 to 65535"),
        ('[mail]\nhost = "h"\nuser = "a@b.c"\nsecurity = "none"', "unencrypted"),
        ('[mail]\nhots = "h"', "has no 'hots'"),
        ("[mail", "can't be read"),
        ('style = "modern"', "nothing is said"),
    ],
)
def test_settings_that_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    for name, value in configured(tmp_path, text).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=said):
        mail_settings()


def test_the_keyring_has_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    class Kept(KeyringBackend):
        priority = 1.0  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return "from the ring" if (service, username) == ("chapbook", "ada") else None

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    monkeypatch.delenv("CHAPBOOK_MAIL_PASSWORD", raising=False)
    keyring.set_keyring(Kept())
    try:
        assert password_of(settings(25, user="ada")) == "from the ring"
        with pytest.raises(SettingError, match="no password for eve"):
            password_of(settings(25, user="eve"))
        monkeypatch.setenv("CHAPBOOK_MAIL_PASSWORD", "said")
        assert password_of(settings(25, user="ada")) == "said"
    finally:
        keyring.set_keyring(before)


@pytest.mark.slow
def test_the_command(tmp_path: Path, pem: Path) -> None:
    make_books(write_stories(tmp_path / "stories"), tmp_path / "books")
    box = Box()
    with server(box, "starttls", pem) as port:
        env = configured(tmp_path / "config", MAIL.format(port=port, security="starttls"))
        env |= {"SSL_CERT_FILE": str(pem), "CHAPBOOK_MAIL_PASSWORD": PASSWORD}
        ran = chapbook("send", "salt", "--to", "kindle", "-o", "books", cwd=tmp_path, **env)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "The Salt Road: sent to ada@kindle.com\n"
        by_path = chapbook("send", "books/weir.epub", "--to", "eve@example.org", cwd=tmp_path, **env)
        assert by_path.code == 0
        for words, said in (
            (["nothing", "like", "it"], "no book has these words"),
            (["e"], "books have these words"),
            (["stories/salt.txt", "--to", "kindle"], "EPUB alone"),
            (["salt", "--to", "bob"], "no address is called 'bob'"),
        ):
            to = [] if "--to" in words else ["--to", "kindle"]
            wrong = chapbook("send", *words, *to, "-o", "books", cwd=tmp_path, **env)
            assert wrong.code != 0
            assert said in wrong.err
            assert PASSWORD not in wrong.err + wrong.out
        assert chapbook("send", "salt", cwd=tmp_path, **env).code == 2
        # the same file still gives defaults to stories
        assert chapbook("inspect", "stories/salt.txt", cwd=tmp_path, **env).code == 0
    (first, second) = box.mails
    (attached,) = parsed(first[2]).iter_attachments()
    assert attached.get_content() == (tmp_path / "books" / "salt.epub").read_bytes()
    assert second[1] == ["eve@example.org"]


def test_books_of_one_title_are_told_apart_by_their_files(tmp_path: Path) -> None:
    stories = {f"{name}.txt": f"Title: Magpie\nAuthor: {name}\n\nThe {name} sang.\n" for name in ("Ada", "Bea")}
    make_books(write_stories(tmp_path / "stories", {**stories, "c.txt": "Title: Magpies\n\nThey sang.\n"}), tmp_path)
    with pytest.raises(MissingInput) as told:
        chosen(["magpie"], tmp_path)
    assert all(f"{tmp_path}/{name}.epub" in str(told.value) for name in ("Ada", "Bea"))
    assert "Magpies" in str(told.value)
