"""Stories whose files are all part of a longer one since: what `Catalogue.taken_in` asks the database."""

from __future__ import annotations

from converter.catalogue.database import Database


def within_longer(database: Database) -> list[tuple[str, str]]:
    """Pairs of such a story's source and that of a longer one. Raises OutputError."""
    asked = (
        "SELECT a.source, b.source FROM ingredients i JOIN stories a ON a.id = i.story "
        "JOIN ingredients j ON j.path = i.path AND j.role = 'story' AND j.story != i.story "
        "JOIN stories b ON b.id = j.story AND b.changed >= a.changed "
        "WHERE i.role = 'story' AND EXISTS (SELECT 1 FROM books WHERE books.story = b.id) GROUP BY a.id, b.id "
        "HAVING COUNT(DISTINCT i.path) = "
        "(SELECT COUNT(*) FROM ingredients o WHERE o.story = a.id AND o.role = 'story') "
        "AND COUNT(DISTINCT i.path) < "
        "(SELECT COUNT(*) FROM ingredients o WHERE o.story = b.id AND o.role = 'story') "
        "ORDER BY b.id"
    )
    return [(str(part), str(whole)) for part, whole in database.asked(asked)]
