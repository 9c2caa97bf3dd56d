"""When a union moves, the scope columns that are stored on rows move with it: here, and on every model that declares a scope."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.models import Model

from niangjia.kit.who import Scope
from niangjia.unions.models import Employer, Union


def rescope(top: Union) -> None:
    """Store anew where a union and all below it stand; then everything that stands at them. The whole in the caller's transaction."""
    old = top.path
    ids = list(Union.objects.filter(path__startswith=old).order_by("level", "path").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        # Paths first: a moved branch keeps its own order and hangs under the new parent.
        cursor.execute(
            "UPDATE unions_union u SET path = p.path || substr(u.path, %s) FROM unions_union p WHERE u.path LIKE %s AND p.id = %s",
            [len(old) - len(f"{top.pk}/") + 1, f"{old}%", top.parent_id],
        )
        # Then county and township: the ancestor-or-self at level 2 and 3, found in the path.
        for column, level in (("county_id", 2), ("township_id", 3)):
            cursor.execute(
                f"UPDATE unions_union u SET {column} = (SELECT a.id FROM unions_union a WHERE a.level = {level} AND "
                "a.id = ANY (string_to_array(trim(BOTH '/' FROM u.path), '/')::bigint[])) WHERE u.id = ANY (%s)",
                [ids],
            )
        for model in scoped():
            scope: Scope = model.scope  # type: ignore[attr-defined]
            union, county, township = (column_of(model, name) for name in (scope.union, scope.county, scope.township))
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" r SET "{county}" = u.county_id, "{township}" = u.township_id FROM unions_union u '
                f'WHERE u.id = r."{union}" AND u.id = ANY (%s)',
                [ids],
            )
        cursor.execute(
            "UPDATE flow_clock c SET county_id = u.county_id, township_id = u.township_id FROM unions_union u "
            "WHERE u.id = c.union_id AND u.id = ANY (%s) AND c.stopped_at IS NULL",
            [ids],
        )
    employers = Employer.objects.filter(township_id=top.pk) if top.level == 3 else Employer.objects.none()
    employers.update(county_id=Union.objects.values_list("county_id", flat=True).get(pk=top.pk))


def column_of(model: type[Model], name: str) -> str:
    """The column that a scope names: of a foreign key, or of a plain number on the floors below this one."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    return str(columns[name])


def scoped() -> list[type[Model]]:
    """The models whose rows store where they stand."""
    return [model for model in apps.get_models() if "scope" in vars(model) and model is not Union]
