"""Nothing is linked that its reader may not open: everybody walks from page to page by what stands there, and no link of them answers 403 or 404."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.journeys.everything import House

pytestmark = pytest.mark.django_db(transaction=True)

ASIDE = ("/account/", "/access/demo/", "/language/", "/static/")  # doors, and what is no page
EACH = 2  # things of a sort that one person opens
PEOPLE = ("leader", "city_rights", "city_office", "north_org", "hill_chair", "firm_chair", "member")  # of each rank and of several offices
MOST = 90  # links that one person follows
HREF = re.compile(r"""<a\b[^>]*?\bhref="([^"]+)\"""")
NAMES = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"), "<uuid>"), (re.compile(r"(?<=/)\d[\w-]*(?=/)"), "<number>"),
    (re.compile(r"(?<=/unions/)[^/<]+(?=/$)"), "<code>"), (re.compile(r"(?<=/figures/)[^/<]+"), "<figure>"),
    (re.compile(r"(?<=^/settings/)[a-z_]+\.[^/<]+"), "<parameter>"), (re.compile(r"(?<=/manual/)[^/<]+"), "<page>"),
)  # fmt: skip


def sort_of(url: str) -> str:
    """An address without what tells one thing from another."""
    path = urlsplit(url).path
    for name, instead in NAMES:
        path = name.sub(instead, path)
    return path


def links(client, start: str) -> tuple[int, list[tuple[int, str, str]]]:
    """How many links a person follows from a page on, and which of them do not open to her, with the page where each stands."""
    seen, known, shut, followed = Counter(), set(), [], 0
    todo = deque([(start, "")])
    while todo and followed < MOST:
        url, there = todo.popleft()
        if url in known or seen[sort_of(url)] >= EACH:
            continue
        known.add(url)
        seen[sort_of(url)] += 1
        followed += 1
        answer = client.get(url, follow=True)
        if answer.status_code >= 400:
            shut.append((answer.status_code, url, there))
        whole = not answer.streaming and "text/html" in answer.get("Content-Type", "")
        found = HREF.findall(answer.content.decode()) if whole else []
        answer.close()
        at = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", []) else url
        for one in found:
            to = urldefrag(urljoin(at, unescape(one)))[0]
            if to.startswith("/") and not to.startswith(ASIDE):
                todo.append((to, url))
    return followed, shut


def test_nobody_is_shown_a_link_that_does_not_open_to_her(town, tmp_path):
    house = House(town, tmp_path)
    wrong, all_ = [], 0
    for name in PEOPLE:
        followed, shut = links(house.clients[name], "/")
        wrong += [(name, *one) for one in shut]
        all_ += followed
    assert not wrong, "\n".join(map(str, wrong))
    assert all_ > 300
