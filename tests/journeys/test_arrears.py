"""Sixty workers who were not paid: from the report at night to the last receipt, by five people, ending in the numbers of the review.

The firm's chair and the worker have a telephone, the offices a screen. Everybody clicks what she sees. What stood before belongs to other stories and
is laid out by their actions: the roster of mediators, the worker's membership with her account, and a matter of another firm, so that figures move
from something.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from niangjia.kit.dates import at, moved_to
from niangjia.members.tests.rosters import name, number
from niangjia.rights.models import Dispute, Event, Receipt
from niangjia.worklog.api import audit_report, post
from tests.journeys.conftest import FACES, part, press, read, tongue
from tests.journeys.sixty import (
    AGREED,
    CLAIMED,
    FIRST_PAID,
    HERS,
    LAST_PAID,
    RUINED,
    SPEAKERS,
    WORKERS,
    before,
    claim,
    part_of,
    payroll,
    wages,
    words_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIGHT = at(date(2026, 3, 11), 20, 10)
SITTING = at(date(2026, 3, 16), 9, 30)
FIRST, LAST = date(2026, 3, 31), date(2026, 4, 30)  # the days of the two instalments
SLIPS = ("湖州银行回单2026033000101", "湖州银行回单2026050700202")
# F043, F044, F045, F047 and F048 of the five-year review, and by how much this night moves them
FIGURES = ("rights.events", "rights.affected", "rights.disputes.cases", "rights.workers.times", "rights.recovered")
MOVED = (1, WORKERS, 1, WORKERS, AGREED)
EVENTS = 2  # so many of them count events, the others disputes
TEN_THOUSAND = 10_000
PHONE = 360


@pytest.mark.parametrize(("width", "language"), FACES)
def test_sixty_workers_get_their_wages_and_the_review_counts_them(town, wall, enter, owner, tmp_path, width, language):
    say = tongue(language)
    wall.set(NIGHT)
    with moved_to(wall.now()):
        worker = before(town, tmp_path)

    def come(who, width=width):
        page = enter(who, width=width, language=language)
        page.goto("/desk/")
        return page

    city = enter(town.city_rights, width=width, language=language)
    was = counted(city)

    event = reported(come(town.firm_chair, PHONE), say, town)
    officer = come(town.hill_chair)
    handled(officer, say, town, event)
    dispute = opened(officer, say, town, event, tmp_path)
    named_and_accepted(officer, say, town, dispute)
    closed_event(officer, say, event)

    wall.wait(hours=13)
    mediator = come(town.north_rights)
    called(mediator, say, dispute)
    wall.set(SITTING + timedelta(hours=2))
    wall.wait(minutes=1)
    agreed(mediator, say, dispute, tmp_path)

    wall.set(at(FIRST - timedelta(days=1), 15))
    wall.wait(minutes=1)
    paid(mediator, say, dispute)
    wall.set(at(LAST + timedelta(days=6), 9))
    wall.wait(minutes=1)
    late(mediator, say, dispute)
    wall.wait(days=1)
    performed(mediator, say, dispute, tmp_path)
    closed(officer, say, dispute)

    read_by_her(enter(worker, width=PHONE, language=language), say, town, dispute)
    with moved_to(wall.now()):
        post()
    with owner():
        assert audit_report().differences == []
    assert dispute.receipts.filter(void=False).count() == len(SLIPS)
    assert sum(Receipt.objects.filter(dispute=dispute, void=False).values_list("amount", flat=True)) == AGREED
    now = counted(city)
    assert tuple(after - first for first, after in zip(was, now, strict=True)) == MOVED
    reviewed(city, say, now, event, dispute)


# ---------- the night ----------


def reported(page, say, town):
    """The firm's chair reports from her telephone, and sends it up."""
    press(page, say("Report an event"))
    page.select_option("select[name=kind]", label=say("Wage arrears"))
    page.get_by_label(say("How many workers are affected?")).fill(str(WORKERS))
    page.fill("input[name=owed]", "33万元")
    page.fill("input[name=months_owed]", "2")
    page.fill("textarea[name=demands]", "付清一月、二月工资。")
    press(page, say("Report to %(union)s", union=town.hill.short_name))
    page.wait_for_url("**/rights/events/*-*/")
    event = Event.objects.get(union=town.firm)
    assert (event.desk, event.affected, event.severity, event.owed) == (town.hill, WORKERS, "ORANGE", CLAIMED)
    return event


