"""Official papers: drawn up from a case, and the register of their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.chips import chips, kept
from niangjia.kit.errors import RuleBroken
from niangjia.kit.export import export_act, workbook
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, lists, opens, render
from niangjia.kit.who import permitted
from niangjia.kit.workbook import Col
from niangjia.rights import actions
from niangjia.rights.drawn import DRAWN, kinds, number_of
from niangjia.rights.enums import May
from niangjia.rights.forms.mediation import DrawForm, PaperFilter, ReasonForm
from niangjia.rights.models import Dispute, Paper, Session
from niangjia.rights.shown import mediation as shown
from niangjia.rights.views.disputes import crumbs_of

ORDER = ["-at", "-id"]
FILTERS = ("kind", "year", "state")


@require_http_methods(["GET", "POST"])
@opens(May.SEE_DISPUTE, do=May.MEDIATE, by="uuid")
def draw(request: Request, dispute: Dispute, sitting: UUID | None = None) -> HttpResponse:
    """Draw a paper up from the case: it gets the next number, and lies on the file as Word and as PDF."""
    facts: Session | None = get_object_or_404(dispute.sessions, uuid=sitting) if sitting else None
    form = DrawForm(request.POST or None, kinds=[(one.code, one.label) for one in kinds(dispute)])
    text = _("It gets the next number of its kind and year. Identity numbers and signatures are written by hand.")
    return drawing(request, dispute, form, lambda _said: facts, text=text, crumbs=crumbs_of(dispute))


def drawing(request: Request, thing: Any, form: Form, facts: Callable[[dict[str, Any]], Any], *, text: str, crumbs: Any) -> HttpResponse:
    """The page on which a paper of a case is drawn up; `facts`: what the form says beside its kind, as the paper takes it."""

    def act(said: dict[str, Any]) -> str:
        made = actions.draw(thing, said["kind"], by=request.user, facts=facts(said))
        return _("%(number)s is drawn up; it lies on the case as Word and as PDF.") % {
            "number": number_of(made.kind, made.year, made.number)
        }

    return filled(
        request, form, act, title=_("Draw up a paper"), button=_("Draw it up"), text=text, back=thing.get_absolute_url(), crumbs=crumbs
    )


def _asked(request: Request) -> tuple[PaperFilter, Any]:
    form = PaperFilter(request.GET, kinds=[(one.code, one.label) for one in DRAWN.values()])
    form.is_valid()
    said = form.cleaned_data
    rows = permitted(
        request.user,
        May.SEE_PAPER,
        Paper.objects.select_related("dispute", "event", "supervision", "redundancy", "aid", "union", "by", "void_by", "word", "pdf"),
    )
    if said.get("q"):
        found = (
            Q(dispute__reference__startswith=said["q"].upper())
            | Q(event__reference__startswith=said["q"].upper())
            | Q(supervision__reference__startswith=said["q"].upper())
            | Q(redundancy__reference__startswith=said["q"].upper())
            | Q(aid__reference__startswith=said["q"].upper())
        )
        rows = rows.filter(found | Q(number=int(said["q"])) if said["q"].isdecimal() and len(said["q"]) < len("1000000") else found)
    for name in ("kind", "year"):
        if said.get(name):
            rows = rows.filter(**{name: said[name]})
    if said.get("state"):
        rows = rows.filter(void_at__isnull=said["state"] == "live")
    return form, rows


@require_safe
@lists(May.SEE_PAPER)
def papers(request: Request) -> HttpResponse:
    """The register of numbers: which were given for what, and which are void."""
    form, rows = _asked(request)
    paged = page(request, rows, ORDER, text=_("Last drawn up first"))
    context = {
        "table": shown.register_table(paged.rows, permitted(request.user, May.VOID_PAPER).filter(pk__in=[one.pk for one in paged.rows])), "keyset": paged.keyset,
        "found": bool(paged.rows), "q": form.cleaned_data.get("q", ""), "acts": [export_act(request, "rights:papers_export")], "chips": chips(form, request, FILTERS), "narrowed": any(form.cleaned_data.get(name) for name in ("q", *FILTERS)), "keep": kept(request, FILTERS),
    }  # fmt: skip
    return render(request, "rights/papers.html", context, part="rows")


@require_safe
@lists(May.SEE_PAPER)
def export(request: Request) -> HttpResponse:
    """The register as a workbook."""
    form, rows = _asked(request)
    columns = [
        Col(_("Document number"), 24), Col(_("Sort of document"), 22), Col(_("Case"), 20), Col(_("Union"), 24), Col(_("Drawn up by"), 14), Col(_("Drawn up at"), 18), Col(_("Void at"), 18),
        Col(_("Why it is void"), 36, "wrap"),
    ]  # fmt: skip
    return workbook(request, "papers", "rights.paper", (_("Register of numbers"), columns, _lines(rows)), form=form)


def _lines(rows: Any) -> Iterator[list[Any]]:
    for one in rows.order_by(*ORDER).iterator(chunk_size=2000):
        label = str(DRAWN[one.kind].label) if one.kind in DRAWN else one.kind
        yield [
            number_of(one.kind, one.year, one.number), label, str(one.subject or ""), one.union.short_name, one.by.name, one.at, one.void_at, one.void_why,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens(May.SEE_PAPER, do=May.VOID_PAPER, by="uuid")
def void(request: Request, paper: Paper) -> HttpResponse:
    """Make a number void: it stays in the register."""
    back = reverse("rights:papers")
    form = ReasonForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        if paper.void_at is not None:
            raise RuleBroken(_("This number is void already."))
        actions.void_paper(paper, why=said["why"], by=request.user)
        return _("The number is void; it stays in the register.")

    title = _("Make %(number)s void") % {"number": number_of(paper.kind, paper.year, paper.number)}
    return filled(request, form, act, title=title, button=_("Make it void"), back=back, crumbs=[(_("Register of numbers"), back)])
