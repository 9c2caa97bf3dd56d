"""What stands on the rows of a model anywhere in the house, whatever floor is built above: asked before rows are taken back or moved."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model


def pointing(model: type[Model], *but: type[Model], along: bool = False) -> list[tuple[type[Model], Any]]:
    """The models, with their fields, that point at rows of a model: what stands on them, or else what was only noted of them and goes
    along (`goes_along` on its model). Also those that have no way back (`related_name="+"`), and the tables between many and many.
    """
    return [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and isinstance(relation.field, ForeignKey) and getattr(relation.field, "db_constraint", True)
        and relation.related_model not in but and getattr(relation.related_model, "goes_along", False) == along
    ]  # fmt: skip
