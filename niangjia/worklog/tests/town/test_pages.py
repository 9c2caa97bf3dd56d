"""The pages of figures: what opens, what is hidden, and that a page asks no more the more rows it shows."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
import python_calamine
from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation

from niangjia.kit.dates import today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.figure import FIGURES
from niangjia.kit.pages import MEMBER
from niangjia.kit.periods import year
from niangjia.kit.series import SERIES
from niangjia.worklog.api import Asked, freeze, install, latest, post, records_url, sign
from niangjia.worklog.board import turns_of
from niangjia.worklog.clerk import begun_on
from niangjia.worklog.tests.town import operations
from niangjia.worklog.tests.town.models import Dispute, Parentage, Respondent, Union

pytestmark = pytest.mark.django_db(transaction=True)
CASES = "/figures/rights.disputes.cases/"


@dataclass
class Seat:
    duty: str
    union: Union
    post: str = ""

    @property
    def union_id(self) -> int:
        return self.union.pk


@dataclass
class Reader:
    seats: list[Seat] = field(default_factory=list)
    kind: str = "STAFF"
    is_authenticated: bool = True
    is_active: bool = True
    name: str = "Ann"


def get(path: str, user: Reader, **said):
    request = RequestFactory().get(path, said)
    request.user = user
    found = resolve(path)
    return found.func(request, *found.args, **found.kwargs)


def page(path: str, user: Reader, **said) -> str:
    answer = get(path, user, **said)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def town():
    operations.clear()
    operations.build()
    unions = list(Union.objects.order_by("pk"))
    for i in range(8):
        d = Dispute.objects.create(handled_by=unions[12 if i < 5 else 13], accepted_on=date(2013, 2, 1 + i), cause="pay", worker_count=4)
        Respondent.objects.create(dispute=d, employer=i)
    post()
    return unions


def reader(*unions: Union) -> Reader:
    return Reader([Seat("rights", union) for union in unions])


def test_the_catalogue_lists_every_figure(town):
    html = page("/figures/", reader(town[0]))
    assert all(figure.en in html and figure.name in html for figure in FIGURES.values())
    found = page("/figures/", reader(town[0]), q="gzn")  # nobody is called that
    assert "No figure is called that" in found
    assert "members.people" in page("/figures/", reader(town[0]), q="ghhy")  # 工会会员 by its initials


def test_a_figure_opens_to_its_records(town):
    html = page(CASES, reader(town[12], town[13]), period="2013", union=town[0].code)
    for dispute in Dispute.objects.all():
        assert f'href="/disputes/{dispute.pk}/"' in html
    assert "not yours" not in html
    assert '<div class="n-huge">8<small>cases' in html


def test_on_paper_unions_without_any_are_left_out_and_counted(town):
    html = page(CASES, reader(town[0], town[12], town[13]), period="2013", union=town[0].code)
    area = html.partition('id="t-area"')[2].partition("</table>")[0]
    nil = area.count('<tr class="is-nil">')
    assert nil == area.count('<span class="n-faint">0</span>') > 0
    assert f'<p class="n-printed small n-faint">{nil} row' in html
    full = page(CASES, reader(town[12]), period="2013", union=town[12].code)
    assert "is-nil" not in full
    assert "left out" not in full


def test_a_part_of_the_number_opens_to_its_own_records(town):
    Dispute.objects.filter(handled_by=town[13]).update(cause="injury")
    post()
    those = Dispute.objects.filter(cause="pay")
    assert 0 < those.count() < 8
    html = page(CASES, reader(town[0], town[12], town[13]), period="2013", union=town[0].code)
    told = f"{CASES}?period=2013&amp;union={town[0].code}&amp;told=cause%3Apay#records"
    assert f'<a class="n-fig" href="{told}">{those.count()}</a>' in html
    said = {"period": "2013", "union": town[0].code}
    part = page(CASES, reader(town[0], town[12], town[13]), **said, told="cause:pay")
    assert part.count('href="/disputes/') == those.count()
    assert all(f'href="/disputes/{one.pk}/"' in part for one in those)
    assert '<div class="n-huge">8<small>cases' in part
    assert f"{those.count()} records, newest first" in part
    assert 'href="/disputes/' not in page(CASES, reader(town[0]), **said, told="cause:")  # every case has its cause
    with pytest.raises(RuleBroken, match="not told apart"):
        get(CASES, reader(town[0]), **said, told="colour:red")


def test_a_part_is_not_opened_by_readers_outside(town):
    html = page(CASES, reader(town[20]), period="2013", union=town[13].code)
    assert "told=cause" not in html
    with pytest.raises(Refused, match="the union itself"):
        get(CASES, reader(town[20]), period="2013", union=town[13].code, told="cause:pay")


def test_what_is_not_hers_is_one_line_with_its_number(town):
    html = page(CASES, reader(town[13]), period="2013", union=town[0].code)
    mine = Dispute.objects.filter(handled_by=town[13])
    assert mine.count() == 3
    assert all(f'href="/disputes/{d.pk}/"' in html for d in mine)
    assert html.count('href="/disputes/') == 3
    assert "5 records that are not yours to open" in html


def test_a_row_is_shown_by_the_page_it_hangs_on(town):
    html = page("/figures/rights.disputes.units/", reader(town[13]), period="2013", union=town[0].code)
    assert html.count('href="/disputes/') == 3
    assert "5 records that are not yours to open" in html


def test_a_deleted_record_still_counts_then(town):
    number = freeze(FIGURES["rights.disputes.cases"], Asked(year(2013), town[0].pk))
    sign("Review of 2013", [number])
    Dispute.objects.filter(handled_by=town[13]).delete()
    late = Dispute.objects.create(handled_by=town[12], accepted_on=date(2013, 9, 1), cause="pay")
    post()
    html = page(CASES, reader(town[0], town[12]), freeze=number)
    assert '<div class="n-huge">8<small>cases' in html
    assert "3 records that counted then and are no more" in html
    assert "Counted again today it is 6, −2." in html
    assert "Review of 2013" in html
    assert f"dispute {late.pk}" in html
    assert '<div class="n-huge">6<small>cases' in page(CASES, reader(town[0]), period="2013")


def test_small_numbers_are_hidden_from_readers_outside(town):
    """A reader of county 3 looks at county 1's firm: one case there, seven elsewhere."""
    Dispute.objects.filter(handled_by=town[13]).delete()
    Dispute.objects.create(handled_by=town[13], accepted_on=date(2013, 9, 1), cause="pay")
    post()
    html = page(CASES, reader(town[20]), period="2013", union=town[13].code)
    assert '<div class="n-huge">under 3<' in html
    assert "not yours" not in html
    assert '<div class="n-huge">1<small>cases' in page(CASES, reader(town[13]), period="2013")
    told = get("/api/figures/rights.disputes.cases", reader(town[20]), period="2013", union=town[13].code)
    assert json.loads(told.content)["value"] is None


