"""The end of a file: the person goes, and the count stays. Carried out by the job at night, or when a member's request is granted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from niangjia.access.api import close_for_good, note
from niangjia.files.api import destroy, let_go
from niangjia.flow.api import blank_reasons
from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, at, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.retention import needed
from niangjia.members.enums import State
from niangjia.members.models import Application, Batch, Membership, Person, PersonalRequest, Reveal
from niangjia.members.parameters import FILE_KEPT, ROSTER_KEPT
from niangjia.notices.api import forget

ROUND = 500  # people in one transaction


def still_needed(people: Iterable[int]) -> set[int]:
    """Those whose file another floor still needs, and those who are members or wait at a union's door."""
    those = list(people)
    running = Membership.objects.filter(person__in=those, left_on=None).exclude(state=State.REFUSED)
    return set(running.values_list("person_id", flat=True)) | needed("members.person", those)


@transaction.atomic
def erase(people: Sequence[int]) -> int:
    """Erase people: name, numbers, phone, birth, account, what was written in free text, papers. RuleBroken if one of them is still needed.

    What is counted stays: that there was a member, of which sex, in which union, from when to when (design: the person goes, the count stays).
    The log of who saw what is chained and kept as the law says; it names things by their number.
    """
    if still_needed(people):
        raise RuleBroken("a file that is still needed is not erased")
    gone = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=people, erased_at=None).order_by("pk"))
    pks, moment = [one.pk for one in gone], now()
    held = list(Membership.objects.filter(person__in=pks).values_list("pk", flat=True))
    asked = list(PersonalRequest.objects.filter(person__in=pks).values_list("pk", flat=True))
    sent = list(Application.objects.filter(membership__in=held).values_list("pk", flat=True))
    users = [one.user_id for one in gone if one.user_id is not None]
    Person.objects.filter(pk__in=pks).update(
        name="", born_on=None, id_sealed=None, id_hash=None, id_tail_hash=None, phone_sealed=None, phone_hash=None, phone_tail_hash=None, user=None,
        erased_at=moment,
    )  # fmt: skip
    Membership.objects.filter(pk__in=held).update(name="", name_py="", tokens=[], job="", department="")
    Reveal.objects.filter(person__in=pks).update(why="")
    PersonalRequest.objects.filter(pk__in=asked).update(value_sealed=None, text="", answer="", erased_at=moment)
    blank(sent)
    for kind, things in (
        ("members.person", pks),
        ("members.membership", held),
        ("members.personalrequest", asked),
        ("members.application", sent),
    ):
        blank_reasons(kind, things)
        destroy(kind, things)
    forget(users)
    close_for_good(users)
    note([("erased", "members.person", pk, "") for pk in pks], by=None)
    return len(pks)


def blank(applications: Iterable[int]) -> int:
    """Take what somebody wrote out of applications; that she asked stays."""
    return Application.objects.filter(pk__in=list(applications), erased_at=None).update(
        erased_at=now(), name="", number_sealed=None, number_hash=None, phone_sealed=None, job="", department="", answer=""
    )


def erase_left() -> int:
    """Erase those who left long ago and are needed by nobody: a round at a time, each in a transaction of its own. Answers how many."""
    last, done = add_months(today(), -12 * answer(FILE_KEPT, today(), ()).value.count), 0
    after = 0
    while those := _left(last, after):
        after = those[-1]
        if free := sorted(set(those) - still_needed(those)):
            done += erase(free)
    return done


def _left(last: object, after: int) -> list[int]:
    """The next people whose last membership ended by a day."""
    later = Membership.objects.filter(person=OuterRef("person")).exclude(state=State.REFUSED).filter(Q(left_on=None) | Q(left_on__gt=last))
    rows = Membership.objects.filter(left_on__lte=last, person__gt=after, person__erased_at=None).exclude(name="")
    return list(rows.filter(~Exists(later)).order_by("person_id").values_list("person_id", flat=True).distinct()[:ROUND])


def erase_rosters() -> int:
    """Destroy the files of rosters as they were sent, some years after: they hold everybody who was in them. Answers how many."""
    last = at(add_months(today(), -12 * answer(ROSTER_KEPT, today(), ()).value.count))
    done = 0
    for batch in Batch.objects.filter(made_at__lt=last).exclude(file_digest="").order_by("pk"):
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(file_digest="", file_name="")
            let_go(batch.file_digest)
        done += 1
    return done
