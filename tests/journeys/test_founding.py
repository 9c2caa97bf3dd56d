"""A union is founded: from a worker's clue to the legal person, while the calendar moves; and an election with an objection.

Everybody clicks what she sees.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from niangjia.flow.api import clocks, mark_days
from niangjia.gazette.api import notices_of
from niangjia.kit.dates import at, day_of, moved_to
from niangjia.unions.models import Election, Founding, Union
from niangjia.unions.tests.electing import fresh, planned, stand
from tests.journeys.conftest import FACES, faults, press, read, tongue
from tests.town import credit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORNING = at(date(2026, 3, 2), 9)
FIRM = "煤山新芽电子有限公司"


def why(page, words, reason):
    """A step that asks why: its link opens the question, and the answer goes with it."""
    press(page, words)
    page.locator(".n-dialog:target textarea").fill(reason)
    page.locator(".n-dialog:target button[type=submit]").click()
    page.wait_for_load_state()


def fill(page, **facts):
    for name, value in facts.items():
        field = page.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'[name="{name}"][value="{value}"]').check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def sent(page):
    """The one button of a page's form."""
    page.locator(".n-send button[type=submit]").first.click()
    page.wait_for_load_state()


def candidates(page, say, seats):
    """Who stands, one after the other."""
    for name, body, post in seats:
        page.goto(f"{Election.objects.get().get_absolute_url()}candidates/")
        fill(page, name=name, body=body, post=post)
        sent(page)


def votes(page, heads, ayes, on):
    """What came out of the boxes: each candidate's ayes, the rest noes."""
    fill(page, on=str(on), place="一楼会议室", entitled=str(heads), present=str(heads))
    for field in page.locator('[name^="issued_"], [name^="returned_"], [name^="valid_"]').all():
        field.fill(str(heads))
    for field in page.locator('[name^="ayes_"]').all():
        pk = field.get_attribute("name").removeprefix("ayes_")
        yes = ayes.get(Election.objects.get().candidates.get(pk=pk).name, heads - 10)
        field.fill(str(yes))
        fill(page, **{f"noes_{pk}": str(heads - yes), f"abstained_{pk}": "0", f"others_{pk}": "0"})


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_union_is_founded_from_the_clue_to_the_legal_person(town, wall, enter, width, language):
    say = tongue(language)
    wall.set(MORNING)
    page = enter(town.hill_chair, width=width, language=language)
    page.goto(reverse("unions:foundings"))
    press(page, say("Follow a clue"))
    fill(page, uscc=town.firm_unit.uscc, source="WORKER", clue="职工来电询问如何建会。")
    sent(page)
    assert town.firm.code in read(page)  # it has a union: said at once
    fill(page, uscc=credit(701), name=FIRM)
    sent(page)
    one = Founding.objects.get()
    assert FIRM in read(page)
    assert faults(page) == []
    for name, speaks, head in (("苏筹备", "PARTY", True), ("潘代表", "WORKERS", False)):
        page.goto(f"{one.get_absolute_url()}group/")
        fill(page, name=name, job="车间", speaks=speaks)
        if head:
            page.locator('[name="head"]').check()
        sent(page)
    press(page, say("Hand in the application"))
    fill(page, employees="80", willing="60", applicant="苏筹备", telephone="0572-2000000", address="煤山镇示例路")
    sent(page)
    assert say("Reply to the application") in read(page)

    # the reply has fifteen days; what is missing stops them, and the calendar moves the end
    wall.wait(days=5)
    why(page, say("Ask for what is missing"), "缺党组织意见。")
    assert "缺党组织意见。" in read(page)
    wall.wait(days=20)
    page.reload()
    press(page, say("Hand it in again"))
    fill(page, party="同意建立工会。")
    sent(page)
    with moved_to(wall.now()):
        due = day_of(clocks(Founding.objects.get())[0].due_at)
        mark_days({due + timedelta(days=n): (False, "notice") for n in range(4)})
        assert day_of(clocks(Founding.objects.get())[0].due_at) > due
    page.reload()
    press(page, say("Application to found a union"))
    assert "建会申请.docx" in read(page)
    press(page, say("Agree to the preparatory group"))
    fill(page, grant_no="煤总工〔2026〕3号")
    sent(page)
    union = Union.objects.get(employer__name=FIRM)
    assert union.state == "PREPARING"
    assert faults(page) == []

    # the first committee: candidates, notice, assembly, report, approval
    press(page, say("Prepare an election"))
    planned_on = day_of(wall.now()) + timedelta(days=20)
    fill(page, members="60", women="8", planned_on=str(planned_on), assembly="MEMBERS", seats="3", audit_seats="1", women_seats="1")
    sent(page)
    names = [
        ("苏主席", "COMMITTEE", "CHAIR"),
        ("潘委员", "COMMITTEE", "VICE"),
        ("钟委员", "COMMITTEE", "MEMBER"),
        ("冯委员", "COMMITTEE", "MEMBER"),
    ]
    candidates(page, say, [*names, ("卫审计", "AUDIT", "CHAIR"), ("韩女工", "WOMEN", "CHAIR")])
    assert faults(page) == []
    press(page, say("Send to be examined"))
    press(page, say("Agree to the candidates"))
    press(page, say("Post up the candidates"))
    sent(page)
    page.goto(f"{Election.objects.get().get_absolute_url()}step/hold/")
    assert say(
        "The candidates are on public notice. When its days are over and nobody was right to object, the assembly may vote."
    ) in read(page)
    [notice] = notices_of(Election.objects.get())
    wall.set(clocks(notice)[0].due_at + timedelta(minutes=1))
    wall.wait(hours=9)
    page.goto(Election.objects.get().get_absolute_url())
    press(page, say("Record the assembly"))
    assert faults(page) == []
    votes(page, 60, {"冯委员": 12}, day_of(wall.now()))
    sent(page)
    assert Election.objects.get().state == "HELD"
    press(page, say("Report the result"))
    sent(page)
    press(page, say("Approve the result"))
    fill(page, approval_no="煤总工〔2026〕8号")
    sent(page)
    union.refresh_from_db()
    assert (union.state, union.approval_no) == ("NORMAL", "煤总工〔2026〕8号")
    page.reload()  # the word that it was done lies over the foot of a phone's page
    press(page, say("Reply to the result"))
    assert "选举结果批复.docx" in read(page)

    page.goto(one.get_absolute_url())
    press(page, say("Register as a legal person"))
    fill(page, uscc=credit(702, "81"), certificate_no="浙E0599001")
    sent(page)
    assert Founding.objects.get().state == "FOUNDED"  # nothing was ticked
    for box in page.locator('[name="ticked"]').all():
        box.check()
    sent(page)
    done = Founding.objects.select_related("union").get()
    assert (done.state, done.union.uscc) == ("REGISTERED", credit(702, "81"))
    assert done.union.legal_until == done.union.term_end
    assert faults(page) == []


