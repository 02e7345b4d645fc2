"""Known sites: a page and a site's table in, `Extracted` out.

`tables.py` reads the TOML files of `known/` and says which one a page belongs to, `adapter.py` applies it, `beside.py`
takes what stands beside the chapters under other names, `facts.py` reads the fields that it names; `hooks.py` has the
little that no table can say, a function for each such site. What comes after finding the story is the same for all
pages, and is not done here.
"""
