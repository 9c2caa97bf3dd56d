"""Code lists of unions (domain reference, §1)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

OF_ONE_UNIT = ("20", "25")  # whose employer has no other union of its own
OF_SEVERAL = (
    "21",
    "22",
    "23",
    "24",
    "26",
)  # of a building, an area, a trade, a village, workers of a new form: no single employer stands behind it

ELECTS = (
    *GRASSROOTS,
    "11",
    "12",
    "13",
)  # whose committees are elected here; the city's is examined by the province, which is not in the tree


class State(TextChoices):
    """The life of a union."""

    PREPARING = "PREPARING", _("Preparing")
    NORMAL = "NORMAL", _("Active")
    OVERDUE = "OVERDUE", _("Term overdue")
    DORMANT = "DORMANT", _("Dormant")
    MERGING = "MERGING", _("Merging")
    ABOLISHED = "ABOLISHED", _("Abolished")


LIVING = ("NORMAL", "OVERDUE", "DORMANT", "MERGING")
ELECTING = ("PREPARING", "NORMAL", "OVERDUE", "DORMANT")  # where a committee may be elected


class Stage(TextChoices):
    """The life of a reorganisation."""

    DRAFT = "DRAFT", _("Being drafted")
    REHEARSED = "REHEARSED", _("Rehearsed")
    SIGNED = "SIGNED", _("Signed once")
    ADOPTED = "ADOPTED", _("Adopted")
    RECALLED = "RECALLED", _("To be given up")
    IN_FORCE = "IN_FORCE", _("Has come into force")
    FILED = "FILED", _("Filed")
    WITHDRAWN = "WITHDRAWN", _("Given up")


class Way(TextChoices):
    """The life of a founding, from the first clue to the legal person."""

    CLUE = "CLUE", _("Clue")
    APPLIED = "APPLIED", _("Applied for")
    RETURNED = "RETURNED", _("Papers missing")
    GRANTED = "GRANTED", _("Preparatory group agreed to")
    FOUNDED = "FOUNDED", pgettext_lazy("a founding", "Founded")
    REGISTERED = "REGISTERED", _("Registered as a legal person")
    REFUSED = "REFUSED", pgettext_lazy("a founding", "Refused")
    WITHDRAWN = "WITHDRAWN", _("Given up")


class Source(TextChoices):
    """From where it is known that an employer has no union."""

    EMPLOYER = "EMPLOYER", _("The employer itself")
    WORKER = "WORKER", _("A worker")
    TOWNSHIP = "TOWNSHIP", _("Township or village")
    TAX = "TAX", _("Tax data")
    REGISTER = "REGISTER", _("Register of enterprises")
    VISIT = "VISIT", _("A visit")


class Speaks(TextChoices):
    """For whom a member of a preparatory group stands."""

    PARTY = "PARTY", _("Party organisation")
    WORKERS = "WORKERS", pgettext_lazy("stand in a group", "Employees")
    ABOVE = "ABOVE", _("Union above")


class Founder(TextChoices):
    """Who founds a union of several units."""

    UNITS = "UNITS", _("The units together")
    PLACE = "PLACE", _("Village or community")
    ZONE = "ZONE", _("Zone, building or market")
    TRADE = "TRADE", _("Trade association")
    LEAD = "LEAD", _("General contractor or head firm")
    ABOVE = "ABOVE", _("The union above")


class Ticked(TextChoices):
    """What is handed in for the registration as a legal person (measures on legal-person registration 2020)."""

    FORM = "FORM", _("Application form")
    FOUNDING = "FOUNDING", _("Approval of the founding, with its number")
    RESULT = "RESULT", _("Approval of the election, with its number and term")
    CHAIR = "CHAIR", _("Identity card of the chair")
    HANDLER = "HANDLER", _("Identity card of whoever hands it in")


class Poll(TextChoices):
    """The life of an election."""

    DRAFT = "DRAFT", _("Candidates being written")
    SENT = "SENT", _("Sent to be examined")
    EXAMINED = "EXAMINED", _("Candidates agreed to")
    POSTED = "POSTED", _("Candidates on public notice")
    HELD = "HELD", _("Assembly held")
    REPORTED = "REPORTED", _("Result reported")
    APPROVED = "APPROVED", _("Result approved")
    ANNULLED = "ANNULLED", _("Annulled")
    WITHDRAWN = "WITHDRAWN", _("Given up")


class Assembly(TextChoices):
    """Who votes: all members, or their delegates."""

    MEMBERS = "MEMBERS", _("Assembly of all members")
    CONGRESS = "CONGRESS", _("Congress of delegates")


class Post(TextChoices):
    """What somebody stands for within a body; of an audit or women's body the chair is its head."""

    CHAIR = "CHAIR", _("Chair")
    VICE = "VICE", _("Vice-chair")
    MEMBER = "MEMBER", pgettext_lazy("of a committee", "Member")


class Tie(TextChoices):
    """What ties a candidate to the management (Trade Union Law 2021, art. 10; further bars by the measures on chairs of 2008)."""

    NONE = "NONE", _("none of these")
    RELATIVE = "RELATIVE", _("Near relative of the principal or of a partner")
    PRINCIPAL = "PRINCIPAL", _("Principal, legal representative or partner")
    DEPUTY = "DEPUTY", _("Deputy of the principal")
    PERSONNEL = "PERSONNEL", _("Head of personnel")
    FOREIGN = "FOREIGN", _("Foreign national")


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


