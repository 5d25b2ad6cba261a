"""« Recevoir par courriel »: there only where the host names a service, and it says first who gets the address."""

import re
from dataclasses import replace
from pathlib import Path

from generator.pages import subscription
from generator.pages.site import Site
from tests.support import annuaires
from tests.support.annuaires import SCHEMAS, SETTINGS


def test_nothing_is_offered_where_no_service_is_set() -> None:
    assert not [*subscription.list_pages(Site(annuaires.build(), SETTINGS, SCHEMAS))]


def test_its_example_is_the_last_letter_that_told_something() -> None:
    settings = replace(SETTINGS, abonnement="https://Service.example:8443/lettre")
    found = annuaires.build({"a": annuaires.cop(inscrite_le="2026-11-10")})
    [page] = subscription.list_pages(Site(found, settings, SCHEMAS))
    content = page.make_content()
    assert isinstance(content, subscription.SubscriptionPage)
    assert content.service == "service.example"
    assert content.last
    assert content.last.periode == "du 9 au 15\u00a0novembre 2026"


def test_the_page_says_who_receives_the_address_before_it_leads_there(site: Path) -> None:
    text = (site / "suivre/courriel/index.html").read_text("utf-8")
    receives, leads = text.index("service.example</strong> la reçoit"), text.index('href="https://service.example/')
    assert receives < leads
    assert re.findall(r'<form class="(\w+)"', text) == ["recherche"]
    assert 'suivre/courriel/"' in (site / "suivre/index.html").read_text("utf-8")
