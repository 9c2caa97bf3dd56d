"""What comparisons keep of people goes with the people, and in any case some years after the list."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import BinaryField, Case, F, Func, Q, QuerySet, Value, When

from niangjia.files.api import let_go
from niangjia.kit import crypt
from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, at, today
from niangjia.members.models import Person
from niangjia.reconcile.enums import KEY, Stand
from niangjia.reconcile.models import Before, Comparison, Decision, Difference
from niangjia.reconcile.parameters import KEPT

TURNS = range(1, 10)  # of a number that stands so often in one list
DRAWN: Any = Func(Func(function="gen_random_uuid"), function="uuid_send", output_field=BinaryField())  # instead of what finds her again


def forget(people: list[int]) -> None:
    """Blank both sides of the differences of people who are erased; what was decided, and what it counted for, stays. What was open is over."""
    hashes = [bytes(one.id_hash) for one in Person.objects.filter(pk__in=people) if one.id_hash is not None]
    said = [f"{kind}||{one.hex()}|{turn}" for one in hashes for kind, turn in _unnamed()]
    rows = Difference.objects.filter(Q(person__in=people) | Q(membership__person__in=people) | Q(key__in=crypt.blind(said, KEY)))
    _blank(Difference.objects.filter(pk__in=list(rows.values_list("pk", flat=True))))


def _unnamed() -> list[tuple[str, str]]:
    """The kinds of differences that stand under a number alone, because nobody of ours had it."""
    return [("ONLY_THEIRS", ""), ("WRONG_PARENT", ""), *(("DUPLICATE", str(n)) for n in TURNS)]


def _blank(rows: QuerySet[Difference]) -> int:
    Before.objects.filter(difference__in=rows).delete()
    Decision.objects.filter(differences__in=rows, rule="").update(why="")  # of one difference, in somebody's own words
    ends = Case(When(state=Stand.OPEN, then=Value(Stand.GONE.value)), default=F("state"))
    return rows.update(
        ours_sealed=None, theirs_sealed=None, said="", key=DRAWN, digest=DRAWN, settled_on=Case(When(state=Stand.OPEN, then=Value(today())), default=F("settled_on")),
        state=ends,
    )  # fmt: skip


def forget_old() -> int:
    """Destroy lists some years after they were sent, and both sides of whatever no later list has shown since. Answers how many lists."""
    last = at(add_months(today(), -12 * answer(KEPT, today(), ()).value.count))
    done = 0
    for one in Comparison.objects.filter(made_at__lt=last).exclude(file_digest="").order_by("pk"):
        with transaction.atomic():
            Comparison.objects.filter(pk=one.pk).update(file_digest="", file_name="", found={})
            _blank(Difference.objects.filter(comparison=one).filter(Q(ours_sealed__isnull=False) | Q(theirs_sealed__isnull=False)))
            let_go(one.file_digest)
        done += 1
    return done
