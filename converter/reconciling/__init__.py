"""Several copies of one story: which files are copies of one, and what the fullest and newest book of them is.

In come copies (`copies.py`: what a file says of itself, and a fingerprint of each of its chapters), out come values:
the groups (`groups.py`), a group's chapters in one order (`alignment.py`), the version of each that is kept and why
(`choice.py`), and what was rewritten (`differences.py`). Open `fingerprints.py` first: by which a chapter is known
again though a third of its words are new.

It knows no file and no format: whoever has books asks (`build/reconcile.py`). It makes no sentence about a story that
a finding makes, and it leaves nothing out: every chapter of every copy is in the result, kept or named.
"""
