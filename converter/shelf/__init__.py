"""The shelf: the books of an output folder as a small library on one's own machine, for browsers and e-readers.

In comes the folder of the books with its catalogue; out come pages, feeds and files over HTTP. Open `app.py` first: it
puts the rooms together. `store.py` is the database of the shelf, which knows what the catalogue does not: summaries,
covers, readers, places. `books.py` asks it for books, `arrivals.py` keeps it abreast of the catalogue. `guard.py` says
who may ask for what; every request passes it; `readers.py` says who it is that reads. `pages.py` and `book_pages.py`
are the pages for people, made of templates by `rendering.py`; `workshop.py` has the program (`program.py`) make books
that somebody asked for; `reading.py` shows a book in the browser; `downloads.py` are the books themselves. `gifts/`
takes new stories, `answering/` what somebody says of them, `opds/`, `sync/` and `devices/` are for e-readers.

Nothing here reaches the network of its own accord, and no request of the form GET changes anything.
"""
