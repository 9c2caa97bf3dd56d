"""What can be counted safely, and what is refused with a sentence."""

import pytest
from django.db.models import Count, DateTimeField, Exists, F, Func, Q
from django.db.models.functions import Now

from niangjia.kit.series import SERIES, Series
from niangjia.worklog.compile import Unsafe, compiled, shadowed
from niangjia.worklog.tests.town.models import Attendance, Dispute, Respondent, Union


def made(model, *, where, when, if_=None, by=(), **quantities):
    return compiled(Series("test", model, where, when, None, None, if_ or Q(), None, by, quantities))


def test_null_is_not_withdrawn(db):
    """Django's negation counts rows without a status; hand-written SQL would forget them."""
    assert "IS NOT NULL" in made(Dispute, where="handled_by", when="accepted_on", if_=~Q(status="W")).lines


def test_a_transition_table_takes_the_tables_name(db):
    sql = shadowed(compiled(SERIES["rights.disputes"]), "new_rows")
    assert sql.startswith('WITH "town_dispute" AS (SELECT * FROM new_rows) SELECT')


def test_a_text_with_quotes_and_percents_is_written_in(db):
    assert "'O''Neill 100%'" in made(Dispute, where="handled_by", when="accepted_on", if_=Q(note="O'Neill 100%")).lines


def test_a_path_names_each_table_that_it_reads(db):
    training = compiled(SERIES["growth.training"])
    assert [t.name for t in training.tables] == ["town_attendance", "town_session", "town_course"]
    assert training.tables[1].columns == {"id", "course_id", "union_id", "held_on", "finished"}


def test_a_key_needs_no_join(db):
    assert not made(Respondent, where="dispute_id", when="dispute__accepted_on").lines.count("town_union")


@pytest.mark.parametrize(
    ("why", "declaration"),
    [
        ("many rows", {"if_": Q(respondent__employer=1)}),
        ("other rows", {"if_": ~Q(respondent__employer=1)}),
        ("other rows", {"if_": Q(Exists(Union.objects.filter(name="x")))}),
        ("when one looks", {"if_": Q(accepted_on__lt=Now())}),
        ("plain expressions", {"cases": Count("respondent")}),
        ("by time zone", {"by": ("accepted_on",)}),
        ("always answers alike", {"if_": Q(accepted_on__lt=Func(function="clock_timestamp", output_field=DateTimeField()))}),
    ],
)
def test_it_refuses(db, why, declaration):
    with pytest.raises(Unsafe, match=why):
        made(Dispute, **{"where": "handled_by", "when": "accepted_on"} | declaration)


def test_expressions_of_the_row_are_fine(db):
    assert made(Attendance, where="session__union", when="session__held_on", hours=F("session__course_id") * 2).reaches
