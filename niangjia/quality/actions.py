"""Looking through the register: what is not as it should be is written down with its day, and what was put right is closed."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from niangjia.access.models import User
from niangjia.flow.models import Pulse
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.quality.checks import CHECKS, Check
from niangjia.quality.enums import LOOK, May
from niangjia.quality.models import Confirmation, Gap
from niangjia.unions.models import Union


def look(union: Union | None = None) -> int:
    """Look through the whole register, or one union's part of it; answers how many gaps are open afterwards where it looked.

    Each check is one transaction of two statements, so that a city is looked through while everybody works.
    """
    for one in CHECKS.values():
        with transaction.atomic():
            _settle(one, union)
    if union is None:
        Pulse.objects.update_or_create(job=LOOK, defaults={"at": now()})
    return Gap.objects.filter(until=None, **({"union": union} if union else {})).count()


def _settle(check: Check, union: Union | None) -> None:
    """What is found and not yet written is written; what is written and no longer found is closed, or, found on the same day, goes."""
    rows = check.rows().order_by()
    where = {"union": union} if union else {}
    if check.of_members:
        rows = rows.filter(**where).values_list("pk", "union_id", "township_id", "county_id")
        ours, thing = "membership_id = found.thing", "found.thing"
    else:
        rows = (
            rows.filter(**({"pk": union.pk} if union else {}))
            .annotate(thing=F("pk"))
            .values_list("thing", "pk", "township_id", "county_id")
        )
        ours, thing = "union_id = found.thing AND membership_id IS NULL", "NULL"
    sql, said = rows.query.sql_with_params()
    scope, of = ("AND union_id = %s", [union.pk]) if union else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE TEMPORARY TABLE quality_found (thing bigint, union_id bigint, township_id bigint, county_id bigint) ON COMMIT DROP;
            INSERT INTO quality_found {sql}""", said,
        )  # fmt: skip
        cursor.execute("ANALYZE quality_found")
        cursor.execute(
            f"""INSERT INTO quality_gap (check_code, "group", union_id, township_id, county_id, membership_id, since)
            SELECT %s, %s, found.union_id, found.township_id, found.county_id, {thing}, %s FROM quality_found found
            WHERE NOT EXISTS (SELECT FROM quality_gap gap WHERE gap.check_code = %s AND gap.until IS NULL AND gap.{ours})
            ON CONFLICT DO NOTHING""", [check.code, check.group, today(), check.code],
        )  # fmt: skip
        gone = f"check_code = %s AND until IS NULL {scope} AND NOT EXISTS (SELECT FROM quality_found found WHERE quality_gap.{ours})"
        cursor.execute(f"DELETE FROM quality_gap WHERE since >= %s AND {gone}", [today(), check.code, *of])
        cursor.execute(f"UPDATE quality_gap SET until = %s WHERE {gone}", [today(), check.code, *of])
        cursor.execute("DROP TABLE quality_found")


def look_soon() -> None:
    """Have the worker look through everything, after what was just loaded."""
    app.configure_task(LOOK).defer()


@transaction.atomic
def confirm(union: Union, *, by: User) -> Confirmation:
    """The union's own people have looked its register through: it is right as it stands."""
    if not allows(by, May.CONFIRM, union):
        raise Refused(_("A register is confirmed by the union's chair, or by the organisation office above."))
    try:
        with transaction.atomic():
            made = Confirmation.objects.create(union=union, on=today(), by=by)
    except IntegrityError:
        raise RuleBroken(_("It was confirmed today already.")) from None
    look(union)
    return made
