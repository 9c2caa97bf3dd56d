"""Loads the synthetic city: made from a seed and a day, written by the owner as declared history, then given its living work.

What it all comes to stands in `targets`; the books count it by their own triggers.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.db import connection, transaction
from django.urls import get_resolver
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.models import Move
from niangjia.kit.dates import now
from niangjia.kit.dates import today as present
from niangjia.kit.errors import RuleBroken
from niangjia.kit.memory import once
from niangjia.members.models import Membership, Person
from niangjia.quality import api as quality
from niangjia.rights import models as rights
from niangjia.scenario.asking import wanted
from niangjia.scenario.cases import Cases
from niangjia.scenario.copying import beside, build, look, next_numbers, shared, stripped
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
from niangjia.scenario.yearly import returned
from niangjia.unions import models as unions
from niangjia.unions.models import Union
from niangjia.worklog.api import history, post

Progress = Callable[[float, str], None]
NAME = "huzhou"
SEED = 2015


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


@dataclass(frozen=True)
class Ready:
    """A city with those who write it: made without a database, which may be set up meanwhile."""

    city: City
    known: tuple[date, ...]  # the last days of the slices of its history
    register: Register
    roster: Roster
    cases: Cases


def ready(*, scale: float = 1.0, today: date | None = None, seed: int = SEED) -> Ready:
    """Make all that can be made before the first row is written."""
    warmed()
    city = made(scale=scale, today=today or present(), seed=seed)
    register = Register(seed, city.tree, city.staff, city.today)
    known = slices(city.today)
    return Ready(
        city, known, register, Roster(seed, city.tree, city.people, known),
        Cases(seed, city.events, city.disputes, city.people.claimants, register.handover),
    )  # fmt: skip


def warmed() -> None:
    """Read in what the living work would else wait for: the addresses of all pages, which its notices name, and the printer of its papers."""
    import_module("weasyprint")
    get_resolver().reverse_dict  # noqa: B018 - made when first asked for


def may_begin() -> None:
    """Refuse where a city stands already, whole or half."""
    if Load.objects.filter(done=True).exists():
        raise RuleBroken(_("A city stands here already. Take another folder with DATA=, or an empty database."))
    if Load.objects.exists():
        raise Half(str(_("A first load was interrupted. Make the database anew.")))
    if Union.objects.exists():
        raise RuleBroken(_("Unions stand here already, and not of a made-up city: nothing is loaded over them."))


def load(
    *, scale: float = 1.0, today: date | None = None, seed: int = SEED, progress: Progress = quiet, whole: Ready | None = None
) -> City:
    """Load the city into an empty house, as the owner: its history, then the living work. Interrupted, the database is made anew."""
    may_begin()
    begun = time.monotonic()

    def say(part: float, what: str) -> None:
        progress(part, f"{what} · {time.monotonic() - begun:.0f} s")

    if whole is None:
        say(0.01, _("making the city"))
        whole = ready(scale=scale, today=today, seed=seed)
    city = whole.city
    mark = Load.objects.create(name=NAME, seed=city.seed, scale=city.scale, today=city.today, begun_at=now())
    write(whole, say)
    say(0.9, _("living work"))
    # The annual returns ask the books for years that are over: they need nothing of what goes on around today.
    # What the house remembers is looked at afresh by whoever changes it, and nobody else is here.
    with beside(lambda: returned(city.today)), transaction.atomic(), once():
        live(city.tree, city.staff, city.today)
    say(0.93, _("posting"))
    post()
    say(0.97, _("reviews"))
    with once():
        written(city.today)
        wanted(city.today)
    quality.look_soon()
    Load.objects.filter(pk=mark.pk).update(done=True, digest=city.digest())
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


LEDGER = ("books_daybook_source", "books_ledger_place", "books_ledger_subject")


def write(whole: Ready, say: Progress) -> None:
    """History, in slices by the day on which it was known. Whom it speaks of is written beside it, on a second connection."""
    register, roster, cases, known = whole.register, whole.roster, whole.cases, whole.known
    off = stripped(Person, Membership, unbound=(Move, *CASES, *TREE), without=LEDGER)

    def persons() -> None:
        with transaction.atomic():
            roster.everybody()
        build(off.indexes.pop(Person._meta.db_table))

    with beside(persons), transaction.atomic(), history() as known_on:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '256MB'")  # half a million lines are posted at once
        register.accounts()
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
    indexes = shared(said for table in off.indexes.values() for said in table)
    with beside(lambda: build(indexes)):
        with transaction.atomic():
            register.offices()
            cases.stories()
        build(indexes)
    keys = shared(off.keys)
    with beside(lambda: build(keys)):
        build(keys)
    with beside(lambda: look("members_membership")):  # half of what there is
        look(*(table for table in connection.introspection.table_names() if table != "members_membership"))
    next_numbers([
        Person, Membership, User, rights.Event, rights.Dispute, *(getattr(unions, name) for name in ("Union", "Employer", "Division", "Cover", "Body", "Office", "Staffing"))
    ])  # fmt: skip
