"""Who signs a title page: what somebody did before "by", and what stands behind a child's name."""

from __future__ import annotations

import pytest

from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.credits import kind_in_byline, role_in_byline


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Script by Tove Arden", "Tove Arden"),
        ("Story and art by Tove Arden", "Tove Arden"),
        ("Words & pictures by Tove Arden", "Tove Arden"),
        ("Teleplay by Tove Arden", "Tove Arden"),
        ("Drehbuch von Greta Halm", "Greta Halm"),
        ("Scénario de Anne Roy", "Anne Roy"),
        ("by Anna B., class 4b", "Anna B."),
        ("by Mehmet K., age 9", "Mehmet K."),
        ("by Anna B. (4b)", "Anna B."),
        ("by Jonas H., 3rd grade", "Jonas H."),
        ("by Emil P. - 9 years old", "Emil P."),
        ("von Lina S., Klasse 4b", "Lina S."),
        ("par Léa M., CM1", "Léa M."),
        ("Script by the door", ""),
    ],
)
def test_who_signs(line: str, name: str) -> None:
    assert signed_by(line) == name


@pytest.mark.parametrize(
    ("line", "role", "kind"),
    [
        ("Script by Tove Arden", "author", ""),
        ("Screenplay by Tove Arden", "author", "Screenplay"),
        ("Art by Tove Arden", "illustrator", ""),
    ],
)
def test_what_they_did(line: str, role: str, kind: str) -> None:
    assert (role_in_byline(line), kind_in_byline(line)) == (role, kind)
