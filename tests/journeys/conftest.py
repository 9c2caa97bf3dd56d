"""Journeys: one browser for all, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

AXE = settings.BASE / "tests" / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")  # no longer: other tests start browsers of their own, and two loops do not live in one thread
def browser() -> Iterator[Any]:
    """Debian's Chromium. Its driver keeps a loop running in this thread, which Django takes for asynchronous code."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        made = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def enter(live_server: Any, browser: Any, transactional_db: None) -> Iterator[Callable[..., Any]]:
    """`enter(user, width=360, language="en")`: a page of the served house, where that person is signed in."""
    opened, said = [], []

    def go(user: Any, *, width: int = 1440, language: str = "zh-CN") -> Any:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, base_url=live_server.url, accept_downloads=True
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" and "status of 4" not in line.text else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        opened.append(context)
        return page

    yield go
    for context in opened:
        context.close()
    assert said == []


def faults(page: Any) -> list[Any]:
    """What the checker of accessibility finds that is serious or critical, and whether the page is wider than its screen."""
    page.evaluate(AXE.read_text() + ";0")
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    bad = [(one["id"], one["nodes"][0]["target"]) for one in found["violations"] if one["impact"] in ("serious", "critical")]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*bad, *([("wide", wide)] if wide > 0 else [])]
