"""What a line, a mark or a name means, on plain strings; every parser asks here."""
