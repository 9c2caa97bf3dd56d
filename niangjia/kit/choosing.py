"""How the columns of a table stand on the page that asks which is what, and on the page of its import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kit.columns import Choice, Fields
from niangjia.kit.looking import proposed
from niangjia.kit.workbook import letters

Option = tuple[str, str, bool]  # value, label, whether it is chosen


@dataclass(frozen=True)
class ColumnRow:
    """One column of a sheet."""

    name: str
    letter: str
    head: str
    holds: str
    sample: str
    options: list[Option]
    proposed: bool


@dataclass(frozen=True)
class SheetForm:
    """A sheet, as one may have it read."""

    number: int
    name: str
    skip: bool
    heads: list[Option]
    columns: list[ColumnRow]
    how: str


def holds(kind: str) -> str:
    """What stands in a column, in a word."""
    return {
        "credit": _("credit codes whose check characters hold"), "id": _("identity numbers whose check characters hold"), "phone": _("mobile numbers"), "name": _("short words, like names"), "date": _("days"), "number": _("numbers"),
        "text": _("text"),
    }.get(kind, _("an empty column"))  # fmt: skip


def how_words(how: str) -> str:
    """By what a sheet was read as it was."""
    return {
        "heads": _("read by its heads"), "habit": _("read as was chosen before for this table"), "choice": _("read as you chose"), "out": _("left out"),
    }.get(how, _("not read: no head with the columns that are needed"))  # fmt: skip


def sheet(look: dict[str, Any], choice: Choice | None, every: Fields, offers: Mapping[str, str], *, said: bool, fresh: bool) -> SheetForm:
    """A sheet with what was chosen; before anything was, with how it was read and what is proposed. `fresh`: another head, its words decide."""
    top, found = look["top"], {int(i): kind for i, kind in look["kinds"].items()}
    head = choice.head_row if choice else look["head_row"]
    row = top[head - 1] if 0 < head <= len(top) else []
    columns = dict(choice.columns) if choice else dict(look["columns"])
    if fresh and choice and head != look["head_row"]:
        columns = every.named(row)
    offered = {} if said and not fresh else proposed(columns, found, offers)
    by_column = {i: code for code, i in (columns | offered).items()}
    fields = [(one.code, str(one.label)) for one in every.every]
    rows = []
    for i in range(look["width"]):
        words = row[i] if i < len(row) else ""
        if not words and i not in found and i not in by_column:
            continue
        sample = [line[i] for line in top[head : head + 3] if i < len(line) and line[i]]
        options = [("", _("is not read"), i not in by_column), *((code, name, by_column.get(i) == code) for code, name in fields)]
        rows.append(
            ColumnRow(
                f"column-{look['number']}-{i}",
                letters(i),
                words,
                holds(found.get(i, "")),
                "　".join(sample),
                options,
                i in offered.values(),
            )
        )
    heads = [("0", _("it has none: people begin in row 1"), head == 0)]
    heads += [(str(n), _("row %(n)d: %(words)s") % {"n": n, "words": _brief(line)}, n == head) for n, line in enumerate(top, start=1)]
    skip = choice is None if said else look["how"] == "out" or not (look["how"] or offered.keys() & set(every.needed))
    return SheetForm(look["number"], look["name"], skip, heads, rows, how_words(look["how"]))


def _brief(row: list[str]) -> str:
    return "　".join(text for text in row if text)[:40] or _("empty")


def readings(batch: Any, fields: Fields, not_kept: Callable[[str], bool] = lambda _head: False) -> list[dict[str, Any]]:
    """How each sheet was read, for the page of the import: column, head, field; what is known and not kept; what is hidden in it."""
    made = []
    said = {one["number"]: one for one in batch.mapping.get("sheets", [])}
    for look in batch.look:
        row = look["top"][look["head_row"] - 1] if 0 < look["head_row"] <= len(look["top"]) else []
        read = {i: fields.label(code) for code, i in look["columns"].items()}
        read |= {i: _("not kept") for i, head in enumerate(row) if i not in read and look["columns"] and not_kept(head)}
        pairs = [(letters(i), row[i] if i < len(row) else "", word) for i, word in sorted(read.items())]
        name = look["name"] or batch.file_name
        made.append(
            {
                "name": name,
                "how": how_words(look["how"]),
                "head_row": look["head_row"],
                "pairs": pairs,
                "notes": _notes(said.get(look["number"], {})),
            }
        )
    hidden = {"how": _("hidden, and not read. Show it and send the file again, if it is meant."), "head_row": 0, "pairs": [], "notes": []}
    return made + [{"name": name} | hidden for name in batch.mapping.get("hidden", [])]


def _notes(said: dict[str, Any]) -> list[str]:
    """What of a sheet is not told by its columns."""
    notes = []
    if n := said.get("hidden", 0):
        notes.append(ngettext("%(n)d row is hidden, by hand or by a filter; it was read like the others.", "%(n)d rows are hidden, by hand or by a filter; they were read like the others.", n) % {"n": n})  # fmt: skip
    if said.get("union_by_name"):
        notes.append(_("No column names a union: it is the one after which the sheet is named."))
    return notes
