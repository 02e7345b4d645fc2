"""Works that are spread over several files: which files belong together, in which order, and one `Parsed` of them.

In come files of one folder (what each says of itself: `heads.py`) or the pages that parsers have read; out come groups
(`grouping.py`, and `rows.py` for files numbered in a row), an order (`order.py`: an index page, links, numbers, names)
and the whole (`assembly.py`, open it first), with the titles (`titles.py`), what each head says of its own chapter
(`part_heads.py`) and the pictures (`pictures.py`) of all.

It knows names, links and titles. Of a page that is not read yet it looks by patterns at what its head and its links
say (`heads.py`, `grouping.py`); it builds no tree and opens no file. A close call is said as `work-unsure` or
`work-order`, never settled in silence.
"""
