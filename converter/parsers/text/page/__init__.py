"""A page that was copied out of a browser into a text.

`page_frame.py` begins: it asks what each row is of an interface (`pasted_page.py` holds rows and findings), and takes
off what is none of the story's. `page_head.py` reads what the page says of the story, `label_rows.py` labels with their
values below, `page_titles.py` its title, `entries.py` journals and blogs, `threads.py` the posts of a forum.
"""
