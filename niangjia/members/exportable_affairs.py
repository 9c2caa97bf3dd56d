"""What happens to members, taken away by two persons as its lists show it: transfers, requests, dues, deemed exits, confirmations, cards, likenesses,
applications, expulsions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kit.exportable import Exportable, Field, Line, Query, exportable
from niangjia.kit.who import condition
from niangjia.members import asked, cards, dues, expelled, moves, newwork, same
from niangjia.members.enums import Alike, Asked, CardState, Expelling, Lapsing, May, State, Wanted, Why, Work
from niangjia.members.queries import standing_under
from niangjia.unions.models import Union

AT_ONCE = 2000


@dataclass(frozen=True)
class Col:
    """A column: where its value stands, and how it is said."""

    code: str
    label: Any
    path: str
    width: float = 14
    say: Any = None  # the choices by which a code is said


def _text(said: Query, name: str) -> str:
    return said.get(name, "")[:60]


def words(query: Query) -> list[tuple[Any, Any]]:
    """What a list was narrowed by: the view stands in its title already."""
    said: list[tuple[Any, Any]] = []
    if code := _text(query, "under"):
        said.append((_("Union"), Union.objects.filter(code=code).first() or code))
    if view := _text(query, "view") or _text(query, "behind"):
        said.append((_("View"), view))
    if text := _text(query, "q"):
        said.append((_("Searched for"), text))
    return said


def _lines(cols: Mapping[str, Col]) -> Callable[[QuerySet[Any], Sequence[str], frozenset[str]], Iterator[Line]]:
    def write(found: QuerySet[Any], columns: Sequence[str], full: frozenset[str]) -> Iterator[Line]:  # noqa: ARG001 - nothing here is sealed
        say = [(i, {code: str(label) for code, label in cols[code].say}) for i, code in enumerate(columns) if cols[code].say is not None]
        source = found.order_by("pk").values_list("union_id", "pk", *(cols[code].path for code in columns)).iterator(chunk_size=AT_ONCE)
        while block := [(union, pk, list(cells)) for union, pk, *cells in islice(source, AT_ONCE)]:
            for _union, _pk, cells in block:
                for i, called in say:
                    cells[i] = called.get(cells[i], cells[i])
            yield from block

    return write


def _affair(
    code: str, title: Any, thing: str, back: str, rows: Callable[[Any, Query], QuerySet[Any]], *cols: Col, filters: Sequence[str] = ("q", "view", "under"),
) -> Exportable:  # fmt: skip
    """Declare one list: who it is about and in which union stand first."""

    def held(user: Any, union: Union, query: Query) -> QuerySet[Any]:
        return rows(user, query).filter(standing_under(union))

    columns = (Col("name", gettext_lazy("Full name"), "name", 12), Col("union", gettext_lazy("Union"), "union__name", 32), *cols)
    by_code = {one.code: one for one in columns}
    fields = [Field(one.code, one.label, one.label, one.width, always=one.code in ("name", "union")) for one in columns]
    return exportable(
        Exportable(
            code,
            title,
            thing=thing,
            duty="organisation",
            fields=fields,
            filters=filters,
            rows=held,
            words=words,
            lines=_lines(by_code),
            back=back,
        )
    )


def _moving(user: Any, query: Query) -> QuerySet[Any]:
    """Who is on the way out of her unions, or is kept in a pool: whoever comes stands in another union still, which takes her along itself."""
    ask = moves.pooled if query.get("view") == "pool" else moves.going
    return ask(user, _text(query, "q"))


def _state(choices: Any, width: float = 16) -> Col:
    return Col("state", gettext_lazy("State"), "state", width, choices)


JOINED = Col("joined", gettext_lazy("Joined on"), "joined_on", 12)
JOB = Col("job", gettext_lazy("Job"), "job")

_affair(
    "members.transfers", gettext_lazy("Members who move, or are kept in the pool"), "members.membership", "members:moves", _moving, JOINED, JOB,
    Col("to", gettext_lazy("The union to which she moves"), "to_union__name", 32), _state(State.choices), filters=("q", "view"),
)  # fmt: skip
_affair(
    "members.requests", gettext_lazy("Requests for transfers"), "members.request", "members:moves",
    lambda user, query: moves.requests(user, _text(query, "q"), answered=query.get("view") == "answered"),
    Col("source", gettext_lazy("Union where she stands"), "source__name", 32), Col("why", gettext_lazy("Since when she works there"), "why", 30),
    Col("made", gettext_lazy("When"), "made_at__date", 12), Col("answer", gettext_lazy("Answer"), "answer", 30), _state(Wanted.choices), filters=("q", "view"),
)  # fmt: skip
_affair(
    "members.dues", gettext_lazy("Members' dues"), "members.membership", "members:dues",
    lambda user, query: dues.owing(user, _text(query, "q"), _text(query, "under"), int(query["behind"]) if query.get("behind", "").isdecimal() else 0),
    Col("department", gettext_lazy("Department"), "department"), Col("until", gettext_lazy("Dues paid until"), "dues_until", 12),
    Col("active", gettext_lazy("Last took part"), "active_on", 12), filters=("q", "behind", "under"),
)  # fmt: skip
_affair(
    "members.lapses", gettext_lazy("Deemed exits"), "members.lapse", "members:lapses",
    lambda user, query: dues.lapses(user, _text(query, "q"), decided=query.get("view") == "decided"),
    Col("unpaid", gettext_lazy("Unpaid since"), "unpaid_since", 12), Col("found", gettext_lazy("Found on"), "found_on", 12), Col("talked", gettext_lazy("Talked with on"), "talked_on", 12),
    Col("by", gettext_lazy("Who talked with her"), "talked_by"), _state(Lapsing.choices), filters=("q", "view"),
)  # fmt: skip
_affair(
    "members.newwork", gettext_lazy("Members in new forms of work"), "members.membership", "members:confirm",
    lambda user, query: newwork.to_confirm(user, _text(query, "q"), _text(query, "under"), 0 if query.get("view") == "all" else newwork.months_of(user)),
    Col("work", gettext_lazy("Form of work"), "work", 14, Work.choices), Col("platform", gettext_lazy("Platform"), "person__new_work__platform"),
    Col("affiliate", gettext_lazy("Affiliate"), "person__new_work__affiliate", 24), Col("confirmed", gettext_lazy("Last confirmed"), "confirmed_on", 12),
)  # fmt: skip
_affair(
    "members.cards", gettext_lazy("Member cards"), "members.card", "members:cards",
    lambda user, query: cards.cards(user, view if (view := query.get("view", "")) in cards.STATES else "issued", _text(query, "q")),
    Col("bank", gettext_lazy("Bank"), "batch__bank"), Col("tail", gettext_lazy("Last four"), "tail", 8), Col("issued", gettext_lazy("Handed out on"), "issued_on", 12),
    Col("fault", gettext_lazy("Why not"), "fault", 20), _state(CardState.choices), filters=("q", "view"),
)  # fmt: skip
_affair(
    "members.likenesses", gettext_lazy("The same person twice"), "members.likeness", "members:same",
    lambda user, query: same.likenesses(user, _text(query, "q"), judged=query.get("view") == "judged"),
    Col("why", gettext_lazy("Why"), "why", 24, Why.choices), Col("found", gettext_lazy("Found on"), "found_on", 12), _state(Alike.choices), filters=("q", "view"),
)  # fmt: skip
_affair(
    "members.applications", gettext_lazy("Applications by code"), "members.application", "members:asked",
    lambda user, query: asked.applications(user, _text(query, "view"), _text(query, "q"), _text(query, "under")).filter(condition(user, May.ADMIT)),
    Col("work", gettext_lazy("Form of work"), "work", 14, Work.choices), JOB, Col("sent", gettext_lazy("When"), "made_at__date", 12),
    Col("decided", gettext_lazy("Decided on"), "decided_at__date", 12), _state(Asked.choices),
)  # fmt: skip
_affair(
    "members.expulsions", gettext_lazy("Expulsions"), "members.expulsion", "members:expulsions",
    lambda user, query: expelled.expulsions(user, _text(query, "q"), over=query.get("view") == "over"),
    Col("proposed", gettext_lazy("Proposed on"), "proposed_on", 12), Col("decided", gettext_lazy("Decided on"), "decided_on", 12),
    Col("paper", gettext_lazy("By which paper"), "paper", 24), Col("filed", gettext_lazy("Filed above on"), "filed_on", 12), _state(Expelling.choices), filters=("q", "view"),
)  # fmt: skip
