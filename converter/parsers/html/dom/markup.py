"""The text of a page made ready for the parser: what XML forbids, `data:` images, stress over paragraphs."""

from __future__ import annotations

import re
from html import escape, unescape

from converter.parsers.characters import NOT_IN_XML
from converter.parsers.tokenizer import markup_of

IMAGE_KEY = "embedded-image:"
CODE_DIGITS, BEYOND = 8, 0x110000  # of a character reference; a number that no character has
DATA_LIMIT = 10_000_000  # characters of one embedded image
DATA_TOTAL = 100_000_000

_DATA = re.compile(r"(?<=[\"'=(])data:([\w/+.-]*)((?:;[\w=.+-]+)*),([^\"'()<>\s]*)", re.I)
_REFERENCE = re.compile(r"(&[A-Za-z0-9]{0,32}(?=&#))?&#(?:x([0-9a-f]++)|([0-9]++));?", re.I)
_STRESS = re.compile(r"<(i|b|u|s|strike)(\s[^<>]*)?>(?=\s*<p[\s>])", re.I | re.A)
_LASTING = {"i": "em", "b": "strong", "u": "ins", "s": "del", "strike": "del"}


def clean_markup(text: str) -> str:
    """Character references to what XML forbids are taken out; `&#150;` and its like mean Windows-1252, as in HTML 5."""
    if "&#" in text:
        text = _REFERENCE.sub(_reference, text)
    return NOT_IN_XML.sub(lambda sign: " " if sign[0].isspace() else "", text)


def _reference(match: re.Match[str]) -> str:
    before = match[1] or ""
    digits, base = (match[2], 16) if match[2] else (match[3], 10)
    code = int(digits, base) if len(digits.lstrip("0")) <= CODE_DIGITS else BEYOND
    if 0x80 <= code <= 0x9F:
        return before + bytes([code]).decode("cp1252", "ignore")
    if code in (9, 10, 12, 13):
        return f"{before} "
    if code > 0x10FFFF or code < 32 or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE or code == 0x7F:
        return escape(unescape(before), quote=False)  # taken out, it would leave another reference
    return match[0] if match[0].endswith(";") else f"{match[0]};"


def set_data_aside(text: str) -> tuple[str, dict[str, str]]:
    """The text with every `data:` address replaced by a short key, and the images by key. Other data is forgotten."""
    images: dict[str, str] = {}
    total = 0

    def one(match: re.Match[str]) -> str:
        nonlocal total
        kind, parameters, data = match[1].lower(), match[2].lower(), match[3]
        total += len(data)
        if not kind.startswith("image/") or len(data) > DATA_LIMIT or total > DATA_TOTAL:
            return "data:,"
        key = f"{IMAGE_KEY}{len(images) + 1}"
        images[key] = f"{'base64' if ';base64' in parameters else 'plain'},{data}"
        return key

    if "data:" not in text:
        return text, images
    parts: list[str] = []
    done = 0
    for start, end, *_ in markup_of(text):  # what stands between tags is text, whatever it looks like
        if text.find("data:", start, end) >= 0:
            parts += (text[done:start], _DATA.sub(one, text[start:end]))
            done = end
    return "".join((*parts, text[done:])), images


def stress_over_paragraphs(text: str) -> str:
    """`<i><p>..</p><p>..</p></i>` with elements that the parser doesn't end at the first `<p>`."""
    parts: list[str] = []
    done = 0
    for stress in _STRESS.finditer(text):
        name, start = stress[1], stress.end()
        if stress.start() < done:
            continue
        end = re.compile(rf"<(/?){name}\b[^<>]*>", re.I).search(text, start)
        if end is None or not end[1]:
            continue
        other = _LASTING[name.lower()]
        parts += (text[done : stress.start()], f"<{other}{stress[2] or ''}>", text[start : end.start()], f"</{other}>")
        done = end.end()
    return "".join((*parts, text[done:])) if parts else text
