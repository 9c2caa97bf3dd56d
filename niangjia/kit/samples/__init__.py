"""Made-up facts for each part of our pages, in both languages: the gallery shows them, and the tests draw every part with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import pgettext

from niangjia.kit.samples import cases, pages
from niangjia.kit.samples.base import FRAME, INSIDE, Chapter, Shown

__all__ = ["FRAME", "INSIDE", "Chapter", "Shown", "chapters"]


def chapters() -> Iterator[Chapter]:
    """The parts in the order of the page."""
    yield Chapter(pgettext("gallery", "States and clocks"), list(pages.states()))
    yield Chapter(pgettext("gallery", "Beginning a page, and what may be done"), list(pages.heads()))
    yield Chapter(pgettext("gallery", "Lists"), list(pages.lists()))
    yield Chapter(pgettext("gallery", "A case"), list(cases.case()))
    yield Chapter(pgettext("gallery", "Forms"), list(cases.forms()))
    yield Chapter(pgettext("gallery", "Messages"), list(cases.messages()))
    yield Chapter(pgettext("gallery", "Numbers and charts"), list(cases.numbers()))
