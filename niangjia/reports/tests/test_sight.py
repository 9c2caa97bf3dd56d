"""Two people at one review: what is signed is what stood on the signer's screen, or nothing."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.db import transaction

from niangjia.flow.models import Move
from niangjia.reports import actions, api, queries, shown
from niangjia.reports.models import Publication, Signature
from niangjia.reports.sight import Unseen, figures_moved, whole
from niangjia.reports.tests.test_life import TEXT, published, review, signed
from niangjia.unions import api as unions
from niangjia.unions.models import Union
from niangjia.worklog.api import known_at, latest, post
from tests.town import union

__all__ = ["review"]  # the fixture
PAGE = "/reviews/year-2026/"


def form(client, verb: str) -> dict[str, str]:
    """The form of a step as it stands on the page now."""
    page = client.get(PAGE).content.decode()
    assert f'value="{verb}"' in page
    return {name: re.search(f'name="{name}" value="(\\w+)"', page)[1] for name in ("edit", "posting", "digest")} | {"verb": verb}


def said(answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def nothing_was_written(review, state: str, signatures: int) -> None:
    review.refresh_from_db()
    assert review.state == state
    assert Signature.objects.count() == signatures
    assert not Publication.objects.exists()


def test_a_signature_names_the_draft_the_posting_and_the_digest_that_were_shown(town, review, as_):
    carried = form(as_(town.city_office), "check")
    assert as_(town.city_office).post(f"{PAGE}steps/", carried).status_code == 303
    made = Signature.objects.get()
    assert (str(made.number), made.digest) == (carried["edit"], carried["digest"])
    assert made.posting >= int(carried["posting"])
    assert made.digest[:12] in as_(town.city_office).get(PAGE).content.decode()


def test_a_leader_whose_text_was_rewritten_meanwhile_is_told_what_and_by_whom(town, review, as_):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    carried = form(as_(town.leader), "sign")
    actions.withdraw(review, reason="补一句", by=town.city_office)
    actions.save_draft(review, TEXT + "\n又添一句。\n", language="zh", after=1, by=town.city_office)
    actions.check(review, seen=api.seen(review), by=town.city_office)
    answer = as_(town.leader).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 409
    assert "孙市办于" in said(answer)
    assert "存了第2稿" in said(answer)
    page = answer.content.decode()
    assert "<ins>又添一句。</ins>" in page
    assert f'href="{PAGE}?language=zh"' in page
    nothing_was_written(review, "CHECKED", 2)  # the office's two, of two rounds
    assert as_(town.leader).post(f"{PAGE}steps/", form(as_(town.leader), "sign")).status_code == 303


def test_an_office_whose_colleague_saved_meanwhile_is_led_to_that_draft(town, review, as_):
    carried = form(as_(town.city_office), "check")
    actions.save_draft(review, TEXT.replace("# 组织", "# 队伍"), language="zh", after=1, by=town.city_office)
    answer = as_(town.city_office).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 409
    assert f"{PAGE}drafts/2/" in answer.content.decode()
    assert "<del># 组织</del>" in answer.content.decode()
    nothing_was_written(review, "DRAFT", 0)


def test_a_leader_whose_figures_moved_meanwhile_is_told_which_by_how_much_and_by_whom(town, review, as_):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    carried = form(as_(town.leader), "sign")
    unions.abolish(Union.objects.get(pk=town.shop.pk), on=date(2026, 11, 1), reason="企业注销", by=town.south_org)
    moves = Move.objects.filter(kind="reports.review").count()
    answer = as_(town.leader).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 409
    assert "“基层工会”在您屏幕上是3家，现在是2家。" in said(answer)
    assert "由卫德组记入“新市长桥竹业有限公司工会”" in said(answer)
    assert f'href="{town.shop.get_absolute_url()}"' in answer.content.decode()
    nothing_was_written(review, "CHECKED", 1)
    assert Move.objects.filter(kind="reports.review").count() == moves


def test_what_moved_since_the_office_checked_is_shown_before_a_leader_tries(town, review, as_):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    union("U33052200122", "煤山迟到电源有限公司工会", "20", 4, town.hill)
    post()
    answer = as_(town.leader).get(PAGE)
    assert "这已不是签过的那一份" in said(answer)
    assert 'value="sign"' not in answer.content.decode()
    with pytest.raises(Unseen, match="办公室核对"), transaction.atomic():
        actions.sign(review, seen=api.seen(review), by=town.leader)
    actions.withdraw(review, reason="数变了", by=town.city_office)
    made = published(review, town)
    assert {one.digest for one in review.signatures.filter(round=2)} == {made.digest}


def test_who_comes_after_a_withdrawal_is_told_who_took_it_back_and_why(town, review, as_):
    actions.check(review, seen=api.seen(review), by=town.city_office)
    carried = form(as_(town.leader), "sign")
    actions.withdraw(review, reason="还要补数", by=town.city_office)
    answer = as_(town.leader).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 409
    assert "“撤回”，理由是“还要补数”" in said(answer)
    nothing_was_written(review, "DRAFT", 1)


def test_a_publisher_lets_out_what_she_sees_or_nothing(town, review, as_):
    signed(review, town)
    carried = form(as_(town.leader), "publish")
    union("U33052200123", "煤山迟到电源有限公司工会", "20", 4, town.hill)
    answer = as_(town.leader).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 409
    nothing_was_written(review, "SIGNED", 2)


@pytest.mark.parametrize("wrong", [{"digest": ""}, {"posting": "x"}, {"edit": "9" * 30}])
def test_a_form_that_does_not_say_what_was_shown_signs_nothing(town, review, as_, wrong):
    carried = form(as_(town.city_office), "check") | wrong
    answer = as_(town.city_office).post(f"{PAGE}steps/", carried)
    assert answer.status_code == 422
    assert "什么" in said(answer) or "哪一份" in said(answer)
    nothing_was_written(review, "DRAFT", 0)


def test_two_languages_are_one_signature(town, review, as_):
    english = TEXT.replace("标题：一年小结", "Title: A Year").replace("全市基层工会", "Unions: ")
    actions.save_draft(review, english, language="en", after=1, by=town.city_office)
    before = api.seen(review)
    assert "（中文、英文）" in said(as_(town.city_office).get(PAGE))
    actions.save_draft(review, english + "\nMore.\n", language="en", after=2, by=town.city_office)
    with pytest.raises(Unseen, match="第3稿"), transaction.atomic():
        actions.check(review, seen=before, by=town.city_office)


# ---------- as known on a day ----------

THEN = TEXT.replace("时期：", "所知：{day}\n时期：")


@pytest.fixture
def declared(town, review, monkeypatch):
    """A day that ends before another union is founded: the clock of the page stands one day later."""
    day = date(2026, 11, 20)
    before = latest()
    union("U33052200124", "煤山后来电源有限公司工会", "20", 4, town.hill)
    post()
    monkeypatch.setattr(queries, "known_at", lambda asked: before if asked == day else known_at(asked))
    return day


def test_a_review_says_as_known_on_which_day_and_is_published_at_that_posting(town, review, declared, as_):
    actions.save_draft(review, THEN.format(day="2026-11-20"), language="zh", after=1, by=town.city_office)
    page = said(as_(town.leader).get(PAGE))
    assert "按2026年11月20日所知" in page
    made = published(review, town)
    values = {f["code"] + f["period"]: f["value"] for f in made.documents["zh"]["figures"]}
    assert values["unions.grassroots..2026-11-30"] == "3"
    assert made.posting < latest()
    assert made.documents["zh"]["head"]["所知"] == "2026-11-20"
    assert api.stands(made)
    assert [(one["document"], one["books"]) for one in api.proofs()] == [(True, True)]
    [moved] = [n.since for n in shown.notes(queries.read(review), compare=True) if n.since and n.period != "年底"]
    assert moved.startswith("今天再数是4，比公布时多1；")


@pytest.mark.parametrize("day", ["2099-01-01", "昨天", "1999-01-01", "2026-13-01"])
def test_a_day_of_which_nothing_was_known_is_refused(town, review, day):
    actions.save_draft(review, THEN.format(day=day), language="zh", after=1, by=town.city_office)
    faults = queries.compiled(review, THEN.format(day=day), "zh")[0].faults
    assert "asof" in {fault.key for fault in faults}


def test_two_languages_have_one_day_of_knowledge(town, review, declared):
    actions.save_draft(review, THEN.format(day="2026-11-20"), language="zh", after=1, by=town.city_office)
    out, books = queries.compiled(review, TEXT, "en")
    assert out.review.head["所知"] == "2026-11-20"
    assert books.known is not None
    out, _books = queries.compiled(review, THEN.format(day="2026-11-19"), "en")
    assert "asof_two" in {fault.key for fault in out.faults}


def test_figures_that_did_not_move_are_not_named(town, review):
    then = whole(review)
    union("U33052200125", "煤山后来电源有限公司工会", "20", 4, town.hill, founded_on=date(2026, 3, 1))
    post()
    assert [one.sentence.split("”")[0] for one in figures_moved(then, whole(review), town.leader)] == ["“基层工会"]