VOTED = ("COMMITTEE", "AUDIT", "WOMEN")  # the bodies that an assembly elects


class Form(TextChoices):
    """How a body is set up: a small union has a commissioner, and a few are exempt."""

    COMMITTEE = "COMMITTEE", _("Committee")
    COMMISSIONER = "COMMISSIONER", _("Commissioner")
    EXEMPT = "EXEMPT", _("Exempt")


class Size(TextChoices):
    """Sizes of employers by their employees, by which figures are told apart; no rule hangs on them."""

    UNKNOWN = "0", _("employees not known")
    TINY = "1", _("1 to 24 employees")
    SMALL = "2", _("25 to 99 employees")
    MIDDLE = "3", _("100 to 299 employees")
    LARGE = "4", _("300 to 999 employees")
    HUGE = "5", _("1,000 employees and more")


class Category(TextChoices):
    """Categories of employers 单位类别."""

    STATE = "110", _("State-owned enterprise")
    COLLECTIVE = "120", _("Collective enterprise")
    COOPERATIVE = "130", _("Share cooperative")
    JOINT = "140", _("Jointly operated enterprise")
    STATE_SOLE = "151", _("Wholly state-owned company")
    LIMITED = "159", _("Limited company")
    STATE_HELD = "161", _("State-controlled joint-stock company")
    SHARES = "169", _("Joint-stock company")
    PRIVATE = "170", _("Private enterprise")
    DOMESTIC = "190", _("Other domestic enterprise")
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


class TaxState(TextChoices):
    """How a taxpayer stands with the tax office."""

    ACTIVE = "ACTIVE", pgettext_lazy("a taxpayer", "In business")
    PAUSED = "PAUSED", pgettext_lazy("a taxpayer", "Business suspended")
    LOST = "LOST", _("Cannot be reached")
    CLOSED = "CLOSED", _("Deregistered")


class Mark(TextChoices):
    """What the tax side has noted about the union of a taxpayer."""

    NONE = "", _("no mark")
    PREPARING = "C", _("C: union being prepared")
    FOUNDED = "Y", _("Y: has a union")
    WAITING = "N", _("N: has none yet")


class Spared(TextChoices):
    """Why a firm of the list needs no union of its own."""

    NOT = "", _("not excused")
    EXEMPT = "EXEMPT", _("Exempt")
    ELSEWHERE = "ELSEWHERE", _("Covered elsewhere")
    CLOSED = "CLOSED", _("Closed, or gone away")


class Dropped(TextChoices):
    """Why a firm that a list had is not in the next one."""

    NOT = "", pgettext_lazy("a firm of a list", "in the list")
    GONE = "GONE", _("Not in the list any more, to be looked into")
    MOVED = "MOVED", _("Moved: registered anew, or elsewhere")
    CLOSED = "CLOSED", pgettext_lazy("a firm of a list", "Closed")


class Manning(TextChoices):
    """The life of a yearly check of a township federation."""

    ASKED = "ASKED", _("To be filled in")
    SENT = "SENT", pgettext_lazy("a check of staffing", "To be confirmed")
    CONFIRMED = "CONFIRMED", pgettext_lazy("a check of staffing", "Confirmed")
    DROPPED = "DROPPED", pgettext_lazy("a check of staffing", "Fallen away")


class Owes(TextChoices):
    """Whether a taxpayer should have a union today, and has one."""

    NOTHING = "NOTHING", _("Need not have one")
    UNION = "UNION", _("Should have one")
    UNITED = "UNITED", _("Has one")


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
    SEE_SETTLEMENT = "unions.see_settlement"
    CERTIFY = "unions.certify"  # issue and cancel certificates of legal persons
    SEE_CERTIFICATION = "unions.see_certification"
    SEE_SPLIT = "unions.see_split"
    SPLIT = "unions.split"  # draft, send up, take back, settle; asked of the union by EDIT before there is one
    DECIDE_SPLIT = "unions.decide_split"
    SEE_ELECTION = "unions.see_election"
    ELECT = "unions.elect"  # draft, send, post up, hold and report
    EXAMINE = "unions.examine"  # the candidates, and the result
    FOLLOW = "unions.follow"  # asked of the union under which another is to be founded: take a clue
    SEE_FOUNDING = "unions.see_founding"
    FILE = "unions.file"  # write down the application, hand it in again, give it up
    GRANT = "unions.grant"  # agree to it, send it back, refuse it
    REGISTER = "unions.register"
    SEE_EMPLOYER = "unions.see_employer"
    EDIT_EMPLOYER = "unions.edit_employer"
    MERGE_EMPLOYER = "unions.merge_employer"  # two entries are one, or two after all: asked of both
    TAKE_SHEET = "unions.take_sheet"  # asked of the federation for which an organisation sheet is read
    SEE_SHEET = "unions.see_sheet"
    WORK_SHEET = "unions.work_sheet"  # correct its rows, take them over, take them back
    TAKE_TAX = "unions.take_tax"  # asked of the county or the city whose list it is
    SEE_TAX = "unions.see_tax"
    WORK_TAX = "unions.work_tax"  # follow a firm, excuse it, say which employer it is
    SEE_TAX_LIST = "unions.see_tax_list"
    SEE_STAFFING = "unions.see_staffing"
    FILL_STAFFING = "unions.fill_staffing"
    CONFIRM_STAFFING = "unions.confirm_staffing"  # another person than who filled it in
