"""Bytes to text, with the evidence for the choice: byte order marks, UTF-8, UTF-16, old encodings, damage repaired.

Strategy: the whole file decides, so an ASCII opening of any length says nothing. What can be proved comes first (a byte
order mark, NULs in step, strict UTF-8); then UTF-8 with stray bytes; then the old encodings are weighed against each
other (`charsets.py`). A declared encoding is a hint and never more. UTF-8 that was encoded twice is repaired where the
text itself proves it (`mojibake.py`), and what is left is cleaned (`characters.py`).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from converter.document.errors import NotAStory, TooLarge
from converter.document.findings.encoding import EncodingDoubt, EncodingLost, EncodingRepaired
from converter.document.record import dataclass
from converter.parsers.characters import clean
from converter.parsers.charsets import Verdict, likeness, most_plausible, python_name
from converter.parsers.mojibake import repair

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

MOST_BYTES = 64 * 1024 * 1024  # bytes; War and Peace is 3.3 MB, the longest serials known are below 40 MB
MAGIC = 512  # bytes looked at for the signature of another kind of file
CONTROL_SHARE = 0.02  # of all bytes; text has none, compressed or machine code above 10 %
PAIRED_TEXT = 0.3  # share of frequent characters in right UTF-16 (below 0.1 when the bytes are swapped)
SURE, LIKELY, POOR = 1.0, 0.9, 0.5

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"%!PS", "a PostScript document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"BOOKMOBI", "a Kindle book"),
)
CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b")
STRAY = "chapbook-stray"
WIDE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NARROW = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
TYPESET = re.compile(rb"\xe2\x80[\x90-\xa6]")  # quotation marks, dashes, ellipsis: in no other encoding is this a text
TYPESET_PER_STRAY = 20  # one such sequence proves UTF-8 for up to this many stray bytes beside it

Repairs = tuple[EncodingRepaired, ...]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A story's text and how it was read.

    `text` has "\\n" line ends only and no byte order mark, XML-illegal character or lone surrogate. A form feed has
    become a line end; `page_starts` are the lines (from 1) that began a page. `encoding` is Python's name, `why` one
    sentence of evidence, `repairs` what was mended, `confidence` between 0 and 1.
    """

    text: str
    encoding: str
    confidence: float
    why: str
    repairs: tuple[EncodingRepaired, ...] = ()
    findings: tuple[Finding, ...] = ()
    page_starts: tuple[int, ...] = ()


def decode(data: bytes, declared: str = "", name: str = "") -> Decoded:
    """The text of a whole file. `declared` is what a header or a meta element says, `name` what messages call it.

    Raises NotAStory for empty, blank and binary input, TooLarge above `MOST_BYTES` bytes.
    """
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise TooLarge(
            f"the file has {size}, a story has at most {MOST_BYTES // 2**20} MB", name, "split it into parts"
        )
    if not data.strip(b" \t\r\n\f\v\0"):
        raise NotAStory("the file is blank" if data else "the file is empty", name, "choose a file with a story in it")
    _refuse_signature(data, name)
    text, verdict, repairs = _read(data, declared, name)
    text, mended = repair(text)
    cleaned = clean(text)
    if not cleaned.text.strip():
        raise NotAStory("the file holds only white space", name, "choose a file with a story in it")
    repairs = (*repairs, *mended, *cleaned.repairs)
    findings: list[Finding] = [*repairs]
    if cleaned.lost:
        findings.append(EncodingLost(cleaned.lost))
    if verdict.confidence < POOR:
        findings.append(EncodingDoubt(verdict.encoding, verdict.why))
    return Decoded(
        cleaned.text,
        verdict.encoding,
        verdict.confidence,
        verdict.why,
        repairs,
        tuple(findings),
        cleaned.page_starts,
    )


def _refuse_signature(data: bytes, name: str) -> None:
    head = data[:MAGIC].lstrip(b"\xef\xbb\xbf \r\n\t")
    for signature, kind in SIGNATURES:
        if head.startswith(signature) or (signature == b"BOOKMOBI" and data[60:68] == signature):
            remedy = "open it in the program it belongs to and save it as plain text or HTML"
            raise NotAStory(f"this is {kind}, not a text", name, remedy)


