"""Headings: the words and forms that name a chapter, and the decision over the whole file which lines are some."""
