"""A member's own pages: what is held, from where, shown by one press; and who looked, by office and not her own looking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.access.api import note
from niangjia.access.models import SeenLog, User
from niangjia.desk import looked
from niangjia.files.api import attach
from niangjia.kit.carrier import Folder
from niangjia.kit.dates import add_months, at, moved_to, now, today
from niangjia.kit.parameter import PARAMETERS
from niangjia.members import actions
from niangjia.members.models import Lapse, Likeness, Membership, Person
from niangjia.members.tests.rosters import line, number, roster
from niangjia.notices.api import send_waiting
from niangjia.notices.models import ShortMessage
from niangjia.reconcile import actions as reconcile
from niangjia.reconcile.tests.conftest import province, theirs
from niangjia.unions.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def member(town, tmp_path):
    """One of the firm's members, signed in, who came with a roster."""
    actions.import_roster(roster(tmp_path / "a.csv", line(1), line(2)), town.firm, by=town.firm_chair)
    user = User.objects.create(username="m-x", name="示例会员", kind="MEMBER")
    person = Person.objects.get(memberships__name=line(1).split(",")[0])
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person


def test_her_file_says_what_from_where_and_how_long_and_covers_the_numbers(town, member):
    client, person = member
    page = client.get("/me/file/").content.decode()
    assert person.name in page
    assert number(1) not in page
    assert f"{number(1)[:6]}********{number(1)[-4:]}" in page
    assert "10000000001" not in page
    assert town.firm.name in page
    assert "名册" in page
    assert "10年" in page


def test_one_press_shows_her_own_number_and_nobody_elses(member):
    client, person = member
    page = client.post("/me/file/shown/id/").content.decode()
    assert number(1) in page
    assert "10000000001" not in page
    assert "10000000001" in client.post("/me/file/shown/phone/").content.decode()
    assert client.post("/me/file/shown/name/").status_code == 404
    assert SeenLog.objects.filter(act="revealed", thing_id=person.pk, user=person.user).count() == 2


def test_who_looked_is_told_by_office_and_reason_and_not_her_own_looking(town, member):
    client, person = member
    one = Membership.objects.get(person=person)
    office = Office.objects.get(user=town.firm_chair, duty="chair")
    chair = Client()
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    chair.get(one.get_absolute_url())
    chair.post(f"{one.get_absolute_url()}shown/id/", {"why": "核对身份证，号码330599198503120015"})
    client.post("/me/file/shown/id/")
    page = client.get("/me/looked/").content.decode()
    assert f"{office.union.short_name} {office.post}" in page
    assert "核对身份证" in page
    assert "330599198503120015" not in page, "what somebody typed is covered"
    assert person.user.name not in page.split("<main")[1]
    assert page.count("<tr") == 4  # the head, two openings, the reveal


def test_a_file_that_nobody_opened_says_so(member):
    assert "还没有人" in member[0].get("/me/looked/").content.decode()


def test_who_is_no_member_has_no_such_pages(town, as_):
    for path in ("/me/file/", "/me/looked/"):
        assert as_(town.firm_chair).get(path).status_code == 404
    assert as_(town.firm_chair).post("/me/file/shown/id/").status_code == 404


def test_the_pages_ask_as_much_of_the_database_for_many_lines_as_for_one(town, member):
    client, person = member
    one = Membership.objects.get(person=person)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    chair = Client()
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    chair.get(one.get_absolute_url())
    before = asked("/me/looked/"), asked("/me/file/"), asked("/me/")
    for _n in range(8):
        chair.get(one.get_absolute_url())
    assert (asked("/me/looked/"), asked("/me/file/"), asked("/me/")) == before


@pytest.fixture
def phone(settings, tmp_path):
    settings.SMS = f"folder:{tmp_path / 'phone'}"
    return Folder(tmp_path / "phone")


def test_who_is_imported_first_is_told_by_short_message_where_the_place_wants_it(member, phone):
    assert actions.tell_imported() == 0
    object.__setattr__(PARAMETERS["members.file.first_text"], "default", True)
    try:
        with moved_to(at((now() + timedelta(days=1)).date(), 10)):
            assert actions.tell_imported(most=1) == 1
            assert actions.tell_imported() == 1
            assert actions.tell_imported() == 0
            assert send_waiting() == 2
    finally:
        object.__setattr__(PARAMETERS["members.file.first_text"], "default", False)
    assert ShortMessage.objects.filter(what="file-first-text").count() == 2
    assert all(len(one.text) <= 70 for one in phone.last(9))
    assert all(person.name not in one.text for one in phone.last(9) for person in Person.objects.all())


