"""Pages of those who decide: the union's code, what was sent under it, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.flow.api import running_of, steps_for
from niangjia.kit.answer import asking
from niangjia.kit.components import Act
from niangjia.kit.dates import today
from niangjia.kit.drawings import scanned
from niangjia.kit.export import export_act
from niangjia.kit.filled import filled
from niangjia.kit.keyset import page
from niangjia.kit.pages import go, lists, opens, render
from niangjia.kit.revealed import RevealForm
from niangjia.kit.who import which
from niangjia.members import actions, asked, forms, shown_asked
from niangjia.members.enums import May
from niangjia.members.models import Application
from niangjia.members.parameters import JOIN
from niangjia.members.views import me
from niangjia.unions.models import Union


@require_safe
@lists(May.SEE_APPLICATION)
def applications(request: HttpRequest) -> HttpResponse:
    """What was sent under the codes of one's unions: what waits, the last first; and what was decided."""
    view, text, under = (request.GET.get(name, "")[:60] for name in ("view", "q", "under"))
    paged = page(request, asked.applications(me(request), view, text, under), ["-made_at", "-id"], text=_("The newest first"))
    context = {
        "table": shown_asked.table(paged.rows), "keyset": paged.keyset, "views": shown_asked.views(view, under), "q": text, "chips": [], "found": bool(paged.rows),
        "keep": [(name, said) for name, said in (("view", view), ("under", under)) if said],
        "crumbs": [(_("Register of members"), reverse("members:list")), (_("Sent by code"), "")], "acts": [export_act(request, "exports:new", what="members.applications")],
    }  # fmt: skip
    return render(request, "members/asked.html", context, part="rows")


def _page(
    request: HttpRequest, one: Application, *, revealed: dict[str, str] | None = None, said: Form | None = None, status: int = 200
) -> HttpResponse:
    may = which(request.user, [May.ADMIT], one)
    reveals = May.ADMIT in may and one.erased_at is None
    known = asked.known_of(one)
    here = known.membership is not None and known.membership.union_id == one.union_id and not known.other_name
    context: dict[str, Any] = {
        "one": one, "state": shown_asked.state_of(one), "steps": [step for step in steps_for(one, request.user) if step.verb != ("admit" if here else "complete")], "move_url": reverse("members:application_step", args=[one.uuid]),
        "crumbs": [(_("Register of members"), reverse("members:list")), (_("Sent by code"), shown_asked.register_url(one.union)), (str(one), "")],
        "person": shown_asked.person(one, asked.told_of(one), revealed or {}, may_reveal=reveals), "work": shown_asked.work(one),
        "warnings": shown_asked.warnings(known, one), "entries": shown_asked.story(one), "clocks": running_of(one), "may_reveal": reveals,
        "what": {"id": _("identity number"), "phone": _("mobile")}, "asking": said or RevealForm(auto_id=False),
    }  # fmt: skip
    return render(request, "members/application.html", context, status=status)


@require_safe
@opens(May.SEE_APPLICATION, by="uuid")
def application(request: HttpRequest, one: Application) -> HttpResponse:
    """One application: who asks, what the register knows of her, what may be done."""
    return _page(request, one)


@require_POST
@opens(May.SEE_APPLICATION, do=May.ADMIT, by="uuid")
def reveal(request: HttpRequest, one: Application, what: str) -> HttpResponse:
    """Show one sealed value on this one page; who looked and why was written down first."""
    if what not in ("id", "phone"):
        raise Http404
    form = RevealForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, one, said=form, status=422)
    value = actions.disclose_application(one, what, why=form.cleaned_data["why"], by=me(request))
    return _page(request, one, revealed={what: value})


@require_POST
@opens(May.SEE_APPLICATION, by="uuid")
def step(request: HttpRequest, one: Application) -> HttpResponse:
    """Refuse it, with a reason that the applicant reads; or enter what a member of this union wrote of herself."""
    if request.POST.get("verb") == "complete":
        actions.complete(one, by=me(request))
        messages.success(request, _("Entered in the register as she wrote it."))
        return go(request, one.get_absolute_url())
    if request.POST.get("verb") != "refuse":
        raise Http404
    actions.refuse(one, reason=request.POST.get("reason", ""), by=me(request))
    messages.success(request, _("Refused; your reason stands on the page under which the application is followed."))
    return go(request, one.get_absolute_url())


@require_http_methods(["GET", "POST"])
@opens(May.SEE_APPLICATION, do=May.ADMIT, by="uuid")
def admission(request: HttpRequest, one: Application) -> HttpResponse:
    """The committee takes her in: she is entered in the register."""

    def act(facts: dict[str, Any]) -> tuple[str, str]:
        done = actions.admit(one, on=facts["on"], by=me(request))
        url = done.membership.get_absolute_url() if done.membership else done.get_absolute_url()
        return _("%(name)s is a member and counts from %(day)s.") % {"name": one.name, "day": facts["on"]}, url

    crumbs = [
        (_("Register of members"), reverse("members:list")),
        (_("Sent by code"), shown_asked.register_url(one.union)),
        (str(one), one.get_absolute_url()),
    ]
    text = _(
        "She is entered with what she wrote. A person is known by her identity number: whoever has been a member before is the same person."
    )
    return filled(
        request,
        forms.ApprovalForm(request.POST or None),
        act,
        title=_("Admit"),
        button=_("Admit"),
        text=text,
        back=one.get_absolute_url(),
        crumbs=crumbs,
    )


@require_safe
@opens(May.APPLY, by="code")
def code(request: HttpRequest, union: Union) -> HttpResponse:
    """The code of a union as a sheet for the wall: printed as it stands."""
    held = asked.code_of(union)
    url = request.build_absolute_uri(held.get_absolute_url()) if held else ""
    again = [
        Act(_("Draw a new code"), post=True, name="verb", value="renew"),
        Act(_("Take it down"), post=True, name="verb", value="close"),
    ]
    context = {
        "union": union, "code": held, "link": url, "picture": scanned(url, _("Code that opens the application to %(union)s") % {"union": union.name}) if held else "",
        "crumbs": [(union.short_name, union.get_absolute_url()), (_("Code for joining"), "")], "past": shown_asked.past_codes(asked.codes_of(union)),
        "told": shown_asked.sheet_steps(asking(union, today())(JOIN).count), "applications": shown_asked.register_url(union),
        "acts": [] if not actions.joined_in(union) else again if held else [Act(_("Draw a code"), post=True, name="verb", value="renew", primary=True)],
        "action": reverse("members:code_step", args=[union.code]),
    }  # fmt: skip
    return render(request, "members/code.html", context)


@require_POST
@opens(May.APPLY, by="code")
def code_step(request: HttpRequest, union: Union) -> HttpResponse:
    """Draw a code, or take it down; the one before stops at once."""
    if request.POST.get("verb") == "close":
        actions.close_code(union, by=me(request))
        messages.success(request, _("Taken down. Whoever scans it is told to ask the union."))
    else:
        actions.open_code(union, by=me(request))
        messages.success(request, _("Drawn. Print the sheet, or send the link; an older code no longer opens anything."))
    return go(request, reverse("members:code", args=[union.code]))
