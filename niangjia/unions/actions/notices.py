"""Notices that a union puts up by itself."""

from __future__ import annotations

import csv

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.gazette.api import Notice, Sheet, post_up
from niangjia.kit.errors import Refused
from niangjia.kit.who import allows
from niangjia.unions.boards import FREE
from niangjia.unions.enums import May
from niangjia.unions.models import Union


@transaction.atomic
def put_up(union: Union, *, title: str, text: str, lines: str = "", call: str = "", by: User) -> Notice:
    """Put a notice of the union's own on the public board; `lines` is a list as it is pasted from a spreadsheet, its heads first."""
    if not allows(by, May.EDIT, union):
        raise Refused(_("Only the union itself, or an office above, may put this up."))
    columns, *rows = pasted(lines) or [[]]
    return post_up(union, what=FREE.code, sheet=Sheet(title, text, columns, rows, call=call), union=union, by=by)


def pasted(text: str) -> list[list[str]]:
    r"""The cells of lines that were pasted: between tabs, else between commas of either script; lines with nothing on them fall away.

    >>> pasted("姓名\\t单位\\n张*\\t某某厂\\n\\n"), pasted("姓名，单位\\n李*三，某某店")
    ([['姓名', '单位'], ['张*', '某某厂']], [['姓名', '单位'], ['李*三', '某某店']])
    """
    mark = "\t" if "\t" in text else ","
    plain = text if mark == "\t" else text.replace("，", ",")
    return [[cell.strip() for cell in row] for row in csv.reader(plain.splitlines(), delimiter=mark) if any(cell.strip() for cell in row)]
