"""What a line, a mark or a name means, on plain strings; every parser asks here.

In come strings (a line, a paragraph, a file's head, a list of short lines with their places), out come answers as
values: this is a heading of that level, a scene break, a field and its value, an emphasis, a language. Texts, pages and
Markdown get the same answer, for they ask the same function.

headings/    the headings of chapters, and the levels on which they stand
lines/       any other line: scene breaks, author's notes, letters, dates, what a library or a site says
marks/       what is typed inside a paragraph: emphasis, tags; what names of classes mark
metadata/    what is said about a story: fields of a head, bylines, names of people, files and tabs
language/    which language it is, whether it can be read at all, numerals
vocabulary/  the words of all these, one TOML file for each language

Open `lines/breaks.py` first, the smallest that learns from a whole file. It knows no page, no file and no book format.
Most modules are tested by a table of lines, each with what an editor reads there: `tests/recognisers/`.
"""
