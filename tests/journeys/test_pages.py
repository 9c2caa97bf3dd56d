"""Every page, at both widths and in both languages: nothing serious for readers who see or move otherwise, nothing wider than the screen.

The suite looks at each page in one of the two languages, every second one each, the proof at all faces.

The pages come from the table of routes. An address that opens to nobody in the town fails here, unless it stands below with its reason.
"""

from __future__ import annotations

from itertools import count

import pytest
from django.urls import path

from niangjia.config.urls import urlpatterns as house
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.pages import public
from niangjia.worklog.api import post
from tests.journeys.conftest import EVERY, FACES, faults, wide
from tests.journeys.everything import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["zh-CN", "en-GB"]
NO_PAGES = {  # address: what it answers, and why there is nothing to look at
    "/": (302, "leads on to the page that a person's day begins with"),
    "/account/": (302, "leads on to the page of her account"),
    "/language/": (302, "only sets the language"),
    "/account/(?:confirm-email|email|login/code|password/reset/key)/": (404, "closed: no code and no link is sent by e-mail"),
    "/account/provider/": (503, "leads to a provider of sign-in, which does not answer here"),
    "/account/provider/callback/": (403, "takes back who comes from the provider"),
    "/account/2fa/webauthn/login/": (302, "answers scripts"),
    "/api/": (404, "the root of the interface for machines"),
    "/exports/new/": (302, "asks for a list that another page names; seen with one"),
}
MACHINES = ("/api/", "/healthz")  # answer machines; whether the house is well hangs on how long this walk has taken
CLOSED = ("/account/confirm-email/", "/account/email/", "/account/login/code/", "/account/password/reset/key/")
FAULTS = {"403": Refused, "409": Overtaken, "422": RuleBroken, "500": ZeroDivisionError}


@public
def broken(_request, what):
    """A page that fails in one of the ways in which pages fail."""
    raise FAULTS[what]("…")


urlpatterns = [*house, path("broken/<str:what>/", broken)]


@pytest.fixture
def everything(town, tmp_path, settings):
    nobody = "http://127.0.0.1:9"  # a provider of sign-in that does not answer: its pages are there, and the way to it is not
    settings.OIDC = {"issuer": nobody, "client": "niangjia", "secret": "", "name": "统一身份认证", "trusts": []}
    post()  # the town has stood since the run began, and nobody has waited for its clerk
    return House(town, tmp_path)


def test_every_address_opens_to_somebody_or_says_why_not(everything):
    every = everything.every()
    left = {
        path: one.status
        for path, one in every.items()
        if not one.page and one.status not in (200, 405) and not path.startswith((*CLOSED, *MACHINES))
    }
    assert left == {path: status for path, (status, _why) in NO_PAGES.items() if path != "/api/"}
    assert {one.status for path, one in every.items() if path.startswith(CLOSED)} == {404}
    assert sum(one.page for one in every.values()) > 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shuts_anybody_out(everything, enter, language):
    """Each page is fetched by somebody who may open it, and looked at wide and narrow."""
    found, looked, turn = [], 0, count(LANGUAGES.index(language))
    for who, addresses in everything.pages().items():
        page, seen = enter(everything.clients[who], language=language), False
        for url in (one for one in addresses if EVERY or next(turn) % 2):
            answer = page.goto(url)
            assert answer.status == 200, (who, url, answer.status)
            found += [(who, url, *fault) for fault in both(page, language, shell=not seen)]
            seen, looked = True, looked + 1
    assert not found, "\n".join(map(str, found))
    assert looked > 200


@pytest.mark.urls("tests.journeys.test_pages")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_what_went_wrong_does_either(town, enter, language):
    """404, 403, 409, 422 and 500, for somebody who is signed in and for a stranger; and the forgery check's own."""
    found = []
    for who in (town.firm_chair, None):
        page = enter(who, language=language)
        for url, status in [("/nowhere/", 404), *((f"/broken/{code}/", int(code)) for code in FAULTS)]:
            answer = page.goto(url)
            assert answer.status == status, (url, answer.status)
            assert page.locator("h1").count() == 1
            found += [(url, *fault) for fault in both(page, language)]
    page.goto("/account/login/")
    page.context.clear_cookies()
    page.locator("main form").first.evaluate("form => form.submit()")
    page.locator(".n-oops, main h1").first.wait_for()
    found += [("csrf", *fault) for fault in both(page, language)]
    assert not found, "\n".join(map(str, found))


def both(page, language, *, shell=True):
    """What is wrong with a page at 1440 and at 360 pixels: too wide, or, at the width of the journeys in that language, closed to somebody."""
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        yield from ((width, *fault) for fault in (faults(page, shell=shell or EVERY) if (width, language) in FACES else wide(page)))
