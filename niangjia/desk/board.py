"""The board of a union that leads others: those below it side by side, what is late for longest, and what the week brought."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.desk import boarded, queries
from niangjia.desk import shown_board as shown
from niangjia.kit.components import Act, moment_words
from niangjia.kit.dates import now
from niangjia.kit.errors import Refused
from niangjia.kit.export import export_act, workbook
from niangjia.kit.pages import Request, lists, render
from niangjia.kit.who import permitted
from niangjia.quality.enums import May
from niangjia.unions.models import Union

ORDERS = ("late", "rate", "stale", "members", "quarter")
LOWEST = 3  # a township: below it stand the unions


@dataclass(frozen=True)
class Asked:
    """What the address asks for: whose board, in which order, and which is the reader's own."""

    union: Union
    mine: Union
    by: str


def asked(request: Request) -> Asked:
    """The reader's own board, unless that of a union below is asked for; 404 where she may not look, 403 where she leads none."""
    mine = permitted(request.user, May.SEE).order_by("level", "pk").first()
    if mine is None or mine.level > LOWEST:
        raise Refused(_("This page is for offices of townships, counties and the city. Your own register has its own page."))
    code, by = request.GET.get("under", "")[:20], request.GET.get("by", "")
    union = permitted(request.user, May.SEE).filter(code=code, level__lte=LOWEST).first() if code else mine
    if union is None:
        raise Http404
    return Asked(union, mine, by if by in ORDERS else ORDERS[0])


@require_safe
@lists(May.SEE_GAPS)
def board(request: Request) -> HttpResponse:
    """The unions one level below, side by side."""
    said = asked(request)
    found = boarded.board(said.union)
    late = boarded.longest_late(found.place)
    opens = queries.opened_by(request.user, late)
    context = {
        "title": shown.title(said.union), "text": shown.sentence(found), "views": shown.views(said.union, said.by, said.mine), "crumbs": _crumbs(request, said),
        "table": shown.table(found, boarded.ordered(found, said.by), said.by, said.mine), "found": bool(found.lines), "note": shown.note(found), "cut": found.cut,
        "acts": [Act(_("Quality of the register"), f"{reverse('quality:overview')}?under={said.union.code}"), export_act(request, "desk:board-export")],
        "late": shown.late_table(late, opens, lambda clock: queries.urging_seat(clock, request.user)) if late.rows else None,
        "late_total": found.whole.late, "late_more": f"{reverse('desk:late')}?view=own", "news": shown.entries(boarded.news_of(found.place)),
        "at": moment_words(now()), "back": request.get_full_path(),
    }  # fmt: skip
    return render(request, "desk/board.html", context)


@require_safe
@lists(May.SEE_GAPS)
def export(request: Request) -> HttpResponse:
    """What the board shows, as a workbook."""
    said = asked(request)
    found = boarded.board(said.union)
    return workbook(request, "board", "desk.board", shown.sheet(found, boarded.ordered(found, said.by)))


def _crumbs(request: Request, said: Asked) -> list[tuple[str, str]]:
    """The way down from the reader's own board."""
    those = [int(pk) for pk in said.union.path.strip("/").split("/")]
    way = permitted(request.user, May.SEE).filter(pk__in=those).order_by("level", "pk")
    return [(one.short_name, shown.board_url(one) if one.pk != said.union.pk else "") for one in way]
