"""Known sites: their tables, the facts these find, the few hooks that no table can say."""
