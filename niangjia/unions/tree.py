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
from niangjia.unions.branches import Hold, Node, Rest, Tree, leads
from niangjia.unions.enums import Kind, Link, State, Turn
from niangjia.unions.models import Line, Union
from niangjia.unions.parameters import TERM_WARN
from niangjia.unions.queries import turning
from niangjia.unions.shown import term_cell

LED = "unions.grassroots"  # told only of those that lead: of a single union it says nothing
SHOWN = {  # in words that are short enough for a head; the last is declared on a higher floor, without which there is no such column
    LED: gettext_lazy("Grassroots unions"), "unions.units": gettext_lazy("Units"), "members.memberships": gettext_lazy("Members"),
}  # fmt: skip
PARTS = ("unions.grassroots", "unions.townships")


def totals(tree: Tree) -> Totals | None:
    """What the uppermost union comes to, and what came and went in that year; nothing for a person who leads no union, and nothing by
    another hierarchy than the one by which the books count.
    """
    top, hold = tree.unions[0] if tree.unions else None, tree.hold
    if top is None or not leads(top) or hold.by != Link.ORG:
        return None
    founded, ended = _("founded this year"), _("abolished this year")
    if hold.past:
        founded, ended = _("founded that year until then"), _("abolished that year until then")
    year = [Part("unions.founded", {}, founded, this_year=True), Part("unions.abolished", {}, ended, this_year=True)]
    return line(top, [*(Part(code) for code in PARTS), *year], hold.day if hold.past else None)


def sentence(tree: Tree, text: str) -> str:
    """The day of which the page speaks, or what was found."""
    day = day_words(tree.hold.day, year=True)
    if not text:
        if tree.hold.by == Link.DUES:
            return _("On %(day)s, by the union to which dues are paid. The books count by organisation, so no numbers stand here.") % {
                "day": day
            }
        if tree.hold.by == Link.STATS:
            return _("On %(day)s, by the union with which returns are made. The books count by organisation, so no numbers stand here.") % {
                "day": day
            }
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


def address(hold: Hold, **said: str) -> str:
    """The page of the tree; the day and the hierarchy are told where they are not today's and the organisational one."""
    words = {"day": str(hold.day) if hold.past else "", "by": "" if hold.by == Link.ORG else hold.by, **said}
    told = urlencode({name: value for name, value in words.items() if value})
    return reverse("unions:tree") + (f"?{told}" if told else "")


def keep(hold: Hold, **said: str) -> list[tuple[str, str]]:
    """What a form of the page carries on."""
    words = {"day": str(hold.day) if hold.past else "", "by": "" if hold.by == Link.ORG else hold.by, **said}
    return [(name, value) for name, value in words.items() if value]


def views(kinds: list[tuple[str, Any]], hold: Hold, differing: dict[str, int], **said: str) -> list[View]:
    """The tree, by each hierarchy that the data knows, and the saved questions over the list."""
    listed = reverse("unions:unions")
    words = {Link.DUES: _("By dues"), Link.STATS: _("By statistics")}
    others = [(kind, words[Link(kind)], n) for kind, n in differing.items()]
    trees = [View(_("By organisation") if others else _("As a tree"), address(Hold(hold.day), **said), here=hold.by == Link.ORG)]
    trees += [View(label, address(Hold(hold.day, kind), **said), n, here=hold.by == kind) for kind, label, n in others]
    return [*trees, *(View(label, f"{listed}?view={code}" if code else listed) for code, label in kinds)]


def table(tree: Tree, text: str) -> Table:
    """The lines that are open, each union with what it comes to by the books, where they count by this hierarchy. The end of its term
    and its state are known as of today only: of a past day stands what has become of it since.
    """
    hold = tree.hold
    beside = each(tree.unions, list(SHOWN), hold.day if hold.past else None) if hold.by == Link.ORG else Beside({}, {})
    columns = [
        Column(_("Name"), at=5), Column(_("Type"), soft=True, roomy=True, nowrap=True),
        *(Column(SHOWN[name], unit="" if english() else unit, num=True, at=2 if n == len(beside.units) - 1 else 0) for n, (name, unit) in enumerate(beside.units.items())),
        *([Column(_("Ended"), soft=True, nowrap=True), Column(_("Since then"), at=4)] if hold.past else [Column(_("Term ends"), soft=True, nowrap=True), Column(_("State"), nowrap=True, at=4)]),
    ]  # fmt: skip
    warned = today() + timedelta(days=answer(TERM_WARN, today(), ()).value.count)
    kinds, states = dict(Kind.choices), dict(State.choices)
    ahead = {} if hold.past else turning(tree.unions)
    rows = []
    for one in tree.lines:
        if isinstance(one, Rest):
            rows.append(Row([rest(one, text, hold)], "rest", one.depth))
            continue
        union = one.union
        if hold.past:
            ends = [union.closed_on, since_then(union)]
        else:
            state = pill(union.phase, states.get(union.state, "")) if union.state != State.NORMAL else term_pill(union, warned)
            if union.pk in ahead:
                state = turn_pill(ahead[union.pk])
            ends = [term_cell(union), state]
        cells = [named(one, text, tree), kinds.get(union.kind, ""), *numbers(union, beside), *ends]
        gone = union.state == State.ABOLISHED and not hold.past
        rows.append(Row(cells, "gone" if gone else "here" if union == tree.here else "", one.depth))
    return Table(columns, rows, label=_("Tree of unions"), id="tree", tree=True)


