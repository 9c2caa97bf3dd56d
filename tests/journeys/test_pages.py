"""Main pages at both widths and in both languages: nothing serious for readers who see or move otherwise, nothing wider than the screen."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "city_rights": ["/desk/", "/rights/events/", "/rights/disputes/", "/rights/events/duty/", "/figures/", "/figures/unions.grassroots/"],
    "north_org": [
        "/unions/",
        "/unions/tree/",
        "/unions/reorganisations/",
        "/unions/reorganisations/plan/",
        "/members/",
        "/search/?q=煤山",
        "/messages/",
    ],
    "firm_chair": ["/desk/", "/rights/events/report/", "/members/imports/new/", "/members/applications/", "/me/account/"],
    "leader": ["/overview/", "/reviews/"],
    "system": ["/access/accounts/", "/access/accounts/new/"],
}


@pytest.mark.parametrize(("width", "language"), [(1440, "zh-CN"), (360, "zh-CN"), (1440, "en-GB"), (360, "en-GB")])
def test_no_page_shuts_anybody_out(town, enter, width, language):
    found = []
    for who, paths in PAGES.items():
        page = enter(town.people[who], width=width, language=language)
        for path in [*paths, *([f"/unions/{town.firm.code}/"] if who == "north_org" else [])]:
            answer = page.goto(path)
            assert answer.status == 200, (who, path, answer.status)
            found += [(path, fault) for fault in faults(page)]
    assert found == []
