"""What a message says: its encoding undone, and the one of its parts that is text."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from codecs import lookup
from collections.abc import Iterator
from quopri import decodestring

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.systems.mail_heads import ESCAPES, FIELD, SOFT_END, Lines, Message

BASE64 = regex(r"[A-Za-z0-9+/=]{4,80}\Z", within=80)
CHARSET = regex(r"charset\s*=\s*\"?([\w.:\-]{1,40})", re.I)
BOUNDARY = regex(r"boundary\s*=\s*(?:\"([^\"\n]{1,100})\"|([^\s;\"]{1,100}))", re.I)


def decoded_body(message: Message) -> tuple[Lines, dict[int, str]]:
    """The lines of a body as they were meant, and the file's lines with what each of them says."""
    encoding = message.one("content-transfer-encoding").casefold()
    charset = _charset(message.one("content-type"))
    if "quoted-printable" in encoding:
        return _unquoted(message.body, charset)
    if "base64" in encoding and (made := _from_base64(message.body, charset)) is not None:
        return made
    if "flowed" in message.one("content-type").casefold():
        return _flowed(message.body), {}
    return message.body, {}


def _charset(content: str) -> str:
    m = CHARSET.search(content)
    try:
        known = lookup(m[1]).name if m else "utf-8"
    except LookupError:
        known = "utf-8"
    return "cp1252" if known in ("iso8859-1", "ascii") else known


def _text_of(data: bytes, charset: str) -> str:
    for known in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(known)
        except UnicodeDecodeError:
            continue
    return data.decode(charset, "replace")


def _unquoted(body: Lines, charset: str) -> tuple[Lines, dict[int, str]]:
    """Quoted-printable: a line that ends in "=" goes on in the next, "=E9" is a letter."""
    out: Lines = []
    said: dict[int, str] = {}
    run: Lines = []
    for number, line in (*body, (0, "")):
        soft = SOFT_END.search(line)
        run.append((number, line[: soft.start()] if soft else line))
        if soft and number:
            continue
        run = [row for row in run if row[0]]
        if run:
            whole = ESCAPES.sub(lambda m: _text_of(decodestring(m[0]), charset), "".join(line for _, line in run))
            whole = whole.replace("\r", "").replace("\n", " ")
            out.append((run[0][0], whole))
            said |= _shared_out(whole, run)
        run = []
    return out, said


def _shared_out(whole: str, run: Lines) -> dict[int, str]:
    """A line that goes on over others, shared out among them: each begins with a word, and says about what it said."""
    said: dict[int, str] = {}
    start = wanted = 0
    for number, line in run[:-1]:
        wanted += len(line)
        end = wanted if wanted > start else start
        while end < len(whole) and not whole[end - 1 : end].isspace():
            end += 1
        said[number] = whole[start:end]
        start = end
    said[run[-1][0]] = whole[start:]
    return said


def _from_base64(body: Lines, charset: str) -> tuple[Lines, dict[int, str]] | None:
    """A body of letters that stand for bytes; lines that are too many are said by the last one of the file."""
    coded = [(number, line.strip()) for number, line in body if BASE64.match(line.strip())]
    if not coded or len(coded) < sum(bool(line.strip()) for _, line in body):
        return None
    try:
        whole = _text_of(b64decode("".join(line for _, line in coded)), charset)
    except Error:
        return None
    lines = whole.replace("\r\n", "\n").split("\n")
    numbers = [number for number, _ in body]
    out = [(numbers[min(k, len(numbers) - 1)], line) for k, line in enumerate(lines)]
    said = dict.fromkeys(numbers, "")
    for number, line in out:
        said[number] = f"{said[number]} {line}".strip()
    return out, said


def _flowed(body: Lines) -> Lines:
    """Lines that end in a space go on in the next."""
    out: Lines = []
    goes_on = False
    for number, line in body:
        if goes_on and line.strip():
            out[-1] = (out[-1][0], out[-1][1] + line.lstrip())
        else:
            out.append((number, line))
        goes_on = line.endswith(" ") and line.rstrip() != "--" and bool(line.strip())
    return out


def parts_of(message: Message, name: str, omissions: list[Omission]) -> Iterator[Message]:
    """A message with several parts has the story in those that are plain text."""
    m = BOUNDARY.search(message.one("content-type"))
    if not m or "multipart" not in message.one("content-type").casefold():
        yield message
        return
    border = f"--{m[1] or m[2]}"
    part: Message | None = None
    in_head = False
    gone: Lines = []
    for number, line in message.body:
        if line.rstrip() in (border, f"{border}--"):
            if part is not None and part.body:
                yield part
            part, in_head = Message(), True
            gone.append((number, line))
        elif part is None:
            gone.append((number, line))
        elif in_head:
            gone.append((number, line))
            if not line.strip():
                in_head = False
            elif f := FIELD.match(line):
                part.fields[f[1].casefold()] = (line[f.end() :].strip(), number)
            elif part.fields:
                last = next(reversed(part.fields))
                part.fields[last] = (f"{part.fields[last][0]} {line.strip()}", number)
        elif part.one("content-type").casefold().startswith(("text/plain", "message")) or not part.fields:
            part.body.append((number, line))
        else:
            gone.append((number, line))
    if part is not None and part.body:
        yield part
    omissions += named("other parts of a message", gone, name)


def named(rule: str, lines: Lines, name: str) -> list[Omission]:
    """Lines that are left out, one by one."""
    return [Omission(rule, line.strip(), Origin(name, number)) for number, line in lines if any(map(str.isalnum, line))]
