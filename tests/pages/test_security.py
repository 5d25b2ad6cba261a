"""security.txt as RFC 9116 asks for it: a contact of the settings, an end less than a year away, nothing invented."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.pages.security import write_security_txt
from generator.repository.settings import LOCAL_URL
from tests.support.annuaires import SETTINGS

TODAY = "2026-11-24"
BARE = replace(SETTINGS, courriel=None, page=None, site_url="https://cop.example/")


def fields(text: str) -> list[list[str]]:
    assert text.endswith("\n")
    assert text.isascii()
    return [line.split(": ", 1) for line in text.splitlines()]


def test_without_a_contact_there_is_no_file() -> None:
    assert write_security_txt(BARE, TODAY) == ""
    assert (
        write_security_txt(replace(BARE, page="http://cop.example/contact"), TODAY) == ""
    )  # « MUST begin with https »


def test_every_way_to_write_is_given() -> None:
    told = fields(write_security_txt(replace(BARE, courriel="x@cop.example", page="https://cop.example/écrire"), TODAY))
    assert told == [
        ["Contact", "mailto:x@cop.example"],
        ["Contact", "https://cop.example/%C3%A9crire"],
        ["Expires", "2027-05-23T00:00:00Z"],
        ["Preferred-Languages", "fr"],
        ["Canonical", "https://cop.example/.well-known/security.txt"],
    ]
    assert date.fromisoformat(told[2][1][:10]) - date.fromisoformat(TODAY) < timedelta(days=365)


@pytest.mark.parametrize("url", [LOCAL_URL, "https://cop.example/annuaire/"])
def test_an_address_where_nobody_would_look_is_not_given(url: str) -> None:
    told = fields(write_security_txt(replace(BARE, courriel="x@cop.example", site_url=url), TODAY))
    assert "Canonical" not in dict(told)
