"""Who opens and does what, by named people; the register searched; a person's page; an import in the browser."""

from __future__ import annotations

import fastexcel
import polars as pl
import pytest

from niangjia.access.models import SeenLog
from niangjia.kit.workbook import Book, Col
from niangjia.members import actions, queries
from niangjia.members.models import Batch, Fault, Membership, Reveal
from niangjia.members.tests.rosters import line, name, number, roster

PEOPLE = (
    "firm_chair", "mill_chair", "shop_chair", "hill_chair", "fort_chair", "north_chair", "north_org", "north_rights", "south_org", "city_org", "city_rights",
    "city_office", "leader", "system", "security", "auditlog", "nobody",
)  # fmt: skip


@pytest.fixture
def joined(town, tmp_path):
    """Three members of the firm, in from a roster."""
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2), line(3)), town.firm, dry_run=False, by=town.north_org)
    return Membership.objects.get(name=name(1))


def who(town, as_, ask, answer):
    return {one for one in PEOPLE if ask(as_(town.people[one])).status_code == answer}


def test_who_may_open_a_membership(town, as_, joined):
    url = joined.get_absolute_url()
    readers = {"firm_chair", "hill_chair", "north_chair", "north_org", "north_rights", "city_org", "city_rights", "city_office"}
    assert who(town, as_, lambda c: c.get(url), 200) == readers
    assert who(town, as_, lambda c: c.get(url), 404) == set(PEOPLE) - readers


def test_who_may_send_her_to_another_union(town, as_, joined):
    url = f"{joined.get_absolute_url()}step/send/"
    assert who(town, as_, lambda c: c.get(url), 200) == {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}
    assert who(town, as_, lambda c: c.get(url), 403) == {"north_rights", "city_rights", "city_office"}


def test_who_may_have_a_sealed_value_shown(town, as_, joined):
    url = f"{joined.get_absolute_url()}shown/id/"
    shows = {"firm_chair", "hill_chair", "north_chair", "north_org", "north_rights", "city_org", "city_rights"}
    assert who(town, as_, lambda c: c.post(url, {"why": "核对身份"}), 200) == shows
    assert Reveal.objects.count() == len(shows)
    assert SeenLog.objects.filter(act="revealed").count() == len(shows)


def test_who_may_see_and_undo_an_import(town, as_, joined):
    url = Batch.objects.get().get_absolute_url()
    keepers = {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}
    assert who(town, as_, lambda c: c.get(url), 200) == keepers
    assert who(town, as_, lambda c: c.get(url), 404) == set(PEOPLE) - keepers


def test_who_may_send_a_roster(town, as_, tmp_path):
    path = roster(tmp_path / "a.csv", line(9))

    def send(client):
        with path.open("rb") as file:
            return client.post("/members/imports/new/", {"union": town.firm.code, "file": file})

    assert who(town, as_, send, 303) == {"firm_chair", "hill_chair", "north_chair", "north_org", "city_org"}


def test_a_value_is_shown_only_with_a_reason_and_never_in_an_address(town, as_, joined):
    client = as_(town.firm_chair)
    page = client.get(joined.get_absolute_url()).content.decode()
    assert number(1) not in page
    assert number(1)[:6] + "********" + number(1)[-4:] in page
    assert client.post(f"{joined.get_absolute_url()}shown/id/", {"why": " "}).status_code == 422
    assert not Reveal.objects.exists()
    shown = client.post(f"{joined.get_absolute_url()}shown/id/", {"why": "核对身份"})
    assert number(1) in shown.content.decode()
    assert "核对身份" in client.get(joined.get_absolute_url()).content.decode()
    assert client.post(f"{joined.get_absolute_url()}shown/blood/", {"why": "x"}).status_code == 404


def names(client, query=""):
    page = client.get(f"/members/{query}")
    assert page.status_code == 200
    return {row[0] for row in ((name(n), n) for n in range(1, 30)) if row[0] in page.content.decode()}


def test_the_register_shows_what_stands_in_reach(town, as_, joined, tmp_path):
    actions.import_roster(roster(tmp_path / "b.csv", line(5)), town.shop, dry_run=False, by=town.south_org)
    assert names(as_(town.firm_chair)) == {name(1), name(2), name(3)}
    assert names(as_(town.city_org)) == {name(1), name(2), name(3), name(5)}
    assert names(as_(town.south_org)) == {name(5)}
    assert names(as_(town.nobody)) == set()


