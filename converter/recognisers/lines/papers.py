"""Lines of papers that a story shows: telegrams."""

from __future__ import annotations

from converter.document.patterns import regex

TELEGRAM = regex(r"\bSTOP\b")
LEAST_STOPS = 2  # "NEXT STOP HEAVEN" is a title


def is_telegram(line: str) -> bool:
    """Whether a line in capitals is a telegram's, with words that stand for its full stops."""
    return line.isupper() and len(TELEGRAM.findall(line)) >= LEAST_STOPS
