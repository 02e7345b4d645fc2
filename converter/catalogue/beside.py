"""What is kept beside a story and only asked for by itself: the account of its words, and what a person asked for."""

from __future__ import annotations

import json
from typing import Any

from converter.catalogue.database import Database
from converter.catalogue.names import as_json
from converter.catalogue.records import Story


def account_of(database: Database, source: str) -> str:
    """What was changed in the story with this source and left out of it (`reports/account.py`); "" for nothing. Raises
    OutputError."""
    return _kept(database, "SELECT told FROM accounts JOIN stories ON story = id WHERE source = ?", source) or ""


def asked_of(database: Database, source: str) -> dict[str, Any] | None:
    """The settings that were said as options when the story with this source was last made; None where that was not
    noted. Raises OutputError."""
    kept = _kept(database, "SELECT options FROM asked JOIN stories ON story = id WHERE source = ?", source)
    return None if kept is None else dict(json.loads(kept))


def keep(database: Database, key: int, story: Story) -> None:
    """Keeps both for the story with this key. Raises OutputError."""
    database.told("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (key, story.account))
    if story.asked is None:
        database.told("DELETE FROM asked WHERE story = ?", (key,))
    else:
        database.told("INSERT OR REPLACE INTO asked VALUES (?, ?)", (key, as_json(dict(story.asked))))


def _kept(database: Database, statement: str, source: str) -> str | None:
    row = database.asked(statement, (source,)).fetchone()
    return str(row[0]) if row else None