def chair_of(town):
    chair = Client()
    chair.force_login(town.firm_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    return chair


def test_no_kind_of_thing_in_which_somebody_stands_is_left_out_of_who_looked():
    """Whatever names a person and has its openings written down is either asked by who looked, or a list that is."""
    named = {
        model._meta.label_lower
        for model in apps.get_models()
        if getattr(model, "names_a_person", False)
        and (getattr(model, "openings_are_logged", False) or model._meta.app_label == "reconcile")
    }
    assert named >= {"members.card", "members.lapse", "members.request", "members.likeness", "members.expulsion", "reconcile.difference"}
    assert named - set(looked.KINDS) - set(looked.LISTS) == set()


def test_openings_of_her_affairs_papers_and_of_whoever_was_merged_into_her_stand_there(town, member, tmp_path):
    client, person = member
    one = Membership.objects.get(person=person)
    by = {"by": town.firm_chair}
    actions.pay([one], until=add_months(today(), -8), **by)
    actions.find_lapsing()
    asked = actions.ask_for(town.mill, name=one.name, number=number(1), why="在织布车间", by=town.mill_chair)
    case = actions.propose_expulsion(one, actions.Proposal("小组", today(), "判决", "建议"), **by)
    actions.import_roster(roster(tmp_path / "b.csv", line(9, name=one.name, phone="10000000001")), town.firm, **by)
    actions.find_alike()
    pair = Likeness.objects.get()
    other = Person.objects.exclude(pk=person.pk).get(name=one.name)
    held = Membership.objects.get(person=other)
    chair = chair_of(town)
    chair.get(held.get_absolute_url())
    note([("revealed", "members.person", other.pk, "核对")], by=town.firm_chair)
    for thing in (Lapse.objects.get(), asked, case, pair):
        assert chair.get(thing.get_absolute_url()).status_code == 200
    paper = attach(one, b"%PDF-1.4\ntrailer<<>>\n%%EOF\n", name="证明.pdf", **by)
    note([("opened", "files.paper", paper.pk, "")], by=town.firm_chair)
    actions.merge(pair, keep=person, **by)
    assert {row.kind for row in looked.lines(person)} >= {
        "members.lapse", "members.request", "members.expulsion", "members.likeness", "members.membership", "members.person", "files.paper",
    }  # fmt: skip
    said = set(looked.lines(person).filter(kind="members.membership").values_list("thing_id", flat=True))
    assert held.pk in said, "it stood under the number that is hers now"
    page = client.get("/me/looked/").content.decode()
    assert "我的材料" in page


def test_a_list_beside_the_register_and_the_file_for_the_bank_stand_there(town, member):
    client, person = member
    one = Membership.objects.get(person=person)
    batch = actions.draft(town.firm, [one], bank="湖州银行", consent=True, by=town.firm_chair)
    actions.send_order(batch, by=town.hill_chair)
    hill = Client()
    hill.force_login(town.hill_chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert hill.get(f"{batch.get_absolute_url()}file.csv").status_code == 200
    data = province(theirs(1, phone="10000000099"), theirs(2))
    made = reconcile.begin(
        reconcile.lay(town.north, data, of="MEMBERS", whence="PROVINCE", as_of=today(), name="省.csv", by=town.north_org)
    )
    office = Client()
    office.force_login(town.north_org, backend="allauth.account.auth_backends.AuthenticationBackend")
    office.get(made.get_absolute_url())
    office.get(made.differences.get(person=person).get_absolute_url())
    kinds = {(row.kind, row.act) for row in looked.lines(person)}
    assert {("members.cardbatch", "downloaded"), ("reconcile.comparison", "opened"), ("reconcile.difference", "opened")} <= kinds
    page = client.get("/me/looked/").content.decode()
    assert "交银行制卡的文件" in page
    file = client.get("/me/file/").content.decode()
    assert "手机" in file
    assert "其他名册中与我不一致的内容" in file
    assert "湖州银行" in file
    assert "10000000099" not in file


def test_her_file_holds_all_that_is_held(town, member):
    client, person = member
    one = Membership.objects.select_related("person").get(person=person)
    by = {"by": town.firm_chair}
    actions.correct(one, work="COURIER", **by)
    one.refresh_from_db()
    actions.describe(one, platform="示例外卖", affiliate="示例站点", **by)
    attach(one, b"%PDF-1.4\ntrailer<<>>\n%%EOF\n", name="账号截图.pdf", purpose="从业证明", **by)
    actions.pay([one], until=add_months(today(), -8), **by)
    actions.find_lapsing()
    actions.talk(Lapse.objects.get(), on=today(), with_her="朱企业", words="已说明义务。", **by)
    asked = actions.ask_for(town.mill, name=one.name, number=number(1), why="在织布车间", by=town.mill_chair)
    actions.keep(asked, reason="仍在本单位。", **by)
    page = client.get("/me/file/").content.decode()
    for words in ("示例外卖 示例站点", "账号截图.pdf", "已说明义务。", "在织布车间", "仍在本单位。", f"{add_months(today(), -8):%Y-%m}"):
        assert words in page, words
