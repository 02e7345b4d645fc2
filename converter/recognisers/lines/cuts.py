"""Was the story cut off where a site asks for an account? Told by the lines that end it, or follow it on its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from converter.document.contracts import Omission
from converter.document.findings.words import StoryCut, TextNotLoaded
from converter.document.model import Book, Origin
from converter.document.patterns import regex
from converter.document.walk import block_text
from converter.recognisers.lines.notices import LINE_LETTERS, says_not_loaded

LAST_BLOCKS = 4  # blocks at a chapter's end of which one may be such a notice; after it thanks and a link or two
SPEECH = tuple('"“„«—')
NEAR_CHARACTERS = 2_000  # characters of what was left out below the story: farther down are comments and licences
NOTICE_WORDS = 40  # a longer paragraph is the story's
_ON = (
    r"(?:read on\b(?!\s+\w)|(?:read(?:ing)?|continue|keep|see|view|unlock|access)\b"
    r"(?:(?! (?:comment|repl|review|vot|profile))[^.!?]){0,30}?"
    r"(?:reading\b|\brest\b|\bfull\b(?! profile)|\bwhole\b|\bcomplete\b|\bentire\b|\bremain|"
    r"\b(?:this|the|next) (?:story|chapter|part|post|article)\b|\bmore\b(?!\s+\w)))"
)
_ACCOUNT = (
    r"(?:(?:log|sign)(?:ged|ed)?[ -]?(?:in|up|on)\b|register|subscribe|subscriber|join|a member\b|"
    r"an? (?:free )?account)"
)
CUT = regex(
    rf"{_ACCOUNT}[^.!?]{{0,40}}?\bto {_ON}|"
    rf"\bto {_ON}[^.!?]{{0,40}}?\b(?:you (?:need|have|must)|please|just)\b[^.!?]{{0,20}}{_ACCOUNT}|"
    rf"\b(?:you (?:need|have|must)|please|must be) (?:to )?(?:be )?{_ACCOUNT}[^.!?]{{0,30}}? to {_ON}|"
    r"\b(?:this|the|next) (?:chapter|story|part|episode) is locked\b|"
    r"\b(?:this|the|next) (?:chapter|story|part|post|episode|article|content) is "
    r"(?:(?:only )?(?:available |visible )?(?:only )?(?:to|for) (?:paying |paid |registered |logged[ -]in )?"
    r"(?:subscribers|members|patrons|users))|"
    r"\bthe (?:rest|remainder) of (?:this|the) (?:chapter|story|part|post|episode|article)[^.!?]{0,40}"
    r"(?:locked|subscribers|members|patrons|registered|logged)|"
    r"\bcontinue reading (?:with|by) (?:a |your )?(?:subscri|member|free trial|log|sign|creat)|"
    r"\bunlock (?:this|the|next) (?:chapter|story|part|post|episode)\b|"
    r"\bread the (?:rest|full (?:story|chapter|book)|whole (?:story|chapter|book)) (?:on|at|in) \w+|"
    r"\bbuy [^.!?]{0,30}\bto (?:read on|continue reading|keep reading)\b|"
    r"\bend of (?:the |this )?(?:free )?(?:preview|sample)\b|"
    r"\bum weiter ?zu ?lesen\b[^.!?]{0,20}(?:melden|registrieren|anmelden|einloggen|abonnieren)|"
    r"\b(?:melden? (?:dich|sie sich) (?:bitte )?an|anmelden|einloggen|registrieren)\b[^.!?]{0,30}"
    r"\bweiter ?(?:zu)?lesen|"
    r"\b(?:connectez|abonnez|inscrivez)-vous pour (?:lire|continuer|voir) (?:la suite|votre lecture|l[ea'’])|"
    r"\b(?:inicia sesión|suscríbete|regístrate) para (?:seguir|continuar) leyendo",
    re.I,
)
HINT = regex(
    r"log|sign|subscri|member|patron|locked|unlock|buy|join|rest|full|whole|register|preview|account|weiter|pour|para",
    re.I,
)
HIDDEN = "hidden"  # omissions of what a page hides have rules that begin so: a wall that was not shown cut nothing


def cut_off(book: Book, omissions: Sequence[Omission]) -> Iterator[StoryCut]:
    """A doubt when the story ends, or is followed by, a line that asks for an account to read on: once for a story."""
    last: Origin | None = None
    for _, chapter in book.walk():
        for block in chapter.blocks[-LAST_BLOCKS:]:
            last = block.origin or last
            text = block_text(block).strip()
            if len(text.split()) <= NOTICE_WORDS and not text.startswith(SPEECH) and (line := _asks(text)):
                yield StoryCut(line, block.origin)
                return
    for omission in omissions:
        origin = omission.origin
        after = last is None or origin.source != last.source or origin.line >= last.line
        if after and not omission.rule.startswith(HIDDEN) and (line := _asks(omission.text[:NEAR_CHARACTERS])):
            yield StoryCut(line, origin)
            return


def not_loaded(book: Book) -> Iterator[TextNotLoaded]:
    """A doubt for each line of a story that says that its text could not be loaded."""
    for _, chapter in book.walk():
        for block in chapter.blocks:
            text = block_text(block).strip()
            if len(text) <= LINE_LETTERS and says_not_loaded(" ".join(text.split())):
                yield TextNotLoaded(text, block.origin)


def _asks(text: str) -> str:
    """The line of a text that asks for an account, or ""."""
    if not HINT.search(text):
        return ""
    cut = CUT.search(" ".join(text.split()))
    return cut[0] if cut else ""
