"""Books by mail: the letter, and the talk with the server that takes it.

What Kindles take is Amazon's rule ("Send to Kindle by e-mail"): EPUB and no MOBI or AZW3, 50 MB, from a sender whom the
person has approved. Letters without a text, a date or a Message-ID are refused by some servers on the way. A mail is a
third larger than its book (RFC 2045, 6.8); what a server takes it says itself (RFC 1870).
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
import unicodedata
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from converter.document.errors import OutputError, SettingError
from converter.document.record import dataclass
from converter.limits.unzip import Archive, ArchiveLimits, Damaged
from converter.shelf.devices.mail_settings import MailSettings
from converter.shelf.plain_names import ending_of, own_stem, plain_stem

MOST = 50_000_000  # bytes that Amazon takes in one mail
MEDIA = {"epub": ("application", "epub+zip"), "pdf": ("application", "pdf"), "txt": ("text", "plain")}
LONGEST_SUBJECT = 200  # characters
LONGEST_TOLD = 200  # characters of what a server says
SLOWEST = 25_000  # bytes a second of a connection that is worth waiting for
OF_KINDLE = ("kindle.com", "kindle.cn")
EPUB = b"application/epub+zip"  # in its file `mimetype` (OCF 3.3, 4.2.6)


@dataclass(frozen=True, slots=True)
class Letter:
    """A book on its way: its title and authors, the format and bytes of its file."""

    title: str
    by: str
    format: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that are waited for one answer, and for the whole talk beside the time that the bytes need."""

    answer: float = 30.0
    whole: float = 90.0


def is_kindle(name: str, address: str) -> bool:
    """Whether a Kindle is behind this address."""
    domain = address.rpartition("@")[2].lower()
    return name.casefold() == "kindle" or any(domain == own or domain.endswith(f".{own}") for own in OF_KINDLE)


def check(letter: Letter, *, kindle: bool) -> None:
    """Raises SettingError, OutputError for what the other side would send back."""
    if len(letter.data) > MOST:
        size, most = _told_apart(len(letter.data), MOST)
        raise OutputError(f"has {size}; {most} can be mailed", letter.title, "divide it (--volumes)")
    if kindle and (letter.format != "epub" or not _is_epub(letter.data)):
        raise SettingError("Kindles take EPUB alone by mail", letter.title, "convert its story to EPUB (-t epub)")


def _told_apart(one: int, other: int) -> tuple[str, str]:
    """Two sizes in bytes, as short as they can be told apart."""
    for digits in (0, 1, 2, 3):
        said = tuple(f"{size / 1_000_000:,.{digits}f} MB" for size in (one, other))
        if said[0] != said[1]:
            return said[0], said[1]
    return f"{one:,} bytes", f"{other:,} bytes"


def _is_epub(data: bytes) -> bool:
    try:
        return Archive(data, ArchiveLimits(entries=100_000)).read("mimetype").strip() == EPUB
    except (Damaged, KeyError):
        return False


def written(letter: Letter, settings: MailSettings, address: str) -> bytes:
    """The letter as it is mailed; in ASCII, whatever the book is called."""
    kind, form = MEDIA.get(letter.format, ("application", "octet-stream"))
    message = EmailMessage(SMTP.clone(cte_type="7bit"))
    message["From"], message["To"] = settings.sender, address
    message["Subject"] = _line(letter.title)[:LONGEST_SUBJECT] or "A book"
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    by = f"\nby {_line(letter.by)}" if letter.by else ""
    message.set_content(f"{_line(letter.title) or 'A book'}{by}\n\nSent by Chapbook.\n", charset="utf-8")
    stem = plain_stem if plain_stem("", letter.title or "a") else own_stem
    name = f"{stem(letter.by, letter.title) or 'book'}{ending_of(letter.format)}"
    message.add_attachment(letter.data, maintype=kind, subtype=form, filename=name)
    return message.as_bytes()