def test_two_trees_on_one_page(town):
    over = Parentage.objects.get(union=town[12]).parent
    other = next(u for u in town[4:10] if u != over)
    Parentage.objects.create(union=town[12], parent=other, since=date(2013, 2, 3))
    post()
    html = page(f"{CASES}reconciled/", reader(town[0]), period="2013", union=other.code)
    assert "+2" in html
    assert "By the tree of the day" in html
    with pytest.raises(RuleBroken, match="Only what is counted"):
        get("/figures/members.women.rate/reconciled/", reader(town[0]))


def test_questions_that_cannot_be_read_are_answered_with_a_sentence(town):
    for said, why in (
        ({"period": "2013-99"}, "is no period"), ({"known": "soon"}, "is no day"), ({"union": "9999999"}, "No union has"), ({"freeze": "999999999"}, "not published"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=why):
            get(CASES, reader(town[0]), **said)
    with pytest.raises(Http404):
        get("/figures/no.such.figure/", reader(town[0]))
    with pytest.raises(Http404):
        get("/figures/", Reader(kind=MEMBER))


def test_before_the_books_begin_nothing_is_counted(town):
    """What nobody had recorded yet is no nought; the books of the town begin today."""
    first = begun_on()
    assert first == today()
    page(CASES, reader(town[0]), known=str(first))
    told = get("/api/figures/rights.disputes.cases", reader(town[0]), known="1999-01-01")
    assert (told.status_code, "The books begin on" in told.content.decode()) == (422, True)
    for path in (CASES, f"{CASES}reconciled/"):
        with pytest.raises(RuleBroken, match=f"The books begin on {first.day} .* on 1 Jan 1999 "):
            get(path, reader(town[0]), known="1999-01-01")


def test_every_figure_has_a_page_in_both_languages(town):
    for name, figure in FIGURES.items():
        for language, words in (("en", figure.en), ("zh-hans", figure.zh)):
            with translation.override(language):
                assert words in page(f"/figures/{name}/", reader(town[0]), period="2012-01..2014-12"), name


def test_a_page_asks_no_more_the_more_rows_it_shows(town):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(CASES, reader(town[0], town[12]), period="2013")
        return len(found)

    few = asked()
    Dispute.objects.bulk_create(Dispute(handled_by=town[12], accepted_on=date(2013, 5, 5), cause="pay") for _ in range(60))
    post()
    assert asked() <= few < 100
    html = page(CASES, reader(town[12]), period="2013", union=town[0].code)
    assert html.count('href="/disputes/') == 50
    assert "older=" in html


def sheet_of(file, at):
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(at).to_python()


def test_a_file_runs_nothing_and_holds_what_the_reader_may_see(town):
    Union.objects.filter(pk=town[1].pk).update(name="=1+1")
    file = get(CASES, reader(town[12]), period="2012-01..2013-12", union=town[0].code, format="xlsx").getvalue()
    first, records = (sheet_of(file, at) for at in (0, 1))
    assert ["=1+1", 0, 0] in [row[:3] for row in first]
    assert sum(row[0].startswith("dispute ") for row in records) == 5
    assert records[-1][0] == "3 records that are not yours to open"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml")
    Union.objects.filter(pk=town[0].pk).update(name="@home")
    file = get("/figures/", reader(town[0]), format="xlsx").getvalue()
    assert "members.people" in [row[0] for row in sheet_of(file, 0)]


def test_a_posting_and_a_publication_have_addresses(town):
    k = post()
    Dispute.objects.create(handled_by=town[12], accepted_on=date(2013, 9, 1), cause="pay")
    post()
    url = records_url(FIGURES["rights.disputes.cases"], year(2013), town[0].pk, k)
    assert url == f"{CASES}?period=2013&union={town[0].code}&posting={k}#records"
    assert '<div class="n-huge">8<small>cases' in page(CASES, reader(town[0]), period="2013", union=town[0].code, posting=k)
    assert '<div class="n-huge">9<small>cases' in page(CASES, reader(town[0]), period="2013")
    assert records_url(FIGURES["rights.disputes.cases"], year(2013), "x", freeze=7) == f"{CASES}?freeze=7#records"


def test_what_would_give_a_small_number_away_is_hidden_too(town):
    """Firms 12, 18, 24 stand under township 4; one has a single case, so its neighbour is hidden, wherever it is asked for."""
    over = Parentage.objects.get(union=town[12]).parent
    firms = [p.union for p in Parentage.objects.filter(parent=over).order_by("union")]
    Dispute.objects.all().delete()
    for firm, many in zip(firms, (1, 4, 9), strict=False):
        for i in range(many):
            Dispute.objects.create(handled_by=firm, accepted_on=date(2013, 3, 1 + i), cause="pay", recovered=100)
    post()
    outside = reader(next(u for u in town[10:] if u not in firms))
    said = [page(CASES, outside, period="2013", union=firm.code) for firm in firms]
    assert ["under 3" in html for html in said[:1]] == [True]
    assert '<div class="n-huge">hidden<' in said[1]
    assert '<div class="n-huge">9<small>cases' in said[2]
    money = page("/figures/rights.disputes.yuan/", outside, period="2013", union=firms[0].code)
    assert '<div class="n-huge">under 3<' in money
    assert "100.00" in page("/figures/rights.disputes.yuan/", reader(over), period="2013", union=firms[0].code)
    with pytest.raises(Refused):
        get(f"{CASES}reconciled/", outside, period="2013", union=over.code)


def test_a_changed_definition_breaks_the_course(town):
    Dispute.objects.filter(handled_by=town[13]).update(status="OPEN")
    post()
    before = dict(SERIES)
    SERIES["rights.disputes"] = replace(SERIES["rights.disputes"], if_=Q(status="OPEN"))
    try:
        install()
        html = page(CASES, reader(town[0]), period="2012-01..2013-12")
        assert len(re.findall(r"<th[^>]*>Edition \d+", html)) >= 2
        assert "the two courses are not one" in html
        assert '<td class="n-num">8</td>' in html  # as counted before, beside the 3 of today
        assert '<div class="n-huge">3<small>cases' in html
    finally:
        SERIES.clear()
        SERIES.update(before)
        install()
        post()


def test_a_definition_that_told_less_apart_has_nothing_to_say_beside_it(town):
    path, before = "/figures/rights.cases.other/", dict(SERIES)
    SERIES["rights.disputes"] = replace(SERIES["rights.disputes"], by=("outcome",))
    try:
        install()
        posting = latest()
    finally:
        SERIES.clear()
        SERIES.update(before)
        install()
        post()
    turns = turns_of({"rights.disputes"}, None)
    assert f">Edition {len(turns)}</th>" not in page(path, reader(town[0]), period="2012-01..2013-12")
    assert f">Edition {len(turns)}</th>" in page(CASES, reader(town[0]), period="2012-01..2013-12")
    with pytest.raises(RuleBroken, match="does not tell “cause” apart"):
        get(path, reader(town[0]), period="2013", posting=str(posting))


def test_machines_ask_the_same(town):
    user = reader(town[12], town[0])
    told = {one["code"]: one for one in json.loads(get("/api/figures", user).content)}
    assert told["members.people"]["kind"] == "stock"
    said = json.loads(get("/api/figures/rights.disputes.cases", user, period="2013", union=town[0].code).content)
    assert (said["value"], said["hidden"], said["period"], said["union"]) == ("8", False, "2013", town[0].code)
    steps = json.loads(get("/api/figures/rights.disputes.cases/years", user, period="2012-01..2013-12", union=town[0].code).content)
    assert [step["value"] for step in steps] == ["0", "8"]
    rows = json.loads(get("/api/figures/rights.disputes.cases/records", user, period="2013", union=town[0].code).content)
    assert (len(rows["records"]), rows["hidden"], rows["hidden_amount"]) == (5, 3, "3")
    assert get("/api/figures/rights.disputes.cases", user, period="2013-99").status_code == 422


def test_only_public_figures_are_open_to_everybody(town):
    stranger = Reader(is_authenticated=False)
    assert [one["code"] for one in json.loads(get("/api/figures", stranger).content)] == ["members.people"]
    assert get("/api/figures/members.people", stranger).status_code == 200
    for path in ("/api/figures/rights.disputes.cases", "/api/figures/members.people/records", "/api/figures/no.such"):
        assert get(path, stranger).status_code == 401
    assert get("/api/figures/rights.disputes.cases", Reader(kind=MEMBER)).status_code == 404
