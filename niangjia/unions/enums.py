"""Code lists of unions (domain reference, §1)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Types of union 工会类型."""

    CITY = "10", _("Municipal federation")
    COUNTY = "11", _("County federation")
    TOWNSHIP = "12", _("Township federation")
    INDUSTRY = "13", _("Industrial or system union")
    SINGLE = "20", _("Grassroots union of one unit")
    JOINT = "21", _("Joint union of several units")
    AREA = "22", _("Area federation")
    TRADE = "23", _("Trade federation")
    VILLAGE = "24", _("Village or community union")
    PROJECT = "25", _("Project union")
    NEWFORM = "26", _("Union of new-form workers")
    GROUP = "27", _("Union of a group of companies")
    BRANCH = "30", _("Branch")


GRASSROOTS = ("20", "21", "22", "23", "24", "25", "26", "27")  # what counts as 基层工会; custom, configurable


class State(TextChoices):
    """The life of a union."""

    PREPARING = "PREPARING", _("Preparing")
    NORMAL = "NORMAL", _("Active")
    OVERDUE = "OVERDUE", _("Term overdue")
    DORMANT = "DORMANT", _("Dormant")
    MERGING = "MERGING", _("Merging")
    ABOLISHED = "ABOLISHED", _("Abolished")


LIVING = ("NORMAL", "OVERDUE", "DORMANT", "MERGING")


class Stage(TextChoices):
    """The life of a reorganisation."""

    DRAFT = "DRAFT", _("Being drafted")
    REHEARSED = "REHEARSED", _("Rehearsed")
    SIGNED = "SIGNED", _("Signed once")
    ADOPTED = "ADOPTED", _("Adopted")
    IN_FORCE = "IN_FORCE", _("Has come into force")
    FILED = "FILED", _("Filed")
    WITHDRAWN = "WITHDRAWN", _("Given up")


class Turn(TextChoices):
    """What a line of a reorganisation does with a union."""

    MOVE = "MOVE", _("Moves under")
    MERGE = "MERGE", _("Merges into")
    RENAME = "RENAME", _("Is renamed")


class Link(TextChoices):
    """The three parents of a union."""

    ORG = "ORG", _("Organisation")
    DUES = "DUES", _("Dues")
    STATS = "STATS", _("Statistics")


class Duty(TextChoices):
    """Offices held in a union."""

    CHAIR = "chair", _("Chair")
    LEADER = "leader", _("Leader")
    OFFICE = "office", _("Office")
    ORGANISATION = "organisation", _("Organisation")
    RIGHTS = "rights", _("Rights")
    ECONOMY = "economy", _("Economy")
    PUBLICITY = "publicity", _("Publicity")
    WOMEN = "women", _("Women")
    FINANCE = "finance", _("Finance")
    AUDIT = "audit", _("Audit")
    CENTRE = "centre", _("Service centre")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDITLOG = "auditlog", _("Audit administrator")
    INFORMANT = "informant", _("Informant")


ADMINISTRATORS = frozenset({"system", "security", "auditlog"})  # three persons: they run the house, grant offices, read the logs


class Served(TextChoices):
    """How an officer serves."""

    FULL = "FULL", _("Full-time")
    PART = "PART", _("Part-time")
    SECONDED = "SECONDED", _("Seconded")


class BodyKind(TextChoices):
    """Bodies of a union (the yearbook counts these)."""

    COMMITTEE = "COMMITTEE", _("Union committee")
    AUDIT = "AUDIT", _("Audit committee")
    WOMEN = "WOMEN", _("Women workers' committee")
    MEDIATION = "MEDIATION", _("Labour dispute mediation committee")
    SUPERVISION = "SUPERVISION", _("Legal supervision committee")
    PROTECTION = "PROTECTION", _("Labour protection committee")
    CONGRESS = "CONGRESS", _("Staff congress")
    OPENNESS = "OPENNESS", _("Open management group")


class Form(TextChoices):
    """How a body is set up: a small union has a commissioner, and a few are exempt."""

    COMMITTEE = "COMMITTEE", _("Committee")
    COMMISSIONER = "COMMISSIONER", _("Commissioner")
    EXEMPT = "EXEMPT", _("Exempt")


class Category(TextChoices):
    """Categories of employers 单位类别."""

    STATE = "110", _("State-owned enterprise")
    COLLECTIVE = "120", _("Collective enterprise")
    COOPERATIVE = "130", _("Share cooperative")
    STATE_SOLE = "151", _("Wholly state-owned company")
    LIMITED = "159", _("Limited company")
    STATE_HELD = "161", _("State-controlled joint-stock company")
    SHARES = "169", _("Joint-stock company")
    PRIVATE = "170", _("Private enterprise")
    HMT = "200", _("Invested from Hong Kong, Macao or Taiwan")
    FOREIGN = "300", _("Foreign-invested")
    INSTITUTION = "400", _("Public institution")
    ORGAN = "500", _("Government organ")
    SELF = "600", _("Individual business")
    NGO = "700", _("Private non-enterprise unit")


class Industry(TextChoices):
    """Sections of industries (GB/T 4754-2017)."""

    A = "A", _("Agriculture, forestry, animal husbandry and fishery")
    B = "B", _("Mining")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity, heat, gas and water")
    E = "E", _("Construction")
    F = "F", _("Wholesale and retail")
    G = "G", _("Transport, storage and post")
    H = "H", _("Hotels and catering")
    I = "I", _("Information and software")  # noqa: E741 - the standard's letter
    J = "J", _("Financial services")
    K = "K", _("Real estate")
    L = "L", _("Leasing and business services")
    M = "M", _("Science and technology")
    N = "N", _("Water, environment and public facilities")
    O = "O", _("Residents' services and repair")  # noqa: E741 - the standard's letter
    P = "P", _("Education")
    Q = "Q", _("Health and social work")
    R = "R", _("Culture, sports and entertainment")
    S = "S", _("Public administration and social organisations")
    T = "T", _("International organisations")


class May(StrEnum):
    """Permissions on unions."""

    VIEW = "unions.view"
    EDIT = "unions.edit"
    FOUND = "unions.found"
    CONFIRM = "unions.confirm"
    REORGANISE = "unions.reorganise"
    APPOINT = "unions.appoint"
    PLAN = "unions.plan"  # asked of the union above all that a reorganisation concerns
    RESTRUCTURE = "unions.restructure"
    SEE_REORGANISATION = "unions.see_reorganisation"
    REHEARSE = "unions.rehearse"
    SIGN = "unions.sign"