def since_then(union: Union) -> Any:
    """What has become of a union of a past day, if it has ended."""
    if union.state != State.ABOLISHED:
        return ""
    return pill("stop", _("taken over by %(union)s") % {"union": union.successor.short_name} if union.successor else State.ABOLISHED.label)


def numbers(union: Union, beside: Beside) -> list[Any]:
    """The figures of one union, each opening to its page; of a union that leads none, not how many it leads."""
    found: list[Total] = beside.values.get(union.pk, [])
    alone = not leads(union)
    return ["" if alone and n == 0 else fig(one.value, one.url, plain=True) for n, one in enumerate(found)]


def turn_pill(line: Line) -> SafeString:
    """What happens to a union on a day ahead, as two people have signed."""
    day = day_words(line.reorganisation.on)
    if line.turn == Turn.RENAME or line.target is None:
        return pill("wait", _("gets another name on %(day)s") % {"day": day})
    said = _("merges into %(union)s on %(day)s") if line.turn == Turn.MERGE else _("moves under %(union)s on %(day)s")
    return pill("wait", said % {"union": line.target.short_name, "day": day})


def term_pill(union: Union, warned: Any) -> Any:
    """Nothing of a union that is as it should be, unless its term ends soon."""
    if union.term_end is None or not today() <= union.term_end < warned:
        return ""
    left = (union.term_end - today()).days
    return pill("wait", ngettext("election in %(n)d day", "election in %(n)d days", left) % {"n": left})


def rest(one: Rest, text: str, hold: Hold) -> SafeString:
    """The way to those that are not shown: into the branch itself while names are looked for, else to the list; which knows the tree of
    today by organisation only, so that of another they all stand in the tree.
    """
    said = ngettext("%(n)s more directly below %(union)s", "%(n)s more directly below %(union)s", one.n)
    words = said % {"n": f"{one.n:,}", "union": one.parent.short_name}
    if text:
        url = address(hold, under=one.parent.code)
    else:
        listed = f"{reverse('unions:unions')}?{urlencode({'parent': one.parent.code})}"
        url = listed if hold.usual else address(hold, under=one.parent.code, all="1")
    return format_html('<span class="n-twist"></span><a href="{}">{}</a>', url, words)


def named(one: Node, text: str, tree: Tree) -> SafeString:
    """A name in the tree, with the way to open it or to close it, and where it stands otherwise."""
    union, name = one.union, marked(one.union.short_name, text if one.hit else "")
    tag = elsewhere(one, tree)
    if one.opened is None:
        return format_html('<span class="n-twist"></span><a href="{}">{}</a>{}', union.get_absolute_url(), name, tag)
    said = _("Close %(name)s") if one.opened else _("Open %(name)s")
    code = union.code if not one.opened else one.above.code if one.above else ""
    return format_html(
        '<a class="n-twist" href="{}" aria-expanded="{}" aria-label="{}"></a><a href="{}">{}</a>{}',
        address(tree.hold, under=code), "true" if one.opened else "false", said % {"name": union.short_name}, union.get_absolute_url(), name, tag,
    )  # fmt: skip


def elsewhere(one: Node, tree: Tree) -> str:
    """Under which union one stands today, or by organisation, that stands elsewhere here; unless the end of one of the two says so."""
    parent = tree.elsewhere.get(one.union.pk)
    if parent is None or parent.pk in (one.union.successor_id, one.above.successor_id if one.above else None):
        return ""
    said = _("today under %(union)s") if tree.hold.by == Link.ORG else _("by organisation under %(union)s")
    return format_html('<span class="n-tag is-moved">{}</span>', said % {"union": parent.short_name})


def marked(name: str, text: str) -> Any:
    """A name with the part that was asked for marked, where it is written so."""
    at = name.lower().find(text.lower()) if text else -1
    return name if at < 0 else format_html("{}<mark>{}</mark>{}", name[:at], name[at : at + len(text)], name[at + len(text) :])
