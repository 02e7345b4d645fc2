"""What the lines of a block say as tokens have them: labels, messages, terms, lines that were ended on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from converter.parsers.items.chats import CHAT

BREAKS = ("softbreak", "hardbreak")
TERM_WORDS = 8  # of what is explained in a list of definitions


def are_short(tokens: Sequence[Token], longest: int) -> bool:
    """Whether these are several lines, none of which has more characters than `longest`."""
    sizes = [0]
    for token in tokens:
        if token.type in BREAKS:
            sizes.append(0)
        elif not token.nesting:
            sizes[-1] += len(token.content)
    return len(sizes) > 1 and max(sizes) <= longest


def lines_of(tokens: Sequence[Token]) -> list[str]:
    """What the lines of a block say, where it has several; else none."""
    if not any(token.type in BREAKS for token in tokens):
        return []
    lines = [""]
    for token in tokens:
        if token.type in BREAKS:
            lines.append("")
        elif not token.nesting:
            lines[-1] += token.content
    return lines


def labelled_lines(tokens: Sequence[Token]) -> list[str]:
    """The lines of a block, each of which begins with a stressed name, or another label, and a colon; else none."""
    begins = True
    for token in tokens:
        if begins and (token.content or token.nesting) and token.type != "strong_open":
            return []
        begins = token.type in BREAKS or (begins and not token.content and not token.nesting)
    lines = lines_of(tokens)
    return lines if lines and all(CHAT.match(line) for line in lines) else []


def term_end(tokens: Sequence[Token]) -> int:
    """The place of the line's end behind a term whose meaning stands below it behind a colon; 0 where there is none."""
    at = next((k for k, token in enumerate(tokens) if token.type in BREAKS), 0)
    few = sum(len(token.content.split()) for token in tokens[:at]) <= TERM_WORDS
    return at if at and few and is_meaning(tokens, at) else 0


def is_meaning(tokens: Sequence[Token], at: int) -> bool:
    """Whether a line that begins behind this place says what a term above it means."""
    below = tokens[at + 1] if at + 1 < len(tokens) and tokens[at].type in BREAKS else None
    return below is not None and below.type == "text" and below.content[:2] in (": ", ":\t")
