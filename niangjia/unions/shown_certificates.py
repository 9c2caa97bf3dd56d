"""How certificates of legal persons stand on pages and in workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.files.api import papers
from niangjia.kit.components import Paper, link, pill
from niangjia.kit.export import Sheet
from niangjia.kit.tables import Column, Table
from niangjia.kit.workbook import Col
from niangjia.unions.certificates import acts_of, standing
from niangjia.unions.models import Union

SLICE = 2000


def views() -> list[tuple[str, Any]]:
    """The saved questions over the register."""
    return [
        ("", _("Legal persons")), ("soon", _("Ends soon")), ("over", pgettext("certificates", "Run out")), ("gone", pgettext("certificates", "Cancelled")), ("none", _("No legal person")),
    ]  # fmt: skip


def words() -> dict[str, str]:
    """How a union may stand."""
    return {
        "valid": pgettext("a certificate", "Valid"), "over": pgettext("certificates", "Run out"), "cancelled": pgettext("certificates", "Cancelled"),
        "none": _("No legal person"), "unknown": _("end not known"),
    }  # fmt: skip


def table(rows: Sequence[Union]) -> Table:
    """The register."""
    columns = [
        Column(_("Union"), at=1), Column(_("Credit code"), nowrap=True, at=3), Column(_("Number of the certificate"), nowrap=True, at=5), Column(_("Certificate valid until"), nowrap=True, at=4),
        Column(_("Stands under"), soft=True, wide=True), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    said, made = words(), []
    for one in rows:
        kind, code = standing(one)
        made.append(
            [
                link(one.name, one.get_absolute_url()),
                one.uscc,
                one.certificate_no,
                one.legal_until,
                one.parent.short_name if one.parent else "",
                pill(kind, said[code]),
            ]
        )
    return Table(columns, made, label=_("Certificates"), id="certificates")


def sheet(rows: QuerySet[Union]) -> Sheet:
    """The register as a workbook."""
    columns = [
        Col(_("Union"), 40), Col(_("Code"), 14), Col(_("Credit code"), 22), Col(_("Number of the certificate"), 22), Col(_("Issued on"), 12), Col(_("Certificate valid until"), 12),
        Col(_("Term ends"), 12), Col(_("Legal person cancelled on"), 12), Col(_("Stands under"), 24), Col(_("State"), 12),
    ]  # fmt: skip
    said = words()
    lines = (
        (
            one.name, one.code, one.uscc, one.certificate_no, one.legal_from, one.legal_until, one.term_end, one.cancelled_on,
            one.parent.name if one.parent else "", said[standing(one)[1]],
        )
        for one in rows.iterator(chunk_size=SLICE)
    )  # fmt: skip
    return _("Certificates"), columns, lines


def of(union: Union) -> list[Paper]:
    """What was done about a union's certificate, for its page: each with the paper that lies on it."""
    made = []
    for one in acts_of(union):
        laid = papers(one).first()
        made.append(Paper(f"{one.get_what_display()} {one.certificate_no}".strip(), str(one.on), laid.get_absolute_url() if laid else ""))
    return made
