"""What is typed inside a paragraph to mark it: `*never*`, `<i>`, `[b]`, an address; what class names mark on pages.

In comes the text of a paragraph and the habit of its file (`habit.py` learns it from all paragraphs), out come the
model's inlines. Open `typed_marks.py` first; `tokens.py` finds the marks, `tags.py` says which of them format,
`flanks.py` which open and which close.

A mark in doubt stays a sign of the text.
"""
