"""How the tree stands on its page: each union with its numbers out of the books, and the way to open it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from niangjia.kit.answer import answer
from niangjia.kit.components import View, day_words, english, fig, pill
from niangjia.kit.dates import today
from niangjia.kit.tables import Column, Row, Table
from niangjia.kit.totals import Beside, Part, Total, Totals, each
from niangjia.kit.totals import totals as line
from niangjia.unions.branches import Node, Rest, Tree, leads
from niangjia.unions.enums import Kind, State
from niangjia.unions.models import Union
from niangjia.unions.parameters import TERM_WARN
from niangjia.unions.shown import term_cell

LED = "unions.grassroots"  # told only of those that lead: of a single union it says nothing
SHOWN = {  # in words that are short enough for a head; the last is declared on a higher floor, without which there is no such column
    LED: gettext_lazy("Grassroots unions"), "unions.units": gettext_lazy("Units"), "members.memberships": gettext_lazy("Members"),
}  # fmt: skip
PARTS = ("unions.grassroots", "unions.townships")


def totals(tree: Tree) -> Totals | None:
    """What the uppermost union comes to, and what came and went this year; nothing for a person who leads no union."""
    top = tree.unions[0] if tree.unions else None
    if top is None or not leads(top):
        return None
    year = [
        Part("unions.founded", {}, _("founded this year"), this_year=True),
        Part("unions.abolished", {}, _("abolished this year"), this_year=True),
    ]
    return line(top, [*(Part(code) for code in PARTS), *year])


def sentence(tree: Tree, text: str) -> str:
    """The day of which the page speaks, or what was found."""
    day = day_words(today(), year=True)
    if not text:
        return _("On %(day)s. What stands below a union is counted with it, by the tree of that day.") % {"day": day}
    if not tree.found:
        return _("On %(day)s, no union that you may see has “%(text)s” in its name.") % {"day": day, "text": text}
    if tree.more:
        return _("On %(day)s, more than %(n)d unions are found; the tree stands open to the first of them.") % {"day": day, "n": tree.found}
    said = ngettext(
        "On %(day)s, %(n)d union is found; the tree stands open to it.",
        "On %(day)s, %(n)d unions are found; the tree stands open to them.",
        tree.found,
    )
    return said % {"day": day, "n": tree.found}


def views(kinds: list[tuple[str, Any]]) -> list[View]:
    """The tree, and the saved questions over the list."""
    listed = reverse("unions:unions")
    return [
        View(_("As a tree"), reverse("unions:tree"), here=True),
        *(View(label, f"{listed}?view={code}" if code else listed) for code, label in kinds),
    ]


def table(tree: Tree, text: str) -> Table:
    """The lines that are open, each union with what it comes to."""
    beside = each(tree.unions, list(SHOWN))
    columns = [
        Column(_("Name"), at=5), Column(_("Type"), soft=True, roomy=True, nowrap=True),
        *(Column(SHOWN[name], unit="" if english() else unit, num=True, at=2 if n == len(beside.units) - 1 else 0) for n, (name, unit) in enumerate(beside.units.items())),
        Column(_("Term ends"), soft=True, nowrap=True), Column(_("State"), nowrap=True, at=4),
    ]  # fmt: skip
    warned = today() + timedelta(days=answer(TERM_WARN, today(), ()).value.count)
    kinds, states = dict(Kind.choices), dict(State.choices)
    rows = []
    for one in tree.lines:
        if isinstance(one, Rest):
            rows.append(Row([rest(one, text)], "rest", one.depth))
            continue
        union = one.union
        state = pill(union.phase, states.get(union.state, "")) if union.state != State.NORMAL else term_pill(union, warned)
        cells = [named(one, text), kinds.get(union.kind, ""), *numbers(union, beside), term_cell(union), state]
        rows.append(Row(cells, "gone" if union.state == State.ABOLISHED else "here" if union == tree.here else "", one.depth))
    return Table(columns, rows, label=_("Tree of unions"), id="tree", tree=True)


def numbers(union: Union, beside: Beside) -> list[Any]:
    """The figures of one union, each opening to its page; of a union that leads none, not how many it leads."""
    found: list[Total] = beside.values.get(union.pk, [])
    alone = not leads(union)
    return ["" if alone and n == 0 else fig(one.value, one.url, plain=True) for n, one in enumerate(found)]


def term_pill(union: Union, warned: Any) -> Any:
    """Nothing of a union that is as it should be, unless its term ends soon."""
    if union.term_end is None or not today() <= union.term_end < warned:
        return ""
    left = (union.term_end - today()).days
    return pill("wait", ngettext("election in %(n)d day", "election in %(n)d days", left) % {"n": left})


def rest(one: Rest, text: str) -> SafeString:
    """The way to those that are not shown: into the branch itself while names are looked for, else to the list."""
    said = ngettext("%(n)s more directly below %(union)s", "%(n)s more directly below %(union)s", one.n)
    where, name = (reverse("unions:tree"), "under") if text else (reverse("unions:unions"), "parent")
    words = said % {"n": f"{one.n:,}", "union": one.parent.short_name}
    return format_html('<span class="n-twist"></span><a href="{}?{}">{}</a>', where, urlencode({name: one.parent.code}), words)


def named(one: Node, text: str) -> SafeString:
    """A name in the tree, with the way to open it or to close it."""
    union, name = one.union, marked(one.union.short_name, text if one.hit else "")
    if one.opened is None:
        return format_html('<span class="n-twist"></span><a href="{}">{}</a>', union.get_absolute_url(), name)
    tree, said = reverse("unions:tree"), _("Close %(name)s") if one.opened else _("Open %(name)s")
    code = union.code if not one.opened else union.parent.code if union.parent and one.depth else ""
    return format_html(
        '<a class="n-twist" href="{}" aria-expanded="{}" aria-label="{}"></a><a href="{}">{}</a>',
        f"{tree}?{urlencode({'under': code})}" if code else tree, "true" if one.opened else "false", said % {"name": union.short_name}, union.get_absolute_url(), name,
    )  # fmt: skip


def marked(name: str, text: str) -> Any:
    """A name with the part that was asked for marked, where it is written so."""
    at = name.lower().find(text.lower()) if text else -1
    return name if at < 0 else format_html("{}<mark>{}</mark>{}", name[:at], name[at : at + len(text)], name[at + len(text) :])
