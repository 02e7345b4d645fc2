"""What a line, a mark or a name means, on plain strings; every parser asks here.

In come strings (a line, a paragraph, a file's head, a list of short lines with their places), out come answers as
values: this is a heading of that level, a scene break, a field and its value, an emphasis, a language. Texts, pages and
Markdown get the same answer, for they ask the same function. Open `breaks.py` first, the smallest that learns from a
whole file; `headings/` is the largest. `fields.py` and `metadata.py` settle what is said about a story, `names.py` who
somebody is, `authors_notes.py`, `letters.py`, `dates.py` and `library.py` what a paragraph is besides the story,
`typed_marks.py` (with `mark_habit.py`, `mark_tokens.py`, `tags.py`) what marks inside a paragraph mean, `numerals.py`
what they count, `language.py` and `legible.py` what the words are. What a site says around a story is known to
`site_lines.py`, `watermarks.py`, `notices.py` and `tab_title.py`; what links, headings over lists and names of files say
to `ways.py`, `addresses.py`, `list_headings.py`, `note_marks.py` and `file_names.py`.

It knows no page, no file and no book format. Words of languages are data: `vocabulary/`, one TOML file for each. Most
modules are tested by a table of lines, each with what an editor reads there: `tests/recognisers/`.
"""
