"""Where the story stands on a page of an unknown site, and what the page says about it: a page in, `Extracted` out.

Open `content.py` first: it asks the extractors of other libraries (`extractors.py`), knows posts (`posts.py`)
and an article's own lists. `page_head.py` reads the head (`json_ld.py`, `bylines.py`) into `Facts`; `refusal.py`,
`listing.py` and `neighbours.py` know pages without a story. `extracted.py` is the value with which the reader of
unknown pages and a site's table both answer.
"""
