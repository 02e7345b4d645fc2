"""The page as a tree: a decoded text in, a finished `Page` out, which nobody changes any more.

Open `page.py` first; `tree.py` lets lexbor parse and BeautifulSoup hold the tree, `nodes.py` says what an
element's text is, `selecting.py` finds elements by CSS selectors. `exclusions.py` is the table of what is left
out, to which every later stage adds. Nothing here knows CSS, sites or stories.
"""
