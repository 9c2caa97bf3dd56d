"""Who saw what, narrowed: by person, act, kind and days; things by what names them, led to for who may read them; a workbook in words."""

from __future__ import annotations

from datetime import timedelta

import fastexcel
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from niangjia.access import queries
from niangjia.access.actions import note
from niangjia.access.models import SeenLog
from niangjia.access.words import ACTS, act_words, kind_words
from niangjia.desk.tests.world import cases, event  # noqa: F401 - fixtures
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.told import TOLD, covered, named, reason_words

pytestmark = pytest.mark.django_db
URL = "/access/log/"


@pytest.fixture
def log(cases):  # noqa: F811
    """One line of each sort that the tests ask for."""
    with moved_to(now() - timedelta(days=9)):
        note([("opened", "rights.dispute", cases.dispute.pk, "rights.see_dispute")], by=cases.city_rights)
    note(
        [("opened", "rights.event", cases.late.pk, "rights.see_event"), ("revealed", "members.person", cases.membership.person_id, "核对证件330599199001010014")],
        by=cases.north_rights,
    )  # fmt: skip
    note([("opened", "members.membership", cases.membership.pk, "members.view")], by=cases.firm_chair)
    note([("office given", "unions.union", cases.north.pk, "rights: 张合成")], by=cases.security)
    return cases


def acts(**facts) -> list[str]:
    return list(queries.lines(queries.Ask(**facts)).exclude(act="signed-in").order_by("pk").values_list("act", flat=True))


def test_the_log_is_narrowed_by_person_act_kind_and_days(log):
    assert acts(who=log.north_rights.username) == ["opened", "revealed"]
    assert acts(q=log.north_rights.name[:2], kind="members.person") == ["revealed"]
    assert acts(act="opened", kind="rights.dispute") == ["opened"]
    assert acts(act="opened", since=today() - timedelta(days=2)) == ["opened", "opened"]
    assert acts(until=today() - timedelta(days=9)) == ["opened"]
    assert acts(since=today() - timedelta(days=9), until=today() - timedelta(days=9)) == ["opened"]
    assert acts(who="nobody.here") == []


def test_the_filters_are_chips_and_the_name_leads_to_all_that_she_did(log, as_):
    body = as_(log.auditlog).get(URL, {"act": "revealed"}, headers={"accept-language": "zh-hans"}).content.decode()
    assert 'class="n-chip is-set"' in body
    assert f'href="{URL}?who={log.north_rights.username}"' in body
    assert body.count("<tr>") == 2, "the heads, and one line"
    assert "没有符合条件的记录" in as_(log.auditlog).get(URL, {"q": "没有这个人"}, headers={"accept-language": "zh-hans"}).content.decode()


@pytest.mark.parametrize("asked", [{"since": "x"}, {"act": "no such"}, {"after": "e30"}, {"until": "9999-12-31"}])
def test_the_log_opens_whatever_it_is_narrowed_by(log, as_, asked):
    assert as_(log.auditlog).get(URL, asked).status_code == 200


def test_a_thing_is_named_without_its_person_and_led_to_only_for_who_may_read_it(log, as_):
    body = as_(log.auditlog).get(URL).content.decode()
    assert log.late.reference in body
    assert log.late.get_absolute_url() not in body
    assert log.membership.name not in body
    keys = [("rights.event", log.late.pk), ("members.membership", log.membership.pk), ("unions.union", log.north.pk)]
    for_her = named(log.north_rights, keys)
    assert for_her[keys[0]].url == log.late.get_absolute_url()
    assert log.membership.union.short_name in for_her[keys[1]].words
    assert named(log.auditlog, keys)[keys[0]].url == ""
    assert named(log.north_rights, [("no.model", 1), ("rights.event", 0)]) == {}


def test_the_log_asks_the_same_number_of_questions_however_long_it_is(log, as_):
    client = as_(log.auditlog)

    def asked() -> int:
        with CaptureQueriesContext(connection) as those:
            client.get(URL)
        return len(those)

    asked()
    few = asked()
    note([("opened", "rights.event", event(100 + n, log.firm, hours=n).pk, "") for n in range(20)], by=log.north_rights)
    assert asked() == few


def test_the_pages_of_the_log_go_on_where_the_last_one_ended(log, as_):
    note([("opened", "rights.event", log.late.pk, str(n)) for n in range(70)], by=log.city_rights)
    client, seen, url = as_(log.auditlog), [], f"{URL}?who={log.city_rights.username}"
    while url:
        context = client.get(url).context
        seen += [row[5] for row in context["table"].rows]
        url = URL + context["keyset"].older if context["keyset"].older else ""
    assert len(seen) == len(set(seen)) == 71


def test_the_workbook_is_narrowed_alike_and_written_in_words(log, as_):
    answer = as_(log.auditlog).get(f"{URL}export/?act=revealed", headers={"accept-language": "zh-hans"})
    rows = fastexcel.read_excel(answer.getvalue()).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
    assert len(rows) == 2
    assert rows[1][1:7] == (
        log.north_rights.name,
        log.north_rights.username,
        "显示",
        "人",
        rows[1][5],
        "核对证件330599********0014",
    )
    said = str(fastexcel.read_excel(as_(log.auditlog).get(f"{URL}export/").getvalue()).load_sheet(0, dtypes="string").to_polars().rows())
    assert "330599199001010014" not in said
    assert "rights.see_event" not in said
    assert log.membership.name not in said
    assert log.late.reference in said
    assert SeenLog.objects.filter(act="exported", kind="access.seenlog").count() == 2, "taking it away is noted in it"


def test_every_act_and_every_kind_of_thing_has_words_in_both_languages(db):
    for act in ACTS:
        with translation.override("zh-hans"):
            assert act_words(act) != act
    for kind in (*TOLD, "flow.clock", "worklog.figures", "access.seenlog", "exports.export"):
        with translation.override("zh-hans"):
            assert not kind_words(kind).isascii(), kind


@pytest.mark.parametrize(
    ("act", "why", "words"),
    [
        ("opened", "rights.see_event", ""), ("office given", "rights: 张合成", "权益：张合成"), ("calendar changed", "2026-10-10 works", "2026-10-10 上班"),
        ("calendar changed", "2026-10-10 as the general calendar", "2026-10-10 照全国的安排"), ("confirmed", "import 3, row 5", "第3号导入，第5行"),
        ("clocks restated", "rights.events.report.ORANGE.2: 12", "12个时限"), ("revealed", "电话10012345678", "电话100****5678"), ("value proposed", "an older house wrote this", "an older house wrote this"),
        ("value put in force", "rights.disputes.mediate_warn 湖州市 2026-07-02: 5 d", "湖州市，2026-07-02起：5日"), ("office ended", "no such: x", "no such: x"),
    ],
)  # fmt: skip
def test_reasons_are_read_in_words(act, why, words):
    with translation.override("zh-hans"):
        assert reason_words(act, why) == words


def test_what_only_looks_like_a_number_of_a_person_stays():
    assert covered("YJ-2026-000123, 12345678901234567890") == "YJ-2026-000123, 12345678901234567890"
