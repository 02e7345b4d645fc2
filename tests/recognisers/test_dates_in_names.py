"""Dates in names of files, and how a row of them is read."""

from __future__ import annotations

from datetime import date

import pytest

from converter.recognisers.metadata.dates_in_names import date_in_name, dates_of, days_in_order
from converter.recognisers.vocabulary import language_table, languages


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("weir 2021-03-05", (2021, 3, 5)),
        ("2021_3_5 salt", (2021, 3, 5)),
        ("20210305", (2021, 3, 5)),
        ("3rd of may 2024", (2024, 5, 3)),
        ("march 5, 2021", (2021, 3, 5)),
        ("9 sept 2020", (2020, 9, 9)),
        ("9 setiembre 2020", (2020, 9, 9)),
        ("5. jänner 2021", (2021, 1, 5)),
        ("5 de março de 2021", (2021, 3, 5)),
        ("2021-03", (2021, 3, 1)),
    ],
)
def test_a_date_is_found(stem: str, day: tuple[int, int, int]) -> None:
    found = date_in_name(stem)
    assert found
    assert found.day_first == found.month_first == date(*day).toordinal()


@pytest.mark.parametrize(
    "stem", ["room 101", "winter 1944", "marsh 5", "junk 3", "2021-13-40", "99999999", "1.2.10", "weir 2021-22-1"]
)
def test_other_numbers_are_no_dates(stem: str) -> None:
    assert date_in_name(stem) is None


def test_a_row_is_read_as_all_of_it_can_be() -> None:
    def read(*stems: str, language: str = "en") -> tuple[str, str | None]:
        row = days_in_order([d for d in dates_of(stems) if d], language)
        return (str(date.fromordinal(row.days[0])), row.taken) if row else ("", None)

    assert read("03-04-2021", "13-04-2021") == ("2021-04-03", None)
    assert read("03-04-2021", "03-14-2021") == ("2021-03-04", None)
    assert read("03.04.2021", "05.04.2021") == ("2021-04-03", None)
    assert read("03-04-2021", "05-04-2021") == ("2021-03-04", "month first")
    assert read("03-04-2021", "05-04-2021", language="de") == ("2021-04-03", "day first")
    assert read("13-04-2021", "04-13-2021") == ("", None)


def test_days_without_a_year_are_dates_only_in_several_months() -> None:
    assert dates_of(("april 1", "april 2")) == [None, None]
    assert all(dates_of(("april 30", "may 1")))


def test_every_language_has_twelve_months_in_their_order() -> None:
    for language in languages():
        table = language_table(language, "dates")
        assert len(table.get("months", ())) in (0, 12, 13)
        assert len(table.get("month_names", table.get("months", ()))) == len(table.get("months", ()))
