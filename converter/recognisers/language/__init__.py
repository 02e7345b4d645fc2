"""Which language a text is in, and its numerals.

In comes a sample of the text, out comes a language tag with a confidence; for a numeral its value. Open
`detection.py` first.

The conventions of a language (its quotation marks, its dashes) are not here but in `passes/conventions.py`.
"""
