"""Code lists of members (domain reference, §2)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    """GB/T 2261.1."""

    MALE = "1", _("Male")
    FEMALE = "2", _("Female")


class Paper(TextChoices):
    """Kinds of identity papers."""

    ID = "ID", _("Identity card")
    HM = "HM", _("Residence permit of Hong Kong and Macao residents")
    TW = "TW", _("Residence permit of Taiwan residents")
    PASSPORT = "PASSPORT", _("Passport")
    PERMANENT = "PERMANENT", _("Permanent residence card of foreigners")
    OFFICER = "OFFICER", _("Officer's card")


class Standing(TextChoices):
    """Whether a membership counts, or is kept without dues and vote 保留会籍."""

    ACTIVE = "ACTIVE", _("Member")
    RETAINED = "RETAINED", _("Membership retained")


class State(TextChoices):
    """The life of one membership."""

    APPLIED = "APPLIED", _("Applied")
    MEMBER = "MEMBER", _("In force")
    LEAVING = "LEAVING", _("Moving to another union")
    ENDED = "ENDED", _("Membership ended")
    REFUSED = "REFUSED", _("Refused")


class Asked(TextChoices):
    """What became of an application that was sent under a union's code."""

    SENT = "SENT", _("To be decided")
    ADMITTED = "ADMITTED", _("Admitted")
    REFUSED = "REFUSED", _("Refused")
    TWICE = "TWICE", _("Sent twice")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    COMPLETED = "COMPLETED", _("Particulars completed")


class Wanted(TextChoices):
    """What became of a union's asking for somebody who works there now."""

    ASKED = "ASKED", _("To be answered")
    GIVEN = "GIVEN", _("She is sent")
    KEPT = "KEPT", _("She stays")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    OVER = "OVER", _("Overtaken by other steps")


class Lapsing(TextChoices):
    """What became of somebody who pays no dues and takes part in nothing."""

    FOUND = "FOUND", _("To be talked with")
    TALKED = "TALKED", _("To be decided on")
    LEFT = "LEFT", _("Deemed to have left")
    STAYS = "STAYS", _("Stays a member")
    PAID = "PAID", _("Has paid")
    OVER = "OVER", _("Overtaken by other steps")


class Confirming(TextChoices):
    """What a round of confirmations is at."""

    OPEN = "OPEN", _("To be confirmed")
    DONE = "DONE", _("All confirmed")


class Ordering(TextChoices):
    """What a batch of cards is at."""

    DRAFT = "DRAFT", _("Being drafted")
    SENT = "SENT", _("At the bank")
    MADE = "MADE", _("To be handed out")
    DONE = "DONE", _("Handed out")
    DROPPED = "DROPPED", _("Dropped")


class CardState(TextChoices):
    """The life of one card."""

    WANTED = "WANTED", _("Ordered")
    MADE = "MADE", _("Card made")
    FAILED = "FAILED", _("Not made")
    ISSUED = "ISSUED", _("In use")
    LOST = "LOST", _("Lost")
    REPLACED = "REPLACED", _("Replaced")
    CANCELLED = "CANCELLED", _("Cancelled")


class Alike(TextChoices):
    """What became of two people who may be one."""

    FOUND = "FOUND", _("To be judged")
    MERGED = "MERGED", _("Merged")
    APART = "APART", _("Not the same")


class Why(TextChoices):
    """Why the house takes two people for one."""

    PHONE = "PHONE", _("Same name and mobile")
    PAPER = "PAPER", _("Same name and birthday, another kind of paper")
    UNION = "UNION", _("Same name and birthday in the same union")


class Want(TextChoices):
    """What a member may ask of her union about her own file (Personal Information Protection Law 2021, arts 45-47; Charter)."""

    CORRECT = "CORRECT", _("Correct something")
    CONTEST = "CONTEST", _("Contest a record")
    MOVE = "MOVE", _("Move to another union")
    LEAVE = "LEAVE", _("Leave the union")
    ERASE = "ERASE", _("Erase my file")


class Requested(TextChoices):
    """What became of a personal request."""

    SENT = "SENT", _("To be answered")
    GRANTED = "GRANTED", _("Granted")
    REFUSED = "REFUSED", _("Not granted")
    WITHDRAWN = "WITHDRAWN", _("Taken back")


class Particular(TextChoices):
    """What can be wrong in a file."""

    NAME = "name", _("Full name")
    NUMBER = "number", _("Identity number")
    PHONE = "phone", _("Mobile")
    WORK = "work", _("Form of work")
    JOB = "job", _("Job")
    DEPARTMENT = "department", _("Department")
    MIGRANT = "migrant", _("Migrant worker")


class Contested(TextChoices):
    """What a record can be contested for."""

    MEMBERSHIP = "membership", _("A membership that is not mine")
    EMPLOYER = "employer", _("The employer that is written down")
    MERGE = "merge", _("Two people were taken for one")


