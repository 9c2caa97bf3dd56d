"""Journeys: one browser for all, people who are signed in, the clock on the wall, and the words that stand on buttons."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from django.utils import translation

from niangjia.flow.api import ring
from niangjia.kit.dates import moved_to
from tests.chromium import CHROMIUM

AXE = settings.BASE / "tests" / "vendor" / "axe.min.js"
PICTURES = settings.BASE / "var" / "journeys"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHELL = [[".n-rail"], [".n-tabbar"], [".n-top"]]
EVERY = "EVERY_FACE" in os.environ  # each language at each width, for `make proof`; else each language once and each width once
FACES = [(1440, "zh-CN"), (360, "en-GB"), *([(360, "zh-CN"), (1440, "en-GB")] if EVERY else [])]


@pytest.fixture(scope="module")  # no longer: other tests start browsers of their own, and two loops do not live in one thread
def browser() -> Iterator[Any]:
    """Debian's Chromium. Its driver keeps a loop running in this thread, which Django takes for asynchronous code."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        made = play.chromium.launch(**CHROMIUM)
        yield made
        made.close()


@pytest.fixture
def enter(live_server: Any, browser: Any, transactional_db: None, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """`enter(user, width=360, language="en-GB")`: a page of the served house, where that person is signed in.

    A stranger is None; who came in by a client of tests goes on with its session. A journey that fails leaves pictures of its pages in var/journeys.
    """
    opened, said, failed = [], [], request.session.testsfailed

    def heard(line: Any) -> None:
        if line.type == "error" and "status of" not in line.text:  # a refusal is looked at by its page
            said.append(line.text)

    def go(user: Any, *, width: int = 1440, language: str = "zh-CN", script: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            base_url=live_server.url,
            accept_downloads=True,
            java_script_enabled=script,
        )
        client = user if isinstance(user, Client) else Client()
        if user is not None and client is not user:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if "sessionid" in client.cookies:
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        opened.append(page)
        return page

    yield go
    for n, page in enumerate(opened, start=1):
        if request.session.testsfailed > failed:
            page.screenshot(path=PICTURES / f"{request.node.name}-{n}.png", full_page=True)
        page.context.close()
    assert said == []


class Wall:
    """The clock on the wall: of the house that is served, and of the worker who rings."""

    def __init__(self) -> None:
        self.shift = timedelta(0)

    def set(self, moment: datetime) -> None:
        """It is that moment now, and goes on from there."""
        self.shift = moment - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def wait(self, **span: float) -> None:
        """So much time goes by, and the worker rings what has become due."""
        self.shift += timedelta(**span)
        with moved_to(self.now()):
            ring()


@pytest.fixture
def wall() -> Iterator[Wall]:
    """Every request is answered by this clock: threads of the server do not inherit the test's own."""
    made, here = Wall(), threading.local()

    def begins(**_facts: Any) -> None:
        here.moment: AbstractContextManager[None] = moved_to(made.now())
        here.moment.__enter__()

    def ends(**_facts: Any) -> None:
        here.moment.__exit__(None, None, None)

    request_started.connect(begins)
    request_finished.connect(ends)
    yield made
    request_started.disconnect(begins)
    request_finished.disconnect(ends)


def tongue(language: str) -> Callable[..., str]:
    """`say("Follow up")`: the words that stand on the page in the reader's language."""

    def say(text: str, context: str = "", **facts: Any) -> str:
        with translation.override("en" if language.startswith("en") else "zh-hans"):
            said = translation.pgettext(context, text) if context else translation.gettext(text)
            return said % facts if facts else said

    return say


def press(page: Any, words: str, *, within: str = "main") -> None:
    """Click the one button or link that says these words, and wait for the page that comes."""
    place = page.locator(within)
    place.get_by_role("button", name=words, exact=True).or_(place.get_by_role("link", name=words, exact=True)).first.click()
    page.wait_for_load_state()


def part(page: Any, title: str) -> Any:
    """The section of a page under that heading."""
    return page.locator("main section").filter(has=page.get_by_role("heading", name=title, exact=True, level=2))


def read(page: Any, within: str = "main") -> str:
    """What a person reads there."""
    return str(page.inner_text(within))


def faults(page: Any, *, shell: bool = True) -> list[Any]:
    """What the checker of accessibility finds that is serious or critical, and whether the page is wider than its screen.

    Without the shell, it does not look at the menus again, which are the same on each page of a person.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + ";0")
    look = "([rules, but]) => axe.run({exclude: but}, {runOnly: rules, resultTypes: ['violations'], preload: false})"
    found = page.evaluate(look, [RULES, [] if shell else SHELL])
    bad = [(one["id"], one["nodes"][0]["target"]) for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [*bad, *wide(page)]


def wide(page: Any) -> list[Any]:
    """Whether a page is wider than its screen, and by how many pixels; charts take the new width two frames after the page has."""
    frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    over = page.evaluate(f"{frames}.then(() => document.documentElement.scrollWidth - innerWidth)")
    return [("wide", over)] if over > 0 else []
