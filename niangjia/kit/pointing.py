"""What stands on the rows of a model anywhere in the house, whatever floor is built above: asked before rows are taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import Model


def pointing(model: type[Model], *but: type[Model], along: bool = False) -> list[tuple[type[Model], Any]]:
    """The models, with their fields, that point at rows of a model: what stands on them, or else what was only noted of them and goes
    along (`goes_along` on its model).
    """
    return [
        (relation.related_model, relation.field)
        for relation in model._meta.related_objects
        if not isinstance(relation.related_model, str) and relation.related_model not in but and hasattr(relation.field, "column")
        and getattr(relation.related_model, "goes_along", False) == along
    ]  # fmt: skip
