"""What is told about a story: odd input, a doubt, a warning, each a value of its own kind with the facts it rests on.

`union.py` lists them all: open it first. A finding's fields are what was found (names, numbers, words, places); its
`code`, `severity`, `message`, `section` and `cause` follow from them and are written nowhere else. `docs/findings.md`
has a row for every code. The files are named after what a finding is about, so that whoever reads pages need not load
what is said of covers.

Nothing here looks for anything: whoever finds something makes the value. Nothing else words a finding; what an error
says (`document/errors.py`) is worded by whoever raises it.
"""
