"""Lines that ask for an account to read on: a story that ends with one, or is followed by one, was cut off there."""

from __future__ import annotations

import re

from converter.document.patterns import regex

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


def says_cut(text: str) -> str:
    """The words of a text that ask for an account to read on, or ""."""
    if not HINT.search(text):
        return ""
    cut = CUT.search(" ".join(text.split()))
    return cut[0] if cut else ""
