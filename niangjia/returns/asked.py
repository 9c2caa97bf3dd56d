"""What the survey of a grassroots union asks because no record holds it: the only numbers of the return that somebody types.

Each is answered by one union for one year, in a row of its own survey, and added up from there; what a record knows is filled in, and
what lasts is carried on from the year before, so that the chair only looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Asking:
    """One number that a grassroots union says: its code, its unit, the line whose part it is, and how it is understood."""

    code: str
    zh: str
    en: str
    unit: str
    help: Any
    inside: str = ""
    lasts: bool = True  # it holds until somebody says otherwise: last year's answer is filled in

    @property
    def section(self) -> str:
        return self.code[0]

    def words(self, language: str) -> str:
        """What it is called in Chinese (zh…) or English."""
        return self.zh if language.startswith("zh") else self.en


# fmt: off
ASKED: dict[str, Asking] = {one.code: one for one in (
    Asking("601", "职工", "Employees", "人", _("Of the units covered, on the closing day; filled in with what the units have declared.")),
    Asking("602", "女职工", "Women among the employees", "人", _("Part of the employees."), "601"),
    Asking("603", "农民工职工", "Migrants among the employees", "人", _("Part of the employees; registered in the country, employed in another trade."), "601"),
    Asking("604", "劳务派遣工", "Dispatched workers", "人", _("Part of the employees: sent by an agency, working here."), "601"),
    Asking("611", "直接选举产生的主席", "Chairs elected directly", "人", _("1 if the assembly itself elected the chair, else 0; filled in from the last election recorded here."), "401"),
    Asking("612", "专职社会化工会工作者", "Social workers of the union", "人", _("Engaged for the union's work, not members of its committee.")),
    Asking("621", "本年度召开职代会", "Staff congresses held in the year", "次", _("How often it met between the first and the last day of the statistical year."), lasts=False),
    Asking("622", "职工代表", "Delegates of the staff congress", "人", _("On the closing day; 0 where there is no congress.")),
    Asking("623", "女职工代表", "Women among the delegates", "人", _("Part of the delegates."), "622"),
    Asking("624", "职工董事", "Employee directors", "人", _("In boards of directors; 0 where there is no board.")),
    Asking("625", "女职工董事", "Women among the employee directors", "人", _("Part of the employee directors."), "624"),
    Asking("626", "职工监事", "Employee supervisors", "人", _("In boards of supervisors; 0 where there is none.")),
    Asking("631", "参加培训的工会干部", "Officers trained in the year", "人次", _("Each course counts, also of the same person."), lasts=False),
)}
# fmt: on