def handled(page, say, town, event):
    """Whoever is on duty at the township gives her receipt, confirms and takes it on."""
    page.locator(".n-todo a", has_text=say("Say that you have it")).first.click()
    page.wait_for_url("**/rights/tellings/*-*/")
    press(page, say("I have it"))
    press(page, say("Confirm severity"))
    page.fill("textarea[name=why]", "电话核实两名职工，两个月工资未发。")
    press(page, say("Confirm"))
    press(page, say("Take it on"))
    telling = event.tellings.get()
    assert (telling.to, telling.state, telling.in_time) == (town.hill_chair, "RECEIVED", 1)


def opened(page, say, town, event, tmp_path):
    """It becomes a dispute; the workers come in by a table, one number is mended, all are named at once."""
    press(page, say("Make it a dispute"))
    assert page.locator("select[name=cause]").input_value() == "012"
    assert "付清一月、二月工资。" in page.locator("textarea[name=facts]").input_value()
    press(page, say("Record it"))
    page.wait_for_url("**/rights/disputes/*-*/")
    dispute = Dispute.objects.get(event=event)
    assert dispute.handled_by == town.hill
    press(page, say("Many workers by a table"))
    page.set_input_files("input[name=file]", wages(tmp_path))
    press(page, say("Read it through"))
    said = say("Right rows: %(good)d; wrong ones: %(bad)d. Nobody is named before you take them.", good=WORKERS - 1, bad=1)
    assert said in read(page)
    press(page, say("Mend"))
    page.fill("input[name=number]", number(RUINED))
    press(page, say("Save"))
    press(page, say("Name these workers"))
    assert say("%(n)d workers are named.", n=WORKERS) in page.content()
    press(page, dispute.reference)
    dispute.refresh_from_db()
    assert (dispute.claimants.count(), dispute.claimed) == (WORKERS, CLAIMED)
    assert f"{CLAIMED:,.2f}" in part(page, say("Money")).inner_text()
    return dispute


def named_and_accepted(page, say, town, dispute):
    """Whoever works at the firm is refused as mediator; another is named, and mediates when it is accepted."""
    press(page, say("Name a mediator"))
    page.select_option("select[name=mediator]", label=option(page, "周厂内"))
    press(page, say("Name her"))
    assert say("%(name)s works at an employer against which the claim is made, and cannot mediate.", name="周厂内") in read(page)
    page.select_option("select[name=mediator]", label=option(page, town.north_rights.name))
    press(page, say("Name her"))
    press(page, say("Accept"))
    dispute.refresh_from_db()
    assert (dispute.state, dispute.mediator, dispute.claimants.filter(leads=True).count()) == ("MEDIATING", town.north_rights, SPEAKERS)
    assert town.north_rights.name in page.locator(".n-meta").first.inner_text()
    part(page, say("Parties")).get_by_role("link", name=say("Claims"), exact=True).first.click()
    assert page.locator("input[name=amount0]").input_value().replace(",", "") == f"{claim(1):.2f}"
    assert page.locator("input[name=months0]").input_value() == "2026年1至2月"
    press(page, say("Not now"))


def option(page, who):
    """The line of a choice that begins with a name."""
    return page.locator("select[name=mediator] option", has_text=who).inner_text()


def closed_event(page, say, event):
    """The workers have gone home and the wages are a dispute now: the event is settled and closed the same night."""
    press(page, event.reference)
    press(page, say("Settled"))
    page.fill("textarea[name=resolution]", "60名职工已回家，欠薪转入调解。")
    press(page, say("Record it"))
    press(page, say("Close the case"))
    page.fill("textarea[name=closing]", "起因：货款未到。经过：镇工会当晚到场。结果：转入劳动争议调解，继续跟踪付款。")
    press(page, say("Close the case"))
    event.refresh_from_db()
    assert (event.state, event.desk) == ("CLOSED", event.township)


