"""What a desk's lists are narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.desk.queries import APART
from niangjia.kit.clock import DEADLINES
from niangjia.unions.api import Duty


class LateFilter(forms.Form):
    """What the list of what is late is narrowed by; places are those one level below the reader's seat, and her own union for what lies in none."""

    view = forms.CharField(required=False, max_length=12)
    what = forms.ChoiceField(label=_("What is due"), required=False)
    duty = forms.ChoiceField(label=_("Duty"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **facts: Any) -> None:
        super().__init__(*args, **facts)
        clocks = {one.code: str(one.title) for those in DEADLINES.values() for one in those}
        choices: dict[str, list[tuple[str, Any]]] = {
            "what": sorted(clocks.items(), key=lambda pair: pair[1]),
            "duty": [(code, label) for code, label in Duty.choices if code not in APART],
            "place": places,
        }
        for name, those in choices.items():
            self.fields[name].choices = [("", _("All")), *those]  # type: ignore[attr-defined]
