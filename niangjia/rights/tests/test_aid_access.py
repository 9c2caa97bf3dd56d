"""Legal aid at its doors: who may what, what a firm's officers do not learn, what the member sees, papers, lists, exports, figures, the interface."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from niangjia.access.api import SeenLog
from niangjia.files.permissions import GUARDS
from niangjia.kit.dates import now, today
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.kit.retention import NEEDS
from niangjia.kit.who import allows, permitted
from niangjia.members.models import Person
from niangjia.rights import actions
from niangjia.rights.aided import AidMay
from niangjia.rights.drawn import DRAWN
from niangjia.rights.drawn.own import own_application, own_decision
from niangjia.rights.models import Aid, Paper, Subsidy
from niangjia.rights.retention import recipients
from niangjia.rights.tests import aidhand as hand
from niangjia.rights.tests.test_intake import member  # noqa: F401 - a fixture
from niangjia.worklog.api import Asked, evaluate, post

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def may(user, case):
    return {
        one.value.removeprefix("rights.")
        for one in AidMay
        if one.value.endswith("_aid") and one != AidMay.OPEN_AID and allows(user, one, case)
    }


def test_who_may_what(town):
    case = hand.handled(town)
    office = {"see_aid", "supply_aid", "decide_aid", "assign_aid", "handle_aid", "close_aid"}
    table = {
        "township rights": office, "county rights": office, "county chair": office | {"sign_aid", "review_aid"}, "city rights": office, "vice": {"see_aid", "sign_aid"},
        "lawyer 1": {"see_aid", "handle_aid"}, "grassroots chair": set(), "firm finance": set(), "firm informant": set(), "county finance": set(), "county culture": set(),
        "county centre": set(), "other county": set(), "far chair": set(),
    }  # fmt: skip
    found = {name: may(town.people[name], case) for name in table}
    found["county rights"] -= {"review_aid"}
    assert found == table
    line = hand.closed(town, hand.lawyer(town, 2), n=62)
    subsidy = actions.propose_subsidy(line, by=town.township_rights)
    paid = {
        name: [one.value.removeprefix("rights.") for one in (AidMay.SEE_SUBSIDY, AidMay.PROPOSE_SUBSIDY, AidMay.APPROVE_SUBSIDY) if allows(town.people[name], one, subsidy)]
        for name in ("township rights", "vice", "county finance", "lawyer 2", "grassroots chair", "other county")
    }  # fmt: skip
    assert paid == {
        "township rights": ["see_subsidy", "propose_subsidy"], "vice": ["see_subsidy", "approve_subsidy"], "county finance": ["see_subsidy"], "lawyer 2": [], "grassroots chair": [],
        "other county": [],
    }  # fmt: skip


def test_a_chair_who_applied_for_her_sees_how_far_it_is_and_no_more(town, client):
    said = hand.said(town, facts="秘密的事实。")
    case = actions.open_aid(town.firm, said, door="OFFICE", name="示例工甲", number=hand.number(61), by=town.grassroots_chair)
    assert (case.union, case.door) == (town.township, "CHAIR")
    assert may(town.grassroots_chair, case) == {"see_aid", "supply_aid"}
    client.force_login(town.grassroots_chair)
    page = client.get(case.get_absolute_url()).content.decode()
    assert case.reference in page
    assert "秘密的事实" not in page
    assert "示例工甲" not in page
    assert not permitted(town.grassroots_chair, GUARDS["rights.aid"]).exists()


def test_she_applies_on_her_phone_and_her_firms_officers_meet_it_at_no_door(town, client, member):  # noqa: F811
    client.force_login(member)
    page = client.get(reverse("own-rights:aid_new"))
    assert page.status_code == 200
    photo = SimpleUploadedFile("身份证.png", PNG)
    facts = {"kind": "HARDSHIP", "matter": "PAY", "form": "ARBITRATE", "facts": "两个月工资没发。", "claimed": "9600", "identity": photo}
    answer = client.post(reverse("own-rights:aid_new"), facts)
    case = Aid.objects.get()
    assert (answer.status_code, case.union, case.door, case.against, case.claimed) == (
        303,
        town.township,
        "MEMBER",
        town.employer,
        Decimal(9600),
    )
    own = client.get(reverse("own-rights:aid", args=[case.uuid])).content.decode()
    assert case.reference in own
    assert case.reference in client.get(reverse("own-rights:list")).content.decode()
    actions.ask_papers(case, wanted="经济状况证明、证据。", by=town.township_rights)
    for kind in ("MEANS", "EVIDENCE"):
        assert (
            client.post(
                reverse("own-rights:aid_papers", args=[case.uuid]), {"kind": kind, "file": SimpleUploadedFile(f"{kind}.png", PNG)}
            ).status_code
            == 303
        )
    case.refresh_from_db()
    assert case.state == "APPLIED"  # all that was asked for is here: the review goes on by itself
    decision, application = (reverse(f"own-rights:aid_{name}", args=[case.uuid]) for name in ("decision", "application"))
    assert client.get(decision).status_code == 404  # nothing is decided yet
    actions.refuse_aid(case, ground="GROUND", reason="缺少证据。", by=town.township_rights)
    own = client.get(reverse("own-rights:aid", args=[case.uuid])).content.decode()
    for url in (decision, application):
        assert url in own
        assert client.get(url).content.startswith(b"%PDF")
    line = case.recipients.select_related("person").get()
    case.refresh_from_db()
    said = str(own_decision(case, line).of.parts)
    assert all(words in said for words in ("不予援助", "缺少证据。", f"由{town.county.name}复核"))
    assert line.person.name in str(own_application(case, line).of.parts)
    assert client.post(reverse("own-rights:aid_object", args=[case.uuid]), {"reason": "有考勤。"}).status_code == 303
    case.refresh_from_db()
    assert case.state == "OBJECTED"
    client.force_login(town.township_rights)
    assert client.get(case.get_absolute_url()).status_code == 200
    assert SeenLog.objects.filter(kind="rights.aid", thing_id=case.pk, user=town.township_rights).exists()
    client.force_login(member)
    assert town.township.short_name in client.get(reverse("own-rights:aid", args=[case.uuid])).content.decode()
    for who in (town.grassroots_chair, town.firm_finance, town.firm_informant, town.other_county):
        client.force_login(who)
        assert {client.get(url).status_code for url in (case.get_absolute_url(), decision, application)} == {404}
        for url in (
            reverse("rights:aids"),
            f"/search/?q={case.reference}",
            reverse("rights:papers"),
            "/desk/",
            town.firm.get_absolute_url(),
        ):
            answer = client.get(url)
            assert str(case.uuid) not in answer.content.decode(), url
        assert client.get(f"/api/rights/aids/{case.uuid}").status_code in (401, 403, 404)


def test_every_paper_is_drawn_up_and_stands_in_the_register(town):
    case = hand.closed(town)
    draft = hand.granted(town, n=62)
    actions.draw(draft, "aid_application", by=town.township_rights)
    actions.draw(draft, "aid_approval", by=town.township_rights)
    assert {one.kind for one in Paper.objects.all()} == {code for code in DRAWN if code.startswith("aid_")}
    for one in Paper.objects.select_related("aid"):
        sheet = DRAWN[one.kind].draw(one.subject, DRAWN[one.kind].number(one.year, one.number), one.aid.assignments.first())
        text = "\n".join(
            [line.text for line in docx.Document(io.BytesIO(sheet.word())).paragraphs]
            + [cell.text for table in docx.Document(io.BytesIO(sheet.word())).tables for row in table.rows for cell in row.cells]
        )
        assert one.aid.union.name in text
        assert hand.number(61) not in text
        assert sheet.pdf()[:4] == b"%PDF"
    assert case.assignments.get().paper.kind == "aid_assignment"


def test_lists_ask_as_much_for_many_as_for_few_and_are_taken_away(town, client):
    agent = hand.lawyer(town)
    hand.handled(town, agent, n=61)
    client.force_login(town.county_rights)
    urls = [reverse(f"rights:{name}") for name in ("aids", "agents", "subsidies", "advice", "aid_board")]

    def asked():
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url).status_code == 200
            found.append(len(seen))
        return found

    few = asked()
    for n in (62, 63, 64):
        hand.handled(town, agent, n=n)
        actions.advise_people(town.township, actions.Advice(today(), "PHONE", "MIGRANT", "PAY", "问", "答"), by=town.township_rights)
    hand.closed(town, agent, n=65)
    actions.propose_subsidy(Aid.objects.get(state="CLOSED"), by=town.township_rights)
    many = asked()
    assert all(b <= a + 2 for a, b in zip(few, many, strict=True)), (few, many)
    for name in ("aids_export", "agents_export", "subsidies_export", "advice_export"):
        book = load_workbook(io.BytesIO(client.get(reverse(f"rights:{name}")).getvalue()))
        cells = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell)
        assert "示例工" not in cells, name
    assert "50403" in " ".join(
        str(c)
        for row in load_workbook(io.BytesIO(client.get(reverse("rights:subsidies_export")).getvalue())).worksheets[0].values
        for c in row
        if c
    )


def test_small_counts_are_not_shown_on_the_board(town, client):
    hand.applied(town)
    client.force_login(town.township_rights)
    page = client.get(reverse("rights:aid_board")).content.decode()
    assert "少于3" in page
    for n in (62, 63):
        hand.applied(town, n=n)
    assert "少于3" not in client.get(reverse("rights:aid_board")).content.decode()


def test_views_and_filters_narrow_the_list(town, client):
    first, second = hand.applied(town), hand.handled(town, n=62)
    client.force_login(town.people["lawyer 1"])
    assert second.reference in client.get(reverse("rights:aids"), {"view": "mine"}).content.decode()
    client.force_login(town.township_rights)
    for query, there, not_there in (
        ({"state": "APPLIED"}, first, second),
        ({"q": second.reference}, second, first),
        ({"state": "HANDLING"}, second, first),
    ):
        page = client.get(reverse("rights:aids"), query).content.decode()
        assert there.get_absolute_url() in page
        assert not_there.get_absolute_url() not in page
    said = client.get("/api/rights/aids?state=HANDLING").json()
    assert [(one["reference"], one["people"], one["recovered"]) for one in said] == [(second.reference, 1, "0")]
    assert client.get("/api/rights/aids?state=NONE").status_code == 422


def test_steps_are_taken_on_the_pages(town, client):
    agent = hand.lawyer(town)
    client.force_login(town.township_rights)
    facts = {
        "door": "HOTLINE", "kind": "MIGRANT", "name": "示例工甲", "number": hand.number(61), "matter": "PAY", "form": "ARBITRATE", "uscc": town.employer.uscc, "facts": "欠薪两个月。",
        "claimed": "9600", "applied_on": today().isoformat(), "wish": "1",
    }  # fmt: skip
    assert client.post(reverse("rights:aid_new"), facts).status_code == 303
    case = Aid.objects.get()

    def post_(name, url="rights:aid_", **said):
        answer = client.post(reverse(f"{url}{name}", args=[case.uuid]), said)
        assert answer.status_code == 303, (name, answer.content.decode()[-1500:])

    post_("proofs", kind="IDENTITY", note="已核对")
    post_("proofs", kind="EVIDENCE", note="工资条")
    post_("limit", on=(today() + timedelta(days=90)).isoformat())
    post_("grant", form="ARBITRATE", opinion="同意。")
    post_("assign", agent=str(agent.uuid), form="ARBITRATE")
    client.force_login(hand.leader(town))
    post_("step", verb="sign")
    client.force_login(town.people["lawyer 1"])
    post_("step", verb="take")
    post_("hearings", kind="ARBITRATE", at=f"{now() + timedelta(days=3):%Y-%m-%dT%H:%M}", body="甲县仲裁委")
    post_("money", amount="3000", on=today().isoformat(), evidence="银行回单 2026060100012345")
    post_("finish", on=today().isoformat(), result="WON", awarded="9600")
    post_("report", text="代理仲裁。")
    client.force_login(hand.second(town))
    post_("step", verb="close")
    post_("rating", satisfied="VERY")
    post_("subsidy_new", url="rights:")
    subsidy = Subsidy.objects.get()
    client.force_login(hand.leader(town))
    assert client.post(reverse("rights:subsidy_step", args=[subsidy.uuid]), {"verb": "approve"}).status_code == 303
    case.refresh_from_db()
    subsidy.refresh_from_db()
    assert (case.state, case.satisfied, subsidy.state) == ("CLOSED", "VERY", "APPROVED")


@pytest.mark.django_db(transaction=True)
def test_what_is_counted(town, dispute):
    by = {"by": town.township_rights}
    case = hand.closed(town)
    actions.receive_aid(case, amount=Decimal(5000), on=today(), evidence="银行回单 2026060100012345", **by)
    actions.rate(case, satisfied="VERY", **by)
    actions.accept(dispute, **by)
    linked = actions.aid_from(dispute, kind="MIGRANT", form="ARBITRATE", **by)
    actions.add_proof(linked, kind="EVIDENCE", note="考勤", **by)
    actions.grant_aid(linked, form="ARBITRATE", opinion="同意。", **by)
    actions.assign(linked, hand.lawyer(town, 2), form="ARBITRATE", **by)
    actions.sign_assignment(linked, by=hand.leader(town))
    actions.take_aid(linked, **by)
    actions.receive(dispute, amount=Decimal(3000), on=today(), evidence="银行回单 2026060100099999", **by)
    actions.take_over(linked, **by)
    actions.refuse_aid(hand.applied(town, n=63), ground="SCOPE", reason="不属于。", **by)
    actions.advise_people(town.township, actions.Advice(today(), "OUTSIDE", "MIGRANT", "PAY", "问", "答", 14), **by)
    actions.approve_subsidy(actions.propose_subsidy(case, **by), by=hand.leader(town))
    post()

    def figure(code):
        return evaluate(FIGURES[code].plan, Asked(year(today().year), town.county.pk))

    assert {code: figure(code) for code in ("rights.aid.cases", "rights.aid.applications", "rights.aid.closed", "rights.aid.decisions", "rights.advice.people", "rights.aid.people")} == {
        "rights.aid.cases": 2, "rights.aid.applications": 3, "rights.aid.closed": 1, "rights.aid.decisions": 3, "rights.advice.people": 14, "rights.aid.people": 3,
    }  # fmt: skip
    assert (
        figure("rights.aid.recovered"),
        figure("rights.aid.recovered.apart"),
        figure("rights.recovered"),
        figure("rights.recovered.all"),
    ) == (8000, 5000, 3000, 8000)
    assert (
        figure("rights.aid.satisfaction"),
        figure("rights.aid.success"),
        figure("rights.aid.timed.rate"),
        figure("rights.aid.wait"),
    ) == (100, 100, 100, 0)
    assert figure("rights.aid.subsidies") == 1200


def test_the_file_of_whoever_is_aided_is_needed_until_its_years_are_over(town):
    case = hand.applied(town)
    person = Person.objects.get(pk=case.recipients.get().person_id)
    assert recipients([person.pk]) == {person.pk}
    actions.withdraw_aid(case, reason="和解。", by=town.township_rights)
    assert recipients([person.pk]) == {person.pk}
    Aid.objects.filter(pk=case.pk).update(closed_on=today().replace(year=today().year - 11, day=1))
    assert recipients([person.pk]) == set()
    assert any(one is recipients for those in NEEDS.values() for one in those)
