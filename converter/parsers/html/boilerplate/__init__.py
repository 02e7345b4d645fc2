"""What is no story: a page in, rows in the table of exclusions out, each with its rule.

`hidden.py` knows what no browser shows, `chrome.py` menus, comments and widgets by tag, role, name and links,
`link_lists.py` lists and lines of links inside the story, `offers.py` what the site offers there, `contents.py` the
page's own contents list; `left_out.py` makes omissions of all that is in no part of the story, and `omitted_prose.py`
doubts where one of them reads like a chapter, or stands as a sentence beside the story in the page's main part
(`main_part.py`). No site is known here by name.
"""
