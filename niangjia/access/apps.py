"""People who sign in, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed


class AccessConfig(AppConfig):
    name = "niangjia.access"

    def ready(self) -> None:
        """Sign-ins are noted; Django tells of them by signals, and there is no other way to hear it."""
        from niangjia.access import actions

        user_logged_in.connect(actions.signed_in)
        user_login_failed.connect(actions.refused)
