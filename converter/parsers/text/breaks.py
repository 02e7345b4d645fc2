"""Is this line a pause between scenes? Learnt per file where one line alone can't tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

LONGEST_MARK = 60  # characters, spaces included
ORNAMENTS = "*#~+=_•·◆◇■□●○★☆※❖✦✧❦❧☙⁂⁎⁑♦♢♥♡♠♣◊†‡§¤°^<>|/\\@&%$:xXoO0-–—.…«»‹›◈▪▫✿❀❁✶✴✽❋☾☽⚜➳~〜～＊◎⟡∞"
SYMBOLS = re.compile(r"[^\w\"'“”‘’?!,;()\[\]]+\Z|[^\w\"'“”‘’,;]*[*#~=+•◇◆★☆※❖⁂][^\w\"'“”‘’,;]*\Z")
LETTERS = re.compile(
    r"[\W_]*(?:[oO0][\W_]*[xX][\W_]*[oO0][\W_]*|[xX][\W_]*[oO0][\W_]*[xX][\W_]*|(?:[oO0][\W_]*){3,}|(?:[xX][\W_]*){3,}|[xXoO0\-_~=]{5,})+\Z"
)
SIGN_OFF = {"xoxo", "xoxoxo", "xxoo", "xo"}
NAMED = re.compile(
    r"[\W_]*(?:scene|line|page|section|story|pov|time)?[\s\-]*(?:break|change|skip|jump|divider|shift)[\W_]*\Z|"
    r"[\W_]*(?:timeskip|linebreak|pagebreak|scenebreak|divider|line|later)[\W_]*\Z",
    re.I,
)
STRONG = re.compile(
    r"[*#~=+•◆◇■□●○★☆※❖✦✧❦❧☙⁂♦♢◊§^|<>\\@&%$«»◈▪▫✿❀✶✽❋〜～＊]|[-–—_]{3,}|(?:[-–—_][ \t]+){2,}|(?:/{2,}[ \t]*)+|(?:\.[ \t]+){2,}\.|…\s+…"
)


def is_break(text: str) -> bool:
    """A line of its own that every reader takes for a break: a row of signs, `oOo`, `-- scene break --`."""
    if len(text) > LONGEST_MARK:
        return False
    if SYMBOLS.match(text):
        return bool(STRONG.search(text))
    if LETTERS.match(text):
        return "".join(c for c in text.casefold() if c.isalnum()) not in SIGN_OFF
    return text[0] in "-–—*~=#[(<_+" and bool(NAMED.match(text))


def learnt_marks(lines: Iterable[str]) -> frozenset[str]:
    """Marks that are breaks only because the file uses them so: a weak mark ("...", "-", "o") that stands alone often."""
    weak = Counter(
        t for t in lines if len(t) <= 12 and t and all(c in ORNAMENTS or c.isspace() for c in t) and not is_break(t)
    )
    return frozenset(t for t, n in weak.items() if n >= 3 and not t.isalnum())
