"""Every page, at both widths and in both languages: nothing serious for readers who see or move otherwise, nothing wider than the screen.

The pages come from the table of routes. An address that nobody in the town can open as a page fails here, unless it stands below with its reason.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import path

from niangjia.config.urls import urlpatterns as house
from niangjia.kit.errors import Overtaken, RuleBroken
from niangjia.kit.pages import public
from tests.journeys.conftest import faults
from tests.journeys.everything import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGES = {}
FAULTS = {"403": PermissionDenied, "409": Overtaken, "422": RuleBroken, "500": ZeroDivisionError}


@public
def broken(_request, what):
    """A page that fails in one of the ways in which pages fail."""
    raise FAULTS[what]("x")


urlpatterns = [*house, path("broken/<str:what>/", broken)]


def test_every_address_opens_to_somebody_or_says_why_not(town, tmp_path):
    every = House(town, tmp_path).every()
    left = {path: one.status for path, one in every.items() if not one.page and one.status not in (200, 405)}
    assert left == {path: status for path, (status, _why) in NO_PAGES.items()}
    assert sum(one.page for one in every.values()) > 80