# ---------- the mediation ----------


def called(page, say, dispute):
    """The mediator finds the case among her messages, and calls a sitting."""
    page.goto("/messages/")
    page.locator("main").get_by_role("link").filter(has_text=dispute.reference).first.click()
    press(page, say("Open what it is about"))
    press(page, say("Call a sitting"))
    page.fill("input[name=at]", f"{SITTING:%Y-%m-%dT%H:%M}")
    page.fill("input[name=place]", "煤山镇总工会调解室")
    press(page, say("Call it"))
    assert "煤山镇总工会调解室" in part(page, say("Sittings")).inner_text()


def agreed(page, say, dispute, tmp_path):
    """What became of the sitting is written down, the agreement with its two instalments too; its paper opens as PDF and as Word."""
    page.reload()
    part(page, say("Sittings")).get_by_role("link").first.click()
    page.get_by_label(say("Held")).check()
    page.fill("textarea[name=present]", "申请人代表三人\n单位负责人")
    page.fill("textarea[name=text]", "单位承认欠薪，分两期支付。")
    press(page, say("Save"))
    press(page, say("Record the agreement"))
    page.fill("input[name=number]", "煤调〔2026〕1号")
    page.fill("input[name=amount]", "29.7万元")
    page.fill("textarea[name=plan]", f"{FIRST} {FIRST_PAID}\n{LAST} {LAST_PAID}")
    page.fill("textarea[name=clauses]", "单位按期足额支付，逾期的职工可以申请支付令。")
    page.fill("input[name=workers]", name(1))
    page.fill("input[name=firm]", "示例经理")
    press(page, say("Record it"))
    dispute.refresh_from_db()
    assert (dispute.state, dispute.agreed, dispute.pay_by) == ("AGREED", AGREED, FIRST)
    press(page, say("Draw up a paper"))
    page.get_by_label(say("Mediation agreement")).check()
    press(page, say("Draw it up"))
    for ext in (".pdf", ".docx"):
        with page.expect_download() as download:
            part(page, say("Papers")).get_by_role("link").filter(has_text=ext).first.click()
        download.value.save_as(tmp_path / f"协议{ext}")
        said = re.sub(r"\s+", "", words_of(tmp_path / f"协议{ext}"))
        assert all(words in said for words in ("劳动争议调解协议书", "2026年4月30日", f"{LAST_PAID:,.2f}", name(WORKERS)))


# ---------- the money ----------


def entered(page, say, amount, slip):
    """A payment is typed in."""
    press(page, say("Enter a payment"))
    page.fill("input[name=amount]", f"{amount}")
    page.fill("input[name=evidence]", slip)


def paid(page, say, dispute):
    """The first instalment comes a day early; the clock goes on to the second."""
    page.reload()
    entered(page, say, FIRST_PAID, SLIPS[0])
    press(page, say("Enter it"))
    dispute.refresh_from_db()
    assert dispute.pay_by == LAST
    assert say("paid") in part(page, say("Agreement")).inner_text()
    assert page.locator(".n-clocks li.is-late").count() == 0
    assert f"{part_of(1, FIRST_PAID):,.2f}" in part(page, say("Parties")).inner_text()


def late(page, say, dispute):
    """The day of the second has passed: it stands on her desk among what is late below, she was told, the page says so, and a reminder is drawn up."""
    page.goto("/desk/")
    page.locator("main a", has_text=say("See to the payment")).first.click()
    page.wait_for_url(f"**{dispute.get_absolute_url()}**")
    assert page.locator(".n-clocks li.is-late", has_text=say("See to the payment")).count() == 1
    assert say("overdue") in part(page, say("Agreement")).inner_text()
    press(page, say("Draw up a paper"))
    page.get_by_label(say("Reminder to perform")).check()
    press(page, say("Draw it up"))
    assert "履行催告函2026-1.pdf" in part(page, say("Papers")).inner_text()


