"""What each fault of a roster means and how it is cured, in a sentence each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from niangjia.members.importing.fields import BY_CODE


def text(code: str) -> str:
    """What is wrong."""
    return {
        "name-missing": _("No name"),
        "name-shape": _("This is no name"),
        "id-missing": _("No identity number"),
        "length": _("The identity number has not 18 characters"),
        "digits": _("The identity number holds characters that cannot stand in it"),
        "ruined": _("The spreadsheet has rounded the identity number"),
        "fifteen": _("An identity number of fifteen digits, as cards bore it until 2004"),
        "ditto": _("As above"),
        "check": _("The last character of the identity number does not fit"),
        "province": _("The identity number begins with no province"),
        "birth": _("The day of birth in the identity number does not exist"),
        "made-up": _("A number of made-up people"),
        "young": _("Younger than sixteen"),
        "paper-unknown": _("Unknown kind of paper"),
        "paper-shape": _("This can be no number of such a paper"),
        "sex-differs": _("The sex differs from the identity number"),
        "sex-missing": _("No sex"),
        "birth-differs": _("The year of birth differs from the identity number"),
        "two": _("Two phones in one cell"),
        "shape": _("This is no mobile number"),
        "date": _("The day cannot be read"),
        "date-doubt": _("January or October"),
        "future": _("The day lies ahead"),
        "too-early": _("The day lies before there were unions"),
        "work-unknown": _("Unknown form of work"),
        "yes-no": _("Neither yes nor no"),
        "retired": _("Retired, and past the age of retirement"),
        "says-retained": _("The row says that the membership is retained"),
        "says-left": _("The row says that somebody has left"),
        "change-unknown": _("Unknown kind of change"),
        "union-missing": _("No union"),
        "union-unknown": _("No such union in reach"),
        "union-many": _("Several unions bear this name"),
        "long": _("Too long"),
        "again": _("Stands twice in the file"),
        "other-name": _("Known under another name"),
        "applied": _("An application waits here"),
        "retained": _("Membership retained here"),
        "coming": _("On the way to this union"),
        "elsewhere": _("Already a member of another union"),
        "left-out": _("Left out"),
    }.get(code, code)


def cure(code: str) -> str:
    """What to do about it."""
    return {
        "name-missing": _("Write the name as on the card."),
        "name-shape": _("Write the name as on the card; digits and remarks go elsewhere."),
        "id-missing": _("Write the identity number."),
        "length": _("Write all 18 characters; format the column as text first."),
        "digits": _("Compare it with the card."),
        "ruined": _("Format the column as text and enter the number again."),
        "fifteen": _("Write all 18 characters of the card; such a number is not lengthened by itself."),
        "ditto": _("Write it out: names, identity numbers and phones are nobody else's."),
        "check": _("Compare it with the card."),
        "province": _("Compare it with the card."),
        "birth": _("Compare it with the card."),
        "made-up": _("Such numbers are taken only in the demo."),
        "young": _("Look whether the number is right. Nobody under sixteen may be employed; if she works there, tell the rights office."),
        "paper-unknown": _("Choose from the list in the template, or leave the cell empty for an identity card."),
        "paper-shape": _("Compare it with the paper, or choose the right kind of paper."),
        "sex-differs": _("Compare both with the card, or leave the sex empty."),
        "sex-missing": _("Write the sex: it cannot be read from such a paper."),
        "birth-differs": _("Compare both with the card, or leave the day of birth empty."),
        "two": _("Leave one."),
        "shape": _("Write 11 digits, beginning with 13 to 19, or leave the cell empty."),
        "date": _("Write it as 2015-06-01, or leave the cell empty for today."),
        "date-doubt": _("A spreadsheet keeps 2015.10 as 2015.1. Write it as 2015-01 or 2015-10."),
        "future": _("Write the day on which she was approved."),
        "too-early": _("Write the day on which she was approved."),
        "work-unknown": _("Choose from the list in the template."),
        "yes-no": _("Write 是 or 否."),
        "retired": _(
            "Retired people do not join; a member who retires keeps her membership. If she works, empty the cell, else leave the row out."
        ),
        "says-retained": _(
            "If she is a member here, retain the membership on her page, then leave the row out. If the row is wrong, write 入会."
        ),
        "says-left": _("If she is a member here, end the membership on her page, then leave the row out. If the row is wrong, write 入会."),
        "change-unknown": _("Write 入会 or 转入, or leave the cell empty."),
        "union-missing": _("Add a column with the union's name or code."),
        "union-unknown": _("Write the union's whole name or its code, as in the list of unions."),
        "union-many": _("Write the union's code instead of its name."),
        "long": _("At most 60 characters."),
        "again": _("Leave one of the rows."),
        "other-name": _("Compare name and number with the card; correct the name on her page first if that is the wrong one."),
        "applied": _("Decide on the application on her page."),
        "retained": _("Resume the membership on her page."),
        "coming": _("Take the membership over on her page."),
        "elsewhere": _("Ask the other union to send her, leave the row out, or take her as a second membership."),
        "left-out": _("It is right, and not taken over. Put it back to take it."),
    }.get(code, "")


def sentence(code: str, value: str = "") -> str:
    """Both, with what stands in the cell or in the register."""
    if code == "again" and value:
        return _("Stands twice in the file: first in row %(row)s. Leave one of the rows.") % {"row": value}
    said = text(code)
    if code in ("elsewhere", "coming") and value:
        said = _("%(what)s: %(union)s") % {"what": said, "union": value}
    return _("%(what)s. %(cure)s") % {"what": said, "cure": cure(code)}


def label(field: str) -> str:
    """The name of a field."""
    return str(BY_CODE[field].label) if field in BY_CODE else field
