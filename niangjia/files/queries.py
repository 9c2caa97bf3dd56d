"""Reading papers and the bytes behind them."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import Model, QuerySet

from niangjia.files.models import Paper


def place(digest: str) -> Path:
    """Where bytes lie: named by what they are, in folders of their first letters."""
    return Path(settings.FILES) / digest[:2] / digest[2:]


def open_(digest: str) -> BinaryIO:
    """The bytes of a document; FileNotFoundError if the folder was restored without them."""
    return place(digest).open("rb")


def size_of(digest: str) -> int:
    """How many bytes a document has; FileNotFoundError as above."""
    return place(digest).stat().st_size


def papers(thing: Model) -> QuerySet[Paper]:
    """The papers that lie on a thing now, the oldest first."""
    return (
        Paper.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk, gone_at=None)
        .select_related("document", "by")
        .order_by("at", "pk")
    )


def taken_off(thing: Model) -> QuerySet[Paper]:
    """The papers that lay on a thing once."""
    return (
        Paper.objects.filter(kind=thing._meta.label_lower, thing_id=thing.pk, gone_at__isnull=False)
        .select_related("by", "gone_by")
        .order_by("gone_at")
    )
