"""The rules: functions from an opened book to flaws, a file for each thing that they look at.

In goes an `Opened`, out come `Flaw` values. `container.py` looks at the zip's own files; `package.py`, `metadata.py`,
`manifest.py` at the package; `markup.py` at content models; `documents.py` and `semantics.py` at single pages;
`references.py` at where addresses lead; `styles.py` at style sheets; `navigation.py`, `layout.py` and `overlays.py` at
what their names say. A rule reads no files of its own, and never raises on purpose.
"""

from __future__ import annotations

from converter.checker.epub.opened import CheckerRule
from converter.checker.epub.rules import (
    container,
    documents,
    layout,
    manifest,
    markup,
    metadata,
    navigation,
    overlays,
    package,
    references,
    semantics,
    styles,
)

RULES: tuple[CheckerRule, ...] = (
    container.names,
    container.encryption,
    markup.prologs,
    markup.markup,
    package.metadata,
    package.manifest,
    package.spine,
    metadata.properties,
    metadata.texts,
    manifest.addresses,
    manifest.entries,
    manifest.reading_order,
    manifest.content_properties,
    navigation.navigation,
    documents.documents,
    semantics.semantics,
    references.references,
    styles.styles,
    layout.fixed_layout,
    overlays.overlays,
)
