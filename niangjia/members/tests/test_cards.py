"""Cards: ordered by two, made by the bank, handed out, lost, replaced, cancelled, and counted once."""

from __future__ import annotations

from datetime import timedelta

import fastexcel
import pytest

from niangjia.access.models import SeenLog
from niangjia.flow.models import Clock
from niangjia.kit import crypt
from niangjia.kit.dates import moved_to, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import year
from niangjia.members import actions, rules
from niangjia.members.enums import CARD
from niangjia.members.models import Card, CardBatch, Membership, Person
from niangjia.members.tests.bank import PaperBank, card_number
from niangjia.members.tests.rosters import line, name, number, roster
from niangjia.worklog.api import Asked, audit, evaluate, post

BANK = "湖州银行"


@pytest.fixture
def those(town, tmp_path):
    actions.import_roster(roster(tmp_path / "a.csv", *(line(n) for n in (1, 2, 3))), town.firm, dry_run=False, by=town.north_org)
    return [Membership.objects.get(name=name(n)) for n in (1, 2, 3)]


def ordered(town, rows, *, start=1, refuses=None):
    """An order that the bank has answered."""
    batch = actions.draft(town.firm, rows, bank=BANK, consent=True, by=town.firm_chair)
    actions.send_order(batch, by=town.hill_chair)
    from niangjia.members.bank import BANKS

    file = BANKS[BANK].order(actions.orders(batch))
    actions.read_answer(batch, PaperBank(start=start, refuses=refuses).answers(file), by=town.firm_chair)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({}, ""), ({"paper": "PASSPORT"}, "foreign"), ({"paper": "PERMANENT"}, "foreign"), ({"paper": "HM"}, ""), ({"retained": True}, "retained"),
        ({"phone": False}, "phone"), ({"held": True}, "held"),
    ],
)  # fmt: skip
def test_who_gets_a_card(facts, fault):
    said = {"paper": "ID", "retained": False, "phone": True, "held": False} | facts
    assert rules.card_fault(said.pop("paper"), **said) == fault


def test_an_order_takes_two_persons_and_consent(town, those):
    with pytest.raises(RuleBroken, match="书面同意"):
        actions.draft(town.firm, those, bank=BANK, consent=False, by=town.firm_chair)
    with pytest.raises(Refused):
        actions.draft(town.firm, those, bank=BANK, consent=True, by=town.mill_chair)
    batch = actions.draft(town.firm, those[:2], bank=BANK, consent=True, by=town.firm_chair)
    with pytest.raises(Refused):
        actions.send_order(batch, by=town.firm_chair)
    same = CardBatch.objects.get(pk=batch.pk)
    actions.send_order(batch, by=town.hill_chair)
    with pytest.raises(Overtaken):
        actions.send_order(same, by=town.north_org)
    assert Clock.objects.get(kind="members.cardbatch", stopped_at=None).code == "MB-D8"
    with pytest.raises(RuleBroken, match=name(1)):
        actions.draft(town.firm, those, bank=BANK, consent=True, by=town.firm_chair)


def test_foreigners_and_retained_members_stop_an_order_by_name(town, those):
    Person.objects.filter(pk=those[0].person_id).update(paper="PASSPORT")
    kept = actions.retain(those[1], on=today(), reason="退休", by=town.firm_chair)
    with pytest.raises(RuleBroken) as said:
        actions.draft(town.firm, [those[0], kept, those[2]], bank=BANK, consent=True, by=town.firm_chair)
    assert name(1) in str(said.value)
    assert name(2) in str(said.value)
    assert name(3) not in str(said.value)
    assert not CardBatch.objects.exists()


def test_the_file_lies_a_week_for_whoever_sent_it(town, as_, those):
    batch = actions.draft(town.firm, those, bank=BANK, consent=True, by=town.firm_chair)
    url = f"{batch.get_absolute_url()}file.csv"
    assert as_(town.hill_chair).get(url).status_code == 404
    assert as_(town.hill_chair).post(f"{batch.get_absolute_url()}step/", {"verb": "send"}).status_code == 303
    assert as_(town.firm_chair).get(url).status_code == 403
    assert as_(town.north_org).get(url).status_code == 404
    file = as_(town.hill_chair).get(url)
    assert number(1) in file.content.decode("gb18030")
    assert SeenLog.objects.filter(act="downloaded", kind="members.cardbatch", user=town.hill_chair).count() == 1
    book = as_(town.hill_chair).get(f"{batch.get_absolute_url()}file.xlsx").content
    assert fastexcel.read_excel(book).load_sheet(0, dtypes="string").to_polars()["证件号码"][0].strip() in {number(n) for n in (1, 2, 3)}
    with moved_to(now() + timedelta(days=8)):
        assert as_(town.hill_chair).get(url).status_code == 404


def test_the_bank_makes_some_and_says_why_not_the_others(town, as_, those):
    batch = ordered(town, those, refuses={name(2): "身份核验未通过"})
    assert {card.name: card.state for card in batch.cards.all()} == {name(1): "MADE", name(2): "FAILED", name(3): "MADE"}
    made = batch.cards.get(name=name(1))
    whole = crypt.unseal(made.number_sealed, CARD)
    assert made.tail == whole[-4:]
    page = as_(town.firm_chair).get(made.get_absolute_url()).content.decode()
    assert whole not in page
    assert made.tail in page
    assert "身份核验未通过" in as_(town.firm_chair).get(batch.get_absolute_url()).content.decode()
    again = actions.draft(town.firm, [those[1]], bank=BANK, consent=True, by=town.firm_chair)
    assert not again.cards.get().replacement


