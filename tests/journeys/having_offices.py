"""What the other offices have: reviews, systems, values that are set."""

from __future__ import annotations

from datetime import timedelta

from niangjia.exchange import actions as exchange
from niangjia.kit.dates import today
from niangjia.kit.spans import days
from niangjia.members.parameters import JOIN
from niangjia.reports import actions as reports
from niangjia.reports.api import seen
from niangjia.reports.tests.test_life import TEXT
from niangjia.rulebook import api as rulebook
from tests.journeys.having import Having


class Offices(Having):
    """What the other offices have: reviews, systems, values that are set."""

    def reviews(self) -> None:
        """One that is published, and a draft with a word that is not true."""
        town = self.town
        for name, text in (("year-2026", TEXT), ("draft", TEXT.replace("【unions.grassroots】", "【unions.grassroots 余】"))):
            review = reports.begin(town.city, name=name, title_zh="小结", period="2025-12..2026-11", by=town.city_office)
            reports.save_draft(review, text, language="zh", after=0, by=town.city_office)
            if name == "draft":
                continue
            reports.check(review, seen=seen(review), by=town.city_office)
            reports.sign(review, seen=seen(review), by=town.leader)
            made = reports.publish(review, seen=seen(review), by=town.leader)
        self.fill["/reviews/"] = {"name": "year-2026", "number": 1, "form": "review.docx"}
        self.extra += ["/reviews/draft/", "/reviews/draft/edit/", f"/figures/unions.grassroots/?freeze={made.freezes[0]}"]

    def systems(self) -> None:
        """A system that is let in with two keys, one of them revoked, and one that waits for its scope."""
        town = self.town
        one = exchange.make_client("省会员实名制系统", keeper="省总工会网络工作部 何联络", by=town.system)
        exchange.grant_scope(one, town.north, ["unions.view", "members.list"], until=today() + timedelta(days=200), by=town.security)
        for _n in range(2):
            exchange.make_key(one, by=town.system)
        exchange.revoke(one.keys.first(), by=town.security)
        waiting = exchange.make_client("市民卡系统", keeper="市大数据局", by=town.system)
        self.fill["/exchange/systems/"] = {"uuid": one.uuid, "head": one.keys.last().head}
        told = exchange.make_hook(one, "union", "https://93.184.216.34/told", by=town.system)
        exchange.approve_hook(told, by=town.security)
        for _n in range(2):
            exchange.make_secret(told, by=town.system)
        exchange.end_secret(told.secrets.first(), by=town.security)
        exchange.ask_test(told, by=town.system)
        other = exchange.make_hook(one, "member", "https://93.184.216.34/members", by=town.system)
        self.fill["/exchange/addresses/"] = {"uuid": told.uuid, "which": told.secrets.last().uuid}
        self.extra += [other.get_absolute_url()]
        self.extra += [waiting.get_absolute_url(), "/exchange/systems/?q=没有", "/exchange/systems/?closed=1"]

    def values(self) -> None:
        """A value that a county wants, and a day on which it works."""
        town = self.town
        made = rulebook.propose(
            JOIN,
            town.north,
            rulebook.Said(days(10), today() + timedelta(days=3), "长总工〔2026〕3号", "县域小，十天足够。"),
            by=town.north_org,
        )
        self.fill["/help/"] = {"part": "desk", "name": "desk"}
        self.fill["/settings/"] = {"code": JOIN.code, "uuid": made.uuid}
