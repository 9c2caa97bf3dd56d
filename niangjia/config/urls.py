"""Every address of the house, and nothing else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from niangjia.access.views import healthz
from niangjia.config.api import urls as machines
from niangjia.kit.gallery import gallery, phone
from niangjia.kit.pages import public


@public
def absent(_request: HttpRequest) -> HttpResponse:
    """Ways of the sign-in library that this house does not have: codes and links by e-mail."""
    raise Http404


handler500 = "niangjia.kit.middleware.broken"

urlpatterns = [
    path("", include("niangjia.desk.urls")),
    path("access/", include("niangjia.access.urls")),
    re_path(r"^account/(?:confirm-email|email|login/code|password/reset/key)/", absent),
    path("account/", RedirectView.as_view(pattern_name="desk:account")),  # the library would lead to e-mail, which is closed
    path("account/provider/", include("niangjia.access.provider_urls")),
    path("account/", include("allauth.urls")),
    path("unions/", include("niangjia.unions.urls")),
    path("settings/", include("niangjia.rulebook.urls")),
    path("members/", include("niangjia.members.urls")),
    path("me/requests/", include("niangjia.members.own_urls")),
    path("me/rights/", include("niangjia.rights.own_urls")),
    path("sign-in/", include("niangjia.members.door_urls")),
    path("join/", include("niangjia.members.join_urls")),
    path("board/", include("niangjia.gazette.board_urls")),
    path("notices/", include("niangjia.gazette.urls")),
    path("quality/", include("niangjia.quality.urls")),
    path("rights/", include("niangjia.rights.urls")),
    path("reconcile/", include("niangjia.reconcile.urls")),
    path("exchange/", include("niangjia.exchange.urls")),
    path("exports/", include("niangjia.exports.urls")),
    path("files/", include("niangjia.files.urls")),
    path("messages/", include("niangjia.notices.urls")),
    path("returns/", include("niangjia.returns.urls")),
    path("asked/", include("niangjia.asked.urls")),
    path("", include("niangjia.worklog.urls")),
    path("", include("niangjia.reports.urls")),
    path("api/", machines),
    path("language/", public(set_language), name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("ui/", gallery, name="gallery"),  # these two answer in demo mode only
    path("ui/phone/", phone, name="phone"),
]
