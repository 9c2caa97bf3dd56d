"""How the library that signs people in meets the house: accounts are given, nobody makes her own."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in, without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Accounts of staff come with an office; members' come with their membership."""
        return False
