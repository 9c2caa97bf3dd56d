"""A value is proposed by one person, signed by another, and holds from its day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.files.api import attach
from niangjia.flow.api import Restated, move, rewind, start
from niangjia.kit.answer import answer, book
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.memory import anew
from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.said import full_name, name, place_name, value_words
from niangjia.kit.spans import Span
from niangjia.kit.values import Value, packed
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rulebook import rules
from niangjia.rulebook.enums import May, State
from niangjia.rulebook.models import Setting
from niangjia.rulebook.queries import disordered, duties_over, latest, rewarned, touched
from niangjia.unions.api import answerable
from niangjia.unions.models import Office, Union, open_on


@dataclass(frozen=True)
class Said:
    """What a proposal says. No value: from that day on the place above is followed again."""

    value: Value | None
    since: date
    basis: str
    reason: str
    everywhere: bool = False  # the law itself has changed
    restates: bool = False  # it also applies to the clocks that run on its first day


@transaction.atomic
def propose(what: Parameter, union: Union, said: Said, *, by: User, paper: File | None = None) -> Setting:  # type: ignore[type-arg]
    """Propose a value for the place that a union leads, or for everywhere; a second person puts it in force."""
    if not allows(by, May.PROPOSE, union) or not rules.may_propose(duties_over(by, union), what):
        raise Refused(_("Values are proposed by the office whose matter they are, there or above, or by the system administrator."))
    if union.division_id is None or (said.everywhere and union.level != 1):
        raise RuleBroken(_("A value is set for a place that a federation leads; what holds everywhere is written down by the city."))
    _fits(what, said, today())
    division = None if said.everywhere else union.division_id
    _in_order(what, said.value, division, said.since)
    last = latest(what.code, division)
    speaks = book().speaks(what.code, division, said.since)  # its own, or one that it went on with
    if said.value is None and (speaks is None or speaks.value is None):
        raise RuleBroken(_("This place has no value of its own that could end."))
    if last is not None and last.since >= said.since:
        raise RuleBroken(_("A value from %(day)s on is signed already; a newer one begins on a later day.") % {"day": last.since})
    try:
        with transaction.atomic():
            made = Setting.objects.create(
                code=what.code, division_id=division, union=union, township_id=union.township_id, county_id=union.county_id,
                value=None if said.value is None else packed(said.value), since=said.since, basis=said.basis.strip(), reason=said.reason.strip(),
                restates=said.restates, made_by=by, made_at=now(),
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("Another value for this place waits for its signature already. Have it signed or withdrawn first.")) from None
    start(made, by=by)
    if paper is not None:
        attach(made, paper, name=str(paper.name), purpose="basis", by=by)
    _note("value proposed", made, by)
    people = [user for user in answerable(union, "leader") if user.pk != by.pk]
    tell(people, "setting-proposed", facts=_facts(made) | {"by": by.name}, url=made.get_absolute_url())
    return made


def _fits(what: Parameter, said: Said, day: date) -> None:
    if not said.basis.strip() or not said.reason.strip():
        raise RuleBroken(_("Name the paper and its article, and say in a sentence why."))
    if not rules.may_begin(said.since, day):
        raise RuleBroken(_("A value never reaches back: it begins today or later. What was answered by the old one stays true."))
    fault = rules.may_be(what, said.value, everywhere=said.everywhere)
    if fault == "law":
        raise RuleBroken(_("Only the law sets this. If the law has changed, write the new value down for everywhere."))
    if fault == "nothing":
        raise RuleBroken(_("Above everywhere there is nothing to follow: write the value."))
    if fault:
        bounds = [value_words(what, one) for one in (what.least, what.most) if one is not None]
        raise RuleBroken(_("This lies outside of what a place may set (%(bounds)s).") % {"bounds": " – ".join(bounds) or "…"})


def _in_order(what: Parameter, value: Value | None, division: int | None, since: date) -> None:
    """A clock that warns several times warns ever nearer to its end, wherever and whenever it is asked."""
    if wrong := disordered(what, value, division, since):
        said = pgettext("between words in a row", ", ").join(f"{name(one.of)} {value_words(one.of, one.value)}" for one in wrong)
        raise RuleBroken(
            _("No later warning may stand farther from the end than an earlier one; this would make it: %(warnings)s.") % {"warnings": said}
        )


@transaction.atomic
def sign(setting: Setting, *, by: User) -> Setting:
    """The second person puts it in force: from its day on it holds."""
    held = Setting.objects.select_for_update(of=("self",)).get(pk=setting.pk)
    if held.parameter is None:
        raise RuleBroken(_("This house has no such parameter any more. Withdraw the proposal."))
    if not rules.may_begin(held.since, today()):
        raise RuleBroken(_("Its first day has passed while it waited. Withdraw it, and propose it from a later day on."))
    if held.made_by_id == by.pk:
        raise Refused(_("Whoever proposed it does not sign it: a second person does."))
    last = latest(held.code, held.division_id)
    if last is not None and last.since >= held.since:
        raise RuleBroken(_("A value from %(day)s on was signed in the meantime; this one would never hold.") % {"day": last.since})
    _in_order(held.parameter, held.set_value, held.division_id, held.since)  # another of the row may have been signed in the meantime
    Setting.objects.filter(pk=held.pk, state=State.DRAFT).update(signed_by=by, signed_at=now())
    move(held, "sign", by=by)
    anew()
    _note("value put in force", held, by)
    tell(_concerned(held, but=by), "setting-signed", facts=_facts(held) | {"by": by.name}, url=held.get_absolute_url())
    if held.since <= today():
        begin(held)
    setting.refresh_from_db()
    return setting


@transaction.atomic
def begin(setting: Setting) -> Setting:
    """Its day has come; if so chosen, what runs is reckoned anew by it. The house does this."""
    move(setting, "begin", by=None)
    anew()
    if setting.restates and setting.parameter is not None:
        setting.restated = _restate(setting)
        Setting.objects.filter(pk=setting.pk).update(restated=setting.restated)
        note([("clocks restated", "rulebook.setting", setting.pk, f"{setting.code}: {setting.restated}")], by=None)
    return setting


def _restate(setting: Setting) -> int:
    """Every clock that runs by this rule in its place, or is warned by it, gets what holds now. Answers how many there were."""
    what = PARAMETERS[setting.code]
    clocks = list(touched(setting.code, setting.division_id, setting.since).select_for_update(of=("self",)))
    spans: dict[int, tuple[Span, int | None]] = {}
    warns: dict[int, tuple[Span, ...]] = {}
    known = book()
    for clock in clocks:
        said = answer(what, today(), known.chain(clock.division, today()), known)
        if clock.rule == what.code:
            spans[clock.pk] = (said.value, said.row.pk if said.row else None)
        if those := rewarned(clock, {what.code: said.value}):
            warns[clock.pk] = those
    rewind(clocks, Restated(spans, warns))
    return len(clocks)


@transaction.atomic
def withdraw(setting: Setting, *, reason: str, by: User) -> Setting:
    """Take a proposal back, or what was signed while its day has not come; what held is never taken back, a newer value ends it."""
    held = Setting.objects.select_for_update(of=("self",)).get(pk=setting.pk)
    if held.state != State.DRAFT and held.since <= today():
        raise RuleBroken(_("It holds already, and clocks may run by it. Propose a newer value; that ends this one."))
    move(held, "withdraw", by=by, reason=reason)
    anew()
    _note("value withdrawn", held, by)
    setting.refresh_from_db()
    return setting


def _facts(setting: Setting) -> dict[str, object]:
    what = PARAMETERS[setting.code]
    return {
        "what": full_name(what),
        "value": value_words(what, setting.set_value),
        "place": place_name(setting.division_id),
        "day": setting.since,
    }


def _note(act: str, setting: Setting, by: User) -> None:
    """One line in the log: which value, where, from when."""
    where = place_name(setting.division_id)
    note([(act, "rulebook.setting", setting.pk, f"{setting.code} {where} {setting.since}: {setting.value}"[:200])], by=by)


def _concerned(setting: Setting, *, but: User) -> list[User]:
    """Who works by it: the holders of its duty in the federations of the place and below it."""
    what, union = PARAMETERS[setting.code], setting.union
    held = Office.objects.filter(
        open_on(today()), duty=what.duty, user__isnull=False, union__level__lte=3, union__path__startswith=union.path
    )
    people = {office.user.pk: office.user for office in held.select_related("user") if office.user is not None}
    people[setting.made_by_id] = setting.made_by
    people.pop(but.pk, None)
    return list(people.values())
