"""What pages say that an include cannot: leaves made in Python, days in words, an address that may not exist, parts with a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.apps import apps
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Field, FileInput, RadioSelect, Select
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from niangjia.kit import chips, components, drawings, mask, tables
from niangjia.kit.components import Act, Rung, Running, day_words, moment_words, number_text
from niangjia.kit.flow import Step
from niangjia.kit.tables import Table

register = template.Library()


# ---------- leaves: one markup, in Python, for pages and for the cells of tables ----------

register.simple_tag(chips.left_out, name="left_out")
register.simple_tag(components.pill, name="pill")
register.simple_tag(components.level, name="level")
register.simple_tag(components.clock, name="clock")
register.simple_tag(components.fig, name="fig")
register.simple_tag(drawings.ticks, name="ticks")
register.simple_tag(drawings.term, name="term")
register.simple_tag(drawings.span, name="span")
register.simple_tag(drawings.bar, name="bar")
register.simple_tag(drawings.dot, name="dot")
register.simple_tag(drawings.spark, name="spark")
register.simple_tag(drawings.parts, name="parts")
register.simple_tag(drawings.key, name="key")


@register.simple_tag
def ladder(levels: Sequence[Any], here: Any = "") -> SafeString:
    """How far a report has climbed: rungs, or the names of the levels and the one it has reached."""
    names = list(levels)
    if names and not isinstance(names[0], Rung):
        at = names.index(here) if here in names else -1
        names = [Rung(one, "here" if i == at else "past" if i < at else "") for i, one in enumerate(names)]
    return components.ladder(names)


@register.simple_tag
def masked(value: Any, reveal: str = "") -> SafeString:
    """A covered value, and the way to see it."""
    return components.mask(value, reveal)


@register.simple_tag
def running(one: Running) -> SafeString:
    """The drawing of a clock that runs: boxes of days, one bar, or nothing."""
    if one.percent is not None:
        return drawings.term(one.percent)
    return drawings.ticks(one.of, one.at, working=one.working) if one.of else SafeString("")


@register.simple_tag
def once() -> SafeString:
    """The one-time key of a form: what is sent twice is done once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


# ---------- values as people read them ----------


@register.filter
def num(value: Any) -> SafeString:
    """A number as sentences say it."""
    return number_text(value)


@register.filter
def cell(value: Any) -> SafeString:
    """A value as a cell shows it."""
    return SafeString(tables.shown(value))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words: 10月12日; with its year if it is not this one."""
    return day_words(value) if value else ""


@register.filter
def moment(value: datetime | date | None) -> str:
    """A moment in words: 今天10:05; a day without its hour stays a day."""
    if not value:
        return ""
    return moment_words(value) if isinstance(value, datetime) else day_words(value)


@register.filter
def iso(value: date | datetime | None) -> str:
    """A day for tables and machines: 2015-10-12."""
    return tables.shown(value)


@register.filter
def hidden_name(value: str) -> str:
    """张*三."""
    return mask.name(value)


@register.filter
def hidden_phone(value: str) -> str:
    """138****1234."""
    return mask.phone(value)


# ---------- addresses ----------


@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """An address, or nothing where the page does not exist."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def maybe(context: template.Context, name: str) -> Any:
    """What the page was told under a name, or nothing: for pages that others fill."""
    return context.get(name, "")


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The page's own address with some of its questions changed; an empty value takes one away."""
    asked: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    said = asked.urlencode()
    return f"?{said}" if said else str(context["request"].path)


# ---------- steps of a flow as buttons ----------


@register.filter
def as_acts(steps: Sequence[Step | Act], base: str = "") -> list[Act]:
    """The buttons of a flow's steps; the first that goes on is the primary one: what asks why (refuse, withdraw) never is.

    A step with a page of its own is a link below `base`.
    """
    lead = next((n for n, one in enumerate(steps) if isinstance(one, Act) or one.page or not one.reason), -1)
    acts = []
    for n, one in enumerate(steps):
        if isinstance(one, Act):
            acts.append(one)
        elif one.page:
            acts.append(Act(one.label, url=f"{base}{one.verb}/", primary=n == lead))
        else:
            acts.append(Act(one.label, post=True, primary=n == lead, name="verb", value=one.verb))
    return acts


@register.filter
def asking_why(steps: Sequence[Any]) -> list[Step]:
    """The steps that ask why: each has a small question before it is taken."""
    return [one for one in steps if isinstance(one, Step) and one.reason and not one.page]


