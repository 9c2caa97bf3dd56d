"""Members, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "niangjia.members"

    def ready(self) -> None:
        """Members stand at the demo's door too."""
        from niangjia.kit.demo import add_groups
        from niangjia.members.queries import demo_groups

        add_groups(demo_groups)
