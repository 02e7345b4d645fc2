"""What was made of what: the one truth about the books of an output folder, kept in a database beside them.

`records.py` has its rows as values, `catalogue.py` asks and tells, `schema.py` has the tables and opens the database,
`earlier_notes.py` takes over what earlier versions noted. The database is imported where it is needed.
"""
