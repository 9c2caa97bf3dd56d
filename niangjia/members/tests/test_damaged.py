"""Damaged files: nothing but a sentence or an answer comes of them, and nothing is half-written. DAMAGED_LONG sets how many."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.kit.errors import RuleBroken
from niangjia.kit.reading import sheets
from niangjia.members import actions
from niangjia.members.importing.checks import Ground, clean, judge
from niangjia.members.importing.mapping import mapped
from niangjia.members.models import Batch, Membership, Person
from niangjia.members.tests.nasty.damage import damaged, sound

MANY = int(os.environ.get("DAMAGED_LONG", "60"))
THROUGH_THE_PAGE = max(8, MANY // 40)  # slower by far
GROUND = Ground(on=dt.date(2026, 11, 25), demo=True, union=7, youngest=16)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return sound(tmp_path_factory.mktemp("sound"))


def test_the_reader_answers_whatever_it_is_given(files, tmp_path):
    path, read, told = tmp_path / "a", 0, 0
    for name, data in damaged(files, MANY, seed=1):
        path.write_bytes(data)
        try:
            for sheet in sheets(path):
                if found := mapped(sheet):
                    done = judge(clean(found.rows), found.heads, GROUND)
                    assert done.good.height + done.bad == found.rows.height, name
                    read += 1
        except RuleBroken as said:
            told += len(str(said)) > 10
    assert read > MANY / 8
    assert told > MANY / 8


def test_through_the_page_it_is_a_sentence_or_an_import_and_nothing_is_written(db, town, as_, files):
    client = as_(town.firm_chair)
    for name, data in damaged(files, THROUGH_THE_PAGE, seed=2):
        before = Batch.objects.count()
        sent = {"union": town.firm.code, "file": SimpleUploadedFile(name, data)}
        answer = client.post("/members/imports/new/", sent)
        made = Batch.objects.count() - before
        assert (answer.status_code, made) in {(422, 0), (302, 1), (303, 1)}, (name, answer.status_code)
        if made:
            batch = Batch.objects.latest("pk")
            assert batch.state in {"CHECKED", "FAILED"}, name
            assert batch.state == "CHECKED" or batch.said
            page = client.get(batch.get_absolute_url())
            assert page.status_code == 200, name
        assert not Person.objects.exists()


def test_taken_over_a_damaged_file_brings_what_was_counted_or_nothing(db, town, files, tmp_path):
    for name, data in damaged(files, THROUGH_THE_PAGE, seed=3):
        (tmp_path / name).write_bytes(data)
        try:
            batch = actions.receive(town.firm, tmp_path / name, name=name, by=town.firm_chair)
        except RuleBroken:
            continue
        before = Membership.objects.count()
        done = actions.take(batch)
        assert done.state in {"DONE", "FAILED"}
        assert Membership.objects.count() - before == (done.found.get("new", 0) + done.found.get("join", 0) if done.state == "DONE" else 0)
        assert done.rows == done.good + done.bad
