"""Every door through which tables come says the same of a file that it does not take."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

import niangjia
from niangjia.kit.fields import Spreadsheet

TABLES = ("xlsx", "csv", "table with names")  # how a form says that a table may come


def all_forms() -> list[type[forms.BaseForm]]:
    """Every form of the house."""
    for module in pkgutil.walk_packages(niangjia.__path__, "niangjia."):
        if "forms" in module.name and ".tests" not in module.name:
            importlib.import_module(module.name)
    found, heap = [], [forms.BaseForm]
    while heap:
        heap += (below := heap.pop().__subclasses__())
        found += [one for one in below if one.__module__.startswith("niangjia.")]
    return found


def doors() -> dict[str, forms.FileField]:
    """The fields that take tables, by form."""
    found = {}
    with override("en"):
        for form in all_forms():
            for name, field in getattr(form, "base_fields", {}).items():
                if isinstance(field, forms.FileField) and any(word in str(field.help_text).lower() for word in TABLES):
                    found[f"{form.__module__}.{form.__qualname__}.{name}"] = field
    return found


def test_a_file_of_wps_is_answered_at_every_door_where_tables_come() -> None:
    found = doors()
    assert len(found) >= 11, sorted(found)
    assert [door for door, field in found.items() if not isinstance(field, Spreadsheet)] == []


@pytest.mark.parametrize("name", ["名册.et", "名册.ET", "模板.ett"])
def test_the_sentence_says_what_to_do(name: str) -> None:
    with override("en"), pytest.raises(forms.ValidationError, match=r"Save as.*\.xlsx"):
        Spreadsheet().clean(SimpleUploadedFile(name, b"\xd0\xcf\x11\xe0"))
    assert Spreadsheet().clean(SimpleUploadedFile("名册.xls", b"\xd0\xcf\x11\xe0")).name == "名册.xls"
