"""Loads the synthetic city: made from a seed and a day, written by the owner as declared history, then given its living work.

What it all comes to stands in `targets`; the books count it by their own triggers.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.models import Move
from niangjia.kit.dates import now
from niangjia.kit.dates import today as present
from niangjia.kit.errors import RuleBroken
from niangjia.members.models import Membership, Person
from niangjia.rights import models as rights
from niangjia.scenario.cases import Cases
from niangjia.scenario.copying import aside, bare, look, next_numbers
from niangjia.scenario.disputes import Dispute, mediated
from niangjia.scenario.events import Event, happened
from niangjia.scenario.later.cases import LaterTable, LaterWatch
from niangjia.scenario.later.people import Turnover
from niangjia.scenario.later.unions import grown
from niangjia.scenario.later.years import slices
from niangjia.scenario.living import live
from niangjia.scenario.models import Load
from niangjia.scenario.people import Claim, People, built
from niangjia.scenario.register import Register
from niangjia.scenario.reviews import written
from niangjia.scenario.roster import Roster
from niangjia.scenario.staff import Staff
from niangjia.scenario.targets import SLICES
from niangjia.scenario.tree import Planter, Tree
from niangjia.unions import models as unions
from niangjia.unions.models import Union
from niangjia.worklog.api import history, post

Progress = Callable[[float, str], None]
NAME = "huzhou"


class Half(RuntimeError):
    """A load that was interrupted stands in the database; it is made anew, not mended."""


@dataclass(frozen=True)
class City:
    """All that is made from a seed and a day, before anything is written."""

    seed: int
    today: date
    scale: float
    tree: Tree
    staff: Staff
    events: list[Event]
    disputes: list[Dispute]
    people: People

    def digest(self) -> str:
        """One hash of everything: the same seed and day, the same city."""
        print_ = hashlib.sha256()
        for union in self.tree.unions:
            print_.update(f"{union.code}{union.name}{union.founded}{union.closed}{union.size}{[f.uscc for f in union.covered]}".encode())
        for event in self.events:
            print_.update(f"{event.reference}{event.firm.pk}{event.affected}{event.rungs}{event.story.steps}".encode())
        for one in self.disputes:
            print_.update(f"{one.reference}{one.each}{one.receipts}{one.story.steps}{self.people.claimants[one.pk]}".encode())
        for name in (
            "born",
            "woman",
            "name",
            "phone",
            "sequence",
            "union",
            "joined",
            "left",
            "ending",
            "person",
            "work",
            "migrant",
            "employer",
            "job",
        ):
            print_.update(getattr(self.people, name).tobytes())
        return print_.hexdigest()


def made(*, scale: float, today: date, seed: int) -> City:
    """Make the city; nothing is written."""
    planter = Planter(seed)
    tree = planter.plant()
    staff = Staff(seed, tree, today)
    events = happened(seed, tree, staff)
    disputes = mediated(seed, tree, staff, events)
    people = built(seed, tree, claims(disputes), scale)
    # What the review counts is made. The years since are only added to it.
    grown(planter, tree, today)
    later = LaterWatch(seed, tree, staff, today).since(events)
    since = LaterTable(seed, tree, staff, later, today).since(disputes)
    people = Turnover(seed, tree, people, scale, today).gathered(claims(since))
    return City(seed, today, scale, tree, staff, events + later, disputes + since, people)


def claims(disputes: list[Dispute]) -> list[Claim]:
    """Who has to be found for disputes."""
    return [Claim(one.pk, one.union.pk, one.applied, one.workers) for one in disputes]


def quiet(part: float, what: str) -> None:
    """Say nothing."""


def may_begin() -> None:
    """Refuse where a city stands already, whole or half."""
    if Load.objects.filter(done=True).exists():
        raise RuleBroken(_("A city stands here already. Take another folder with DATA=, or an empty database."))
    if Union.objects.exists():
        if Load.objects.exists():
            raise Half(str(_("A first load was interrupted. Make the database anew.")))
        raise RuleBroken(_("Unions stand here already, and not of a made-up city: nothing is loaded over them."))
    Load.objects.all().delete()


def load(*, scale: float = 1.0, today: date | None = None, seed: int = 2015, progress: Progress = quiet) -> City:
    """Load the city into an empty house, as the owner; the whole of history in one transaction, then the living work."""
    may_begin()
    begun = time.monotonic()
    day = today or present()

    def say(part: float, what: str) -> None:
        progress(part, f"{what} · {time.monotonic() - begun:.0f} s")

    mark = Load.objects.create(name=NAME, seed=seed, scale=scale, today=day, begun_at=now())
    say(0.01, _("making the city"))
    city = made(scale=scale, today=day, seed=seed)
    with transaction.atomic():
        write(city, say)
        say(0.9, _("living work"))
        live(city.tree, city.staff, city.today)
        Load.objects.filter(pk=mark.pk).update(done=True, digest=city.digest())
    say(0.93, _("posting"))
    with connection.cursor() as cursor:
        cursor.execute("SET default_statistics_target = 60")  # enough to begin with; the server looks closer by itself
        cursor.execute("ANALYZE")
        cursor.execute("RESET default_statistics_target")
    post()
    say(0.97, _("reviews"))
    written(city.today)
    say(1.0, _("the city stands"))
    return city


CASES = (
    rights.Event,
    rights.Report,
    rights.FollowUp,
    rights.SeverityChange,
    rights.Dispute,
    rights.Respondent,
    rights.Claimant,
    rights.Session,
    rights.Receipt,
)
TREE = (unions.Division, unions.Union, unions.Employer, unions.Parentage, unions.Cover, unions.Body, unions.Office, unions.Staffing)


def write(city: City, say: Progress) -> None:
    """History, in slices by the day on which it was known."""
    register = Register(city.seed, city.tree, city.staff, city.today)
    known = slices(city.today)
    roster = Roster(city.seed, city.tree, city.people, known)
    cases = Cases(city.seed, city.events, city.disputes, city.people.claimants, register.handover)
    register.accounts()
    with bare(Person, Membership, unbound=(Move, *CASES, *TREE)):
        with aside("books_ledger_place", "books_ledger_subject"), history() as known_on:
            register.ground()
            before = date.min
            for i, last in enumerate(known):
                part = 0.05 + 0.1 * min(i, len(SLICES)) + 0.08 * max(i - len(SLICES), 0) / len(known)
                say(part, str(_("as known on %(day)s") % {"day": last}))
                register.slice(before, last)
                roster.slice(i)
                cases.slice(before, last)
                known_on(min(last, present()))  # whoever asks for a day to come knows it today
                look("books_lineage", "books_rollup", "books_tally")
                before = last
        say(0.83, _("stories, offices, indexes"))
        register.offices()
        cases.stories()
    next_numbers([
        Person, Membership, User, rights.Event, rights.Dispute, *(getattr(unions, name) for name in ("Union", "Employer", "Division", "Cover", "Body", "Office", "Staffing"))
    ])  # fmt: skip
