"""From runs of text to chapters, for every format that has elements: pages and Markdown share it.

Runs of text with their marks go in, chapters come out. Open `kinds.py` first: an item is a block, a gap or a heading
(`HeadingItem`). `inlines.py` nests runs, `paragraphs.py` makes paragraphs, verse and breaks of them by the story's
habit with line ends (`line_habit.py`), `normalisation.py` settles gaps and scene breaks; `chapters.py` divides by
headings (`sections.py`, `written_headings.py`), `title_page.py` (with `bylines.py`) and `header.py` take off what
stands before the story. `placed_notes.py` moves the author's notes of a finished book where a person wants them;
`tables.py`, `frames.py`, `places.py` and `ruby.py` decide and measure the same in every format. No element, page or
file is known here.
"""
