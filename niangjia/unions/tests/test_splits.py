"""A union is split: by its own decision, approved above; units, officers and members go along on the day, and all is settled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.files.api import papers
from niangjia.flow.api import clocks, story
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import until
from niangjia.members.actions import splitting as members
from niangjia.members.models import Membership
from niangjia.members.splits import counts
from niangjia.notices.models import Message
from niangjia.unions.actions import ending, splits, splitting, units
from niangjia.unions.actions.papers import draw_up
from niangjia.unions.models import Cover, Office, Split, Union
from niangjia.unions.splits import Plan
from niangjia.unions.tests.splitted import draft, fresh, joint, said, sent
from niangjia.worklog.api import Asked, audit, evaluate, post
from tests.town import credit

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n%%EOF"


@pytest.fixture(autouse=True)
def parted(town):
    """The town with a joint union that may be split."""
    return joint(town)


def counted(name, union):
    post()
    return evaluate(FIGURES[name].plan, Asked(until(today()), union.pk, "today"))


def at(union):
    return sorted(Membership.objects.filter(union=union, left_on=None).values_list("name", flat=True))


def approved(town, one, **more):
    return splitting.approve(fresh(one), **{"on": today(), "approval_no": "煤总工〔2026〕21号"} | more, by=town.hill_chair)


def test_a_part_becomes_a_union_with_its_units_members_and_officers(town, owner):
    before = counted("members.memberships", town.hill), counted("unions.grassroots", town.hill)
    one = sent(town)
    assert {clock.code for clock in clocks(fresh(one))} == {"SP-D1"}
    assert Message.objects.filter(what="split-to-decide", to=town.hill_chair).count() == 1
    one = approved(town, one)
    old, new = fresh(town.joint), one.parts.get().union
    assert (new.state, new.founded_on, new.approval_no, new.parent, new.term_end, old.state) == (
        "NORMAL",
        today(),
        "煤总工〔2026〕21号",
        town.hill,
        old.term_end,
        "NORMAL",
    )
    assert {cover.employer.uscc for cover in Cover.objects.filter(union=new)} == {credit(900), credit(901)}
    assert set(Cover.objects.filter(union=old, until=None).values_list("employer__uscc", flat=True)) == {credit(902), credit(903)}
    assert (at(new), at(old)) == (sorted(["邹一", "邹二", "邹五", "邹六"]), sorted(["邹三", "邹四"]))
    assert Membership.objects.filter(union=old, left_on=today(), ending="TRANSFER").count() == 4
    assert Office.objects.get(union=new, until=None).name == "戚副主"
    assert Office.objects.get(union=old, duty="leader").until == today()
    assert (new.chair_by, old.chair_by) == (add_months(today(), 3), None)  # the chair stayed
    assert [line.verb for line in story(old)][-1] == "part"
    assert (counted("members.memberships", town.hill), counted("unions.grassroots", town.hill)) == (before[0], before[1] + 1)
    with owner():
        assert not audit()


def test_a_union_ends_by_its_split_and_leaves_nobody(town, owner):
    one = sent(town, ends=True, two=True)
    one = approved(town, one)
    east, west = (part.union for part in one.parts.order_by("pk"))
    old = fresh(town.joint)
    assert (old.state, old.closed_on, at(old)) == ("ABOLISHED", today(), [])
    assert (len(at(east)), len(at(west))) == (4, 2)
    assert not Office.objects.filter(union=old, until=None).exists()
    assert not Cover.objects.filter(union=old, until=None).exists()
    assert Office.objects.get(union=west, duty="chair", until=None).name == "姜联合"
    assert fresh(west).chair_by is None
    with owner():
        assert not audit()


def test_who_goes_otherwise_than_her_unit_is_said_by_name(town):
    one = draft(town)
    part = one.parts.get()
    three = Membership.objects.get(name="邹三")
    assert counts(one) == {part.pk: 4, None: 2}
    assert members.place(one, [three.uuid], str(part.uuid), by=town.joint_chair) == 1
    members.place(one, [Membership.objects.get(name="邹一").uuid], "", by=town.joint_chair)
    assert counts(one) == {part.pk: 4, None: 2}
    with pytest.raises(Refused):
        members.place(one, [three.uuid], "", by=town.south_org)
    splits.send(fresh(one), by=town.joint_chair)
    with pytest.raises(RuleBroken):
        members.place(one, [three.uuid], "", by=town.joint_chair)
    new = approved(town, one).parts.get().union
    assert at(new) == sorted(["邹二", "邹三", "邹五", "邹六"])


def test_nobody_is_left_to_a_union_that_ends(town):
    one = draft(town, ends=True, two=True)
    members.place(one, [Membership.objects.get(name="邹三").uuid], "", by=town.joint_chair)
    with pytest.raises(RuleBroken, match="1"):
        splits.send(fresh(one), by=town.joint_chair)
    assert fresh(one).state == "DRAFT"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ends": True}, "two-parts"), ({"ayes": 3, "present": 5}, "votes"), ({"assets": ""}, "assets"),
        ({"organ": "", "decided_on": None, "decision_no": "", "entitled": None, "present": None, "ayes": None}, "undecided"),
    ],
)  # fmt: skip
def test_what_is_missing_keeps_it_from_being_sent(town, more, code):
    one = draft(town, **more)
    assert code in [remark.code for remark in Plan(one).against() if remark.hard]
    with pytest.raises(RuleBroken):
        splits.send(fresh(one), by=town.joint_chair)
    assert Union.objects.filter(name__startswith="煤山分立").count() == 0


def test_it_is_taken_back_before_it_is_decided_and_never_after(town):
    one = sent(town)
    seen = fresh(one)
    one = splits.recall(fresh(one), by=town.joint_chair)
    assert (one.state, Message.objects.filter(what="split-recalled", to=town.hill_chair).count()) == ("DRAFT", 1)
    with pytest.raises(Overtaken):
        splitting.approve(seen, on=today(), approval_no="x", by=town.hill_chair)
    one = approved(town, splits.send(fresh(one), by=town.joint_chair))
    for back in (splits.recall, splits.send):
        with pytest.raises(IllegalStep):
            back(fresh(one), by=town.joint_chair)
    with pytest.raises(IllegalStep):
        splits.give_back(fresh(one), reason="x", by=town.hill_chair)


@pytest.mark.parametrize("who", ["joint_chair", "firm_chair", "south_org", "north_rights", "system"])
def test_only_the_office_above_approves(town, who):
    one = sent(town)
    with pytest.raises(Refused):
        splitting.approve(fresh(one), on=today(), approval_no="煤总工〔2026〕21号", by=town.people[who])
    with pytest.raises(RuleBroken):
        approved(town, one, approval_no=" ")
    with pytest.raises(RuleBroken):
        approved(town, one, on=today() + timedelta(days=1))


def test_it_is_sent_back_and_refused_with_a_reason(town):
    one = sent(town)
    one = splits.give_back(fresh(one), reason="补充财产清单。", by=town.hill_chair)
    assert Message.objects.filter(what="split-returned", to=town.joint_chair).count() == 1
    one = splits.refuse(splits.send(fresh(one), by=town.joint_chair), reason="不符合条件。", by=town.north_org)
    assert (one.state, clocks(one), fresh(town.joint).state) == ("REFUSED", [], "NORMAL")
    assert splits.begin(town.joint, said(), by=town.joint_chair).state == "DRAFT"


def test_one_at_a_time_and_no_federation(town):
    draft(town)
    with pytest.raises(RuleBroken):
        splits.begin(town.joint, said(), by=town.joint_chair)
    with pytest.raises(RuleBroken):
        splits.begin(town.hill, said(), by=town.north_org)
    with pytest.raises(Refused):
        splits.begin(town.firm, said(), by=town.mill_chair)


def test_a_firm_that_split_gets_a_second_union_and_its_own_unit_stays(town):
    one = splits.begin(town.firm, said(), by=town.firm_chair)
    part = splits.add_part(one, name="煤山青禾储能有限公司工会委员会", kind="20", by=town.firm_chair)
    splits.give_units(part, [units.Unit(town.firm_unit.uscc)], by=town.firm_chair)
    assert "own-goes" in [remark.code for remark in Plan(one).against()]
    splits.take_unit(part.units.get(), by=town.firm_chair)
    splits.give_units(part, [units.Unit(credit(930), "煤山青禾储能有限公司")], by=town.firm_chair)
    new = approved(town, splits.send(fresh(one), by=town.firm_chair)).parts.get().union
    assert (new.employer.uscc, fresh(town.firm).employer) == (credit(930), town.firm_unit)


def test_a_split_ends_with_its_union(town):
    one = sent(town)
    ending.abolish(fresh(town.joint), on=today(), reason="企业注销", by=town.north_org)
    assert (fresh(one).state, clocks(fresh(one))) == ("WITHDRAWN", [])


def test_it_is_settled_with_its_paper(town):
    one = approved(town, sent(town, ends=True, two=True))
    assert ({clock.code for clock in clocks(one)}, one.settle_by) == ({"SP-D2"}, add_months(today(), 3))
    facts = {"on": today(), "settlement": "经费2万元按人数分割。", "paper": SimpleUploadedFile("协议.pdf", PDF), "name": "协议.pdf"}
    for wrong in ({"paper": None}, {"settlement": " "}, {"cancelled_on": None}, {"on": today() + timedelta(days=1)}):
        with pytest.raises(RuleBroken):
            splits.settle(fresh(one), **{"cancelled_on": today()} | facts | wrong, by=town.hill_chair)
    one = splits.settle(fresh(one), **facts, cancelled_on=today(), by=town.hill_chair)
    assert (one.state, [paper.name for paper in papers(one)], clocks(one)) == ("SETTLED", ["协议.pdf"], [])
    assert fresh(town.joint).legal_until == today()


def test_its_papers_are_drawn_up(town):
    one = sent(town)
    request = draw_up(fresh(one), "request", by=town.joint_chair)
    with pytest.raises(RuleBroken):
        draw_up(fresh(one), "reply", by=town.hill_chair)
    one = approved(town, one)
    reply = draw_up(one, "reply", by=town.hill_chair)
    assert [request.name, reply.name] == ["分立请示.docx", "分立批复.docx"]


def test_its_pages_from_the_draft_to_the_settlement(town, as_):
    begin = f"/unions/{town.joint.code}/splits/"
    facts = {
        "why": "经营分开。",
        "ends": "no",
        "organ": "MEMBERS",
        "decided_on": str(today()),
        "decision_no": "纪要3号",
        "entitled": 6,
        "present": 6,
        "ayes": 6,
        "assets": "按人数。",
    }
    assert as_(town.mill_chair).get(begin).status_code == 404
    assert as_(town.joint_chair).post(begin, facts).status_code == 303
    one = Split.objects.get()
    page = one.get_absolute_url()
    assert as_(town.joint_chair).post(f"{page}parts/", {"name": "煤山分立东片联合工会委员会", "kind": "21"}).status_code == 303
    part = one.parts.get()
    assert (
        as_(town.joint_chair).post(f"{page}units/pick/", {"part": str(part.uuid), "picked": [credit(900), credit(901)]}).status_code == 303
    )
    vice = Office.objects.get(union=town.joint, duty="leader")
    assert as_(town.joint_chair).post(f"{page}offices/", {"part": str(part.uuid), "picked": [str(vice.uuid)]}).status_code == 303
    assert as_(town.joint_chair).post(f"{page}offices/{vice.uuid}/").status_code == 303
    assert as_(town.joint_chair).get(f"/members/splits/{one.uuid}/?view=stay").status_code == 200
    three = Membership.objects.get(name="邹三")
    assert (
        as_(town.joint_chair).post(f"/members/splits/{one.uuid}/place/", {"one": str(three.uuid), "to": str(part.uuid)}).status_code == 303
    )
    assert as_(town.hill_chair).post(f"{page}step/", {"verb": "send"}).status_code == 303
    assert as_(town.firm_chair).get(page).status_code == 404
    assert as_(town.joint_chair).get(f"{page}step/approve/").status_code == 403
    assert as_(town.hill_chair).post(f"{page}step/approve/", {"on": str(today()), "approval_no": "煤总工〔2026〕21号"}).status_code == 303
    shown = as_(town.hill_chair).get(page).content.decode()
    assert "煤山分立东片" in shown
    assert as_(town.hill_chair).post(f"{page}step/settle/", {"on": str(today()), "settlement": "已分割。"}).status_code == 422
    assert (
        as_(town.hill_chair)
        .post(f"{page}step/settle/", {"on": str(today()), "settlement": "已分割。", "paper": SimpleUploadedFile("协议.pdf", PDF)})
        .status_code
        == 303
    )
    assert fresh(one).state == "SETTLED"
    for path in ("/unions/splits/", "/unions/splits/?view=mine", f"/unions/{town.joint.code}/", one.parts.get().union.get_absolute_url()):
        assert one.reference in as_(town.hill_chair).get(path).content.decode() or "view=mine" in path
    assert as_(town.hill_chair).get("/unions/splits/export/").status_code == 200
