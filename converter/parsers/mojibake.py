"""UTF-8 that was read as an old encoding and saved again ("donâ€™t"): undone where the text itself proves it.

Strategy: for each old encoding, find runs of characters whose bytes are whole UTF-8 sequences. A run proves the damage
when no one would have written it (three-byte sequences, a lower-case letter before the lead, several in a row). Runs
that might be meant ("IRMÃ”") are repaired only in a line that holds a proof.
"""

from __future__ import annotations

import re
from functools import cache

from converter.document.findings.encoding import EncodingRepaired
from converter.document.record import dataclass

CODECS = ("cp1252", "mac_roman", "cp1251", "cp1250", "cp437", "cp850")  # in this order when two explain as much
WINDOW = 6  # characters from a lead on: a whole sequence, and one that overlaps it
ROUNDS = 4  # encoded twice over is common, three times was seen
MEANT = frozenset("“”‘’„‚»«–—…\u00a0·°")  # marks that may rightly stand after a capital letter
WRITTEN = (  # what stories are written in; a wrong codec's reading falls outside
    "[\u0080-\u017f\u0218-\u021b\u0300-\u0304\u0370-\u03ff\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u0600-\u06ff\u0900-\u097f"
    "\u0e01-\u0e5b\u1ea0-\u1ef9\u2009-\u2044\u20a0-\u20bf\u2100-\u2193\u25a0-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufe0f"
    "\ufeff\uff00-\uffef\U0001f300-\U0001faff]*"
)


@dataclass(frozen=True, slots=True)
class _Codec:
    name: str
    to_byte: dict[int, int]
    runs: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Repair:
    start: int
    end: int
    meant: str


@cache
def _codec(name: str) -> _Codec:
    back: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        try:
            back[ord(bytes([byte]).decode(name))] = byte
        except UnicodeDecodeError:
            continue
    back |= {c: c for c in range(0x80, 0xA0) if c not in back}  # Latin-1's reading, and bytes the codec leaves open
    chars = dict.fromkeys(range(0x80, 0x100), "")
    for char, byte in back.items():
        chars[byte] += re.escape(chr(char))

    def of(low: int, high: int) -> str:
        return "[" + "".join(chars[b] for b in range(low, high + 1)) + "]"

    tail = of(0x80, 0xBF)
    unit = f"{of(0xC2, 0xDF)}{tail}|{of(0xE0, 0xEF)}{tail}{{2}}|{of(0xF0, 0xF4)}{tail}{{3}}"
    return _Codec(name, back, re.compile(f"(?:{unit})+"))


@cache
def _pairs() -> re.Pattern[str]:
    """A lead and a tail in any codec: what sound text hardly ever has, found in one scan."""
    leads, tails = set[str](), set[str]()
    for codec in map(_codec, CODECS):
        leads |= {chr(c) for c, byte in codec.to_byte.items() if 0xC2 <= byte <= 0xF4}
        tails |= {chr(c) for c, byte in codec.to_byte.items() if byte <= 0xBF}
    return re.compile(f"[{re.escape(''.join(sorted(leads)))}][{re.escape(''.join(sorted(tails)))}]")


def repair(text: str) -> tuple[str, tuple[EncodingRepaired, ...]]:
    """The text with double encoding undone, and what is told of each kind of repair. Sound text comes back as it is."""
    repairs: list[EncodingRepaired] = []
    for _ in range(ROUNDS):
        if text.isascii():
            break
        windows = "\n".join({text[m.start() : m.start() + WINDOW] for m in _pairs().finditer(text)})
        able = [codec for codec in map(_codec, CODECS) if codec.runs.search(windows)]
        readings = [(runs, codec) for codec in able if (runs := _runs(text, codec))]
        if not readings:
            break
        runs, codec = max(readings, key=lambda r: sum(run.end - run.start for run in r[0]))
        text, places = _apply(text, runs, codec)
        repairs.append(EncodingRepaired("double", places, codec.name))
    return text, tuple(repairs)


def _runs(text: str, codec: _Codec) -> list[_Repair]:
    """The runs to be replaced: all that prove the damage, and the doubtful ones in a line that holds a proof."""
    proofs: set[int] = set()
    candidates: list[tuple[int, bool, _Repair]] = []
    for match in codec.runs.finditer(text):
        meant = _meaning(match[0], codec)
        if meant is None:
            continue
        proof = _proves(text, match, meant, codec)
        line = text.rfind("\n", 0, match.start())
        if proof:
            proofs.add(line)
        candidates.append((line, proof, _Repair(match.start(), match.end(), meant)))
    return [run for line, proof, run in candidates if proof or line in proofs] if proofs else []


def _apply(text: str, runs: list[_Repair], codec: _Codec) -> tuple[str, int]:
    out: list[str] = []
    last = 0
    for run in runs:
        out += [text[last : run.start], run.meant]
        last = run.end
    out.append(text[last:])
    new, places = "".join(out), len(runs)
    if codec.name in ("cp1252", "cp1250"):  # the lost third byte of a closing quotation mark, and a nbsp made a space
        new, n = re.subn("â€(?=[\\s.,;:!?)\\]—-]|$)", "”", new)
        new, m = re.subn("(?<=[a-z ])[ÃĂ] (?=[ a-z])", "à", new) if places > 2 else (new, 0)
        places += n + m
    return new, places


def _meaning(run: str, codec: _Codec) -> str | None:
    try:
        meant = bytes(codec.to_byte[ord(c)] for c in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return meant if re.fullmatch(WRITTEN, meant) else None


def _proves(text: str, match: re.Match[str], meant: str, codec: _Codec) -> bool:
    run = match[0]
    if len(meant) >= 3 or (len(run) >= 3 * len(meant) and (len(meant) > 1 or not meant.isalpha())):
        return True
    if len(meant) == 2 and codec.name != "cp1251":
        return True
    if codec.name != "cp1252":  # another's letter or sign inside, or at the edge of, a Latin word
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        return meant < "\u0180" and any(c.isascii() and c.isalpha() for c in around)
    if meant > "\u024f":
        return False
    before = text[match.start() - 1 : match.start()]
    if run[-1] in MEANT or not run[-1].isprintable():
        return before.islower()
    return not (before.isupper() and run[-1].isalpha())