def test_people_are_found_by_name_initials_tails_and_whole_numbers(town, as_, joined):
    client = as_(town.firm_chair)
    assert names(client, f"?q={name(1)}") == {name(1)}
    assert names(client, f"?q={name(1)[1:]}") >= {name(1)}
    assert names(client, f"?q={name(2)[0]}") == {name(2)}
    assert names(client, "?q=qzz") in (set(), {name(1)})
    assert names(client, f"?q={number(3)[-4:]}") == {name(3)}
    assert names(client, "?q=0002") == {name(2)}
    assert names(client, "?q=10000000003") == {name(3)}
    assert names(client, f"?q={number(1).lower()}") == {name(1)}
    assert names(client, f"?q={number(1)[:10]}") == set()
    assert names(client, "?q=%20") == {name(1), name(2), name(3)}
    assert names(client, "?sex=2") == {name(n) for n in (1, 2, 3) if n % 2 == 0}
    assert names(client, f"?under={town.mill.code}") == set()
    assert names(client, "?view=retained") == set()
    assert names(client, "?standing=nonsense") == {name(1), name(2), name(3)}


def test_where_very_many_bear_a_character_the_surname_is_meant(town, as_, joined, monkeypatch):
    monkeypatch.setattr(queries, "HITS", 0)
    client = as_(town.firm_chair)
    assert names(client, f"?q={name(2)[0]}") == {name(2)}
    assert names(client, f"?q={name(2)[1]}") == {name(1), name(2), name(3)}  # nobody's surname: wherever it stands
    assert names(client, f"?q={name(1)}") == {name(1)}


def test_the_register_costs_the_same_however_long_it_is(town, as_, joined, tmp_path, django_assert_max_num_queries):
    actions.import_roster(roster(tmp_path / "b.csv", *map(line, range(4, 70))), town.firm, dry_run=False, by=town.north_org)
    client = as_(town.firm_chair)
    with django_assert_max_num_queries(24):
        first = client.get("/members/")
    assert "after=" in first.content.decode()


def test_a_person_joins_moves_is_retained_and_leaves_in_the_browser(town, as_):
    facts = {"union": town.firm.code, "name": "沈小芳", "number": number(2), "phone": "10000000042", "how": "SCAN", "work": "CONTRACT"}
    client = as_(town.firm_chair)
    assert client.post("/members/applications/", facts).status_code == 422  # without consent
    assert client.post("/members/applications/", facts | {"consent": "on"}).status_code == 303
    one = Membership.objects.get()
    assert names(client) == set()
    assert "沈小芳" in client.get("/members/?view=waiting").content.decode()
    url = one.get_absolute_url()
    assert client.get(f"{url}step/approve/").status_code == 200
    assert client.post(f"{url}step/approve/", {"on": "2099-01-01"}).status_code == 422
    assert client.post(f"{url}step/approve/", {"on": "2026-01-05"}).status_code == 303
    assert client.post(f"{url}step/send/", {"to": town.mill.name}).status_code == 303
    assert "沈小芳" in as_(town.mill_chair).get("/members/?view=moving").content.decode()
    assert as_(town.mill_chair).get(url).status_code == 200
    assert as_(town.shop_chair).get(url).status_code == 404
    assert as_(town.firm_chair).post(f"{url}step/", {"verb": "take"}).status_code == 403
    assert as_(town.mill_chair).post(f"{url}step/", {"verb": "take"}).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.ending) == ("ENDED", "TRANSFER")
    now = Membership.objects.get(union=town.mill)
    assert (now.state, now.joined_on, now.person, now.how) == ("MEMBER", one.left_on, one.person, "TRANSFER")
    client, url = as_(town.mill_chair), now.get_absolute_url()
    assert client.get(f"{url}step/retain/").status_code == 200
    assert client.post(f"{url}step/retain/", {"on": str(now.joined_on), "reason": "RETIRED"}).status_code == 303
    kept = Membership.objects.get(standing="RETAINED", left_on=None)
    assert "沈小芳" in client.get("/members/?view=retained").content.decode()
    assert client.post(f"{kept.get_absolute_url()}step/", {"verb": "resume", "reason": "再就业"}).status_code == 303
    last = Membership.objects.get(standing="ACTIVE", left_on=None)
    assert (
        client.post(
            f"{last.get_absolute_url()}facts/", {"name": "沈小芳", "work": "DISPATCH", "job": "质检", "phone": "10000000043"}
        ).status_code
        == 303
    )
    assert (
        client.post(f"{last.get_absolute_url()}step/end/", {"ending": "LEFT", "on": str(last.joined_on), "reason": "本人申请"}).status_code
        == 303
    )
    assert not Membership.objects.filter(left_on=None).exists()
    assert Membership.objects.values("person").distinct().count() == 1
    assert client.get(last.get_absolute_url()).status_code == 200


