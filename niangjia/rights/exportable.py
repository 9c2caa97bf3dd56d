"""The workers of disputes, taken away by two persons: what the list of disputes shows, with those who claim in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit import crypt, mask
from niangjia.kit.exportable import Exportable, Field, Line, Query, exportable
from niangjia.kit.who import condition
from niangjia.members.enums import ID, PHONE
from niangjia.rights import lists as listing
from niangjia.rights.enums import Cause, DisputeState, May
from niangjia.rights.forms import NARROWED, DisputeFilter, asked_disputes
from niangjia.rights.models import Claimant
from niangjia.unions.models import Union

AT_ONCE = 2000
FIELDS = (
    Field("reference", gettext_lazy("Case number"), gettext_lazy("Case number"), 20, always=True),
    Field("name", gettext_lazy("Name of the worker"), gettext_lazy("Name of the worker"), 14, always=True),
    Field("id", gettext_lazy("Identity number"), gettext_lazy("Identity number"), 21, sealed=True),
    Field("phone", gettext_lazy("Mobile"), gettext_lazy("Mobile"), 14, sealed=True),
    Field("claimed", gettext_lazy("Claims"), gettext_lazy("Claims"), 14, "yuan"),
    Field("leads", gettext_lazy("Speaks for the others"), gettext_lazy("Speaks for the others"), 12),
    Field("applied", gettext_lazy("Applied on"), gettext_lazy("Applied on"), 12),
    Field("cause", gettext_lazy("Cause"), gettext_lazy("Cause"), 18),
    Field("handled", gettext_lazy("Handled by"), gettext_lazy("Handled by"), 24),
    Field("state", gettext_lazy("State"), gettext_lazy("State"), 14),
)
COLUMNS = {
    "reference": "dispute__reference", "name": "person__name", "id": "person__id_sealed", "phone": "person__phone_sealed", "claimed": "claimed", "leads": "leads",
    "applied": "dispute__applied_on", "cause": "dispute__cause", "handled": "dispute__handled_by__short_name", "state": "dispute__state",
}  # fmt: skip
SEALED = {"id": (ID, mask.identity), "phone": (PHONE, mask.phone)}
PLACES = NARROWED


def _form(query: Query) -> DisputeFilter:
    return DisputeFilter(query, places=[(one.code, one.short_name) for one in listing.counties()])


def _standing_under(union: Union) -> Q:
    if union.level == 1:
        return ~Q(pk__in=())
    if union.level <= 3:
        return Q(**{"county" if union.level == 2 else "township": union})
    return Q(handled_by__path__startswith=union.path)


def rows(user: Any, union: Union, query: Query) -> QuerySet[Claimant]:
    """Who claims in the disputes that her list shows, as far as she may take them away."""
    disputes = (
        listing.disputes(user, asked_disputes(_form(query))).filter(condition(user, May.EXPORT_CLAIMANTS)).filter(_standing_under(union))
    )
    return Claimant.objects.filter(dispute__in=disputes.order_by().values("pk"))


def words(query: Query) -> list[tuple[Any, Any]]:
    """The filters as the list shows them."""
    form = _form(query)
    form.is_valid()
    said = [
        (form.fields[name].label, dict(getattr(form.fields[name], "choices", ())).get(value, value))
        for name in PLACES if (value := form.cleaned_data.get(name))
    ]  # fmt: skip
    if form.cleaned_data.get("view"):
        said.append((_("View"), listing.view_words().get(form.cleaned_data["view"], "")))
    if form.cleaned_data.get("q"):
        said.append((_("Searched for"), form.cleaned_data["q"]))
    return said


def lines(found: QuerySet[Claimant], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:
    """The workers, case by case, the last applied first."""
    say: dict[str, Callable[[Any], Any]] = {
        "cause": {value: str(label) for value, label in Cause.choices}.get, "state": {value: str(label) for value, label in DisputeState.choices}.get,
        "leads": {True: _("yes"), False: ""}.get,
    }  # fmt: skip
    source = (
        found.order_by("-dispute__applied_on", "-dispute_id", "-leads", "pk")
        .values_list("dispute__handled_by_id", "pk", *(COLUMNS[code] for code in columns))
        .iterator(chunk_size=AT_ONCE)
    )
    while block := [(union, pk, list(cells)) for union, pk, *cells in islice(source, AT_ONCE)]:
        for i, code in enumerate(columns):
            if code in SEALED:
                purpose, cover = SEALED[code]
                for (_union, _pk, cells), value in zip(block, crypt.unseal_many([one[2][i] for one in block], purpose), strict=True):
                    cells[i] = value if code in full or not value else cover(value)
            elif code in say:
                for _union, _pk, cells in block:
                    cells[i] = say[code](cells[i])
        yield from block


CLAIMANTS = exportable(
    Exportable(
        "rights.claimants", gettext_lazy("Workers in disputes"), thing="rights.claimant", duty="rights", fields=FIELDS,
        filters=("q", "view", *PLACES), rows=rows, words=words, lines=lines, back="rights:disputes",
    )
)  # fmt: skip
