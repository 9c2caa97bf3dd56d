"""The pages of redundancy hearings: who opens them, what they take, how many questions they ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.kit.dates import today
from niangjia.rights import actions
from niangjia.rights.models import Redundancy
from niangjia.rights.tests.conftest import SINCE
from niangjia.rights.tests.layoffs import heard, planned
from niangjia.unions.models import Cover

# ---------- pages ----------

PAGES = (
    "redundancy_hear", "redundancy_carry", "redundancy_revision", "redundancy_event", "redundancy_papers",
)  # fmt: skip


def get(client, who, name, *args, **data):
    client.force_login(who)
    return client.get(reverse(f"rights:{name}", args=args), data)


@pytest.mark.parametrize(
    ("who", "answer"),
    [("grassroots_chair", 200), ("township_rights", 200), ("city_rights", 200), ("other_county", 404), ("county_finance", 404)],
)
def test_who_opens_the_pages(town, case, client, who, answer):
    for name in ("redundancy", *PAGES):
        assert get(client, getattr(town, who), name, case.uuid).status_code == answer, name
    above = 403 if who == "grassroots_chair" else answer
    for name in ("redundancy_advice", "redundancy_supervise"):
        assert get(client, getattr(town, who), name, case.uuid).status_code == above, name
    assert get(client, getattr(town, who), "redundancies").status_code == 200


def test_a_page_whose_step_cannot_be_taken_says_what_comes_first(town, case, client):
    page = get(client, town.grassroots_chair, "redundancy_reply", case.uuid)
    assert page.status_code == 409
    assert "听取意见" in page.content.decode()


def test_the_forms_take_what_is_filled_in(town, client, settings, tmp_path):
    settings.FILES = tmp_path
    Cover.objects.create(union=town.firm, employer=town.employer, since=SINCE)
    page = get(client, town.grassroots_chair, "redundancy_new").content.decode()
    assert town.employer.uscc in page  # the union covers one employer: it stands there
    day = str(today() + timedelta(days=40))
    facts = {
        "uscc": town.employer.uscc, "kind": "LAYOFF", "ground": "CHANGE", "planned": "25", "staff": "186", "explained_on": str(today()), "explained_to": "STAFF", "planned_on": day,
        "plan": "分两批。", "reasons": "转产。", "first": ["keeps_long"], "mothers": "0", "once": "a",
    }  # fmt: skip
    done = client.post(reverse("rights:redundancy_new"), facts)
    assert done.status_code == 303, done.content.decode()
    case = Redundancy.objects.get()
    assert (case.keeps_long, case.keeps_open, case.mothers, case.sick) == (True, False, 0, None)

    def send(name, **said):
        answer = client.post(reverse(f"rights:redundancy_{name}", args=[case.uuid]), said)
        assert answer.status_code == 303, (name, answer.content.decode())

    send("hear", on=str(today()), kind="CONGRESS", place="礼堂", people="80", minutes="说明。", opinions="先轮岗。", once="b")
    assert "先轮岗。" in get(client, town.grassroots_chair, "redundancy_reply", case.uuid).content.decode()
    send("reply", verdict="PROPOSES", text="建议先轮岗。", once="c")
    send("answer", on=str(today()), answer="REFUSED", text="不采纳。", once="d")
    send("report", on=str(today()), body="甲县人社局", once="e")
    send("carry", on=str(today()), dismissed="25", once="f")
    send("step", verb="finish", reason="没有招用。", once="g")
    page = get(client, town.grassroots_chair, "redundancy", case.uuid).content.decode()
    for word in ("程序不合规", "只有0日，应当提前30日", "工裁听〔", "不采纳。", "名单中有无法律保护的人员，尚未核对", "第四十一条第一款"):
        assert word in page, word
    client.force_login(town.township_rights)
    bad = client.post(reverse("rights:redundancy_new"), facts | {"union": town.firm.code, "planned": "300", "once": "h"})
    assert bad.status_code in (200, 422)


def test_the_page_reads_in_english(town, replied, client):
    client.force_login(town.township_rights)
    page = client.get(replied.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    for word in (
        "What the rule says",
        "To go: 20; a layoff begins with 20 people",
        "Labour Contract Law, art. 41, para. 1",
        "The union says",
        "Opinions were heard",
    ):
        assert word in page, word


def test_the_list_narrows_and_asks_a_fixed_number_of_questions(town, case, client):
    url = reverse("rights:redundancies")
    client.force_login(town.county_rights)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    asked()
    one = asked()
    for n in range(3):
        actions.open_redundancy(town.firm, planned(town, planned=2 + n, employer=town.other_employer), by=town.grassroots_chair)
    assert asked() <= one
    for words, rows in (
        ({"view": "large"}, 1), ({"view": "reply"}, 4), ({"view": "late"}, 0), ({"kind": "SINGLE"}, 0), ({"state": "NOTIFIED"}, 4), ({"q": "织造"}, 1), ({"q": "包装"}, 3),
        ({"q": case.reference}, 1), ({"kept": "OUT"}, 0), ({"county": town.county.code}, 4),
    ):  # fmt: skip
        page = client.get(url, words).content.decode()
        assert page.count(">CY-") == rows, words
    said = client.get(reverse("rights:redundancies_export"))
    assert said.status_code == 200
    assert "spreadsheet" in said["Content-Type"]


def test_the_page_of_a_case_asks_a_fixed_number_of_questions(town, replied, client):
    client.force_login(town.township_rights)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(replied.get_absolute_url())
        return len(found)

    asked()
    one = asked()
    actions.recall_reply(replied, reason="再听一次。", by=town.grassroots_chair)
    for n in range(3):
        heard(replied, town.grassroots_chair, people=10 + n)
        actions.advise_union(replied, text="请核对。", by=town.county_rights)
        actions.revise(replied, planned=21 + n, planned_on=replied.planned_on, why="调整。", by=town.grassroots_chair)
    assert asked() <= one + 1  # a reply taken back has no paper to read, and another clock to draw


def test_the_figures_count_it(town, replied):
    from niangjia.rights.shown.redundancy import counted

    said = {str(one.label): one.note for one in counted(replied)}
    assert (said["裁员听取意见"], said["计划裁减人数"]) == ("1件", "20人")
    assert "程序合规的裁员" not in said