class Ending(TextChoices):
    """How a membership ended."""

    TRANSFER = "TRANSFER", _("Moved to another union")
    RETAINED = "RETAINED", _("Retained")
    RESUMED = "RESUMED", _("Resumed")
    LEFT = "LEFT", _("Left")
    LAPSED = "LAPSED", _("Deemed to have left")
    EXPELLED = "EXPELLED", _("Expelled")
    DIED = "DIED", _("Died")
    UNDONE = "UNDONE", _("Entered by mistake")


class Work(TextChoices):
    """Forms of employment 用工形式."""

    CONTRACT = "CONTRACT", _("Labour contract")
    DISPATCH = "DISPATCH", _("Dispatched")
    FLEXIBLE = "FLEXIBLE", _("Flexible")
    TRUCK = "TRUCK", _("Lorry driver")
    RIDE = "RIDE", _("Ride-hailing driver")
    COURIER = "COURIER", _("Courier")
    DELIVERY = "DELIVERY", _("Food deliverer")
    OTHER_NEW = "OTHER_NEW", _("Other new form of employment")


NEW_FORMS = ("TRUCK", "RIDE", "COURIER", "DELIVERY", "OTHER_NEW")


class How(TextChoices):
    """How somebody joined 入会方式."""

    PAPER = "PAPER", _("On paper")
    SCAN = "SCAN", _("By scanning a code")
    APP = "APP", _("Online")
    ROSTER = "ROSTER", _("With the roster")
    TRANSFER = "TRANSFER", _("From another union")
    POOL = "POOL", _("Into the pool of the federation")
    RESUMED = "RESUMED", _("Resumed after it was retained")  # no joiner: she never left


class Reason(TextChoices):
    """Why a membership changed, as the national list of codes tells it apart 会籍变化原因; retired is ours: there it is a change of the labour relation."""

    RETIRED = "RETIRED", _("Retired")
    CHANGED = "CHANGED", _("The labour relation has changed")
    LAID_OFF = "LAID_OFF", _("Laid off")
    JOBLESS = "JOBLESS", _("Out of work")
    CLOSED = "CLOSED", _("The employer has closed")
    WISHED = "WISHED", _("Wishes to leave")
    CRIME = "CRIME", _("Expelled for a crime")


RETAINING = (Reason.RETIRED, Reason.JOBLESS, Reason.CLOSED, Reason.LAID_OFF)  # for these a membership is retained


class Expelling(TextChoices):
    """What became of a proposal to expel somebody."""

    PROPOSED = "PROPOSED", _("Proposed by the group")
    DECIDED = "DECIDED", _("Expelled, to be filed above")
    FILED = "FILED", _("Expelled, and filed above")
    DROPPED = "DROPPED", _("Not expelled")
    OVER = "OVER", pgettext_lazy("an expulsion", "Overtaken by other steps")


class May(StrEnum):
    """Permissions on members and their imports."""

    LIST = "members.list"
    VIEW = "members.view"
    EDIT = "members.edit"
    APPLY = "members.apply"  # asked of the union: take an application, and hang out the code under which people send theirs
    APPROVE = "members.approve"
    SEE_APPLICATION = "members.see_application"
    ADMIT = "members.admit"
    TAKE = "members.take"  # asked by the union to which she moves
    WANT = "members.want"  # asked of the union that receives: ask another one to send somebody
    SEE_REQUEST = "members.see_request"
    ANSWER = "members.answer"  # asked by the union in which she stands
    UNASK = "members.unask"
    SEE_LAPSE = "members.see_lapse"
    LAPSE = "members.lapse"
    SEE_EXPULSION = "members.see_expulsion"
    EXPEL = "members.expel"
    FILE_EXPULSION = "members.file_expulsion"  # by the organisation office above
    SEE_ROUND = "members.see_round"
    CONFIRM = "members.confirm"
    DRAFT_CARDS = "members.draft_cards"  # asked of the union
    SEE_CARDS = "members.see_cards"
    ORDER_CARDS = "members.order_cards"
    SEND_CARDS = "members.send_cards"  # by another person than the one who drafted the order
    SEE_CARD = "members.see_card"
    KEEP_CARD = "members.keep_card"
    SEE_LIKENESS = "members.see_likeness"
    JUDGE = "members.judge"
    REVEAL = "members.reveal"
    IMPORT = "members.import"  # asked of the union
    SEE_IMPORT = "members.see_import"
    UNDO_IMPORT = "members.undo_import"
    FIX_IMPORT = "members.fix_import"
    EXPORT = "members.export"
    SEE_PERSONAL = "members.see_personal"  # a personal request
    ANSWER_PERSONAL = "members.answer_personal"
    OWN_PERSONAL = "members.own_personal"  # hers who sent it


# The purposes for which values of people are sealed and found: a value sealed for one cannot be read as another.
ID, PHONE = "members.id", "members.phone"
ID_TAIL, PHONE_TAIL = "members.id.tail", "members.phone.tail"
ASKED_ID, ASKED_PHONE = "members.application.id", "members.application.phone"  # of somebody who asks to join, and may be nobody we know
CARD = "members.card"
REQUEST = "members.request"  # what a member wants written
CODE = "members.code"  # of codes on phones, which are compared and never found
LINE = "members.line"  # rows of rosters that wait to be corrected, and what was written over them