def test_an_application_elsewhere_is_refused_with_a_sentence(town, as_, joined):
    facts = {"union": town.mill.code, "name": name(1), "number": number(1), "how": "PAPER", "work": "CONTRACT", "consent": "on"}
    answer = as_(town.mill_chair).post("/members/applications/", facts)
    assert answer.status_code == 422
    assert town.firm.short_name in answer.content.decode()
    wrong = as_(town.mill_chair).post("/members/applications/", facts | {"number": number(1)[:17] + "A"})
    assert wrong.status_code == 422
    assert as_(town.firm_chair).post("/members/applications/", facts | {"number": number(9), "name": "某"}).status_code == 403


def test_a_roster_is_sent_looked_through_taken_and_taken_back(town, as_, tmp_path):
    client = as_(town.firm_chair)
    assert client.get("/members/imports/").status_code == 200
    assert client.get("/members/imports/new/").status_code == 200
    with roster(tmp_path / "名册.csv", line(1), line(2, phone="1"), line(3)).open("rb") as file:
        sent = client.post("/members/imports/new/", {"union": town.firm.code, "file": file})
    batch = Batch.objects.get()
    assert sent.headers["Location"] == batch.get_absolute_url()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert number(1) not in page
    assert not Membership.objects.exists()
    assert client.get(f"{batch.get_absolute_url()}?code=shape").status_code == 200
    step = f"{batch.get_absolute_url()}step/"
    assert client.post(step, {"verb": "take"}).status_code == 303
    assert Membership.objects.count() == 2
    assert client.post(step, {"verb": "take"}).status_code == 422
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert client.get(Membership.objects.first().get_absolute_url()).status_code == 200
    assert client.get("/members/imports/").status_code == 200
    assert client.post(step, {"verb": "undo"}).status_code == 303
    assert not Membership.objects.exists()
    assert client.get(batch.get_absolute_url()).status_code == 200
    assert client.post(step, {"verb": "nonsense"}).status_code == 409


def test_a_file_that_is_no_roster_is_said_to_be_none(town, as_, tmp_path):
    client = as_(town.firm_chair)
    for content in (b"\x00\x01\x02\x03" * 50, b"", "甲,乙\n1,2\n".encode()):
        path = tmp_path / "x.csv"
        path.write_bytes(content)
        with path.open("rb") as file:
            assert client.post("/members/imports/new/", {"union": town.firm.code, "file": file}).status_code in (303, 422)
    failed = Batch.objects.get()
    assert failed.state == "FAILED"
    assert failed.said in client.get(failed.get_absolute_url()).content.decode()
    assert client.post(f"{failed.get_absolute_url()}step/", {"verb": "drop"}).status_code == 303


def test_the_workbook_comes_back_with_the_faults_beside_the_rows(town, as_, tmp_path):
    path = roster(tmp_path / "a.csv", line(1), line(2, phone="=1+1"), line(1))
    batch = actions.check(actions.receive(town.firm, path, name="a.csv", by=town.firm_chair))
    answer = as_(town.firm_chair).get(f"{batch.get_absolute_url()}workbook/")
    found = pl.DataFrame(
        fastexcel.read_excel(b"".join(answer.streaming_content)).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    ).rows()
    assert found[1][-1] == "错误原因"
    assert found[2][:2] == (name(1), number(1))
    assert (found[3][2], found[2][-1]) == ("=1+1", None)
    assert found[3][-1]
    assert found[4][-1]
    again = tmp_path / "again.xlsx"
    with again.open("wb") as file, Book(file) as book:
        book.sheet("名册", [Col(head or "") for head in found[0]], found[1:])
    other = actions.check(actions.receive(town.firm, again, name="again.xlsx", by=town.firm_chair))
    assert sorted(other.faults.values_list("row", "code")) == sorted(
        batch.faults.values_list("row", "code")
    )  # what was given back can be sent again


def test_large_rosters_wait_for_the_worker_and_the_page_says_so(town, as_, tmp_path):
    path = roster(tmp_path / "a.csv", *(line(n % 900) for n in range(6000)))
    with path.open("rb") as file:
        as_(town.north_org).post("/members/imports/new/", {"union": town.firm.code, "file": file})
    batch = Batch.objects.get()
    assert batch.state == "CHECKING"
    page = as_(town.north_org).get(batch.get_absolute_url())
    assert "<progress" in page.content.decode()
    actions.run(batch)
    assert Fault.objects.filter(code="again").count() == 5100
    part = as_(town.north_org).get(batch.get_absolute_url(), headers={"HX-Request": "true"})
    assert part.status_code == 200


def test_somebody_under_sixteen_is_not_taken(town, as_):
    facts = {"union": town.firm.code, "name": "某某", "number": number(1, "20150101"), "how": "PAPER", "work": "CONTRACT", "consent": "on"}
    assert as_(town.firm_chair).post("/members/applications/", facts).status_code == 422
    assert not Membership.objects.exists()
