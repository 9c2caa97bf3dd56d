"""The other doors: the interface for machines, the page of a union, the menu, the figures that count a case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.access.api import SeenLog
from niangjia.files.api import attach, papers
from niangjia.files.permissions import GUARDS
from niangjia.kit.badges import counted
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.rights import actions
from niangjia.rights.enums import May
from niangjia.rights.queries import crowd_of, sums_of
from niangjia.rights.shown import disputes as shown

pytestmark = pytest.mark.django_db


def test_machines_read_what_their_user_may(town, client, arrears, dispute):
    client.force_login(town.county_rights)
    said = client.get("/api/rights/events").json()
    assert [one["reference"] for one in said] == [arrears.reference]
    one = client.get(f"/api/rights/disputes/{dispute.uuid}").json()
    assert (one["workers"], one["employers"], one["recovered"]) == (2, 1, "0")
    assert client.get("/api/rights/disputes?state=CLOSED").json() == []
    client.force_login(town.other_county)
    assert client.get("/api/rights/events").json() == []
    assert client.get(f"/api/rights/events/{arrears.uuid}").status_code == 404
    assert client.get(f"/api/rights/disputes/{dispute.uuid}").status_code == 404
    client.logout()
    assert client.get("/api/rights/events").status_code in {401, 302}


def test_a_word_of_no_code_list_is_refused_and_not_answered_by_nothing(town, client, arrears):
    client.force_login(town.county_rights)
    for wrong in ("events?kind=ZZZ", "events?state=CLOSD", "events?view=mine", "disputes?kind=E06", "disputes?view=grave"):
        assert client.get(f"/api/rights/{wrong}").status_code == 422, wrong
    assert len(client.get("/api/rights/events?kind=E06&severity=ORANGE&view=open").json()) == 1
    assert client.get("/api/rights/disputes?kind=012&view=arbitration").json() == []


def test_the_page_of_a_union_shows_what_runs_there(town, client, arrears):
    client.force_login(town.grassroots_chair)
    page = client.get(town.firm.get_absolute_url()).content.decode()
    assert arrears.reference in page


def test_the_menu_counts_what_runs(town, rf, arrears, dispute):
    for who, events, disputes in ((town.county_rights, 1, 1), (town.grassroots_chair, 1, 0), (town.other_county, 0, 0)):
        request = rf.get("/")
        request.user = who
        assert (counted("events", request).total, counted("disputes", request).total) == (events, disputes)


def test_a_case_names_the_figures_that_count_it(town, dispute):
    assert shown.counted(dispute, crowd_of(dispute), 1, sums_of(dispute)) == []  # not accepted: counted nowhere
    actions.accept(dispute, by=town.township_rights)
    actions.receive(dispute, amount=Decimal(100), on=today(), evidence="回单", by=town.township_rights)
    said = {str(one.label): one.note for one in shown.counted(dispute, crowd_of(dispute), 1, sums_of(dispute))}
    assert (said["协调劳动争议"], said["争议涉及职工"], said["挽回经济损失"]) == ("1件", "2人", "100.00元")
    assert "调解成功" not in said


def test_papers_on_a_dispute_open_to_those_who_may_see_the_workers(town, client, dispute, settings, tmp_path):
    settings.FILES = tmp_path
    paper = attach(
        dispute, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", name="申请书.pdf", purpose="申请书", by=town.township_rights
    )
    assert papers(dispute).get() == paper
    assert GUARDS["rights.dispute"] == May.SEE_CLAIMANTS.value
    for who, answer in ((town.county_rights, 200), (town.county_finance, 404), (town.other_county, 404)):
        client.force_login(who)
        assert client.get(paper.get_absolute_url()).status_code == answer


def test_administrators_read_no_cases(town, arrears, dispute):
    from niangjia.access.models import User
    from niangjia.unions.models import Office

    for duty in ("system", "security", "auditlog"):
        user = User.objects.create(username=f"t-{duty}", name=duty)
        Office.objects.create(union=town.city, user=user, name=duty, duty=duty, post=duty, since=today())
        assert not permitted(user, May.SEE_EVENT).exists()
        assert not permitted(user, May.SEE_DISPUTE).exists()


@pytest.mark.parametrize("page", ["events", "disputes"])
def test_a_page_of_a_list_under_htmx_is_its_rows(town, client, arrears, dispute, page):
    client.force_login(town.county_rights)
    said = client.get(reverse(f"rights:{page}"), headers={"HX-Request": "true"}).content.decode()
    assert said.lstrip().startswith('<div id="rows">')


@pytest.mark.django_db(transaction=True)
def test_pages_only_read_and_openings_are_noted_after_the_answer(town, client, arrears, dispute):
    client.force_login(town.county_rights)
    for url in (
        arrears.get_absolute_url(), dispute.get_absolute_url(), reverse("rights:events"), reverse("rights:disputes"), reverse("rights:duty"), reverse("rights:report"),
        f"{reverse('rights:report')}?union={town.firm.code}", f"{reverse('rights:open')}?event={arrears.uuid}", reverse("rights:disputes_export"),
    ):  # fmt: skip
        assert client.get(url).status_code == 200
    seen = SeenLog.objects.filter(act="opened").values_list("kind", "thing_id")
    assert sorted(seen) == [("rights.dispute", dispute.pk), ("rights.event", arrears.pk)]
