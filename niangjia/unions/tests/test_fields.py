"""Naming another union in a form: by name, initials or code; what is ambiguous is refused with those that may be meant."""

from __future__ import annotations

import pytest
from django.forms import Form, ValidationError

from niangjia.kit.dates import today
from niangjia.unions.api import UnionField
from niangjia.unions.fields import spoken
from niangjia.unions.models import Reorganisation, Union


class Asks(Form):
    """A form that names a union."""

    which = UnionField(required=False)


def meant(said):
    form = Asks({"which": said})
    assert form.is_valid(), form.errors
    return form.cleaned_data["which"]


def test_a_union_is_named_by_code_name_initials_or_a_part_of_it(town):
    for said in (
        town.firm.code,
        town.firm.code.lower(),
        town.firm.name,
        "青禾",
        "qhdc",
        spoken(town.firm),
        f"改过的名称({town.firm.code})",
    ):
        assert meant(said) == town.firm, said
    assert meant("") is None


def test_a_whole_name_is_meant_before_those_that_contain_it(town):
    Union.objects.filter(pk=town.firm.pk).update(short_name="青禾")
    Union.objects.filter(pk=town.mill.pk).update(short_name="青禾二厂", tokens=town.firm.tokens)
    assert meant("青禾") == town.firm


def test_what_is_ambiguous_is_refused_with_those_that_may_be_meant(town):
    form = Asks({"which": "总工会"})
    assert not form.is_valid()
    [said] = form.errors["which"]
    assert spoken(town.city) in said
    form = Asks({"which": "工会"})
    form.is_valid()
    assert form.errors["which"][0].count("（U") == 6  # among many, some
    page = str(form["which"])
    assert page.count("<option") == 6
    assert f'<option value="{spoken(town.city)}">' in page
    assert 'list="id_which-offered"' in page
    assert "<datalist" not in str(Asks({"which": "青禾"})["which"])  # nothing was offered, and nothing is


@pytest.mark.parametrize("said", ["没有这家", "U000", "（德清）"])
def test_what_is_not_found_is_said(town, said):
    with pytest.raises(ValidationError, match=r"U000|没有|德清"):
        UnionField().clean(said)


def test_a_union_that_ended_is_not_meant(town):
    Union.objects.filter(pk=town.firm.pk).update(state="ABOLISHED", closed_on=today())
    for said in (town.firm.code, town.firm.name, spoken(town.firm), "青禾"):
        assert not Asks({"which": said}).is_valid(), said


def test_a_plan_takes_names_and_offers_the_federations_that_its_reader_sees(town, as_):
    client = as_(town.north_org)
    page = client.get("/unions/reorganisations/plan/", {"union": town.hill.code}).content.decode()
    assert f'value="{spoken(town.hill)}"' in page
    assert f'<option value="{spoken(town.fort)}">' in page
    assert town.market.code not in page
    said = {"turn": "MERGE", "union": spoken(town.hill), "target": "泗安", "on": str(today()), "paper": "长总工组〔2026〕7号"}
    assert client.post("/unions/reorganisations/plan/", {**said, "target": "新市"}).status_code == 422  # not hers to see
    assert client.post("/unions/reorganisations/plan/", said).status_code == 303
    line = Reorganisation.objects.get().lines.get()
    assert (line.union, line.target) == (town.hill, town.fort)


def test_abolition_and_moving_take_names(town, as_):
    client = as_(town.north_org)
    page = client.get(f"/unions/{town.firm.code}/step/abolish/").content.decode()
    assert f'<option value="{spoken(town.mill)}">' in page
    page = client.get(f"/unions/{town.firm.code}/parents/").content.decode()
    assert f'<option value="{spoken(town.fort)}">' in page
    said = {"parent": "泗安镇总工会", "since": str(today()), "basis": "长总工组〔2026〕8号"}
    assert client.post(f"/unions/{town.firm.code}/parents/", said).status_code == 303
    town.firm.refresh_from_db()
    assert town.firm.parent == town.fort
    refused = client.post(f"/unions/{town.mill.code}/step/abolish/", {"on": str(today()), "successor": "煤山", "reason": "企业终止"})
    assert refused.status_code == 422
    assert spoken(town.hill) in refused.content.decode()
