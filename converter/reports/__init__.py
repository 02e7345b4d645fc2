"""What is told to a person about a story, as values."""
