"""How elections stand on pages: the list, who stands, what was voted, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.files.api import papers
from niangjia.flow.models import Clock
from niangjia.kit.answer import asking
from niangjia.kit.components import Act, Pair, Paper, clock, day_words, english, face, link, pill
from niangjia.kit.dates import today
from niangjia.kit.flow import FLOWS, Step
from niangjia.kit.tables import Column, Table
from niangjia.kit.templatetags.ui import control
from niangjia.unions import polls
from niangjia.unions.enums import BodyKind, Form, Poll, Tie
from niangjia.unions.forms.elections import BOX, VOTE, HoldForm
from niangjia.unions.models import Ballot, Candidate, Election, Union
from niangjia.unions.papers import ready
from niangjia.unions.parameters import BANDS, CONGRESS_DELEGATES, CONGRESS_SEATS, SEATS
from niangjia.unions.rules import elections as rules

LINE = ["DRAFT", "SENT", "EXAMINED", "POSTED", "HELD", "REPORTED", "APPROVED"]
FAULTY = ("returned", "quorum")


def views() -> list[tuple[str, Any]]:
    """The saved questions over the list."""
    return [
        ("", _("All")), ("mine", _("Waits for me")), ("open", _("Under way")), ("late", _("Late")), ("done", pgettext("elections", "Approved")),
        ("gone", _("Annulled or given up")),
    ]  # fmt: skip


def phase(one: Election) -> Any:
    """Its state as a pill."""
    return pill(FLOWS["unions.election"].phases[one.state], dict(Poll.choices)[one.state])


def title(one: Election) -> str:
    """What is elected, and whose."""
    if one.first:
        return _("%(union)s: the first committee") % {"union": one.union.short_name}
    return _("%(union)s: committee for term no. %(no)d") % {"union": one.union.short_name, "no": one.term_no}


def table(rows: Sequence[Election], clocks: dict[int, Clock]) -> Table:
    """The list."""
    columns = [
        Column(_("Union"), at=1), Column(_("What is elected"), soft=True, at=6), Column(_("Assembly"), nowrap=True, at=4), Column(_("Examined by"), soft=True, wide=True),
        Column(_("Clock"), nowrap=True, at=5), Column(_("Its number"), soft=True, nowrap=True, at=3), Column(_("State"), nowrap=True, at=2),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                link(one.union.short_name, one.get_absolute_url()), what(one), one.held_on or one.planned_on, one.above.short_name, clock_cell(clocks.get(one.pk)),
                one.reference, phase(one),
            ]
            for one in rows
        ],
        label=_("Elections"), id="elections",
    )  # fmt: skip


def what(one: Election) -> str:
    """What is elected, without the union."""
    if one.within:
        return _("by-election in term no. %(no)d") % {"no": one.term_no}
    return _("first committee") if one.first else _("term no. %(no)d") % {"no": one.term_no}


def clock_cell(one: Clock | None) -> Any:
    """The clock of a row that ends next."""
    if one is None:
        return ""
    shown = face(one.due_at, one.warn_at)
    return clock(shown.kind, shown.text)


def sentence(paper: polls.Paper) -> str:
    """Where it stands, in a sentence."""
    one = paper.election
    if one.state == Poll.APPROVED:
        return _("Approved on %(day)s; the term runs from %(first)s to %(last)s.") % {
            "day": day_words(one.approved_on, year=True) if one.approved_on else "",
            "first": day_words(one.term_start, year=True) if one.term_start else "",
            "last": day_words(one.term_end, year=True) if one.term_end else "",
        }
    if one.held_on and one.state in (Poll.HELD, Poll.REPORTED):
        chosen = sum(who.elected for who in paper.candidates)
        words = ngettext("%(n)d was elected", "%(n)d were elected", chosen) % {"n": chosen}
        return _("Held on %(day)s; %(present)d of %(entitled)d came, %(elected)s.") % {
            "day": day_words(one.held_on), "present": one.present or 0, "entitled": one.entitled or 0, "elected": words,
        }  # fmt: skip
    if not one.running:
        return _("Nothing came of it; another one may be begun.")
    stand = len(paper.candidates)
    said = ngettext("%(n)d candidate", "%(n)d candidates", stand) % {"n": stand}
    return _("Planned for %(day)s; %(candidates)s so far.") % {"day": day_words(one.planned_on), "candidates": said}


def pairs(paper: polls.Paper) -> list[Pair]:
    """What is planned, and what was decided."""
    one = paper.election
    seats = {ballot.body: ballot for ballot in paper.ballots}
    said = [
        Pair(_("Union"), one.union.short_name, url=one.union.get_absolute_url()),
        Pair(_("Examined by"), one.above.short_name),
        Pair(_("Members"), _("%(n)d, of whom %(women)d women") % {"n": one.members, "women": one.women}),
        Pair(_("Who votes"), one.get_assembly_display() + (_(" (%(n)d delegates)") % {"n": one.delegates} if one.delegates else "")),
        Pair(_("Chair and vice-chair"), _("elected by the assembly") if one.direct else _("elected by the committee")),
        *(Pair(BodyKind(body).label, _seats(seats[body])) for body in seats),
        Pair(_("Planned day of the assembly"), one.planned_on),
    ]
    if one.term_due:
        said.append(Pair(_("Present term ends"), one.term_due))
    said += [Pair(_("Leave of the union above"), one.leave)] if one.leave else []
    said += [Pair(_("Why it departs from what is usual"), one.why)] if one.why else []
    said += [Pair(_("Number of the approval"), one.approval_no)] if one.approval_no else []
    return said


def _seats(ballot: Ballot) -> str:
    if ballot.form == Form.COMMISSIONER:
        return _("one person alone") if ballot.body == BodyKind.COMMITTEE else _("Commissioner")
    return ngettext("%(n)d seat", "%(n)d seats", ballot.seats) % {"n": ballot.seats}


def slates(paper: polls.Paper, *, editing: bool) -> list[tuple[Any, str, Table, str]]:
    """Body by body: who stands, and once it was voted what she got; and the address at which another one is added."""
    add = reverse("unions:poll_candidates", args=[paper.election.uuid])
    return [
        (BodyKind(ballot.body).label, _box(ballot), _slate(paper, ballot, editing=editing), f"{add}?body={ballot.body}")
        for ballot in paper.ballots
    ]


def _box(ballot: Ballot) -> str:
    """The seats, and what came out of the box."""
    if ballot.valid is None:
        return _seats(ballot)
    return _("%(seats)s; ballots: %(issued)d handed out, %(returned)d came back, %(valid)d valid") % {
        "seats": _seats(ballot), "issued": ballot.issued, "returned": ballot.returned, "valid": ballot.valid,
    }  # fmt: skip


def _slate(paper: polls.Paper, ballot: Ballot, *, editing: bool) -> Table:
    those, alone = paper.of(ballot.body), ballot.form == Form.COMMISSIONER
    voted = any(who.counted for who in those)
    columns = [Column(_("Full name"), at=1), Column(_("Post"), at=5), Column(_("Department and job"), soft=True, at=6)]
    if voted:
        columns += [Column(label, num=True) for _name, label in VOTE] + [Column(_("Elected"), nowrap=True, at=2)]
    else:
        columns += [Column(_("Served"), soft=True), Column(_("To the management"), soft=True, text=True)]
    columns += [Column("", at=2)] if editing else []
    rows = []
    for who in those:
        post = polls.post_words(who.body, who.given or who.post, alone=alone)
        cells: list[Any] = [_("%(name)s (written in)") % {"name": who.name} if who.written else who.name, post, who.job]
        if voted:
            cells += [*(getattr(who, name) for name, _label in VOTE), pill("done", _("elected")) if who.elected else _("not elected")]
        else:
            cells += [who.get_served_display(), _ties(who)]
        rows.append([*cells, _take_off(who)] if editing else cells)
    return Table(columns, rows, label=BodyKind(ballot.body).label, id=f"slate-{ballot.body.lower()}")


def _ties(who: Candidate) -> str:
    """What bars her, or might."""
    said = [str(who.get_tie_display())] if who.tie != Tie.NONE else []
    said += [_("retained membership")] if who.retained else []
    said += [_("books or cash")] if who.cash else []
    return pgettext("between words in a row", ", ").join(said)


def _take_off(who: Candidate) -> SafeString:
    url = reverse("unions:poll_candidate", args=[who.election.uuid, who.uuid])
    return format_html(
        '<button class="btn btn-link btn-sm" type="submit" form="candidates" formaction="{}">{}</button>', url, _("Take off")
    )


def boxes(form: HoldForm) -> list[tuple[Any, str, Table, Table]]:
    """The form of the assembly: per body a line for the box, and one a candidate."""
    made = []
    for ballot in form.paper.ballots:
        heads = [Column("", row_head=True), *(Column(label, nowrap=True) for _name, label in BOX)]
        row = [BodyKind(ballot.body).label, *(control(form[f"{name}_{ballot.body}"]) for name, _label in BOX)]
        box = Table(heads, [row], bare=True, stack=True, label=_("The box"))
        votes = [
            [f"{who.name} {polls.post_words(who.body, who.post)}", *(control(form[f"{name}_{who.pk}"]) for name, _label in VOTE)]
            for who in form.paper.of(ballot.body)
            if not who.written
        ]  # fmt: skip
        columns = [Column(_("Candidate"), row_head=True), *(Column(label) for _name, label in VOTE)]
        made.append((BodyKind(ballot.body).label, _seats(ballot), box, Table(columns, votes, bare=True, stack=True, label=_("Votes"))))
    return made


def acts(paper: polls.Paper, steps: Sequence[Step], against: Sequence[rules.Remark], waits: str) -> list[Any]:
    """What may be done now: a step that something stands against says so in the place of its button."""
    hard = sum(remark.hard for remark in against)
    made: list[Any] = []
    for step in steps:
        if step.verb == "send" and hard:
            why = ngettext("%(n)d thing stands against it.", "%(n)d things stand against it.", hard) % {"n": hard}
            made.append(Act(step.label, primary=True, why=why))
        elif step.verb == "hold" and waits and paper.election.state == Poll.POSTED:
            made.append(Act(step.label, primary=True, why=waits))
        elif step.verb == "hold" and paper.election.state == Poll.HELD:
            made.append(Act(_("Add a name that was written in"), url=reverse("unions:poll_written", args=[paper.election.uuid])))
            made.append(Act(_("Correct the result"), url=f"{reverse('unions:poll_step', args=[paper.election.uuid])}hold/"))
        else:
            made.append(step)
    return sorted(made, key=lambda one: isinstance(one, Step) and one.reason)


def remarks(against: Iterable[rules.Remark]) -> list[tuple[bool, str]]:
    """What speaks against it: whether it keeps it from being sent, and the sentence."""
    return [(remark.hard, polls.sentence(remark)) for remark in against]


def filed(one: Election) -> list[Paper]:
    """The papers that lie on it."""
    return [Paper(row.name, row.purpose, row.get_absolute_url()) for row in papers(one)]


def bands(union: Union) -> list[Paper]:
    """How many seats a committee has by its members, at this place."""
    ask = asking(union, today())
    if union.level <= polls.LEADING:
        words = {"seats": (_("Seats"), CONGRESS_SEATS), "delegates": (_("Delegates"), CONGRESS_DELEGATES)}
        return [Paper(label, _("%(least)d to %(most)d") % vars(polls.congress_range(ask, table, union))) for label, table in words.values()]
    return [
        Paper(words[1] if english() else words[0], _("%(least)d to %(most)d") % {end: ask(SEATS.cells[band, end]) for end in ("least", "most")})
        for band, words in BANDS.items()
    ]  # fmt: skip


def done(one: Election) -> str:
    """What was done, in a sentence."""
    words = {
        Poll.DRAFT: _("%(reference)s can be written again."),
        Poll.SENT: _("Sent. %(above)s examines the candidates."),
        Poll.EXAMINED: _("Agreed to. The union may post them up."),
        Poll.HELD: _("Sent back; the union is told why."),
        Poll.ANNULLED: _("Annulled. Another election may be begun."),
        Poll.WITHDRAWN: _("Given up. Another election may be begun."),
    }
    return str(words.get(Poll(one.state), "%(reference)s")) % {"reference": one.reference, "above": one.above.short_name}


def of_union(those: Iterable[Election]) -> list[Paper]:
    """The elections of a union, for its page."""
    return [Paper(f"{what(one)} {one.reference}", dict(Poll.choices)[one.state], one.get_absolute_url()) for one in those]


def seated(those: Sequence[Candidate]) -> Table | None:
    """Who sits on which body; nothing where no election was recorded here."""
    if not those:
        return None
    columns = [Column(_("Full name"), at=1), Column(_("Body"), at=5), Column(_("Post"), at=6), Column(_("Department and job"), soft=True)]
    alone = {ballot.body for ballot in those[0].election.ballots.all() if ballot.form == Form.COMMISSIONER}
    rows = [
        [who.name, BodyKind(who.body).label, polls.post_words(who.body, who.given or who.post, alone=who.body in alone), who.job]
        for who in those
    ]
    return Table(columns, rows, label=_("Who sits on the bodies"), id="seated")


def drawable(one: Election) -> list[tuple[Any, str]]:
    """The papers that can be drawn up now, each with its address."""
    return [(label, reverse("unions:poll_draw", args=[one.uuid, code])) for code, label in ready(one)]
