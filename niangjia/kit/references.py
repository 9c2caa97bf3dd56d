"""The numbers that people quote: a head, the year, and a running count that starts anew each January."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model

from niangjia.kit.dates import today


def next_reference(model: type[Model], head: str) -> str:
    """The next number of a kind in this year; who asks holds it until her transaction ends, so none is given twice."""
    stem = f"{head}-{today().year}-"
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"references.{head}"])
    rows = model._default_manager.filter(reference__gte=stem, reference__lt=f"{stem}:")
    last: str | None = rows.order_by("-reference").values_list("reference", flat=True).first()
    return f"{stem}{int(last[len(stem) :]) + 1 if last else 1:06d}"
