"""Code lists of members (domain reference, §2)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    REVEAL = "members.reveal"
    IMPORT = "members.import"  # asked of the union
    SEE_IMPORT = "members.see_import"
    UNDO_IMPORT = "members.undo_import"
    FIX_IMPORT = "members.fix_import"
    EXPORT = "members.export"


# The purposes for which values of people are sealed and found: a value sealed for one cannot be read as another.
ID, PHONE = "members.id", "members.phone"
ID_TAIL, PHONE_TAIL = "members.id.tail", "members.phone.tail"
ASKED_ID, ASKED_PHONE = "members.application.id", "members.application.phone"  # of somebody who asks to join, and may be nobody we know
LINE = "members.line"  # rows of rosters that wait to be corrected, and what was written over them
