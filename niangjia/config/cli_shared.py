"""What the commands share: Django woken as one of the roles, and the answer in words or as JSON."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from niangjia.config import tongue
from niangjia.config.stop import Stop

__all__ = ["Stop", "django", "say"]


def say(args: argparse.Namespace, facts: Any, text: str) -> None:
    """Answer as JSON where asked, else in words."""
    print(json.dumps(facts, ensure_ascii=False, default=str) if getattr(args, "json", False) else text)


def django(role: str = "app", *, needs_city: bool = True, answers: bool = True) -> None:
    """Wake Django as one of the roles, with the database up and migrated; where it `answers` somebody, in the language of the caller.

    What runs for everybody (the worker, the migrations, the making of the city) stays in the language of the house: it writes.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    os.environ["NIANGJIA_ROLE"] = role
    from niangjia.config import house  # it reads the settings, which read the role

    house.up()
    import django as django_

    django_.setup()
    if answers:
        from django.utils import translation

        translation.activate(tongue.spoken)
    if needs_city:
        house.migrated_or_stop()
