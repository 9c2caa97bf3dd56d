"""What each fault of an organisation sheet means and how it is cured, in a sentence each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from niangjia.unions.importing.fields import SHEET


def text(code: str) -> str:
    """What is wrong."""
    return {
        "name-missing": _("No name of the union"),
        "kind-missing": _("No type of the union"),
        "kind-unknown": _("This type of union is on no list"),
        "kind-above": _("This type of union is not entered by a sheet"),
        "kind-differs": _("The register has another type"),
        "category-unknown": _("This category is on no list"),
        "industry-unknown": _("This industry is on no list"),
        "code-unknown": _("The register has no union of this code in reach"),
        "ended": _("This union has ended"),
        "parent-missing": _("No union above"),
        "parent-unknown": _("No such union above in reach"),
        "parent-many": _("Several unions bear this name"),
        "parent-leads-none": _("Such a union cannot stand under this one"),
        "parent-differs": _("It stands under another union"),
        "name-there": _("A union of this name is there already"),
        "credit-length": _("The credit code has not 18 characters"),
        "credit-letters": _("The credit code holds characters that cannot stand in it"),
        "credit-check": _("The last character of the credit code does not fit"),
        "credit-made-up": _("The credit code of a made-up unit"),
        "credit-no-union": _("This is no credit code of a union"),
        "credit-taken": _("Another union has this credit code"),
        "credit-twice": _("This credit code stands at two unions of the sheet"),
        "day": _("The day cannot be read"),
        "day-doubt": _("January or October"),
        "day-ahead": _("The day lies ahead"),
        "day-early": _("The day lies before there were unions"),
        "number": _("This is no number"),
        "long": _("Too long"),
        "founded-missing": _("No day of founding"),
        "founded-differs": _("The register has another day of founding"),
        "term-years": _("A term has three or five years"),
        "term-order": _("The term ends before it begins"),
        "legal-long": _("The certificate would outlast the term"),
        "unit-missing": _("No employer"),
        "unit-unknown": _("The register does not know this employer"),
        "unit-many": _("Several employers bear this name"),
        "unit-united": _("This employer has a union already"),
        "unit-founding": _("A founding runs for this employer"),
        "unit-merged": _("This entry was merged into another one"),
        "unit-outside": _("This employer belongs to another place"),
        "unit-twice": _("This employer stands at two unions of one unit"),
        "unit-one": _("A union of one unit has another employer"),
        "again": _("Stands twice in the sheet"),
        "above-differs": _("An earlier row of the same union says something else"),
        "left-out": _("Left out"),
    }.get(code, code)


def cure(code: str) -> str:
    """What to do about it."""
    credit = _("Compare it with the certificate or the licence.")
    return {
        "name-missing": _("Write the name as on the seal."),
        "kind-missing": _("Choose from the list in the template."),
        "kind-unknown": _("Choose from the list in the template."),
        "kind-above": _("Federations, industrial unions and branches are founded on the page of the union above them."),
        "kind-differs": _("Write the type that the register has; whether that is wrong is seen on the union's page."),
        "category-unknown": _("Choose from the list in the template, or empty the cell."),
        "industry-unknown": _("Choose from the list in the template, or empty the cell."),
        "code-unknown": _("Compare it with the list of unions; empty the cell if the union is new."),
        "ended": _("Leave the row out. What was founded anew is entered without the old code."),
        "parent-missing": _("Write its name or its code."),
        "parent-unknown": _("Write its whole name or its code. If it stands in this sheet, take its own row over first, then ask the register again."),
        "parent-many": _("Write its code instead of its name."),
        "parent-leads-none": _("Choose another type, or another union above."),
        "parent-differs": _("A sheet moves no union: empty the cell, or move the union on its page."),
        "name-there": _("If it is meant, write its code or the same union above; if not, write the name in full, so that nobody takes one for the other."),
        "credit-length": credit,
        "credit-letters": credit,
        "credit-check": credit,
        "credit-made-up": _("Such codes are taken only in the demo."),
        "credit-no-union": _("It begins with 81 or 89; this one is perhaps the employer's."),
        "credit-taken": credit,
        "credit-twice": _("Leave it where it belongs."),
        "day": _("Write it as 2015-06-01, or leave the cell empty."),
        "day-doubt": _("A spreadsheet keeps 2015.10 as 2015.1. Write it as 2015-01 or 2015-10."),
        "day-ahead": _("Look whether the year is right."),
        "day-early": _("Look whether the year is right."),
        "number": _("Write digits alone."),
        "long": _("Look whether the columns have slipped."),
        "founded-missing": _("Write the day on the approval. A union that is only to be founded begins with its clue, in the list of foundings."),
        "founded-differs": _("Figures of past years hang on it: a sheet does not change it. Compare both with the approval."),
        "term-years": _("Write 3 or 5, or leave the cell empty."),
        "term-order": _("Compare both with the approval of the election."),
        "legal-long": _("It is valid to the end of the term at the most."),
        "unit-missing": _("A union of one unit, or of a project, names its employer."),
        "unit-unknown": _("Write its name and its credit code."),
        "unit-many": _("Write its credit code."),
        "unit-united": _("If this row means that union, write its code; else leave the row out."),
        "unit-founding": _("Finish it in the list of foundings, or give it up there; else two unions of one unit would stand beside each other."),
        "unit-merged": _("Write the credit code that is kept; it stands beside."),
        "unit-outside": _("Empty the cells that speak of it; its own place corrects them."),
        "unit-twice": _("Leave it where it belongs."),
        "unit-one": _("Compare both; another employer joins or leaves on the union's page."),
        "again": _("Leave one of the rows."),
        "above-differs": _("Let both say the same, or empty the cell here."),
        "left-out": _("It is right, and not taken over. Put it back to take it."),
    }.get(code, "")  # fmt: skip


def sentence(code: str, value: str = "") -> str:
    """Both, with what stands in the cell or in the register."""
    said = text(code)
    if value and code in ("again", "above-differs", "credit-twice", "unit-twice"):
        said = _("%(what)s (row %(row)s)") % {"what": said, "row": value}
    elif value:
        said = _("%(what)s: %(value)s") % {"what": said, "value": value}
    return _("%(what)s. %(cure)s") % {"what": said, "cure": cure(code)}


def label(field: str) -> str:
    """The name of a field."""
    return SHEET.label(field)
