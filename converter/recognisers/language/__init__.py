"""Which language a text is in, whether it is legible at all, and its numerals.

In comes a sample of the text, out come a language tag with a confidence, or a finding; for a numeral its value. Open
`detection.py` first.

The conventions of a language (its quotation marks, its dashes) are not here but in `passes/conventions.py`.
"""
