"""Works that are spread over several files: which files belong together, in which order, and one `Parsed` of them."""
