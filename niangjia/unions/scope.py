"""When unions move, the scope columns that are stored on rows move with them: here, and on every model that declares a scope.

Everything is one statement a table: a township with a hundred unions and ten thousand members moves in as many statements as one firm.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.db import connection
from django.db.models import F, Model, Q

from niangjia.flow.models import Clock
from niangjia.kit.clock import DEADLINES, Deadline
from niangjia.kit.who import Scope, carried_on
from niangjia.unions.enums import State
from niangjia.unions.models import Election, Employer, Split, Union
from niangjia.unions.models.elections import DONE
from niangjia.unions.models.splitting import OVER

WALK = """WITH RECURSIVE walk (id, path) AS (
    SELECT u.id, coalesce(p.path, '/') || u.id || '/' FROM unions_union u LEFT JOIN unions_union p ON p.id = u.parent_id WHERE u.id = %s
    UNION ALL SELECT c.id, w.path || c.id || '/' FROM walk w JOIN unions_union c ON c.parent_id = w.id)
UPDATE unions_union u SET path = w.path FROM walk w WHERE u.id = w.id AND u.path <> w.path RETURNING u.id"""
WAY = "string_to_array(trim(BOTH '/' FROM {0}.path), '/')::bigint[]"
# Counties and townships keep their level; below them each grassroots union, and each that was merged into the one above it, is a step.
STEPS = f"""UPDATE unions_union u SET level = 3 + (SELECT count(*) FROM unions_union a WHERE a.id = ANY ({WAY.format("u")})
    AND (a.kind >= '20' OR a.successor_id = a.parent_id)) WHERE u.id = ANY (%s) AND (u.kind >= '20' OR u.successor_id = u.parent_id)"""
LEADER = (
    f"""(SELECT a.id FROM unions_union a WHERE a.level = {{0}} AND a.id = ANY ({WAY.format("u")}) ORDER BY length(a.path) DESC LIMIT 1)"""
)
LED = f"""UPDATE unions_union u SET county_id = {LEADER.format(2)}, township_id = {LEADER.format(3)} WHERE u.id = ANY (%s)"""
ALIVE = f"""(SELECT a.id FROM unions_union a WHERE a.id = ANY ({WAY.format("d")}) AND a.state <> 'ABOLISHED' ORDER BY length(a.path) DESC LIMIT 1)"""


def rescope(top: Union) -> list[int]:
    """Store anew where a union and all below it stand, and then everything that stands at them. Answers which unions stand elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(WALK, [top.pk])
        moved = [pk for (pk,) in cursor.fetchall()]
        if moved:
            cursor.execute(STEPS, [moved])
            cursor.execute(LED, [moved])
    rescope_rows(moved)
    elections_follow(moved)
    return moved


def elections_follow(unions: Sequence[int]) -> None:
    """An election that runs, and a split, are decided by the union that stands above now."""
    for one in Election.objects.filter(union__in=unions).exclude(state__in=DONE).exclude(above=F("union__parent")).select_related("union"):
        Election.objects.filter(pk=one.pk).update(above=one.union.parent_id)
    for split in Split.objects.filter(union__in=unions).exclude(state__in=OVER).exclude(above=F("union__parent")).select_related("union"):
        Split.objects.filter(pk=split.pk).update(above=split.union.parent_id)


def rescope_rows(unions: Sequence[int] | None = None) -> None:
    """Give the rows that stand at some unions, or at all, the places that their unions have; what is right already is not written."""
    some = "" if unions is None else "AND u.id = ANY (%s) "
    with connection.cursor() as cursor:
        for model in scoped():
            union, county, township = placed(model)
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" r SET "{county}" = u.county_id, "{township}" = u.township_id FROM unions_union u '
                f'WHERE u.id = r."{union}" {some}AND (r."{county}", r."{township}") IS DISTINCT FROM (u.county_id, u.township_id)',
                [] if unions is None else [list(unions)],
            )


def rehang(unions: Sequence[int]) -> None:
    """Hang running clocks anew where their things stand, and on the desk of whoever goes on with the work of a union that has ended."""
    for kind, those in DEADLINES.items():
        model = apps.get_model(kind)
        union, county, township = placed(model)
        for one in those:
            if one.level and not stored(model, one.level):
                rehang_reckoned(model, one, unions)
                continue
            desk = column_of(model, f"{one.level}_id") if one.level else union
            with connection.cursor() as cursor:
                cursor.execute(
                    f'UPDATE flow_clock c SET county_id = r."{county}", township_id = r."{township}", union_id = coalesce({ALIVE}, c.union_id) '
                    f'FROM "{model._meta.db_table}" r, unions_union d WHERE c.kind = %s AND c.code = %s AND c.stopped_at IS NULL '
                    f'AND r.id = c.thing_id AND d.id = r."{desk}" AND (r."{union}" = ANY (%s) OR d.id = ANY (%s))',
                    [kind, one.code, list(unions), list(unions)],
                )


def rehang_reckoned(model: type[Model], one: Deadline, unions: Sequence[int]) -> None:
    """The same where a thing reckons itself which union its clock falls on."""
    names = [field.name for field in model._meta.concrete_fields if field.related_model is Union]
    at = Q()
    for name in names:
        at |= Q(**{f"{name}__in": unions})
    running = {str(getattr(state, "value", state)) for state in one.runs_in}
    things = model._default_manager.filter(at, state__in=running).select_related(*(f"{name}__parent" for name in names)).in_bulk()
    clocks = list(Clock.objects.filter(kind=model._meta.label_lower, code=one.code, stopped_at=None, thing_id__in=things))
    scope: Scope = getattr(model, "scope", Scope())
    for clock in clocks:
        thing = things[clock.thing_id]
        desk: Union = getattr(thing, one.level)
        clock.union_id = carried_on([desk.pk])[desk.pk] if desk.state == State.ABOLISHED else desk.pk
        clock.county_id, clock.township_id = getattr(thing, scope.county), getattr(thing, scope.township)
    Clock.objects.bulk_update(clocks, ["union_id", "county_id", "township_id"])


def stored(model: type[Model], name: str) -> bool:
    """Whether a model stores which union that is, rather than reckoning it."""
    return any(field.name == name for field in model._meta.concrete_fields)


def employers_follow(old: Union, new: Union) -> None:
    """The employers of a place: with its federation into another county, or to the federation that it was merged into."""
    at = {2: "county", 3: "township"}.get(old.level)
    if at is None:
        return
    facts = {"county_id": new.county_id} | ({"township_id": new.township_id} if at == "township" else {})
    Employer.objects.filter(**{at: old}).update(**facts)


def column_of(model: type[Model], name: str) -> str:
    """The column that a scope names: of a foreign key, or of a plain number on the floors below this one."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    return str(columns[name])


def placed(model: type[Model]) -> tuple[str, str, str]:
    """The columns of a model's scope: union, county, township."""
    scope: Scope = getattr(model, "scope", Scope())
    return column_of(model, scope.union), column_of(model, scope.county), column_of(model, scope.township)


def scoped() -> list[type[Model]]:
    """The models whose rows store where they stand; an employer stands by itself, and is reached through whatever unions cover it."""
    return [model for model in apps.get_models() if "scope" in vars(model) and model not in (Union, Employer)]
