"""What is said about a story: title, authors, series, language, in lines of its head and names of files and tabs.

In come lines, names and options, out come names, fields and `Metadata`. `fields.py` reads one line, `names.py` says
who is a person; `resolution.py`, the one to open first, takes each fact from the first witness that has it.

Nothing is looked up outside the story and its files.
"""
