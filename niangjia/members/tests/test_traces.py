"""Somebody of whom the house holds something in every place is erased: every column of every table is searched for her, sealed or not."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test import Client

from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.models import Move
from niangjia.kit import crypt
from niangjia.kit.dates import add_months, today
from niangjia.kit.errors import RuleBroken
from niangjia.members import actions
from niangjia.members.bank import BANKS
from niangjia.members.enums import ID, PHONE
from niangjia.members.models import (
    Application,
    Before,
    Card,
    Lapse,
    Likeness,
    Membership,
    NewWork,
    Person,
    PersonalRequest,
    Request,
    Reveal,
)
from niangjia.members.tests.bank import PaperBank, card_number
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.api import tell
from niangjia.reconcile import actions as reconcile
from niangjia.reconcile.models import Before as TheirsBefore
from niangjia.reconcile.models import Difference
from niangjia.reconcile.tests.conftest import MILL, province, theirs

SHE, BEFORE = "欧阳示例甲", "欧阳示例旧"
PHONES = ("10000000077", "10000000078", "10000000079")
PAPER = b"%PDF-1.4\ntrailer<<>>\n%%EOF\n"
KEPT = {  # what is kept of somebody who is erased, and why
    "access_seenlog.why": "the log of who saw what is chained and kept as the law says (Cybersecurity Law, art. 21)",
    "notices_shortmessage.number_sealed": "to whom a short message went is kept for some weeks, for whoever disputes it; its own retention forgets it",
    "notices_shortmessage.number_hash": "the same",
}


def columns() -> Iterator[tuple[str, str, str]]:
    """Every column in which a name or a number could stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name"
            " WHERE t.schemaname = 'public' AND c.table_schema = 'public' AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea')"
        )
        yield from cursor.fetchall()


def opened(table: str, column: str) -> list[str]:
    """What stands in a sealed column."""
    for one in crypt.SEALED:
        if (apps.get_model(one.model)._meta.db_table, one.column) == (table, column):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
                return crypt.unseal_many([value for (value,) in cursor.fetchall()], one.purpose)
    return []


def traces(names: list[str], numbers: list[str], tails: list[str]) -> set[str]:
    """Where somebody can still be found: by a word, by a keyed hash of a number for any purpose, or in what is sealed."""
    words, found = [*names, *numbers, *tails], set()
    purposes = {(purpose, taken) for one in crypt.SEALED for purpose, taken in one.found_by.values()} | {
        (one.purpose, 0) for one in crypt.SEALED
    }
    hashes = [crypt.blind_one(value[-taken:], purpose) for purpose, taken in purposes for value in numbers]
    for table, column, kind in columns():
        with connection.cursor() as cursor:
            if kind == "bytea":
                asked = " OR ".join([f'position(%s::bytea in "{column}") > 0'] * len(hashes))
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {asked}', hashes)
            else:
                asked = " OR ".join([f'"{column}"::text LIKE %s'] * (len(words) + len(hashes)))
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE {asked}', [f"%{one}%" for one in [*words, *(digest.hex() for digest in hashes)]]
                )
            if cursor.fetchone()[0] or any(word in text for text in opened(table, column) for word in words):
                found.add(f"{table}.{column}")
    return found


@pytest.fixture
def she(town, tmp_path, settings):
    """One of each: an application, a roster that changed her, a card, a lapse, a request for her, a proof, requests of hers, a likeness merged
    into her, differences with a list of the province, what was said of her in stories, messages and papers. She has left.
    """
    settings.FILES = tmp_path / "files"
    by = {"by": town.firm_chair}
    lines = [line(1, name=BEFORE, phone=PHONES[0]), line(2)]
    actions.import_roster(roster(tmp_path / "a.csv", *lines), town.firm, **by)
    actions.import_roster(roster(tmp_path / "b.csv", line(1, name=BEFORE, phone=PHONES[1], job="质检员")), town.firm, **by)
    one = Membership.objects.get(name=BEFORE)
    actions.correct(one, name=SHE, work="COURIER", department=f"{SHE}班组", **by)
    one.refresh_from_db()
    user = User.objects.create(username="m-one", name=SHE, kind="MEMBER")
    Person.objects.filter(pk=one.person_id).update(user=user)
    one = Membership.objects.select_related("person", "union").get(pk=one.pk)
    proof = SimpleUploadedFile("证明.pdf", PAPER)
    actions.describe(one, platform=f"{SHE}的平台", affiliate=f"{SHE}站点", proof=proof, **by)
    code = actions.open_code(town.firm, **by)
    sent = actions.send_in(code, uuid4(), actions.Sent(SHE, number(1), PHONES[1], "COURIER", "快递员"))
    actions.complete(sent, **by)
    actions.pay([one], until=add_months(today(), -8), **by)
    actions.find_lapsing()
    actions.talk(Lapse.objects.get(), on=today(), with_her="朱企业", words=f"与{SHE}谈话。", **by)
    batch = actions.draft(town.firm, [one], bank="湖州银行", consent=True, **by)
    actions.send_order(batch, by=town.hill_chair)
    actions.read_answer(batch, PaperBank().answers(BANKS["湖州银行"].order(actions.orders(batch))), **by)
    actions.hand_out(batch, list(batch.cards.all()), on=today(), **by)
    asked = actions.ask_for(town.mill, name=SHE, number=number(1), why=f"{SHE}在织布车间", by=town.mill_chair)
    actions.keep(asked, reason=f"{SHE}仍在本单位。", **by)
    person = Person.objects.get(pk=one.person_id)
    wish = actions.ask_union(person, actions.Wish("CORRECT", f"{SHE}换号了。", what="phone", value=PHONES[2]), by=user)
    actions.turn_down(wish, reason=f"{SHE}的号码未核实。", **by)
    actions.disclose(person, "id", why=f"核对{SHE}", **by)
    attach(one, PAPER, name=f"{SHE}.pdf", **by)
    tell([user], "file-first-told", facts={})
    actions.import_roster(roster(tmp_path / "c.csv", line(9, name=SHE, phone=PHONES[1])), town.firm, **by)
    Membership.objects.filter(person__id_hash=crypt.blind_one(number(9), ID)).update(job=f"{SHE}")
    actions.find_alike()
    pair = Likeness.objects.get()
    actions.merge(pair, keep=person, by=town.firm_chair)
    lists = [theirs(1, name=BEFORE, phone=PHONES[2], union=MILL), theirs(9, name=SHE, phone=PHONES[1])]
    made = reconcile.begin(
        reconcile.lay(
            town.north, province(*lists, theirs(2)), of="MEMBERS", whence="PROVINCE", as_of=today(), name="省.csv", by=town.north_org
        )
    )
    reconcile.decide(made.differences.get(field="phone"), "THEIRS", by=town.north_org)
    reconcile.decide(made.differences.get(field="name"), "BOTH", why=f"{SHE}曾用名", by=town.north_org)
    actions.end(Membership.objects.get(pk=one.pk), ending="LEFT", on=today(), reason=f"{SHE}离职", **by)
    return Person.objects.get(pk=one.pk and person.pk)