def _read(data: bytes, declared: str, name: str) -> tuple[str, Verdict, Repairs]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls and (b"\0" in data or controls > CONTROL_SHARE * len(data)):
        wide = _wide(data)
        if wide is not None:
            return wide
    if controls > CONTROL_SHARE * len(data):
        raise NotAStory("the file is binary data, not a text", name, "save the story as plain text or HTML")
    if data.isascii():
        if b"\x1b$" in data:
            text = data.decode("iso2022_jp_2", "replace")
            return text, Verdict("iso2022_jp_2", LIKELY, "Japanese escape sequences"), ()
        return data.decode("ascii"), Verdict("ascii", SURE, "all bytes are ASCII, the same in every encoding"), ()
    try:
        return data.decode("utf-8"), Verdict("utf-8", SURE, "every byte is valid UTF-8"), ()
    except UnicodeDecodeError:
        return _not_strict(data, declared)


def _marked(data: bytes, encoding: str) -> tuple[str, Verdict, Repairs]:
    verdict = Verdict(encoding, SURE, "a byte order mark at the start")
    if encoding != "utf-8":
        text, repairs = _pairs(data, encoding)
        return text, verdict, repairs
    try:
        return data.decode(), verdict, ()
    except UnicodeDecodeError:
        text, repairs = _with_strays(data)
        return text, verdict, repairs


def _wide(data: bytes) -> tuple[str, Verdict, Repairs] | None:
    """UTF-16 or UTF-32 without a byte order mark, by where the NULs stand."""
    nuls = [data[i::4].count(0) for i in range(4)]
    quarter = len(data) / 4
    for encoding, zeros in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(nuls[i] > 0.95 * quarter - 1 for i in zeros) and len(data) % 4 == 0:
            text, repairs = _pairs(data, encoding)
            return text, Verdict(encoding, SURE, "NUL bytes in step of four"), repairs
    readings = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text, repairs = _pairs(data, encoding)
        readings.append((likeness(text), encoding, text, repairs))
    likely, encoding, text, repairs = max(readings)
    if likely < PAIRED_TEXT:
        return None
    return text, Verdict(encoding, LIKELY, "pairs of bytes that read as a language, without a mark"), repairs


def _pairs(data: bytes, encoding: str) -> tuple[str, Repairs]:
    unit = 4 if "32" in encoding else 2
    rest = len(data) % unit
    repairs = (EncodingRepaired("cut off", rest),) if rest else ()
    whole = data[: len(data) - rest]
    try:
        return whole.decode(encoding, "surrogatepass"), repairs
    except UnicodeDecodeError:
        return whole.decode(encoding, "replace"), repairs


def _not_strict(data: bytes, declared: str) -> tuple[str, Verdict, Repairs]:
    wide, narrow = len(WIDE.findall(data)), len(NARROW.findall(data))
    strays = len(data.translate(None, bytes(range(128)))) - 3 * wide - 2 * narrow  # about: four-byte ones are rare
    typeset = len(TYPESET.findall(data))
    if wide + narrow > 0 and (wide + narrow >= 2 * strays or typeset * TYPESET_PER_STRAY > max(strays, 0)):
        text, repairs = _with_strays(data)
        why = f"{wide + narrow} UTF-8 sequences against {max(strays, 1)} other bytes"
        return text, Verdict("utf-8", LIKELY, why), repairs
    verdict = most_plausible(data, python_name(declared))
    try:
        return data.decode(verdict.encoding), verdict, ()
    except UnicodeDecodeError:
        return data.decode(verdict.encoding, "replace"), verdict, ()


def _with_strays(data: bytes) -> tuple[str, Repairs]:
    """UTF-8 whose invalid bytes are read one by one as cp1252 (and surrogate pairs, CESU-8, as what they mean)."""
    strays = 0

    def stray(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        assert isinstance(error, UnicodeDecodeError)
        raw = error.object[error.start : error.start + 3]
        if raw[:1] == b"\xed" and len(raw) == 3 and 0xA0 <= raw[1] <= 0xBF and 0x80 <= raw[2] <= 0xBF:
            return raw.decode("utf-8", "surrogatepass"), error.start + 3
        strays += 1
        return raw[:1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error(STRAY, stray)
    text = data.decode("utf-8", STRAY)
    return text, ((EncodingRepaired("strays", strays, "cp1252"),) if strays else ())
