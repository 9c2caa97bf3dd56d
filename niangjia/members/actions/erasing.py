"""The end of a file: the person goes, and the count stays. Carried out by the job at night, or when a member's request is granted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from niangjia.access.api import close_for_good, note
from niangjia.files.api import destroy, let_go
from niangjia.flow.api import blank_reasons
from niangjia.kit import crypt
from niangjia.kit.answer import answer
from niangjia.kit.dates import add_months, at, now, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.retention import erase_along, needed
from niangjia.members.actions.cards import end_cards
from niangjia.members.enums import ASKED_ID, ID, Asked, Paper, State
from niangjia.members.models import (
    Application,
    Batch,
    Before,
    Card,
    Correction,
    Expulsion,
    Lapse,
    Likeness,
    Line,
    Membership,
    NewWork,
    Person,
    PersonalRequest,
    Request,
    Reveal,
)
from niangjia.members.parameters import FILE_KEPT, ROSTER_KEPT
from niangjia.notices.api import forget

ROUND = 500  # people in one transaction


def wholes(people: Iterable[int]) -> list[set[int]]:
    """Whoever was merged is one person with several numbers: the sets of those who are one, for some people."""
    links: dict[int, set[int]] = {pk: {pk} for pk in people}
    fresh = set(links)
    while fresh:
        rows = list(Person.objects.filter(Q(pk__in=fresh) | Q(same_as__in=fresh)).exclude(same_as=None).values_list("pk", "same_as_id"))
        fresh = {pk for row in rows for pk in row if pk not in links}
        for one, other in rows:
            both = links.get(one, {one}) | links.get(other, {other})
            for pk in both:
                links[pk] = both
    return list({min(whole): whole for whole in links.values()}.values())


def still_needed(people: Iterable[int]) -> set[int]:
    """Those whose file another floor still needs, and those who are members or wait at a union's door; each with all numbers of hers."""
    sets = wholes(people)
    those = sorted({pk for whole in sets for pk in whole})
    running = Membership.objects.filter(person__in=those, left_on=None).exclude(state=State.REFUSED)
    kept = set(running.values_list("person_id", flat=True)) | needed("members.person", those)
    return {pk for whole in sets if whole & kept for pk in whole}


@transaction.atomic
def erase(people: Sequence[int]) -> int:
    """Erase people: name, numbers, phone, birth, account, what was written in free text, papers, and every copy of it that any floor keeps.
    Whoever was merged into another goes with her. RuleBroken if one of them is still needed.

    What is counted stays: that there was a member, of which sex, in which union, from when to when (design: the person goes, the count stays).
    The log of who saw what is chained and kept as the law says; it names things by their number.
    """
    if still_needed(people):
        raise RuleBroken("a file that is still needed is not erased")
    chain = {pk for whole in wholes(people) for pk in whole}
    gone = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=chain, erased_at=None).order_by("pk"))
    pks, moment = [one.pk for one in gone], now()
    held = list(Membership.objects.filter(person__in=pks).values_list("pk", flat=True))
    users = [one.user_id for one in gone if one.user_id is not None]
    erase_along("members.person", pks)
    for pk in pks:
        end_cards(pk)
    stories = _copies(gone, held)
    Person.objects.filter(pk__in=pks).update(
        name="", born_on=None, id_sealed=None, id_hash=None, id_tail_hash=None, phone_sealed=None, phone_hash=None, phone_tail_hash=None, user=None,
        erased_at=moment,
    )  # fmt: skip
    Membership.objects.filter(pk__in=held).update(name="", name_py="", tokens=[], job="", department="")
    Reveal.objects.filter(person__in=pks).update(why="")
    for kind, things in {"members.person": pks, "members.membership": held, **stories}.items():
        blank_reasons(kind, things)
        destroy(kind, things)
    forget(users)
    close_for_good(users)
    note([("erased", "members.person", pk, "") for pk in pks], by=None)
    return len(pks)


def _copies(people: Sequence[Person], held: Sequence[int]) -> dict[str, list[int]]:
    """Blank what affairs and imports have copied of people; answers the things whose stories and papers go too, by kind."""
    rows = {
        "members.personalrequest": PersonalRequest.objects.filter(person__in=people),
        "members.application": Application.objects.filter(pk__in=_sent(people, held)),
        "members.request": Request.objects.filter(membership__in=held),
        "members.lapse": Lapse.objects.filter(membership__in=held),
        "members.card": Card.objects.filter(person__in=people),
        "members.expulsion": Expulsion.objects.filter(membership__in=held),
        "members.likeness": Likeness.objects.filter(Q(one__in=people) | Q(other__in=people)),
    }
    found = {kind: list(those.values_list("pk", flat=True)) for kind, those in rows.items()}
    rows["members.personalrequest"].update(value_sealed=None, text="", answer="", erased_at=now())
    blank(found["members.application"])
    rows["members.request"].update(name="", why="", answer="")
    rows["members.lapse"].update(name="", talk="")
    rows["members.expulsion"].update(name="", judgment="", opinion="")
    rows["members.card"].update(name="", number_sealed=None, number_hash=None, tail="", fault="")
    rows["members.likeness"].update(name="")
    NewWork.objects.filter(person__in=people).delete()
    Before.objects.filter(person__in=people).delete()  # an import that is taken back afterwards leaves her as she is
    hashes = [bytes(one.id_hash) for one in people if one.id_hash is not None]
    for line in Line.objects.filter(id_hash__in=hashes):
        Correction.objects.filter(batch=line.batch_id, sheet=line.sheet, row=line.row).delete()
        line.delete()
    return found


def _sent(people: Sequence[Person], held: Sequence[int]) -> list[int]:
    """The applications of people that are decided: those that led to a membership, and those that bear one of their numbers."""
    numbers = crypt.unseal_many([one.id_sealed for one in people if one.id_sealed is not None], ID)
    hashes = crypt.blind(numbers, ASKED_ID)
    mine = Application.objects.filter(Q(membership__in=held) | Q(number_hash__in=hashes)).exclude(state=Asked.SENT)
    return list(mine.values_list("pk", flat=True))


def blank(applications: Iterable[int]) -> int:
    """Take what somebody wrote out of applications; that she asked stays."""
    return Application.objects.filter(pk__in=list(applications), erased_at=None).update(
        erased_at=now(),
        name="",
        number_sealed=None,
        number_hash=None,
        phone_sealed=None,
        job="",
        department="",
        answer="",
        paper=Paper.ID,
        sex="",
        born_on=None,
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