@pytest.mark.parametrize("spoil", ["strange", "missing", "digit", "name"])
def test_an_answer_that_does_not_fit_is_not_read_at_all(town, those, spoil):
    from niangjia.members.bank import BANKS

    batch = actions.draft(town.firm, those, bank=BANK, consent=True, by=town.firm_chair)
    actions.send_order(batch, by=town.hill_chair)
    lines = PaperBank().answers(BANKS[BANK].order(actions.orders(batch))).decode("gb18030").split("\r\n")
    spoilt = {
        "strange": [*lines[:-1], lines[1].replace("1,", "9,", 1)], "missing": lines[:2],
        "digit": [lines[0], lines[1].replace(card_number(2), card_number(2)[:-1] + str((int(card_number(2)[-1]) + 1) % 10)), *lines[2:]],
        "name": [lines[0], lines[1].replace(lines[1].split(",")[1], "别人"), *lines[2:]],
    }[spoil]  # fmt: skip
    with pytest.raises(RuleBroken):
        actions.read_answer(batch, "\r\n".join(spoilt).encode("gb18030"), by=town.firm_chair)
    batch.refresh_from_db()
    assert batch.state == "SENT"
    assert set(batch.cards.values_list("state", flat=True)) == {"WANTED"}


def test_cards_are_counted_on_the_day_on_which_they_are_handed_out(town, as_, those, owner):
    batch = ordered(town, those)
    url, rows = f"{batch.get_absolute_url()}handed/", [str(card.uuid) for card in batch.cards.order_by("serial")]
    client = as_(town.firm_chair)
    assert client.post(url, {"on": str(today()), "one": []}).status_code == 422
    assert client.post(url, {"on": str(today() + timedelta(days=1)), "one": rows}).status_code == 422
    assert client.post(url, {"on": str(today()), "one": rows[:2]}).status_code == 303
    batch.refresh_from_db()
    assert batch.state == "MADE"
    assert client.post(url, {"on": str(today()), "one": rows}).status_code == 303
    batch.refresh_from_db()
    assert batch.state == "DONE"
    lost = batch.cards.get(name=name(1))
    step = f"{lost.get_absolute_url()}step/"
    assert client.post(step, {"verb": "lose", "reason": ""}).status_code == 422
    assert client.post(step, {"verb": "lose", "reason": "钱包遗失"}).status_code == 303
    second = ordered(town, [those[0]], start=50)
    new = second.cards.get()
    assert (new.replaces, new.replacement) == (lost, True)
    actions.hand_out(second, [new], on=today(), by=town.firm_chair)
    lost.refresh_from_db()
    assert lost.state == "REPLACED"
    post()
    counted = [evaluate(FIGURES[f"members.cards.{what}"].plan, Asked(year(today().year), town.firm.pk)) for what in ("issued", "replaced")]
    assert counted == [3, 1]
    with owner():
        assert audit() == []


def test_a_card_is_found_again_only_before_a_new_one_is_ordered(town, those):
    batch = ordered(town, those[:1])
    card = batch.cards.get()
    actions.hand_out(batch, [card], on=today(), by=town.firm_chair)
    card.refresh_from_db()
    actions.lose(card, reason="遗失", by=town.firm_chair)
    actions.find(card, by=town.firm_chair)
    card.refresh_from_db()
    assert (card.state, card.ended_on) == ("ISSUED", None)
    actions.lose(card, reason="遗失", by=town.firm_chair)
    actions.draft(town.firm, those[:1], bank=BANK, consent=True, by=town.firm_chair)
    with pytest.raises(RuleBroken):
        actions.find(card, by=town.firm_chair)


@pytest.mark.parametrize("ending", ["LEFT", "EXPELLED", "DIED"])
def test_the_card_ends_with_the_membership_and_not_with_a_transfer(town, those, ending):
    batch = ordered(town, those[:2])
    actions.hand_out(batch, list(batch.cards.all()), on=today(), by=town.firm_chair)
    if ending == "EXPELLED":
        case = actions.propose_expulsion(those[0], actions.Proposal("小组", today(), "判决", "建议"), by=town.firm_chair)
        actions.expel(case, on=today(), paper="委员会决定", by=town.firm_chair)
    else:
        actions.end(those[0], ending=ending, on=today(), reason="委员会决定", by=town.firm_chair)
    actions.send(those[1], to=town.shop, by=town.firm_chair)
    actions.arrive(those[1], by=town.shop_chair)
    assert {card.name: card.state for card in Card.objects.all()} == {name(1): "CANCELLED", name(2): "ISSUED"}


def test_a_draft_that_is_dropped_orders_nothing(town, as_, those):
    batch = actions.draft(town.firm, those[:1], bank=BANK, consent=True, by=town.firm_chair)
    assert as_(town.firm_chair).post(f"{batch.get_absolute_url()}step/", {"verb": "drop", "reason": "填错了"}).status_code == 303
    assert Card.objects.get().state == "CANCELLED"
    said = {"one": [str(those[0].uuid)], "union": town.firm.code, "bank": BANK, "consent": "on", "here": "view=order"}
    assert name(1) in as_(town.firm_chair).get("/members/cards/?view=order").content.decode()
    assert as_(town.firm_chair).post("/members/cards/draft/", said).status_code == 303
    assert as_(town.firm_chair).post("/members/cards/draft/", said | {"consent": ""}).status_code == 422
    assert name(1) not in as_(town.firm_chair).get("/members/cards/?view=order").content.decode()