def performed(page, say, dispute, tmp_path):
    """The rest comes; who got what stands in the firm's list. What was agreed has been done."""
    page.reload()
    entered(page, say, LAST_PAID, SLIPS[1])
    page.get_by_label(say("By a list")).check()
    page.set_input_files("input[name=parts]", payroll(tmp_path))
    press(page, say("Enter it"))
    press(page, say("Performed"))
    dispute.refresh_from_db()
    assert dispute.state == "PERFORMED"


def closed(page, say, dispute):
    """The township was told; somebody other than the mediator looks at the receipts, and closes the case."""
    page.goto("/messages/")
    page.locator("main").get_by_role("link").filter(
        has_text=say("%(reference)s was performed and waits to be closed", reference=dispute.reference)
    ).click()
    press(page, say("Open what it is about"))
    money = part(page, say("Money")).inner_text()
    assert all(slip in money for slip in SLIPS)
    press(page, say("Close the case"))
    dispute.refresh_from_db()
    assert (dispute.state, dispute.outcome) == ("CLOSED", "02")


# ---------- who asks afterwards ----------


def read_by_her(page, say, town, dispute):
    """A worker reads on her telephone what was agreed for her and came to her, and who has looked."""
    page.goto("/me/")
    press(page, say("My rights"))
    page.locator("main h3 a").first.click()
    page.wait_for_url(f"**/me/rights/{dispute.uuid}/")
    mine = part(page, say("My case")).inner_text()
    assert mine.count(f"{part_of(HERS, AGREED):,.2f}") == 2
    looked = part(page, say("Who looked at my case"))
    assert town.hill.short_name in looked.inner_text()
    looked.get_by_role("link", name=say("All of them"), exact=True).click()
    assert all(union.short_name in read(page) for union in (town.hill, town.north))


def counted(page):
    """The five figures of the year, as the catalogue shows them."""
    page.goto("/figures/?group=rights")
    found = []
    for code in FIGURES:
        row = page.locator("#rows tr").filter(has=page.locator("code", has_text=re.compile(f"^{re.escape(code)}$")))
        found.append(Decimal(re.sub(r"[^0-9.]", "", row.locator(".n-num").first.inner_text())))
    return tuple(found)


def reviewed(page, say, now, event, dispute):
    """The city writes the five numbers into a review; each opens to the records of this night."""
    page.goto("/reviews/")
    press(page, say("Begin a review"))
    page.get_by_label(say("Title in Chinese")).fill("欠薪处置小结")
    page.get_by_label(say("Name in the address")).fill("wages")
    page.locator("input[name=period]").fill("2026")
    press(page, say("Begin", "review"))
    page.wait_for_url("**/reviews/wages/edit/")
    if page.locator(".n-views a[aria-current]").inner_text() not in {"中文", "Chinese"}:
        press(page, "中文")
    chips = "上报事件【{}】，涉及职工【{}】；协调争议【{}】，涉及职工【{}】，挽回经济损失【{}】。".format(*FIGURES)
    page.fill("#text", f"标题：欠薪处置小结\n机关：湖州市总工会\n\n# 维权\n\n{chips}")
    page.locator("#proof article a.n-fig").nth(len(FIGURES) - 1).wait_for()
    said = f"上报事件{now[0]}件，涉及职工{now[1]}人；协调争议{now[2]}件，涉及职工{now[3]}人，挽回经济损失{now[4] / TEN_THOUSAND:.2f}万元。"
    assert said in read(page, "#proof article")
    press(page, say("Save"))
    for n in range(len(FIGURES)):
        page.locator("#proof article a.n-fig").nth(n).click()
        page.wait_for_url(f"**/figures/{FIGURES[n]}/**")
        assert (event if n < EVENTS else dispute).reference in read(page, "#records")
        page.go_back()
