"""Lines that are no heading: scene breaks, author's notes, letters, dates, what a library or a site says.

In comes a line, or a paragraph as one string, out comes whether it is such a line, or what it says. Each module owns
one kind of line; `breaks.py` is the one to open first. How a line ends (`sentences.py`, `line_ends.py`) is asked by all
of them.

What becomes of such a line is the parser's affair: nothing here leaves a word out.
"""