@register.filter
def asks_why(act: Act, steps: Sequence[Any]) -> bool:
    """Whether the step behind a button asks why."""
    return any(one.verb == act.value for one in asking_why(steps))


# ---------- fields of forms ----------


@register.filter
def field_kind(bound: BoundField) -> str:
    """How a field is laid out: choices, check, select, file, or a control."""
    widget = bound.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    for kind, made in (("check", CheckboxInput), ("select", Select), ("file", FileInput)):
        if isinstance(widget, made):
            return kind
    return "control"


@register.simple_tag
def control(bound: BoundField, unit: Any = "") -> SafeString:
    """The control of a field in our classes, told about its hint and its error; its unit behind it, said here or by the field itself."""
    unit = unit or getattr(bound.field, "unit", "")
    kind = field_kind(bound)
    css = {"select": "form-select", "check": "form-check-input"}.get(kind, "form-control")
    said = [f"{bound.auto_id}-hint"] if bound.help_text else []
    attrs: dict[str, str | bool] = {"class": f"{css} {bound.field.widget.attrs.get('class', '')}".strip()}
    if bound.field.widget.attrs.get("placeholder") == bound.field.label:
        attrs["placeholder"] = ""  # the label says it
    if bound.errors:
        attrs |= {"class": f"{attrs['class']} is-invalid", "aria-invalid": "true"}
        said.insert(0, f"{bound.auto_id}-error")
    if said:
        attrs["aria-describedby"] = " ".join(said)
    shown = bound.as_widget(attrs=attrs)
    return format_html('<div class="n-unit">{}<span>{}</span></div>', shown, unit) if unit else shown


@register.filter
def unasked(label: Any) -> str:
    """A label without its question mark, for a sentence that goes on."""
    return str(label).rstrip("?？:：")


@register.filter
def optional(bound: BoundField) -> bool:
    """Whether a field may stay empty and must say so: a box to tick never does."""
    field: Field = bound.field
    return not field.required and field_kind(bound) != "check"


@register.filter
def model_words(label: str) -> str:
    """What a kind of thing is called, from the label of its model."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


BROWSERS = ("MicroMessenger", "WeCom", "DingTalk", "Edg", "Firefox", "Chrome", "Safari")  # the first that is found names it
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux"}
SAID = {"MicroMessenger": "WeChat", "Edg": "Edge"}


@register.filter
def browser(agent: str) -> str:
    """What a browser calls itself, in two words: Edge, Windows."""
    name = next((SAID.get(one, one) for one in BROWSERS if one in agent), "")
    system = next((called for one, called in SYSTEMS.items() if one in agent), "")
    return ", ".join(filter(None, (name, system))) or agent[:60]


@register.filter
def with_class(html: str, css: str) -> SafeString:
    """The tag of one choice with a class: Django draws it without."""
    return SafeString(str(html).replace("<input ", f'<input class="{css}" ', 1))


# ---------- parts with a body ----------


@register.simple_block_tag(end_name="endsec")
def sec(content: str, title: Any, note: Any = "", more: str = "", more_label: Any = "", id: str = "") -> SafeString:  # noqa: A002 - HTML's word
    """A section: a heading on a black rule, a faint note beside it, a link at its end."""
    head = format_html("<h2>{}</h2>", title)
    if note or note == 0:
        head += format_html('<span class="n-faint">{}</span>', note)
    if more:
        head += format_html('<a class="n-more" href="{}">{}</a>', more, more_label)
    named = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="n-sec"{}><header>{}</header>{}</section>', named, SafeString(head), SafeString(content))


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: Any, action: str = "", text: Any = "", method: str = "post") -> SafeString:  # noqa: A002 - HTML's word
    """A small question with its own address: `#id` opens it, without script; its body holds the fields and the buttons."""
    lead = format_html("<p>{}</p>", text) if text else ""
    return format_html(
        '<div class="n-dialog" id="{0}" role="dialog" aria-modal="true" aria-labelledby="{0}-title">'
        '<form method="{1}" action="{2}"><h2 id="{0}-title">{3}</h2>{4}{5}</form></div>',
        id, method, action, title, lead, SafeString(content),
    )  # fmt: skip


@register.simple_tag
def rows(table: Table) -> SafeString:
    """The rows of a table, in one pass."""
    return table.body()


@register.filter
def get(words: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping says of a key; the key itself where it is silent."""
    return words.get(key, key)
