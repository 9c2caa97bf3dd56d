"""Pages of reckonings: staff and members ask, nothing is kept; what is put to a case stays as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from niangjia.access.models import User
from niangjia.kit.parameter import PARAMETERS
from niangjia.kit.said import area_name
from niangjia.rights import actions, reckoning, words
from niangjia.rights.forms.reckoning import FORMS
from niangjia.rights.models import Reckoning
from niangjia.rights.queries.reckoning import KINDS, OWN, lpr
from niangjia.rights.reckoned import Kind
from niangjia.rights.reckoning import unpacked

pytestmark = pytest.mark.django_db
DAY = "2025-07-14"
FILLED = {
    "severance": {"ground": "MUTUAL", "first": "2019-03-15", "last": DAY, "wage": "5480"},
    "notice": {"ground": "UNFIT", "wage": "6000", "last": DAY},
    "double": {"which": "WRITTEN", "first": "2024-03-01", "claimed": "2025-03-01", "wage": "6000"},
    "overtime": {"system": "STANDARD", "wage": "5220", "on_days": "10", "on_rest": "8", "until": DAY},
    "leave": {"year": "2025", "first_work": "2010-05-01", "first": "2012-03-01", "taken": "4", "wage": "4350"},
    "arrears": {"due": "20000", "paid": "5000", "ordered": "on"},
    "interest": {"principal": "36500", "due_on": "2025-01-01", "until": "2025-01-11"},
    "minimum": {"paid": "2500", "apart": "400", "months": "3", "floor": "2260", "until": DAY},
    "final": {"claim": "27120", "floor": "2260"},
    "limitation": {"what": "OTHER", "known": "2025-03-03", "day_a": "2025-08-20", "how_a": "ASKED"},
}
SAID = {
    "severance": "35,620.00", "notice": "6,000.00", "double": "66,000.00", "overtime": "930.00", "leave": "2,400.00", "arrears": "22,500.00", "interest": "31.00",
    "minimum": "480.00", "final": "27,120.00", "limitation": "20 Aug 2026",
}  # fmt: skip


def test_every_kind_has_its_form_its_rule_and_its_words():
    assert set(FORMS) == set(KINDS) == set(words.TEXTS) == set(Kind.values) == set(FILLED)
    assert {f"rights.terms.{code}" for term in reckoning.TERMS for code in (term.code, term.longer) if code and code not in OWN} == {
        code for code in PARAMETERS if code.startswith("rights.terms.")
    }
    assert set(reckoning.FACTS) == set(words.TERM_EVENTS)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", sorted(FILLED))
def test_an_answer_with_its_way_and_nothing_kept(town, client, kind, language):
    client.force_login(town.grassroots_chair)
    client.cookies["django_language"] = language
    url = reverse("rights:reckon_kind", args=[kind])
    assert client.get(url).status_code == 200
    answer = client.post(url, FILLED[kind])
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (SAID[kind] if language == "en" or kind != "limitation" else "2026年8月20日") in page
    assert "%(" not in page
    assert not Reckoning.objects.exists()


def test_the_steps_say_how_a_sum_comes_about(town, client):
    client.force_login(town.grassroots_chair)
    client.cookies["django_language"] = "en"
    page = client.post(reverse("rights:reckon_kind", args=["severance"]), FILLED["severance"]).content.decode()
    assert "6 years and 4 months count as 6.5 months of wage" in page
    assert "6.5 × 5,480.00" in page
    assert "Labour Contract Law, art. 47" in page
    client.cookies["django_language"] = "zh-hans"
    page = client.post(reverse("rights:reckon_kind", args=["severance"]), FILLED["severance"]).content.decode()
    assert "《劳动合同法》第四十七条" in page


def test_a_form_that_cannot_be_is_given_back(town, client):
    client.force_login(town.grassroots_chair)
    url = reverse("rights:reckon_kind", args=["severance"])
    assert client.post(url, FILLED["severance"] | {"last": "2018-01-01"}).status_code == 422
    assert client.get(reverse("rights:reckon_kind", args=["nothing"])).status_code == 404


def test_a_member_asks_too(town, client):
    client.force_login(User.objects.create(username="a-member", name="沈会员", kind="MEMBER"))
    assert client.get(reverse("rights:reckon")).status_code == 200
    assert "480.00" in client.post(reverse("rights:reckon_kind", args=["minimum"]), FILLED["minimum"]).content.decode()
    page = client.post(reverse("rights:reckon_terms"), {"arbitration_applied": "2026-02-12"}).content.decode()
    assert "2026年2月26日" in page


def test_the_days_of_procedures_stand_under_their_headings_and_parameters_by_theme(town, client):
    client.force_login(town.county_rights)
    page = client.get(reverse("rights:reckon_terms")).content.decode()
    heads = [page.index(f"<h2>{head}</h2>") for head in ("调解", "调解协议", "仲裁", "支付令", "劳动监察", "工会监督", "扣除期间和延长")]
    assert heads == sorted(heads)
    assert all(f'name="{code}"' in page for code in reckoning.FACTS)
    assert area_name(PARAMETERS["rights.reckon.on_days"]) == "应得核算（工时和加班）"
    assert area_name(PARAMETERS["rights.terms.sue"]) == "法定期限（诉讼）"


def test_terms_with_excluded_time_and_an_extension(town, client):
    client.force_login(town.county_rights)
    client.cookies["django_language"] = "en"
    facts = {"arbitration_accepted": "2025-03-03", "stopped": "2025-03-10", "resumed": "2025-03-19", "longer_arbitration_award": "on"}
    page = client.post(reverse("rights:reckon_terms"), facts).content.decode()
    assert "12 May 2025" in page  # 60 days are 2 May, ten excluded days later
    assert "10 days do not count" in page


def test_put_to_a_case_and_kept_as_it_was(town, client, dispute):
    client.force_login(town.township_rights)
    url = reverse("rights:attach", args=[dispute.uuid, "severance"])
    assert client.get(reverse("rights:reckon_for", args=[dispute.uuid])).status_code == 200
    assert "35,620.00" in client.post(url, FILLED["severance"]).content.decode()
    assert not Reckoning.objects.exists()
    answer = client.post(url, FILLED["severance"] | {"keep": "1"})
    one = Reckoning.objects.get()
    assert answer.url == reverse("rights:reckoning", args=[dispute.uuid, one.uuid])
    assert (one.amount, one.version, one.by, one.inputs["wage"]) == (
        Decimal("35620.00"),
        reckoning.VERSION,
        town.township_rights,
        "5480",
    )
    assert one.rules["rules"]["rights.reckon.cap_times"]["value"] == 3
    assert unpacked(one.answer).amount == one.amount
    assert "35,620.00" in client.get(answer.url).content.decode()
    assert "35,620.00" in client.get(dispute.get_absolute_url()).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reckoning.objects.update(amount=1)


@pytest.mark.parametrize(("who", "answers"), [
    ("grassroots chair", (404, 404)), ("county finance", (404, 404)), ("county leader", (403, 404)), ("county rights", (200, 200)), ("other county", (404, 404)),
])  # fmt: skip
def test_who_puts_reckonings_to_a_case_and_who_reads_them(town, client, dispute, who, answers):
    one = actions.attach_reckoning(dispute, "final", {"claim": Decimal(27120), "floor": Decimal(2260)}, by=town.township_rights)
    client.force_login(town.people[who])
    urls = (reverse("rights:attach", args=[dispute.uuid, "final"]), reverse("rights:reckoning", args=[dispute.uuid, one.uuid]))
    assert tuple(client.get(url).status_code for url in urls) == answers
    seen = client.get(dispute.get_absolute_url())
    assert (seen.status_code == 200 and "/reckonings/" in seen.content.decode()) == (answers[1] == 200)


def test_the_dispute_page_asks_no_more_for_many_reckonings(town, client, dispute, django_assert_max_num_queries):
    client.force_login(town.township_rights)
    client.get(dispute.get_absolute_url())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(dispute.get_absolute_url())
    for _ in range(5):
        actions.attach_reckoning(dispute, "final", {"claim": Decimal(27120), "floor": Decimal(2260)}, by=town.township_rights)
    with django_assert_max_num_queries(len(few)):
        client.get(dispute.get_absolute_url())


def test_the_loan_prime_rate_stands_in_order():
    known = lpr()
    assert [since for since, _ in known] == sorted(since for since, _ in known)
    assert known[0] == (date(2019, 8, 20), Decimal("0.0425"))
    assert known[-1][1] == PARAMETERS["rights.reckon.lpr"].default
