"""How the library that signs people in meets the house: accounts are given, nobody makes her own."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from niangjia.kit.provider import provider


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in, without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Accounts of staff come with an office; members' come with their membership."""
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Whoever came through the provider is asked whether to sign out there too."""
        if request.session.get("provider-through") and provider() is not None:
            return reverse("provider:left")
        return str(super().get_logout_redirect_url(request))
