"""The life of a survey: filled in by the books for all unions of a county at once, completed and confirmed by the union, or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import User
from niangjia.flow.api import move, start_each
from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.memory import once
from niangjia.kit.who import allows
from niangjia.notices.api import Word, tell, tell_each
from niangjia.returns import queries, rules, said, surveys
from niangjia.returns.asked import ASKED
from niangjia.returns.enums import May
from niangjia.returns.models import Survey
from niangjia.returns.parameters import SURVEY
from niangjia.unions.api import hearing
from niangjia.unions.models import Union
from niangjia.worklog.api import known_at, post

SHOWN = 3  # lines or faults that a sentence names
MOST = 100_000_000  # of anything that is counted here


@transaction.atomic
def open_surveys(union: Union, year: int, *, by: User | None) -> int:
    """Fill in the surveys of a year for all grassroots unions of a county, or of those directly under the city, that have none yet.

    The books fill them in, records and last year's answers complete them, each chair is told; as many statements for a thousand unions
    as for one. Answers how many were made. `by=None` is the house. RuleBroken if the year has not closed.
    """
    if by is not None and (union.level > 2 or not allows(by, May.BEGIN, union)):
        raise Refused(_("The surveys of a county are opened by its own organisation office."))
    as_of = rules.closing(year, queries.closes(union, year))
    if as_of >= today():
        raise RuleBroken(
            _("The statistical year %(year)d ends on %(day)s. Open its surveys after that day.") % {"year": year, "day": as_of}
        )
    Union.objects.select_for_update().get(pk=union.pk)  # two who open them at once: the second finds none missing
    those = list(surveys.not_asked(union, year, as_of))
    if not those:
        return 0
    opens, keys = rules.opening(as_of), [one.pk for one in those]
    posting = known_at(as_of) or post()
    values, records = surveys.values_of(keys, opens, as_of, posting), surveys.recorded(keys, as_of)
    before, lasts = surveys.carried(keys, year)
    made = Survey.objects.bulk_create(
        [
            Survey(
                union=one, township_id=one.township_id, county_id=one.county_id, year=year, opens=opens, as_of=as_of, posting=posting,
                values=values[one.pk], answers=lasts.get(one.pk, {}) | records[one.pk], before=before.get(one.pk, {}),
            )
            for one in those
        ],
        batch_size=1000,
    )  # fmt: skip
    start_each(made, by=by)
    _tell_chairs(made, as_of + timedelta(days=asking(union, today())(SURVEY).count))
    return len(made)


def _tell_chairs(made: list[Survey], due: object) -> None:
    heard = hearing([(one.union_id, "chair") for one in made])
    tell_each(
        Word(heard[one.union_id, "chair"], "survey-opened", {"union": one.union.short_name, "year": one.year, "day": due}, one.get_absolute_url())
        for one in made
    )  # fmt: skip


def open_due() -> int:
    """Once the year has closed, the house opens the surveys of each county by itself, until the day on which they are to be confirmed."""
    made = 0
    for union in Union.objects.filter(level__lte=2, kind__in=("10", "11")).exclude(state="ABOLISHED").order_by("level", "pk"):
        year = queries.last_year(union)
        as_of = rules.closing(year, queries.closes(union, year))
        if today() <= as_of + timedelta(days=asking(union, today())(SURVEY).count):
            with once():
                made += open_surveys(union, year, by=None)
    return made


def _held(survey: Survey) -> Survey:
    """The row, held until the step is taken; Overtaken if somebody was first."""
    row = Survey.objects.select_for_update(of=("self",)).select_related("union").get(pk=survey.pk)
    if row.state != survey.state:
        raise Overtaken
    return row


@transaction.atomic
def answer(survey: Survey, answers: Mapping[str, int], *, by: User) -> None:
    """Say what no record holds; what was said before and is not named stays. RuleBroken for a number that cannot be."""
    row = _held(survey)
    for code, many in answers.items():
        if code not in ASKED:
            raise RuleBroken(_("This survey does not ask for %(line)s.") % {"line": code[:8]})
        if not 0 <= many <= MOST:
            raise RuleBroken(_("%(line)s: write a number from 0 on.") % {"line": said.name(ASKED[code])})
    row.answers = row.answers | dict(answers)
    if found := surveys.broken(row):
        raise RuleBroken(" ".join(said.fault(one) for one in found[:SHOWN]))
    move(row, "answer", by=by)
    Survey.objects.filter(pk=row.pk).update(answers=row.answers)


@transaction.atomic
def renew(survey: Survey, *, by: User) -> int:
    """Fill it in anew from the records as known now. Answers how many lines changed; what was said stays."""
    row = _held(survey)
    move(row, "renew", by=by)
    posting = post()
    values = surveys.values_of([row.union_id], row.opens, row.as_of, posting)[row.union_id]
    answers = surveys.recorded([row.union_id], row.as_of)[row.union_id] | row.answers
    Survey.objects.filter(pk=row.pk).update(values=values, answers=answers, posting=posting)
    return sum(value != row.values.get(code) for code, value in values.items())


def _complete(row: Survey) -> None:
    if missing := surveys.lacking(row):
        names = said.listed([said.name(ASKED[code]) for code in missing[:SHOWN]])
        raise RuleBroken(_("Fill in first what no record holds: %(lines)s.") % {"lines": names})
    if found := surveys.broken(row):
        raise RuleBroken(_("A check does not hold. ") + " ".join(said.fault(one) for one in found[:SHOWN]))


@transaction.atomic
def confirm(survey: Survey, *, by: User) -> None:
    """The union answers for its numbers: everything is filled in, and every check holds."""
    row = _held(survey)
    _complete(row)
    move(row, "confirm", by=by)


@transaction.atomic
def vouch(survey: Survey, *, reason: str, by: User) -> None:
    """The office above confirms it in the union's place, and says why; what nobody has answered counts as none."""
    row = _held(survey)
    move(row, "vouch", by=by, reason=reason)
    row.answers = dict.fromkeys(ASKED, 0) | {code: n for code, n in row.answers.items() if n is not None}
    _complete(row)
    Survey.objects.filter(pk=row.pk).update(answers=row.answers)


@transaction.atomic
def reopen(survey: Survey, verb: str, *, reason: str, by: User) -> None:
    """The union takes it back, or the office above sends it back; once the sum above is signed, that is withdrawn first."""
    row = _held(survey)
    if (signed := surveys.signed_above(row)) is not None:
        raise RuleBroken(_("It stands in %(return)s, which has been signed. Have that withdrawn first.") % {"return": signed})
    move(row, verb, by=by, reason=reason)
    if verb == "back":
        heard = [one for one in hearing([(row.union_id, "chair")])[row.union_id, "chair"] if one != by]
        facts = {"union": row.union.short_name, "year": row.year, "name": by.name, "why": reason}
        tell(heard, "survey-back", facts=facts, url=row.get_absolute_url())
