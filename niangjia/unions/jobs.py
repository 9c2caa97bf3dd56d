"""What the worker does for the tree."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override
from procrastinate.contrib.django import app

from niangjia.unions.actions import sheets, spells, staffing, taxpayers, vacant
from niangjia.unions.models import SheetImport, TaxList
from niangjia.unions.scope import rehang, rescope_rows


@app.task(name="unions.rescope")
def settle(unions: list[int]) -> None:
    """Give what stands at moved unions the places of their unions once more: a slow writer may have brought an old place along."""
    rescope_rows(unions)
    rehang(unions)


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="unions-rescope", pass_context=False)
def settle_all(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """The same for the whole house, each night: a roster that was being read for long when its union moved."""
    rescope_rows()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="unions-spells", pass_context=False)
def settle_spells(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """Each night: which firms should have a union today, and have one; what ended by its day, and values that were set anew."""
    spells.settle_all()


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="unions-staffing", pass_context=False)
def ask_for_staffing(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """Each night: the township federations whose day has come are asked for their check of the year."""
    staffing.begin()


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="unions-vacant", pass_context=False)
def find_vacant(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """Each night: chairs that stand empty, and whose time does not run yet."""
    vacant.find_vacant()


@app.task(name="unions.tax_list", queue="import", lock="unions.tax_list")
def read_tax_list(taxlist: int) -> None:
    """Look a large list of the tax side through, or take it in; after a kill it is done from the beginning."""
    one = TaxList.objects.select_related("by").get(pk=taxlist)
    with override(one.by.language or settings.LANGUAGE_CODE):
        taxpayers.run(one)


@app.task(name="unions.sheet", queue="import", lock="unions.sheet")
def work_on_sheet(sheet: int) -> None:
    """Do what a large organisation sheet waits for; after a kill it is done from the beginning."""
    one = SheetImport.objects.select_related("by").get(pk=sheet)
    with override(one.by.language or settings.LANGUAGE_CODE):
        sheets.run(one)


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="unions-sheets", pass_context=False)
def forget_sheets(timestamp: int) -> None:  # noqa: ARG001 - the scheduler says when it was due
    """Each night: the rows of sheets that can be taken back no more are forgotten; what was taken over stands in the register."""
    sheets.forget_old()
