"""What is asked about claims, payments and tables of workers; shape only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kit.fields import Day, Money, Spreadsheet
from niangjia.rights.enums import Cause, FilingKind, FilingOutcome, LineOutcome, SplitBy
from niangjia.rights.forms.common import Text
from niangjia.rights.sheets.reading import amount

MOST_LINES = 16  # kinds of claim that one form takes: more than there are causes at once


class LinesForm(forms.Form):
    """What one worker claims, kind by kind: as many lines as were written, and one more when it is asked for."""

    def __init__(self, data: Any = None, *, lines: Sequence[Any] = (), **facts: Any) -> None:
        super().__init__(data, **facts)
        asked = sum(1 for n in range(MOST_LINES) if f"kind{n}" in data) + ("more" in data) if data else 0
        self.many = min(max(asked, len(lines), 1), MOST_LINES)
        for n in range(self.many):
            line = lines[n] if n < len(lines) else None
            self.fields[f"kind{n}"] = forms.ChoiceField(
                label=_("Kind of claim"), required=False, choices=[("", _("none")), *Cause.choices], initial=line.kind if line else ""
            )
            self.fields[f"amount{n}"] = Money(label=_("Claims"), required=False, initial=line.claimed if line else None)
            self.fields[f"months{n}"] = forms.CharField(
                label=_("For which months"), max_length=60, required=False, initial=line.months if line else ""
            )
            self.fields[f"basis{n}"] = forms.CharField(
                label=_("By which paper"), max_length=120, required=False, initial=line.basis if line else ""
            )

    def clean(self) -> dict[str, Any]:
        """A sum says what it is claimed for."""
        said = super().clean() or {}
        for n in range(self.many):
            if said.get(f"amount{n}") and not said.get(f"kind{n}"):
                self.add_error(f"kind{n}", _("Choose what this sum is claimed for; without a kind it would be lost."))
        return said

    def parts(self) -> list[dict[str, Any]]:
        """The lines as a page shows them: the fields of each, whether it is open, and what stands in its head while it is folded."""
        names = dict(Cause.choices)
        found: list[dict[str, Any]] = []
        for n in range(self.many):
            kind, amount, months, basis = (self[f"{name}{n}"] for name in ("kind", "amount", "months", "basis"))
            wrong = any(one.errors for one in (kind, amount, months, basis))
            found.append({
                "n": n + 1, "kind": kind, "amount": amount, "more": [months, basis], "label": names.get(kind.value(), ""), "sum": amount.value() or "",
                "open": wrong or not kind.value() or self.many == 1, "told": bool(months.value() or basis.value() or months.errors or basis.errors),
            })  # fmt: skip
        return found

    def sum(self) -> Decimal:
        """What the lines come to, as far as they can be read."""
        return sum((self._read(n) for n in range(self.many)), Decimal(0))

    def _read(self, n: int) -> Decimal:
        try:
            found: Decimal | None = self.fields[f"amount{n}"].to_python(self[f"amount{n}"].value())
        except forms.ValidationError:
            return Decimal(0)
        return found if found is not None and self[f"kind{n}"].value() else Decimal(0)

    def lines(self) -> list[tuple[str, Decimal, str, str]]:
        """The lines that say something."""
        said = self.cleaned_data
        return [
            (said[f"kind{n}"], said[f"amount{n}"] or Decimal(0), said[f"months{n}"], said[f"basis{n}"])
            for n in range(self.many)
            if said.get(f"kind{n}")
        ]


class PartForm(forms.Form):
    """Some workers go another way."""

    outcome = forms.ChoiceField(
        label=_("How does it end for them?"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (LineOutcome.WITHDRAWN, LineOutcome.ARBITRATION, LineOutcome.DROPPED)],
    )  # fmt: skip
    workers = forms.MultipleChoiceField(label=_("Which workers?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["workers"].choices = people  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """How a payment is divided."""

    split = forms.ChoiceField(label=_("How is it divided?"), choices=SplitBy.choices, initial=SplitBy.REST, widget=forms.RadioSelect)
    parts = Spreadsheet(label=_("The list"), required=False, help_text=_("A table with names or identity numbers, and what each was paid."))

    def clean(self) -> dict[str, Any]:
        """A list is sent where it is divided by one."""
        said = super().clean() or {}
        if said.get("split") == SplitBy.LIST and not said.get("parts"):
            self.add_error("parts", _("Choose the table by which it is divided."))
        return said


class SheetForm(forms.Form):
    """A table of workers."""

    file = Spreadsheet(label=_("Table"), help_text=_("xlsx, xls, ods or csv; a head with names and one with identity numbers."))


class RowForm(forms.Form):
    """One row of a table, corrected."""

    name = forms.CharField(label=_("Name of the worker"), max_length=60)
    number = forms.CharField(label=_("Identity number"), max_length=24)
    phone = forms.CharField(label=_("Mobile"), max_length=20, required=False)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.sums = {f"sum{n}": kind for n, (kind, _label, _value) in enumerate(kinds)}
        for name, (_kind, label, value) in zip(self.sums, kinds, strict=True):
            self.fields[name] = forms.CharField(label=label, required=False, max_length=30, initial=value)

    def amounts(self) -> dict[str, str]:
        """What was written of sums, by kind."""
        return {kind: self.cleaned_data[name].strip() for name, kind in self.sums.items()}


class FirmsForm(forms.Form):
    """Many employers at once."""

    lines = Text(label=_("Employers"), rows=10, help_text=_("One a line: the credit code, and the name if nobody has recorded it yet."))


class TermsForm(forms.Form):
    """What both sides signed."""

    number = forms.CharField(label=_("Number of the agreement"), max_length=40)
    on = Day(label=_("Signed on"))
    amount = Money(label=_("Amount agreed"))
    pay_by = Day(label=_("To be paid by"), required=False)
    plan = Text(
        label=_("Instalments"),
        rows=3,
        required=False,
        help_text=_("One a line: the day and the amount, such as 2026-03-31 5000. They add up to the amount agreed."),
    )
    clauses = Text(
        label=_("Clauses"), rows=5, required=False,
        help_text=_("One a line; the sum is a clause of its own. A day at the head of a line, such as 2026-03-31, says by when it is done."),
    )  # fmt: skip
    workers = forms.CharField(label=_("Signed for the workers"), max_length=60, required=False)
    firm = forms.CharField(label=_("Signed for the employer"), max_length=60, required=False)
    parts = Spreadsheet(
        label=_("What each worker gets"),
        required=False,
        help_text=_("A table with names or identity numbers and amounts; without one it is divided in proportion to the claims."),
    )
    confirm = forms.BooleanField(label=_("Both sides will ask for judicial confirmation"), required=False)

    def clean_clauses(self) -> list[tuple[str, date | None]]:
        """Clauses, each with the day at its head if it has one."""
        found: list[tuple[str, date | None]] = []
        for line in filter(str.strip, self.cleaned_data["clauses"].splitlines()):
            head, _blank, rest = line.strip().partition(" ")
            try:
                found.append((rest.strip(), date.fromisoformat(head)) if rest.strip() else (line.strip(), None))
            except ValueError:
                found.append((line.strip(), None))
        return found

    def clean_plan(self) -> list[tuple[date, Decimal]]:
        """Days and amounts."""
        found = []
        for n, line in enumerate(filter(str.strip, self.cleaned_data["plan"].splitlines()), start=1):
            words = line.replace("，", " ").split()
            try:
                day = date.fromisoformat(words[0])
            except ValueError:
                day = None
            sum_ = amount(words[1]) if len(words) == len(("day", "amount")) else None
            if day is None or not sum_:
                raise forms.ValidationError(_("Line %(n)d: write the day and the amount, such as 2026-03-31 5000.") % {"n": n})
            found.append((day, sum_))
        return found


class FilingForm(forms.Form):
    """What was filed."""

    kind = forms.ChoiceField(label=_("What was filed?"), choices=FilingKind.choices)
    body = forms.CharField(label=_("Where?"), max_length=120, help_text=_("The court, the commission or the authority."))
    number = forms.CharField(label=_("Its number there"), max_length=60, required=False)
    filed_on = Day(label=_("Day of filing"))
    note = forms.CharField(label=_("A word about it"), max_length=200, required=False)


class DecisionForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=FilingOutcome.choices, widget=forms.RadioSelect)
    on = Day(label=_("Decided on"))
    number = forms.CharField(label=_("Its number there"), max_length=60, required=False)
    served_on = Day(
        label=_("Award received on"),
        required=False,
        help_text=_("The days to go to court run from there. Empty if the application was taken back."),
    )
    final = forms.BooleanField(label=_("The award is final for the employer (art. 47)"), required=False)

    def __init__(self, *args: Any, kind: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if kind != FilingKind.ARBITRATION:
            del self.fields["served_on"], self.fields["final"]


class ClauseForm(forms.Form):
    """What was agreed beside money was done."""

    clause = forms.ChoiceField(label=_("Which clause?"), widget=forms.RadioSelect)
    on = Day(label=_("Done on"))
    proof = forms.CharField(label=_("What shows it"), max_length=200, help_text=_("A paper, a receipt, who saw it."))

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["clause"].choices = clauses  # type: ignore[attr-defined]
        if len(clauses) == 1:
            self.fields["clause"].initial = clauses[0][0]
