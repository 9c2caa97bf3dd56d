"""What follows an agreement without money, and an award: each has its clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from niangjia.flow.api import ring, warn
from niangjia.kit.answer import place_of
from niangjia.kit.dates import CHINA, moved_to, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.notices.models import Message
from niangjia.rights import actions
from niangjia.rights.queries.reckoning import course_of
from niangjia.rights.tests.mediations import ends, sent, signed  # noqa: F401 - one a fixture
from niangjia.rights.tests.test_intake import member  # noqa: F401 - a fixture

# ---------- what follows an agreement and an award ----------


def test_an_agreement_without_money_has_its_clock(town, client, mediated):
    with pytest.raises(RuleBroken):
        signed(town, mediated, amount=Decimal(0), pay_by=None)
    mediated.refresh_from_db()
    last = today() + timedelta(days=20)
    terms = actions.Terms(["双方不再有其他争议。", ("恢复原岗位。", today() + timedelta(days=5)), ("补办社保。", last)])
    signed(town, mediated, amount=Decimal(0), pay_by=None, terms=terms)
    by = {"by": town.township_rights}
    assert ends(mediated, "RD-D7") == today() + timedelta(days=5)
    with pytest.raises(RuleBroken):
        actions.perform(mediated, **by)
    client.force_login(town.township_rights)
    at = reverse("rights:clauses", args=[mediated.uuid])
    assert "恢复原岗位" in client.get(at).content.decode()
    assert client.post(at, {"clause": "2", "on": today().isoformat(), "proof": " "}).status_code == 422
    assert client.post(at, {"clause": "2", "on": today().isoformat(), "proof": "到岗照片"}).status_code == 303
    assert ends(mediated, "RD-D7") == last
    clause = mediated.clauses.select_related("dispute").get(n=3)
    with pytest.raises(Refused):
        actions.do_clause(clause, on=today(), proof="社保单", by=town.county_finance)
    actions.do_clause(clause, on=today(), proof="社保单", **by)
    with pytest.raises(Overtaken):
        actions.do_clause(clause, on=today(), proof="社保单", **by)
    assert ends(mediated, "RD-D7") is None
    mediated.refresh_from_db()
    assert actions.perform(mediated, **by).state == "PERFORMED"
    with pytest.raises(IllegalStep):
        actions.do_clause(mediated.clauses.select_related("dispute").get(n=1), on=today(), proof="-", **by)


def test_an_award_begins_the_days_to_go_to_court_and_what_is_filed_keeps_them(town, mediated):
    by = {"by": town.township_rights}
    actions.end(mediated, outcome="05", reason="去仲裁。", body="甲县仲裁委", number="1", **by)
    filing = mediated.filings.select_related("dispute").get()
    with pytest.raises(RuleBroken):
        actions.file(mediated, kind="SUIT", body="甲县人民法院", filed_on=today(), **by)
    with pytest.raises(RuleBroken):  # from which day would they run?
        actions.decide(filing, outcome="GRANTED", on=today(), **by)
    actions.decide(filing, outcome="GRANTED", on=today(), served_on=today(), final=True, **by)
    mediated.refresh_from_db()
    assert (mediated.sue_by - today()).days >= 15
    assert ends(mediated, "RD-D8") == mediated.sue_by
    assert ends(mediated, "RD-D9") == mediated.cancel_by > mediated.sue_by
    assert {due.term.code for due in course_of(mediated, place_of(mediated))} >= {"sue", "cancel"}
    actions.file(mediated, kind="SUIT", body="甲县人民法院", filed_on=today(), **by)
    assert ends(mediated, "RD-D8") is None
    late = mediated.cancel_by
    with moved_to(datetime(late.year, late.month, late.day, 10, tzinfo=CHINA) + timedelta(days=1)):
        ring()
        assert ends(mediated, "RD-D9") is None
        assert Message.objects.filter(what="dispute-late", to=town.township_rights).exists()
    actions.file(mediated, kind="ENFORCE", body="甲县人民法院", filed_on=today(), **by)


def test_an_award_that_is_not_final_is_not_set_aside_by_the_employer(town, mediated):
    by = {"by": town.township_rights}
    actions.end(mediated, outcome="05", reason="去仲裁。", body="甲县仲裁委", number="1", **by)
    actions.decide(mediated.filings.select_related("dispute").get(), outcome="REFUSED", on=today(), served_on=today(), **by)
    mediated.refresh_from_db()
    assert (ends(mediated, "RD-D9"), ends(mediated, "RD-D5")) == (None, None)
    assert ends(mediated, "RD-D8") is not None
    assert "cancel" not in {due.term.code for due in course_of(mediated, place_of(mediated))}
    for kind in ("CANCEL", "ENFORCE"):
        with pytest.raises(RuleBroken):
            actions.file(mediated, kind=kind, body="中级人民法院", filed_on=today(), **by)


def test_confirmation_that_nobody_asked_for_in_time_is_told(town, sent, member):  # noqa: F811
    by = {"by": town.township_rights}
    actions.accept(sent, **by)
    signed(town, sent, pay_by=today() + timedelta(days=90), terms=actions.Terms(confirm=True))
    left = (ends(sent, "RD-D4") - today()).days
    with moved_to(now() + timedelta(days=left - 2)):
        warn()
    assert Message.objects.filter(to=member, what="dispute-own-near").exists()
    with moved_to(now() + timedelta(days=left + 1)):
        ring()
    assert Message.objects.filter(to=town.township_rights, what="dispute-late").exists()
    sent.refresh_from_db()
    assert (sent.confirm_by, ends(sent, "RD-D4")) == (None, None)
