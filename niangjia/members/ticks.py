"""Lists in which rows are ticked, and something is done to all of those at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from niangjia.kit.components import Act


@dataclass(frozen=True)
class Ticks:
    """What a list that is ticked needs below it: where it is sent, what is filled in, and the buttons."""

    url: str
    acts: Sequence[Act]
    form: Form | Sequence[Any] = ()
    note: str = ""
    here: str = ""  # how the list was asked for, so that whoever sends it stays on her page


def tick(name: Any, uuid: UUID, url: str) -> SafeString:
    """The box of a row before its name; the name leads to its page."""
    return format_html(
        '<label class="n-pick"><input class="form-check-input" type="checkbox" name="one" value="{}" aria-label="{}"></label> <a href="{}">{}</a>',
        uuid, _("Tick %(name)s") % {"name": name}, url, name,
    )  # fmt: skip


def ticked(said: QueryDict) -> list[UUID]:
    """The rows that were ticked; what is no row of ours is passed over."""
    found = []
    for word in said.getlist("one")[:200]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


def back(url: str, said: Mapping[str, str]) -> str:
    """The list as it was asked for."""
    here = QueryDict(said.get("here", "")[:500])
    return f"{url}?{here.urlencode()}" if here else url


def here(request: HttpRequest) -> str:
    """How the list was asked for."""
    return request.GET.urlencode()
