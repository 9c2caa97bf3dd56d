"""A list taken away as a workbook: what it shows, to its last row, for whoever may see it; that she took it is noted.

The workbook is written aside, row by row, and handed out when it is whole: a fault on the way is a sentence, never half a
file. The note stands in the log before the first byte leaves. Rows that hold personal data go another way, by two persons.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kit.components import Act
from niangjia.kit.dates import CHINA, now, today
from niangjia.kit.pages import note
from niangjia.kit.workbook import MEDIA, Book, Col, Mark, Row

SMALL = 2**22  # bytes up to which a workbook is kept in memory
TURNS = ("after", "before", "older")  # where a reader stood in the list is no part of what it shows
TOLD = 120  # characters of a filter that the log keeps


def export_act(request: HttpRequest, route: str, label: Any = "", args: Sequence[Any] = (), **more: str) -> Act:
    """The way from a list to its workbook: the same filters, from the first row on, and what the address says besides."""
    said = request.GET.copy()
    for name in TURNS:
        said.pop(name, None)
    for name, value in more.items():
        said[name] = value
    words = said.urlencode()
    url = reverse(route, args=args)
    return Act(label or _("Export"), f"{url}?{words}" if words else url, icon="download")


def narrowed(request: HttpRequest, form: Form | None = None) -> str:
    """What a list was narrowed by, for the log, in the words of its filters; those that were searched may be a person's, and are only said to be there."""
    said = []
    for name, value in request.GET.items():
        if not value or name in TURNS or name == "format":
            continue
        field = form.fields.get(name) if form is not None else None
        if name == "q" or field is None or not field.label:
            said.append(f"{name}={'…' if name == 'q' else value}")
        else:
            words = dict(getattr(field, "choices", ()))
            said.append(_("%(filter)s: %(value)s") % {"filter": field.label, "value": words.get(value, value)})
    return _("; ").join(said)[:TOLD]


def marked(request: HttpRequest, title: Any) -> Mark:
    """The margins of a workbook: whose list it is, and who took it away when."""
    name = str(getattr(request.user, "name", "") or request.user)
    return Mark(
        f"{getattr(settings, 'FEDERATION', '')}　{title}",
        _("%(name)s exported this on %(time)s; for work only") % {"name": name, "time": f"{now().astimezone(CHINA):%Y-%m-%d %H:%M}"},
    )


Sheet = tuple[Any, Sequence[Col], Iterable[Row]]  # its name, its columns, its rows


def workbook(
    request: HttpRequest, name: str, kind: str, *sheets: Sheet, thing: int | None = None, form: Form | None = None
) -> HttpResponse:
    """The answer: `name` begins the file's name, `kind` is what the log says was taken: the label of a model, or the code of a list; `form` holds its filters."""
    file = tempfile.SpooledTemporaryFile(SMALL)  # noqa: SIM115 - the answer closes it when it has been sent
    try:
        with Book(file, marked(request, sheets[0][0])) as book:
            many = [book.sheet(str(title), columns, rows) for title, columns, rows in sheets][-1]
    except BaseException:
        file.close()
        raise
    file.seek(0)
    note(request, "exported", kind, thing, _("%(n)d rows") % {"n": many} + f" {narrowed(request, form)}".rstrip())
    answer: Any = FileResponse(file, as_attachment=True, filename=f"{name}-{today():%Y%m%d}.xlsx", content_type=MEDIA)
    return answer  # type: ignore[no-any-return]
