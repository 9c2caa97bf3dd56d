"""Naming a union in a form: by its name, by its code, or by a part of it as long as one alone is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from niangjia.unions.enums import State
from niangjia.unions.models import Union
from niangjia.unions.queries import find

MEANT = 6  # unions that a sentence lists when several are meant
CODED = re.compile(r"[（(]\s*([A-Za-z0-9]+)\s*[）)]$")


def spoken(union: Union) -> str:
    """How a union is offered, and understood when it comes back: nothing but this one can be meant."""
    return f"{union.short_name}（{union.code}）"


class UnionInput(forms.TextInput):
    """A line of text with unions to choose from, in the browser's own list."""

    offered: Iterable[Union] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The line, and behind it the list."""
        options = format_html_join("", '<option value="{}"></option>', ((spoken(one),) for one in self.offered))
        if not options:
            return super().render(name, value, attrs, renderer)
        key = f"{(attrs or {}).get('id') or name}-offered"
        # Some browsers show no list where the form asks them to keep nothing of what is typed.
        line = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "on"}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


class UnionField(forms.CharField):
    """The one union that is meant; if several are, the sentence lists them and the line offers them."""

    widget = UnionInput

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("max_length", 160)
        facts.setdefault("help_text", _("Its name, the initials of its name, or its code."))
        super().__init__(**facts)
        self.among: QuerySet[Union] = Union.objects.all()

    def offer(self, unions: Iterable[Union]) -> None:
        """Unions to choose from before anything is typed; asked of the database only when the form is shown."""
        self.widget.offered = unions

    def clean(self, value: Any) -> Any:
        """The union, or nothing where it may stay empty."""
        said = super().clean(value)
        if not said:
            return None
        coded = CODED.search(said)
        chosen = self.among.exclude(state=State.ABOLISHED).filter(code=coded[1]).first() if coded else None
        meant = [chosen] if chosen else self._meant(said)
        if not meant:
            raise forms.ValidationError(
                _("No union is found by “%(said)s”. Try a part of its name, its initials or its code."), params={"said": said}
            )
        if len(meant) > 1:
            self.offer(meant[:MEANT])
            names = pgettext("between names", ", ").join(spoken(one) for one in meant[:MEANT])
            several = _("“%(said)s” may mean several unions: %(names)s. Choose one of them.")
            more = _("“%(said)s” may mean many unions, among them %(names)s. Choose one, or write more of its name.")
            raise forms.ValidationError(more if len(meant) > MEANT else several, params={"said": said, "names": names})
        return meant[0]

    def _meant(self, said: str) -> list[Union]:
        """Those of exactly this name or code, else those that are found by the words."""
        living = self.among.exclude(state=State.ABOLISHED)
        exact = Q(code__iexact=said) | Q(name=said) | Q(short_name=said)
        return list(living.filter(exact).order_by("level", "name_py")[: MEANT + 1]) or find(said, living, limit=MEANT + 1)
