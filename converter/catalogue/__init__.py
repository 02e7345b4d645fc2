"""What was made of what: the one truth about the books of an output folder, kept in a database beside them.

`records.py` has its rows as values, `catalogue.py` asks and tells, `database.py` opens the database and makes it where
there is none, `schema.py` has the tables, `beside.py` keeps what is only asked for by itself, `vanished.py` knows which
stories are not where they were, `names.py` knows how names of files are kept, `earlier_notes.py` takes over what
earlier versions noted.

In come stories, files and books as values, out come the same. The room opens its database and looks at sizes and times
of files; it knows nothing of how a story is read or a book is made.
"""
