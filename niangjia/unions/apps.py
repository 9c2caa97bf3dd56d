"""Unions, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnionsConfig(AppConfig):
    name = "niangjia.unions"
    verbose_name = _("Unions")

    def ready(self) -> None:
        """Tell the floors below how offices are found."""
        from niangjia.kit.demo import add_groups
        from niangjia.kit.who import set_carrier, set_posts, set_seats
        from niangjia.unions.queries import carried_on, carried_on_each, demo_groups, holding, posts_of, seats_of

        set_seats(seats_of)
        set_posts(posts_of, holding)
        set_carrier(carried_on, carried_on_each)
        add_groups(demo_groups)
