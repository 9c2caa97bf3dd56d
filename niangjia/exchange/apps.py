"""Exchange with other systems, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "niangjia.exchange"

    def ready(self) -> None:
        """Tell the floors below where a system stands, and whose key it is that comes with a call."""
        from niangjia.access.models import User
        from niangjia.exchange.keys import caller, seats, uses
        from niangjia.kit.machines import set_keys
        from niangjia.kit.who import set_guests

        set_guests(User.Kind.CLIENT.value, seats, uses)
        set_keys(caller)
