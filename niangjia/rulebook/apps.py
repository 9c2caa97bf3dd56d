"""What is set where, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "niangjia.rulebook"
    verbose_name = _("Parameters")

    def ready(self) -> None:
        """Tell the floors below where the rows are kept."""
        from niangjia.kit.answer import set_book
        from niangjia.rulebook.queries import kept

        set_book(kept)
