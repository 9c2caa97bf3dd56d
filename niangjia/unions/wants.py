"""How a union's page begins: one sentence about it, and what it still lacks, each with its day and the button that settles it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.flow.api import running
from niangjia.flow.models import Clock
from niangjia.kit.components import Act, Running, Todo, clock, english, face, fig, pill
from niangjia.kit.dates import at, today
from niangjia.kit.totals import Part, totals
from niangjia.unions.deadlines import APPROVAL, CERTIFICATE, CHANGES, SETTLED, TERM, VACANCY
from niangjia.unions.enums import ELECTING, ELECTS, GRASSROOTS, BodyKind, Duty, May
from niangjia.unions.models import Election, Office, Union
from niangjia.unions.queries import Page, unelected_below, unregistered_below

NAMED = 3  # unions below that are called by name; the list has the others


class Wants:
    """What one union lacks, as one reader sees it: her buttons are those that she may press."""

    def __init__(
        self,
        union: Union,
        facts: Page,
        clocks: Sequence[Clock],
        may: Collection[str],
        verbs: Collection[str],
        elections: Sequence[Election] = (),
    ) -> None:
        self.election = next((one for one in elections if one.running), None)
        self.union, self.facts, self.may, self.verbs = union, facts, may, verbs
        self.clocks = {one.code: running(one, union) for one in clocks}
        self.todos = [*self._dated(), *self._undated(), *self._below()] if union.living else self._dated()
        self.todos.sort(key=lambda one: {"late": 0, "soon": 1}.get(one.clock.kind, 2) if one.clock else 3)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(1 for one in self.todos if one.clock and one.clock.kind == "late")

    def _button(self, label: Any, page: str, may: str, **asked: str) -> Act | None:
        words = f"?{urlencode(asked)}" if asked else ""
        return Act(label, f"{reverse(f'unions:{page}', args=[self.union.code])}{words}", small=True) if may in self.may else None

    def _step(self, label: Any, verb: str) -> Act | None:
        url = f"{reverse('unions:step', args=[self.union.code])}{verb}/"
        return Act(label, url, small=True) if verb in self.verbs else None

    def _elect(self) -> Act | None:
        """The election that is under way, or the page on which one is prepared."""
        if self.election is not None:
            return Act(_("See the election"), self.election.get_absolute_url(), small=True)
        if self.union.kind in ELECTS and self.union.parent_id and self.union.state in ELECTING:
            return self._button(_("Prepare it"), "call", May.EDIT)
        return None

    def _todo(self, verb: Any, what: Any, act: Act | None, *, clock: Running | None = None, meta: Any = "") -> Todo:
        url = act.url if act else self.union.get_absolute_url()
        return Todo(verb, what, url, clock.face if clock else None, meta or (clock.basis if clock else ""), act, _("no time limit"))

    def _dated(self) -> list[Todo]:
        """What its clocks ask: the election and the certificate once they are near, the decision on its founding at once."""
        union, found = self.union, []
        term = self.clocks.get(TERM.code)
        if term is None and union.living and union.term_end and union.term_end < today():
            term = Running(TERM.title, face(last_moment(union.term_end)), basis=TERM.basis)
        if term and term.face.kind:
            found.append(
                self._todo(
                    term.title,
                    _("the term ends on %(day)s") % {"day": union.term_end},
                    self._elect() or self._step(_("Record it"), "re-elect"),
                    clock=term,
                )
            )
        paper = self.clocks.get(CERTIFICATE.code)
        if paper and paper.face.kind:
            valid = _("valid until %(day)s") % {"day": union.legal_until}
            found.append(self._todo(paper.title, valid, self._button(_("Record it"), "facts", May.EDIT), clock=paper))
        changes = self.clocks.get(CHANGES.code)
        if changes:
            found.append(
                self._todo(
                    changes.title,
                    _("name, domicile or legal representative changed"),
                    self._button(_("Record it"), "entries", May.EDIT),
                    clock=changes,
                )
            )
        if left := self.clocks.get(SETTLED.code):
            what = _("assets, account, legal person")
            found.append(self._todo(left.title, what, self._button(_("Record it"), "settle", May.REORGANISE), clock=left))
        if founding := self.clocks.get(APPROVAL.code):
            found.append(self._todo(founding.title, union.short_name, self._elect() or self._step(_("Approve"), "approve"), clock=founding))
        return found

    def _undated(self) -> list[Todo]:
        """What the law asks of it at any time."""
        union, there, found = self.union, {body.kind for body in self.facts.bodies}, []
        if not any(one.duty == Duty.CHAIR for one in self.facts.offices):
            act = self._button(_("Appoint"), "offices", May.APPOINT, duty=Duty.CHAIR.value)
            empty = self.clocks.get(VACANCY.code)
            found.append(self._todo(empty.title if empty else _("Appoint the chair"), _("nobody holds the office"), act, clock=empty))
        for one in self.facts.offices:
            if one.left_on is not None:
                url = reverse("unions:office", args=[union.code, one.uuid])
                act = Act(_("Hand over"), url, small=True) if May.APPOINT in self.may and one.until is None else None
                said = _("%(name)s, %(post)s, is no member here since %(day)s") % {"name": one.name, "post": one.post, "day": one.left_on}
                clock_ = self.clocks.get(VACANCY.code) if one.duty == Duty.CHAIR else None
                found.append(self._todo(_("Hand over the office"), said, act, clock=clock_))
        if union.kind not in GRASSROOTS:
            return found
        for kind, said, basis in (
            (BodyKind.WOMEN, _("there is no women workers' body"), _("Trade Union Law 2021, art. 11")),
            (BodyKind.AUDIT, _("there is no audit body"), _("Trade Union Law 2021, art. 45")),
        ):
            if kind not in there:
                act = self._button(_("Set up"), "bodies", May.EDIT, kind=kind.value)
                found.append(self._todo(kind.label, said, act, meta=basis))
        if not union.uscc:
            act = self._button(_("Record it"), "facts", May.EDIT)
            found.append(self._todo(_("Register as a legal person"), _("there is no unified social credit code yet"), act))
        return found

    def _below(self) -> list[Todo]:
        """What those below it lack: a few by name, the others in the list."""
        union, found = self.union, []
        if union.level > 3:
            return []
        for view, verb, those in (
            ("term", _("Hold the elections"), unelected_below(union, NAMED + 1)),
            ("unregistered", _("Register as legal persons"), unregistered_below(union, NAMED + 1)),
        ):
            if not those:
                continue
            url = f"{reverse('unions:unions')}?{urlencode({'view': view, 'under': union.code})}"
            first = those[0].term_end if view == "term" else None
            shown = face(last_moment(first)) if first else None
            found.append(
                Todo(verb, named(those), url, shown, _("in unions below"), Act(_("See them"), url, small=True), _("no time limit"))
            )
        return found


def last_moment(day: date) -> datetime:
    """The end of a day, as clocks have it."""
    return at(day + timedelta(days=1)) - timedelta(seconds=1)


def named(those: Sequence[Union]) -> str:
    """Some unions by name, and that there are others."""
    said = pgettext("between names", ", ").join(one.short_name for one in those[:NAMED])
    return _("%(names)s and others") % {"names": said} if len(those) > NAMED else said


def sentence(union: Union, wants: Wants) -> SafeString:
    """State, the clock that is near, whom it leads or whose union it is, and how much is missing."""
    near = next((one.clock for one in wants.todos if one.clock and one.clock.kind and one.meta != _("in unions below")), None)
    head = [pill(union.phase, union.get_state_display()), *([clock(near.kind, near.text)] if near else [])]
    said: list[Any] = []
    if union.closed_on:
        said.append(_("It ended on %(day)s.") % {"day": union.closed_on})
    elif union.living:
        row = [_("Term no. %(no)d") % {"no": union.term_no}, *(_led(union) if union.level <= 3 else _own(union, wants.facts))]
        commas = format_html_join(pgettext("between words in a row", ", "), "{}", ((one,) for one in row))
        said.append(format_html("{}{}", commas, pgettext("ends a sentence", ".")))
    if union.living or wants.todos:
        said.append(_missing(len(wants.todos), wants.late))
    gap = SafeString('<span class="n-gap"></span>')
    return format_html("{}{}{}", format_html_join(gap, "{}", ((one,) for one in head)), gap, joined(said))


def joined(said: Sequence[Any]) -> SafeString:
    """Sentences in a row, as the language parts them."""
    return format_html_join(" " if english() else "", "{}", ((one,) for one in said))


def _missing(n: int, late: int) -> str:
    if not n:
        return _("Nothing is missing here.")
    said = ngettext("%(n)d thing is missing here", "%(n)d things are missing here", n) % {"n": n}
    if late:
        return ngettext("%(missing)s, %(n)d of them late.", "%(missing)s, %(n)d of them late.", late) % {"missing": said, "n": late}
    return _("%(missing)s, none of them late.") % {"missing": said}


def _counted(union: Union, **words: Any) -> list[Any]:
    """Figures in words, each number opening to its page."""
    line = totals(union, [Part(name.replace("_", "."), {}, said) for name, said in words.items()])
    return [SafeString(conditional_escape(one.label) % {"n": fig(one.value, one.url)}) for one in (line.parts if line else [])]


def _led(union: Union) -> list[Any]:
    """How many stand below it, by the books."""
    return _counted(union, unions_grassroots=_("grassroots unions: %(n)s"), members_memberships=_("members on the register: %(n)s"))


def _own(union: Union, facts: Page) -> list[Any]:
    """How many work in its units, how many of them are members, and who leads it."""
    said: list[Any] = []
    if facts.covers and facts.cover_count == len(facts.covers):
        heads = sum(one.employer.employees for one in facts.covers)
        said.append(ngettext("%(n)s employee", "%(n)s employees", heads) % {"n": f"{heads:,}"})
    said += _counted(union, members_memberships=_("members on the register: %(n)s"))
    chair: Office | None = next((one for one in facts.offices if one.duty == Duty.CHAIR), None)
    if chair:
        said.append(_("chair: %(name)s, %(served)s") % {"name": chair.name, "served": chair.get_served_display().lower()})
    return said
