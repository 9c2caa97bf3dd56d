"""How somebody sees her own case of legal aid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.files.api import papers
from niangjia.flow.api import clocks, stages_of
from niangjia.kit.components import Pair, Paper, Stage, day_words, in_a_row, moment_words
from niangjia.kit.dates import day_of, now
from niangjia.members.models import Person
from niangjia.rights.aided import AidRefusal, AidResult, ProofKind
from niangjia.rights.models import Aid, Recipient
from niangjia.rights.queries.aid import received_by
from niangjia.rights.shown.aid import LINE, yuan
from niangjia.rights.shown.own import Case

NEXT = {"APPLIED": "LA-D1", "ASKED": "LA-D6", "GRANTED": "LA-D2", "SIGNING": "LA-D2", "OBJECTED": "LA-D5"}


def cases(person: Person, most: int) -> list[Case]:
    """Her cases of legal aid, each with how far it is."""
    rows = Aid.objects.filter(pk__in=Recipient.objects.filter(person=person).values("aid")).order_by("-applied_on", "-pk")[:most]
    return [
        Case(
            _("Legal aid: %(matter)s") % {"matter": one.get_matter_display()},
            one.reference,
            reverse("own-rights:aid", args=[one.uuid]),
            way(one),
        )
        for one in rows
    ]


def way(case: Aid) -> list[Stage]:
    """How far it is."""
    return stages_of(case, LINE)


def next_words(case: Aid) -> str:
    """What comes next, and until when."""
    due = next((clock.due_at for clock in clocks(case) if clock.code == NEXT.get(case.state)), None)
    agent = case.agent.name if case.agent else ""
    said = {
        "APPLIED": _("The union looks at your papers. It decides by %(day)s."), "ASKED": _("The union needs papers: %(wanted)s. Bring them by %(day)s."),
        "GRANTED": _("Aid is granted. Somebody who acts for you is named by %(day)s."), "SIGNING": _("Aid is granted. Somebody who acts for you is named by %(day)s."),
        "ASSIGNED": _("%(agent)s is asked to act for you."), "HANDLING": _("%(agent)s acts for you, and calls you."), "FINISHED": _("The matter is over: %(result)s."),
        "REPORTED": _("The matter is over: %(result)s."), "CLOSED": _("The matter is over: %(result)s."),
        "REFUSED": _("Aid was refused: %(ground)s. You may object; the union above looks at it again."), "OBJECTED": _("%(reviewer)s looks at the refusal again, by %(day)s."),
        "UPHELD": _("The refusal stands. You may still go to arbitration or to the state's legal aid centre (12348)."), "WITHDRAWN": _("It was withdrawn. You may come again."),
        "TERMINATED": _("The aid was ended. Call the union if you have a question."), "TRANSFER": _("%(centre)s goes on with it."),
    }[case.state]  # fmt: skip
    if case.state == "REFUSED" and case.review_duty == "leader":  # nobody stands above the city here
        said = _("Aid was refused: %(ground)s. You may object; a leader of %(reviewer)s who did not decide looks at it again.")
    return said % {
        "day": day_words(day_of(due)) if due else _("soon"), "wanted": case.wanted, "agent": agent, "result": dict(AidResult.choices).get(case.result, ""),
        "ground": dict(AidRefusal.choices).get(case.refusal, ""), "reviewer": case.reviewer.name if case.reviewer else "", "centre": case.handed_to,
    }  # fmt: skip


def missing_words(case: Aid, lacking: Sequence[str]) -> str:
    """What she still has to bring."""
    if not lacking or case.state not in ("APPLIED", "ASKED"):
        return ""
    return _("Still missing: %(papers)s.") % {"papers": in_a_row(ProofKind(one).label for one in lacking)}


def pairs(case: Aid, person: Person) -> list[Pair]:
    """Her sums, who deals with it, who acts for her, and what she wrote."""
    line = case.recipients.filter(person=person).first()
    found = [Pair(_("Dealt with by"), case.union.name), Pair(_("Form of aid"), str(case.get_form_display()))]
    if case.state in ("HANDLING", "FINISHED", "REPORTED", "CLOSED") and case.agent is not None:
        found.append(Pair(_("Acts for me"), f"{case.agent.name} {case.agent.firm}".strip()))
    if line is not None:
        found.append(Pair(_("I claim"), yuan(line.claimed)))
        if case.granted_on and case.dispute_id is None:
            found.append(Pair(_("Came to me"), yuan(received_by(case).get(line.pk, 0))))
    if case.state in ("REFUSED", "OBJECTED", "UPHELD"):
        found.append(Pair(_("Why"), case.opinion))
    if case.door == "MEMBER":
        found.append(Pair(_("What happened"), case.facts))
    if case.satisfied:
        found.append(Pair(pgettext("own", "My rating"), str(case.get_satisfied_display())))
    return found


def hearings(case: Aid) -> list[Paper]:
    """The hearings that are set."""
    return [Paper(one.body, moment_words(one.at)) for one in case.hearings.filter(outcome="", at__gte=now()).order_by("at")]


def papers_of(case: Aid, user: Any) -> list[Paper]:
    """What she laid on the case herself."""
    return [Paper(one.purpose or one.name, day_words(one.at)) for one in papers(case) if one.by_id == user.pk]
