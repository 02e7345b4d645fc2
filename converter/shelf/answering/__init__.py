"""Answers to what is doubted in a book: what a page asks, what somebody types, the sidecar into which it is written.

In comes a form; out comes a sidecar beside the story, with which the book is made again. `answers.py` is the form,
`advice.py` says findings in a page's words, `sidecars.py` writes. What a person wrote into a sidecar stays as it was,
but for what is answered.
"""
