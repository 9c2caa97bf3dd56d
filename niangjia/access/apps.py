"""People who sign in, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.utils.translation import gettext as _


class AccessConfig(AppConfig):
    name = "niangjia.access"

    def ready(self) -> None:
        """Sign-ins are noted; Django tells of them by signals, and there is no other way to hear it."""
        from niangjia.access import actions
        from niangjia.access.queries import proof
        from niangjia.kit.health import check

        user_logged_in.connect(actions.signed_in)
        user_login_failed.connect(actions.refused)

        def whole() -> tuple[bool, str]:
            last = proof()
            if last is not None and last.broken:
                return False, _("line %(n)d does not follow") % {"n": last.broken}
            return True, _("followed to line %(n)d") % {"n": last.upto} if last else _("not walked yet")

        check("log", whole)
