"""What others made, opened within limits: files, archives, pictures, patterns that a person wrote."""
