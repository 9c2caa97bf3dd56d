"""A paper leaves the house: to whoever may see the thing that it lies on, as a file to be saved, and the opening is noted."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.files.enums import May
from niangjia.files.models import Paper
from niangjia.files.queries import open_
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pages import opens


@require_safe
@opens(May.READ, by="uuid")
def paper(request: HttpRequest, paper: Paper) -> HttpResponse:  # noqa: ARG001 - every view has it
    """The file, under the name it was sent with."""
    if paper.gone_at is not None:
        raise Http404
    try:
        file = open_(paper.document.digest)
    except FileNotFoundError as lost:
        raise RuleBroken(
            _("“%(name)s” is listed, but its file is missing from the folder of files. Tell whoever runs the system: it must be restored.")
            % {"name": paper.name}
        ) from lost
    answer: Any = FileResponse(file, as_attachment=True, filename=paper.name, content_type=paper.document.media)
    return answer  # type: ignore[no-any-return]
