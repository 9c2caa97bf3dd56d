"""What was told in confidence: each kind of person at each door of a case that a worker sent in, and of an event whose reporter is not named."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from niangjia.access.api import SeenLog
from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.models import Clock
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.figure import FIGURES
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.models import Dispute, Event
from niangjia.rights.tests.test_intake import member  # noqa: F401 - a fixture
from niangjia.unions.models import Office
from niangjia.worklog.opened import named

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def case(town, member):  # noqa: F811
    """A worker's case at the township; she has not agreed that her firm's union sees it."""
    from niangjia.members.api import home_of
    from niangjia.members.models import Person

    person = Person.objects.get(user=member)
    made = actions.send_help(person, home_of(person), actions.Asked("012", "两个月工资没发。"), by=member)
    actions.draw(made, "application", by=town.township_rights)
    actions.accept(made, by=town.township_rights, mediator=town.township_rights)
    Clock.objects.filter(kind="rights.dispute", thing_id=made.pk, stopped_at=None).update(due_at=now() - timedelta(days=1))
    made.refresh_from_db()
    return made


def lone_mediator(town, case) -> User:
    """Somebody who holds no office of rights and mediates this one case."""
    user = User.objects.create(username="t-mediator", name="示例调解人")
    Office.objects.create(union=town.far_township, user=user, name=user.name, duty="women", post="women", since=today())
    Dispute.objects.filter(pk=case.pk).update(mediator=user)
    return user


def doors(client, who: User, case: Dispute) -> set[str]:
    """The doors at which somebody meets the case: by its number, its page, its papers, or its worker."""
    client.force_login(who)
    found = set()

    def shows(door: str, url: str, **query: str) -> None:
        answer = client.get(url, query)
        text = answer.content.decode() if answer.status_code == 200 else ""
        said = str(case.uuid) if door == "search" else case.reference  # a search says again what was asked
        if said in text or (door == "page" and answer.status_code == 200):
            found.add(door)

    shows("list", reverse("rights:disputes"))
    shows("page", case.get_absolute_url())
    shows("search", "/search/", q=case.reference)
    shows("search", "/search/", q="甲织造")
    shows("register", reverse("rights:papers"))
    shows("api list", "/api/rights/disputes")
    shows("api", f"/api/rights/disputes/{case.uuid}")
    shows("desk", "/")
    shows("late", "/desk/late/")
    book = client.get(reverse("rights:disputes_export"))
    if book.status_code == 200:
        cells = {str(cell) for sheet in load_workbook(io.BytesIO(b"".join(book))) for row in sheet.values for cell in row}
        if case.reference in cells:
            found.add("export")
    if who.seats and EXPORTABLES["rights.claimants"].rows(who, who.seats[0].union, {}).filter(dispute=case).exists():
        found.add("workers")
    paper = case.drawn.get()
    if client.get(paper.pdf.get_absolute_url()).status_code == 200:
        found.add("file")
    if Message.objects.filter(to=who, url=case.get_absolute_url()).exists():
        found.add("message")
    figure = FIGURES["rights.disputes.cases"]
    if named(figure, [case.pk], who):
        found.add("records")
    return found


READS = {"list", "page", "search", "api list", "api", "export", "records"}
HANDLES = READS | {"register", "file", "workers"}
OFFICES = {
    "township rights": HANDLES, "county rights": HANDLES, "county chair": HANDLES, "city rights": HANDLES, "city leader": HANDLES,  # whose case it is, and above
    "county leader": READS, "county centre": READS,  # who answers for them, and who takes it in at the counter: no names, no papers
    "county finance": set(), "county culture": set(), "county office": set(),  # they have the counts
    "grassroots chair": set(), "firm finance": set(),  # the firm's own union: nothing, unless the worker agrees
    "other county": set(), "far chair": set(),
}  # fmt: skip


@pytest.mark.parametrize("who", OFFICES)
def test_who_meets_a_confidential_case_at_which_door(town, client, case, who):
    found = doors(client, town.people[who], case) - {"desk", "late", "message"}
    assert found == OFFICES[who]


def test_what_waits_and_what_is_told_names_a_case_only_to_who_may_open_it(town, client, case):
    for who, may in OFFICES.items():
        found = doors(client, town.people[who], case) & {"desk", "late", "message"}
        assert not found or may, who
        client.force_login(town.people[who])
        for page in ("/", "/desk/late/"):
            answer = client.get(page)
            if answer.status_code == 200 and not may:
                assert "甲织造有限公司" not in answer.content.decode(), (who, page)


def test_its_mediator_meets_it_and_a_stranger_with_the_same_office_does_not(town, client, case):
    user = lone_mediator(town, case)
    assert doors(client, user, case) - {"desk", "late", "message"} == READS | {"file"}
    Dispute.objects.filter(pk=case.pk).update(mediator=town.township_rights)
    assert doors(client, User.objects.get(pk=user.pk), case) == set()


def test_the_three_administrators_and_other_members_meet_nothing(town, client, case):
    for duty in ("system", "security", "auditlog"):
        user = User.objects.create(username=f"t-{duty}", name=duty)
        Office.objects.create(union=town.city, user=user, name=duty, duty=duty, post=duty, since=today())
        assert doors(client, user, case) == set(), duty
    other = User.objects.create(username="t-other", name="示例工庚", kind="MEMBER")
    assert doors(client, other, case) == set()
    client.force_login(other)
    assert client.get(reverse("own-rights:case", args=[case.uuid])).status_code == 404


def test_with_consent_the_firms_rights_office_reads_and_nobody_else_there(town, client, case, member):  # noqa: F811
    actions.consent(case, yes=True, by=member)
    assert doors(client, town.grassroots_chair, case) - {"desk", "late", "message"} == READS
    assert "示例工己" not in client.get(case.get_absolute_url()).content.decode()
    assert doors(client, town.firm_finance, case) == set()
    actions.consent(case, yes=False, by=member)
    assert doors(client, town.grassroots_chair, case) == set()


def test_a_firms_union_gets_a_case_only_if_the_workers_agree(town, case, dispute, member):  # noqa: F811
    with pytest.raises(RuleBroken):
        actions.transfer(case, to=town.firm, why="属地", agreed=True, by=town.township_rights)  # she says it herself, nobody for her
    with pytest.raises(RuleBroken):
        actions.transfer(dispute, to=town.firm, why="属地", by=town.township_rights)
    actions.transfer(dispute, to=town.firm, why="属地", agreed=True, by=town.township_rights)
    actions.consent(case, yes=True, by=member)
    actions.transfer(case, to=town.firm, why="属地", by=town.township_rights)
    with pytest.raises(RuleBroken):
        actions.consent(case, yes=False, by=member)


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_who_opened_her_case_from_which_office_when_and_why(town, client, case, member):  # noqa: F811
    client.force_login(town.county_rights)
    client.get(case.get_absolute_url())
    client.get(f"/api/rights/disputes/{case.uuid}")
    person = case.claimants.get().person
    client.post(reverse("rights:reveal", args=[case.uuid, person.uuid, "phone"]), {"why": "打电话约时间"})
    assert SeenLog.objects.filter(kind="rights.dispute", thing_id=case.pk, user=town.county_rights, act="opened").count() >= 2
    client.force_login(member)
    for url in (reverse("own-rights:case", args=[case.uuid]), "/me/looked/"):
        page = client.get(url).content.decode()
        assert "甲县总工会 rights" in page, url
        assert "打电话约时间" in page, url


@pytest.mark.django_db(transaction=True)
def test_whoever_reported_without_a_name_is_shown_to_an_office_above_that_says_why(town, client):
    facts = actions.Facts("甲织造有限公司（示例）", "E06", 46, employer=town.employer, anonymous=True)
    one = actions.report(town.firm, facts, by=town.firm_informant, send=True)
    actions.follow_up(one, text="工人仍在厂门口。", by=town.firm_informant)
    name, url = town.firm_informant.name, reverse("rights:reporter", args=[one.uuid])
    for who in ("grassroots chair", "township rights", "county rights", "city rights", "county leader"):
        client.force_login(town.people[who])
        assert name not in client.get(one.get_absolute_url()).content.decode(), who
        assert name not in client.get("/").content.decode(), who
    for who, answer in (
        ("grassroots chair", 403),
        ("county leader", 403),
        ("county finance", 404),
        ("other county", 404),
        ("county rights", 200),
    ):
        client.force_login(town.people[who])
        assert client.get(url).status_code == answer, who
    assert name not in client.get(url).content.decode()
    assert client.post(url, {"why": ""}).status_code == 422
    assert name in client.post(url, {"why": "核实线索"}).content.decode()
    assert SeenLog.objects.get(act="revealed", kind="rights.event").why == "核实线索"
    client.force_login(town.firm_informant)
    assert client.get(one.get_absolute_url()).status_code == 200  # she opens it herself: that tells nobody who she is
    assert SeenLog.objects.filter(kind="rights.event", thing_id=one.pk, user=town.firm_informant, act="opened").exists()
    for who in ("grassroots chair", "township rights", "county rights", "county leader"):
        client.force_login(town.people[who])
        page = client.get(one.get_absolute_url()).content.decode()
        assert name not in page, who
    assert town.county_rights.name in page  # others who have looked are named
    with pytest.raises(Refused):
        actions.disclose_reporter(one, why="想知道", by=town.grassroots_chair)
    with pytest.raises(RuleBroken):
        actions.disclose_reporter(one, why=" ", by=town.county_rights)


def test_an_event_is_seen_by_who_watches_or_was_rung_up_and_shows_no_disputes_of_others(town, client, arrears):
    made = actions.open_(town.township, actions.Opening("012", today(), event=arrears), by=town.township_rights)
    client.force_login(town.grassroots_chair)
    assert made.reference not in client.get(arrears.get_absolute_url()).content.decode()
    client.force_login(town.township_rights)
    assert made.reference in client.get(arrears.get_absolute_url()).content.decode()
    for who, answer in (("county office", 200), ("county leader", 200), ("county culture", 404), ("county finance", 404)):
        client.force_login(town.people[who])
        assert client.get(arrears.get_absolute_url()).status_code == answer, who
    from niangjia.rights.models import Telling

    actions.climb(arrears, by=town.grassroots_chair)
    one = Telling.objects.filter(event=arrears).first()
    assert one is not None
    Telling.objects.filter(pk=one.pk).update(to=town.county_culture)  # she keeps the night
    client.force_login(town.county_culture)
    assert client.get(arrears.get_absolute_url()).status_code == 200


def test_papers_of_a_case_open_to_who_may_see_the_workers(town, client, case):
    paper = attach(case, PDF, name="工资条.pdf", purpose="证据", by=town.township_rights)
    for who, answer in (
        ("county rights", 200),
        ("county leader", 404),
        ("county centre", 404),
        ("county finance", 404),
        ("grassroots chair", 404),
    ):
        client.force_login(town.people[who])
        assert client.get(paper.get_absolute_url()).status_code == answer, who


def test_few_events_of_a_trade_are_not_told(town, arrears):
    from niangjia.rights.queries.same import trade_line

    arrears.refresh_from_db()
    assert trade_line(Event.objects.select_related("employer").get(pk=arrears.pk)) is None
