"""The service: stories are planned, gathered, understood, written, proved, put on the shelf and remembered.

In come paths (or bytes, for Python programs) and settings; out come books on disk and an `Outcome` for each story.
Open `pipeline.py` first: the line from a file's bytes to a proved book, values in and values out (with `given.py` and
`parsing.py`). Around it stand `planning.py` and `folders.py` (which files are stories; `story_files.py` are their
values), `inputs.py` (what is read for one), `reading.py`, `making.py`, `batch.py` and `shelving.py` (from jobs to books
on disk), `workers.py`, `forked.py` and `watching.py` (processes that may fail alone, and what is tried then:
`attempts.py`; `executor.py` is how a run asks for them, here or on other machines, `apart.py` answers other questions
so; `warming.py` readies a process for those that are forked from it).
`formats.py` is the table of all formats that are read and written, `registry.py` finds the row that is asked for;
`settings.py` is the table of all that can be asked for, `api.py` the two functions for Python.

It knows files, the clock and processes, which no room below it does but in `limits/files.py` and
`checker/epub/epubcheck.py`. It knows nothing of the terminal: what a person sees is printed by `cli/`.
"""
