"""How books are mailed: the table `[mail]` of a person's `config.toml`, and the password, which stands elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converter.build.sidecars import OF_USER
from converter.document.errors import SettingError
from converter.document.record import dataclass
from converter.limits.files import read_regular

PORTS = {"tls": 465, "starttls": 587, "none": 25}  # RFC 8314, RFC 6409, RFC 5321
PASSWORD = "CHAPBOOK_MAIL_PASSWORD"
SERVICE = "chapbook"  # under which the keyring has the password
KNOWN = ("host", "port", "security", "user", "from", "to")
LIMIT = 1_000_000  # bytes of a configuration file
REMEDY = "docs/devices.md tells what to write there"
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,255}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes the mail, how it is spoken to, who sends, and the addresses by their short names."""

    host: str
    port: int
    security: str
    user: str
    sender: str
    to: Mapping[str, str]

    def address(self, name: str) -> str:
        """The address of this short name, or the name itself where it is an address. Raises SettingError."""
        if found := self.to.get(name.casefold()):
            return found
        if _ADDRESS.fullmatch(name):
            return name
        known = ", ".join(self.to) or "none so far"
        raise SettingError(f"no address is called {name!r}", "[mail.to]", f"known are: {known}")


def settings_path() -> Path:
    """The person's configuration file."""
    import platformdirs

    return Path(platformdirs.user_config_dir("chapbook")) / OF_USER


def mail_settings() -> MailSettings:
    """What the person's configuration says of mail. Raises SettingError."""
    import tomllib

    path = settings_path()
    try:
        said = tomllib.loads(read_regular(path, LIMIT).decode("utf-8-sig"))
    except FileNotFoundError:
        raise SettingError("nothing is said of how to mail", str(path), REMEDY) from None
    except OSError as error:
        raise SettingError(f"can't be read ({error.strerror})", str(path)) from None
    except ValueError as error:
        raise SettingError(f"can't be read: {error}", str(path)) from None
    table = said.get("mail")
    if not isinstance(table, dict):
        raise SettingError("nothing is said of how to mail", str(path), REMEDY)
    return _checked(table, str(path))


def _checked(table: Mapping[str, Any], where: str) -> MailSettings:
    for key in table:
        if key == "password":
            raise SettingError("a password must not stand in [mail]", where, f"put it into {PASSWORD} or the keyring")
        if key not in KNOWN:
            raise SettingError(f"[mail] has no {key!r}", where, f"known are {', '.join(KNOWN)}")
    security = table.get("security", "starttls")
    if security not in PORTS:
        raise SettingError('security in [mail] is "starttls", "tls" or "none"', where)
    port = table.get("port", PORTS[security])
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        raise SettingError("port in [mail] is a number from 1 to 65535", where)
    host, user = _text(table, "host", where), _text(table, "user", where)
    if not _HOST.fullmatch(host):
        raise SettingError("host in [mail] names no server", where, 'like host = "smtp.example.org"')
    if not user.isprintable():
        raise SettingError("user in [mail] has signs that no name has", where)
    sender = _text(table, "from", where) or user
    named = table.get("to", {})
    if not isinstance(named, dict):
        raise SettingError("[mail.to] has a line for each address", where, 'like kindle = "name@kindle.com"')
    for key, address in {"from": sender, **named}.items():
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            raise SettingError(f"{key} in [mail] is no address of mail", where, 'like "name@example.org"')
    if user and security == "none" and host not in LOOPBACK:
        raise SettingError("the password would go unencrypted", where, 'say security = "starttls" or "tls"')
    return MailSettings(host, port, security, user, sender, {key.casefold(): to for key, to in named.items()})


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise SettingError(f"{key} in [mail] is a text", where, f'like {key} = "..."')
    return value


def password_of(settings: MailSettings) -> str:
    """The password of the person's account: from the environment, or the keyring where that is installed; "" where
    nobody logs in. Raises SettingError."""
    if not settings.user:
        return ""
    password = os.environ.get(PASSWORD, "") or _kept(settings.user)
    if not password:
        remedy = f"put it into {PASSWORD}, or into the keyring: keyring set {SERVICE} {settings.user}"
        raise SettingError(f"there is no password for {settings.user}", settings.host, remedy)
    return password


def _kept(user: str) -> str:
    """What the keyring has; "" where there is none, or it is locked."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ModuleNotFoundError:
        return ""
    try:
        return keyring.get_password(SERVICE, user) or ""
    except KeyringError:
        return ""
