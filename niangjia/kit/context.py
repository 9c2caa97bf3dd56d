"""What every full page knows: the menu, who reads, in which language, and when; found only if a template asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject, cached_property

from niangjia.kit import nav
from niangjia.kit.dates import CHINA, now
from niangjia.kit.pages import of_the_office
from niangjia.kit.provider import provider

LANGUAGES = {"zh-hans": ("zh-Hans", "en", "EN"), "en": ("en", "zh-hans", "中文")}  # html's name, the other language, its label


@dataclass
class Look:
    """The facts of the frame around a page."""

    request: HttpRequest

    @property
    def lang(self) -> str:
        """The language of the page, as html calls it."""
        return self._language[0]

    @property
    def other(self) -> str:
        """The code of the other language."""
        return self._language[1]

    @property
    def other_label(self) -> str:
        """How the other language calls itself."""
        return self._language[2]

    @property
    def _language(self) -> tuple[str, str, str]:
        return LANGUAGES["en" if (translation.get_language() or "").startswith("en") else "zh-hans"]

    @property
    def path(self) -> str:
        """The page to come back to after the language changed; a page that was posted has no address of its own."""
        return self.request.get_full_path() if self.request.method == "GET" else "/"

    @property
    def back(self) -> str:
        """The page of ours that a form was sent from; empty if it is not known."""
        came = urlsplit(self.request.headers.get("referer", ""))
        ours = came.netloc == self.request.get_host() and (self.request.method == "POST" or came.path != self.request.path)
        return urlunsplit(("", "", came.path, came.query, "")) if ours else ""

    @property
    def provider(self) -> str:
        """The name of the provider through which staff may sign in too; empty if there is none."""
        one = provider()
        return one.name if one else ""

    @property
    def only_reads(self) -> bool:
        """Whether a page was asked for and no form was sent."""
        return self.request.method in ("GET", "HEAD")

    @property
    def printed(self) -> str:
        """The moment for the head of a printed page."""
        return f"{now().astimezone(CHINA):%Y-%m-%d %H:%M}"

    @cached_property
    def reader(self) -> str:
        """The name of whoever is signed in."""
        user = getattr(self.request, "user", None)
        return "" if user is None or not user.is_authenticated else str(getattr(user, "name", "") or user.get_username())

    @property
    def frame(self) -> str:
        """The face that an error page wears: the office's for who is signed in to it, else the public one."""
        return "base.html" if self.reader and of_the_office(self.request.user) else "public.html"

    @property
    def federation(self) -> str:
        """The name over the public pages and the door."""
        return str(getattr(settings, "FEDERATION", ""))

    @property
    def demo(self) -> bool:
        """Whether everybody and everything in here is made up."""
        return bool(getattr(settings, "DEMO", False))


def look(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `nav` and `look`."""
    return {"nav": SimpleLazyObject(lambda: nav.menu(request)), "look": Look(request)}
