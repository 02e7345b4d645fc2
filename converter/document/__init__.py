"""The story as a tree of values, and the few signatures that rooms share; nothing here opens a file."""
