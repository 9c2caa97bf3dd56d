"""Pages of certificates: the register, and what is done about one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kit.components import View
from niangjia.kit.export import export_act, workbook
from niangjia.kit.keyset import page
from niangjia.kit.pages import Request, lists, opens, render
from niangjia.unions import certificates
from niangjia.unions import shown_certificates as shown
from niangjia.unions.actions import certificates as actions
from niangjia.unions.enums import May
from niangjia.unions.forms import certificates as certificate_forms
from niangjia.unions.models import Union
from niangjia.unions.views import filled

ORDER = ["name_py", "id"]


def _asked(request: Request) -> tuple[Any, tuple[str, str, str]]:
    form = certificate_forms.CertificatesFilter(request.GET)
    form.is_valid()
    view, text, under = (form.cleaned_data.get(name, "") for name in ("view", "q", "under"))
    return form, (view, text, under)


@require_safe
@lists(May.VIEW)
def listed(request: Request) -> HttpResponse:
    """The register of certificates."""
    _form, (view, text, under) = _asked(request)
    paged = page(request, certificates.listed(request.user, view, text, under), ORDER, text=_("By name"))
    context = {
        "table": shown.table(paged.rows), "keyset": paged.keyset, "found": bool(paged.rows), "q": text, "chips": [], "keep": [(name, value) for name, value in (("view", view), ("under", under)) if value],
        "views": [View(label, f"?view={code}" if code else "?", here=view == code) for code, label in shown.views()], "acts": [export_act(request, "unions:certificates_export")],
    }  # fmt: skip
    return render(request, "unions/certificates.html", context, part="rows")


@require_safe
@lists(May.VIEW)
def export(request: Request) -> HttpResponse:
    """The register as a workbook; unions are no personal data."""
    form, ask = _asked(request)
    return workbook(
        request, "certificates", "unions.union", shown.sheet(certificates.listed(request.user, *ask).order_by(*ORDER)), form=form
    )


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.CERTIFY, by="code")
def issue(request: Request, union: Union) -> HttpResponse:
    """A certificate is issued in the place of another."""

    def act(said: dict[str, Any]) -> str:
        paper = said.pop("paper")
        actions.issue(union, **said, paper=paper, name=paper.name if paper else "", by=request.user)
        return _("Recorded. The certificate is valid until %(day)s.") % {"day": said["until"]}

    first = {"until": union.term_end, "certificate_no": union.certificate_no}
    form = certificate_forms.IssueForm(request.POST or None, request.FILES or None, initial=first)
    text = _("In the place of the one that is recorded. It ends with the term of the committee; no fee is charged.")
    return filled(request, union, form, act, title=_("Issue a certificate"), button=_("Record it"), text=text)


@require_http_methods(["GET", "POST"])
@opens(May.VIEW, do=May.CERTIFY, by="code")
def cancel(request: Request, union: Union) -> HttpResponse:
    """The legal person is cancelled; the union goes on."""

    def act(said: dict[str, Any]) -> str:
        paper = said.pop("paper")
        actions.cancel(union, **said, paper=paper, name=paper.name if paper else "", by=request.user)
        return _("Recorded. The union goes on, and is no legal person.")

    form = certificate_forms.CancelForm(request.POST or None, request.FILES or None)
    text = _("The union itself goes on. Where it ends, that is done on its page, and its legal person is cancelled with the settlement.")
    return filled(request, union, form, act, title=_("Cancel the legal person"), button=_("Cancel it"), text=text)