def _line(text: str) -> str:
    """A text in one line, without signs that mean something to a mail program."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def deliver(
    message: bytes, settings: MailSettings, password: str, address: str, patience: Patience | None = None
) -> None:
    """Hands a mail to the server. Raises SettingError for what the person can mend, OutputError for all else."""
    limits = patience or Patience()
    whole = limits.whole + len(message) / SLOWEST
    where = f"{settings.host}:{settings.port}"
    ended = threading.Event()
    try:
        with _line_to(settings, limits, whole, ended) as server:
            _greet(server, settings)
            _log_in(server, settings, password)
            _hand_over(server, settings, address, message, whole)
    except smtplib.SMTPAuthenticationError as error:
        remedy = "check user and password; many providers want a password of its own for programs"
        raise SettingError(f"refused the log-in ({_told(error.smtp_error)})", where, remedy) from None
    except smtplib.SMTPResponseException as error:
        raise OutputError(f"refused the mail ({error.smtp_code} {_told(error.smtp_error)})", where) from None
    except ssl.SSLCertVerificationError as error:
        raise SettingError(f"is not who it says ({error.verify_message})", where, "check host in [mail]") from None
    except (OSError, EOFError, ValueError) as error:
        if ended.is_set() or TimeoutError in (type(error), type(error.__context__)):
            remedy = "try again later; look first whether the book came"
            raise OutputError("gave no answer in time", where, remedy) from None
        said = getattr(error, "strerror", "") or _told(str(error).encode()) or type(error).__name__
        raise OutputError(f"can't be spoken to ({said})", where, "check host, port and security in [mail]") from None


@contextlib.contextmanager
def _line_to(settings: MailSettings, limits: Patience, whole: float, ended: threading.Event) -> Iterator[smtplib.SMTP]:
    """A connection to the server, encrypted from its start where that is said; cut off when the time is over."""
    plain = socket.create_connection((settings.host, settings.port), limits.answer)
    other_end = plain.dup()  # of the same connection: it can be shut whatever the first is wrapped in

    def cut_off() -> None:
        ended.set()
        with contextlib.suppress(OSError):
            other_end.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(whole, cut_off)
    timer.daemon = True
    timer.start()
    own = plain.getsockname()[0]
    server = smtplib.SMTP(local_hostname=f"[IPv6:{own}]" if ":" in own else f"[{own}]", timeout=limits.answer)
    server.sock = plain
    try:
        if settings.security == "tls":
            server.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=settings.host)
        code, said = server.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        yield server
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.docmd("QUIT")  # the mail is taken, whatever is answered
    finally:
        timer.cancel()
        server.close()
        other_end.close()


def _greet(server: smtplib.SMTP, settings: MailSettings) -> None:
    """Says who we are, and turns encryption on where that is said. Without it nothing goes on."""
    server.ehlo_or_helo_if_needed()
    if settings.security != "starttls":
        return
    if not server.has_extn("starttls"):
        raise SettingError("does not offer STARTTLS", f"{settings.host}:{settings.port}", 'try security = "tls"')
    code, said = server.docmd("STARTTLS")
    if code != 220:
        raise smtplib.SMTPResponseException(code, said)
    assert server.sock is not None
    server.sock = ssl.create_default_context().wrap_socket(server.sock, server_hostname=settings.host)
    server.file = None  # what came before the encryption is not believed
    server.ehlo_resp, server.helo_resp, server.esmtp_features, server.does_esmtp = None, None, {}, False
    server.ehlo_or_helo_if_needed()


def _log_in(server: smtplib.SMTP, settings: MailSettings, password: str) -> None:
    if not settings.user:
        return
    try:
        server.login(settings.user, password)
    except smtplib.SMTPNotSupportedError:
        raise SettingError("takes no log-in", f"{settings.host}:{settings.port}", "leave user out of [mail]") from None


def _hand_over(server: smtplib.SMTP, settings: MailSettings, address: str, message: bytes, whole: float) -> None:
    """The mail itself, with who sends it and who gets it (RFC 5321, 3.3)."""
    most = server.esmtp_features.get("size", "")
    if most.isdecimal() and 0 < int(most) < len(message):
        size, taken = _told_apart(len(message), int(most))
        where = f"{settings.host}:{settings.port}"
        raise OutputError(f"takes mails of {taken}; this one has {size}", where, "divide the book")
    options = [f"size={len(message)}"] if most else []
    for code, said in (server.mail(settings.sender, options), server.rcpt(address)):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, said)
    assert server.sock is not None
    server.sock.settimeout(whole)  # all bytes have to go before the answer comes
    code, said = server.data(message)
    if code != 250:
        raise smtplib.SMTPDataError(code, said)


def _told(said: bytes | str) -> str:
    """What a server said, in one line that is not too long."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _line(text)[:LONGEST_TOLD]


def send_by_mail(
    letter: Letter, name: str, settings: MailSettings, password: str, patience: Patience | None = None
) -> str:
    """Mails a book to the address of this short name: the address. Raises SettingError, OutputError."""
    address = settings.address(name)
    check(letter, kindle=is_kindle(name, address))
    deliver(written(letter, settings, address), settings, password, address, patience)
    return address
