"""The lists of unions, foundings, elections, reorganisations and lists of the tax side as workbooks: read as they are written, without what names a person."""

from __future__ import annotations

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.dates import CHINA
from niangjia.kit.export import Sheet
from niangjia.kit.workbook import Col
from niangjia.unions.enums import Assembly, Category, Industry, Kind, Poll, Source, Stage, State, Way
from niangjia.unions.importing.fields import FIELDS, UNION, UNIT
from niangjia.unions.models import Election, Founding, Reorganisation, TaxList, Union
from niangjia.unions.moves import comma, line_words

SLICE = 2000


def _words(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


def organisation(rows: QuerySet[Union]) -> Sheet:
    """Unions as the organisation sheet has them, a row for each employer that they cover: it is read again as it is written."""
    widths = {
        "name": 44,
        "unit": 36,
        "uscc": 22,
        "unit_uscc": 22,
        "address": 36,
        "unit_address": 36,
        "short": 24,
        "parent": 24,
        "approval": 20,
        "industry": 24,
    }
    every = [one for one in FIELDS if one.code != "state"]
    columns = [Col(one.label, widths.get(one.code, 14), "number" if one.code == "employees" else "text") for one in every]
    columns.append(Col(_("State"), 12))
    coded = {"kind": _words(Kind.choices), "category": _words(Category.choices), "industry": _words(Industry.choices)}
    states = _words(State.choices)
    ways = {"code": "code", "kind": "kind", "parent": "parent__name", "founded": "founded_on", **UNION}
    ways |= {field: f"now__employer__{column}" for field, column in UNIT.items()} | {"unit_uscc": "now__employer__uscc"}
    read = rows.annotate(now=FilteredRelation("covers", condition=Q(covers__until=None))).order_by("name_py", "id", "now__id")
    codes = [one.code for one in every]
    lines = (
        (
            *(coded[code].get(said, "") if code in coded else said for code, said in zip(codes, line, strict=False)),
            states.get(line[-1], line[-1]),
        )
        for line in read.values_list(*(ways[code] for code in codes), "state").iterator(chunk_size=SLICE)
    )
    return _("Unions"), columns, lines


def foundings(rows: QuerySet[Founding]) -> Sheet:
    """Foundings, each with its employer, its papers' numbers and its days."""
    columns = [
        Col(_("Its number"), 18), Col(_("State"), 16), Col(_("For whom"), 36), Col(_("Credit code"), 22), Col(_("Stands under"), 24), Col(_("From where it is known"), 16),
        Col(_("Union wanted"), 36), Col(_("Type")), Col(_("Employees"), 10), Col(_("Of whom want to join"), 12), Col(_("Number of the approval"), 20), Col(_("Agreed to on"), 12),
        Col(_("Term of the group"), 12), Col(_("Number of the certificate"), 20), Col(_("Registered on"), 12),
    ]  # fmt: skip
    states, sources, kinds = _words(Way.choices), _words(Source.choices), _words(Kind.choices)
    read = rows.values_list(
        "reference", "state", "employer__name", "subject", "employer__uscc", "at__name", "source", "name", "kind", "employees", "willing", "grant_no", "granted_on",
        "group_until", "certificate_no", "registered_on",
    )  # fmt: skip
    lines = (
        (
            reference,
            states.get(state, state),
            subject or employer,
            uscc or "",
            at,
            sources.get(source, source),
            name,
            kinds.get(kind, kind),
            *rest,
        )
        for reference, state, employer, subject, uscc, at, source, name, kind, *rest in read.iterator(chunk_size=SLICE)
    )
    return _("Foundings"), columns, lines


def elections(rows: QuerySet[Election]) -> Sheet:
    """Elections, each with its assembly, who came, and what was approved."""
    columns = [
        Col(_("Its number"), 18), Col(_("State"), 16), Col(_("Union"), 36), Col(_("Code"), 14), Col(_("Examined by"), 24), Col(_("Term"), 8), Col(_("Assembly"), 18),
        Col(_("Planned on"), 12), Col(_("Held on"), 12), Col(_("Members"), 10), Col(_("Entitled"), 10), Col(_("Came"), 10), Col(_("Number of the approval"), 20),
        Col(_("Approved on"), 12), Col(_("Term ends"), 12),
    ]  # fmt: skip
    states, assemblies = _words(Poll.choices), _words(Assembly.choices)
    read = rows.values_list(
        "reference", "state", "union__name", "union__code", "above__name", "term_no", "assembly", "planned_on", "held_on", "members", "entitled", "present",
        "approval_no", "approved_on", "term_end",
    )  # fmt: skip
    lines = (
        (reference, states.get(state, state), union, code, above, term, assemblies.get(assembly, assembly), *rest)
        for reference, state, union, code, above, term, assembly, *rest in read.iterator(chunk_size=SLICE)
    )
    return _("Elections"), columns, lines


def reorganisations(rows: QuerySet[Reorganisation]) -> Sheet:
    """Reorganisations, each with all that it does."""
    columns = [
        Col(_("Its number"), 18),
        Col(_("State"), 16),
        Col(_("From which day"), 12),
        Col(_("Decided in"), 30),
        Col(_("Decides"), 24),
        Col(_("What it does"), 80),
    ]
    states = _words(Stage.choices)
    lines = (
        (
            one.reference,
            states.get(one.state, one.state),
            one.on,
            one.paper,
            one.top.name,
            comma().join(line_words(line) for line in one.lines.all()),
        )
        for one in rows.iterator(chunk_size=SLICE)
    )
    return _("Reorganisations"), columns, lines


def tax_lists(rows: QuerySet[TaxList]) -> Sheet:
    """Lists of the tax side, each with what it brought."""
    columns = [
        Col(_("File"), 36), Col(_("State"), 14), Col(_("Whose list"), 24), Col(_("Laid"), 18), Col(_("Rows"), 10), Col(_("New firms"), 10), Col(pgettext("list of firms", "Changed"), 10),
        Col(_("As we have them"), 10), Col(_("Older than ours, left"), 10), Col(_("Bad"), 10),
    ]  # fmt: skip
    lines = (
        (
            one.file_name, one.get_state_display(), one.at.name, f"{one.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.rows, one.fresh, one.changed, one.same,
            one.older, one.bad,
        )
        for one in rows.iterator(chunk_size=SLICE)
    )  # fmt: skip
    return _("Lists from the tax side"), columns, lines