def said(person: Person) -> set[str]:
    return traces([SHE, BEFORE], [number(1), number(9), *PHONES], [card_number(2), card_number(2)[-4:] + '"'])


def test_one_of_each_is_laid_out(she):
    """Without this the test below would pass on an empty house."""
    mine = Q(person=she)
    for rows in (
        Application.objects.filter(name=SHE), Before.objects.filter(mine), Card.objects.filter(mine), Lapse.objects.filter(name=SHE), Likeness.objects.filter(name=SHE),
        NewWork.objects.filter(mine), PersonalRequest.objects.filter(mine), Request.objects.filter(name=SHE), Reveal.objects.filter(mine), Person.objects.filter(same_as=she),
        Difference.objects.filter(mine, state="OPEN"), TheirsBefore.objects.all(), Move.objects.filter(reason__contains=SHE),
    ):  # fmt: skip
        assert rows.exists(), rows.model
    found = said(she)
    for place in (
        "members_person.name", "members_person.id_hash", "members_person.id_sealed", "members_card.number_sealed", "members_card.name", "members_lapse.talk",
        "members_request.why", "members_likeness.name", "members_newwork.platform", "members_before.facts", "reconcile_difference.ours_sealed",
        "reconcile_difference.theirs_sealed", "reconcile_before.was_sealed", "flow_move.reason", "members_application.number_hash", "members_membership.department",
    ):  # fmt: skip
        assert place in found, place


def test_nothing_of_her_is_left_in_any_column_but_what_is_kept_by_law(she):
    assert actions.still_needed([she.pk]) == set()
    assert actions.erase([she.pk]) == 2, "she, and the one who was merged into her"
    assert said(she) <= set(KEPT)
    assert "access_seenlog.why" in said(she)


def test_who_was_merged_is_erased_with_her_whichever_is_asked(she):
    other = Person.objects.get(same_as=she)
    assert actions.erase([other.pk]) == 2
    assert not Person.objects.filter(Q(pk=she.pk) | Q(pk=other.pk), erased_at=None).exists()
    assert actions.erase([she.pk]) == 0


def test_who_was_merged_into_a_member_is_kept_with_her(she, town):
    other = Person.objects.get(same_as=she)
    again = actions.apply(town.mill, actions.Facts(SHE, number(9)), by=town.mill_chair)
    assert again.person == she
    assert actions.still_needed([other.pk]) == {she.pk, other.pk}
    with pytest.raises(RuleBroken):
        actions.erase([other.pk])


def test_what_was_decided_and_counted_stays(she):
    actions.erase([she.pk])
    assert set(Difference.objects.values_list("state", flat=True)) == {"THEIRS", "BOTH", "GONE"}
    assert Card.objects.get().state == "CANCELLED"
    assert (Lapse.objects.get().state, Request.objects.get().state, Likeness.objects.get().state) == ("OVER", "KEPT", "MERGED")


def test_the_pages_of_what_is_left_open_and_name_nobody(she, town):
    actions.erase([she.pk])
    client = Client()
    client.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    things = [
        Card.objects.get(),
        Lapse.objects.get(),
        Likeness.objects.get(),
        PersonalRequest.objects.get(),
        Application.objects.get(),
        *Membership.objects.filter(person=she),
    ]
    pages = [one.get_absolute_url() for one in things] + [
        "/members/lapses/?view=decided",
        "/members/moves/?view=answered",
        "/members/same/?view=judged",
    ]
    for url in pages:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert SHE not in answer.content.decode(), url


def test_an_import_that_changed_her_can_be_taken_back_afterwards(she, town):
    batch = Before.objects.filter(person=she).first().batch
    actions.erase([she.pk])
    actions.undo(batch, by=town.firm_chair)
    she.refresh_from_db()
    assert (she.name, she.phone_sealed) == ("", None)


def test_her_phone_and_number_are_found_by_no_question(she):
    actions.erase([she.pk])
    assert not Person.objects.filter(Q(phone_hash=crypt.blind_one(PHONES[1], PHONE)) | Q(id_hash=crypt.blind_one(number(1), ID))).exists()
