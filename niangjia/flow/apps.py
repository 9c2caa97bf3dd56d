"""Flow, as a Django app: when all apps are there, it finds their flows, their clocks and their reactions."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _


class FlowConfig(AppConfig):
    name = "niangjia.flow"

    def ready(self) -> None:
        """Find the declarations, and let the watchman ask whether clocks still ring."""
        from niangjia.flow.queries import beat, edition, overdue
        from niangjia.kit.dates import now
        from niangjia.kit.health import check
        from niangjia.kit.memory import set_mark

        set_mark(edition)
        autodiscover_modules("parameters", "flow", "deadlines", "reactions")

        def alarm() -> tuple[bool, str]:
            last, stuck = beat("ring"), overdue(now() - timedelta(minutes=10))
            said = str(last or _("never")) + (_("; %(n)d clocks could not ring or warn") % {"n": stuck} if stuck else "")
            return last is not None and now() - last < timedelta(minutes=5) and not stuck, said

        check("clocks", alarm)