@pytest.mark.parametrize(("width", "language"), FACES)
def test_an_objection_takes_the_candidates_back(town, wall, enter, width, language):
    say = tongue(language)
    wall.set(MORNING)
    with moved_to(wall.now()):
        one = planned(town.firm, by=town.firm_chair, leave="长总工组〔2026〕5号")
        stand(one, by=town.firm_chair)
    chair, above = (enter(who, width=width, language=language) for who in (town.firm_chair, town.hill_chair))
    chair.goto("/unions/elections/?view=mine")
    press(chair, town.firm.short_name)
    press(chair, say("Send to be examined"))
    above.goto("/unions/elections/?view=mine")
    press(above, town.firm.short_name)
    press(above, say("Agree to the candidates"))
    chair.reload()
    press(chair, say("Post up the candidates"))
    sent(chair)

    stranger = enter(None, width=360, language=language)
    [notice] = notices_of(one)
    stranger.goto(notice.public_url)
    assert "严新丙" in read(stranger)
    stranger.locator('[name="text"]').fill("严新丙是法定代表人的弟弟。")
    stranger.locator('main form[method="post"] button[type=submit]').last.click()
    stranger.wait_for_load_state()

    wall.set(clocks(notice)[0].due_at + timedelta(minutes=1))
    wall.wait(hours=9)
    chair.reload()
    assert say("Objections to the candidates are still open. When the last one is answered, the assembly may vote.") in read(chair)
    said = notice.objections.get()
    chair.goto(said.get_absolute_url())
    press(chair, say("It is right"))
    chair.locator("main textarea").fill("属实，将另行提名。")
    sent(chair)
    assert fresh(one).state == "DRAFT"
    chair.goto(one.get_absolute_url())
    row = chair.locator("tr").filter(has_text="严新丙")
    row.get_by_role("button", name=say("Take off")).click()
    chair.wait_for_load_state()
    assert "严新丙" not in read(chair)
    assert say("Add a candidate") in read(chair)
    assert faults(chair) == []
    stranger.reload()
    assert "属实，将另行提名。" in read(stranger)
