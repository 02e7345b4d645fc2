"""Input made to harm: whatever it is, it costs one thing and not the book, and nothing outside is touched."""
