"""The menu: each app says in its nav.py what it adds; the rail shows a person what her duties open, and nothing else.

>>> # niangjia/rights/nav.py
>>> # item("rights", _("Disputes"), "rights:disputes", icon="gavel", duties=("rights", "chair"), count="disputes")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import checks
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.badges import Count, badge, counted

Label = Any  # a string, or one translated when it is shown

GROUPS: dict[str, Label] = {  # in the order of the rail; the first has no heading
    "mine": _("My work"),
    "unions": pgettext_lazy("menu", "Organisation"),
    "members": pgettext_lazy("menu", "Members"),
    "rights": _("Rights and consultation"),
    "figures": _("Figures and reviews"),
    "system": _("System"),
}


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    group: str
    title: Label
    url_name: str
    icon: str = ""
    duties: tuple[str, ...] = ()  # whoever holds one of them sees it; empty: everybody signed in
    within: int = 99  # and only down to this level of unions: 1 city, 2 county, 3 township
    count: str = ""  # the name of its counter
    tab: Label = ""  # a short title, if it also stands in the bar at the foot of a phone
    order: int = 50
    url: str = ""
    here: bool = False
    number: Count | None = None


@dataclass(frozen=True)
class Group:
    """A heading of the rail with its lines; open where the reader is."""

    code: str
    title: Label
    items: tuple[Item, ...]
    open: bool


@dataclass(frozen=True)
class Place:
    """Where a person sits: it heads the rail and every printed page."""

    union: str = ""
    post: str = ""


@dataclass(frozen=True)
class Menu:
    """The rail as one person sees it on one page."""

    place: Place
    mine: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    tabs: tuple[Item, ...] = ()
    unread: int = 0
    bell: str = ""  # where the bell leads

    @property
    def few(self) -> bool:
        """Whether the whole menu fits on a screen, so that nothing need be folded."""
        return len(self.mine) + sum(len(group.items) for group in self.groups) <= 14


Seats = Callable[[Any], Iterable[Any]]

ITEMS: list[Item] = []
_registry: dict[str, Any] = {"seats": lambda user: getattr(user, "seats", ()), "place": None}


def item(
    group: str,
    title: Label,
    url_name: str,
    icon: str = "",
    duties: Sequence[str] = (),
    *,
    within: int = 99,
    count: str = "",
    tab: Label = "",
    order: int = 50,
) -> None:
    """Add a line to the menu."""
    if group not in GROUPS:
        raise ValueError(f"{group} is no group of the menu: {', '.join(GROUPS)}")
    ITEMS.append(Item(group, title, url_name, icon, tuple(duties), within, count, tab, order))


def set_seats(find: Seats) -> None:
    """Tell the menu how a person's seats are found: objects with a `duty`, and if they have them a `union` and a `post`."""
    _registry["seats"] = find


def set_place(find: Callable[[Any], Place]) -> None:
    """Tell the menu where a person sits, if that is not her first seat."""
    _registry["place"] = find


def seats(user: Any) -> list[Any]:
    """The offices that a person holds today."""
    return list(_registry["seats"](user))


def place(user: Any, held: Sequence[Any]) -> Place:
    """The union and post over the rail."""
    if _registry["place"] is not None:
        found: Place = _registry["place"](user)
        return found
    if not held:
        return Place()
    union = getattr(held[0], "union", "")
    return Place(str(getattr(union, "short_name", "") or union), str(getattr(held[0], "post", "") or ""))


def link(url_name: str) -> str:
    """Where a name leads; empty while the page has no route."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def address(one: Item) -> str:
    """Where a line of the menu leads."""
    return link(one.url_name)


def menu(request: HttpRequest) -> Menu:
    """The rail of one person on one page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Menu(Place())
    held = seats(user)
    shown = [replace(one, url=address(one)) for one in ITEMS if not one.duties or any(reaches(seat, one) for seat in held)]
    shown = sorted((one for one in shown if one.url), key=lambda one: one.order)
    around = max((one.url for one in shown if _leads_to(one.url, request.path)), key=len, default="")
    shown = [replace(one, here=one.url == around, number=(counted if one.url == around else badge)(one.count, request)) for one in shown]
    parts = {code: tuple(one for one in shown if one.group == code) for code in GROUPS}
    unread = badge("unread", request)
    return Menu(
        place(user, held),
        parts["mine"],
        tuple(
            Group(code, GROUPS[code], lines, any(one.here for one in lines)) for code, lines in parts.items() if lines and code != "mine"
        ),
        tuple(one for one in shown if one.tab)[:4],
        unread.total if unread else 0,
        link("notices:inbox"),
    )


def reaches(seat: Any, one: Item) -> bool:
    """Whether an office opens a line of the menu."""
    return seat.duty in one.duties and getattr(seat, "level", 1) <= one.within


def _leads_to(url: str, path: str) -> bool:
    """Whether a page stands at an address or below it; the front door has nothing below it."""
    return path == url or (url != "/" and path.startswith(url))


@checks.register("niangjia")
def every_line_leads_somewhere(**_: Any) -> list[checks.CheckMessage]:
    """A line whose page has no route is hidden from people, so the check tells the developer."""
    return [
        checks.Warning(f"the menu's line {one.url_name} leads nowhere", id="niangjia.W001", obj=one.url_name)
        for one in ITEMS
        if not address(one)
    ]
