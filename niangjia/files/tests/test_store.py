"""Keeping files: once by content, whole or not at all; a paper opens for who may see its thing."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.files import actions, api, rules
from niangjia.files.models import Document, Paper
from niangjia.files.permissions import GUARDS
from niangjia.kit.errors import RuleBroken
from tests.town import as_, town  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nsynthetic"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_same_bytes_are_kept_once_under_their_digest(folder, tmp_path):
    (tmp_path / "b.pdf").write_bytes(PDF)
    one = api.store(PDF, name="a.pdf")
    assert api.store(tmp_path / "b.pdf", name="b.pdf") == one
    assert api.store(SimpleUploadedFile("c.pdf", PDF), name="c.pdf") == one
    digest = hashlib.sha256(PDF).hexdigest()
    assert (one.digest, one.size, one.media) == (digest, len(PDF), "application/pdf")
    assert kept(folder) == [f"{digest[:2]}/{digest[2:]}"]
    with api.open_(digest) as file:
        assert file.read() == PDF


@pytest.mark.parametrize(("data", "word"), [(b"", "empty"), (b"PK\x03\x04", "damaged"), (b"MZ\x00\x01", "kind")])
def test_what_is_not_taken_is_refused_with_a_sentence_and_leaves_nothing(folder, data, word, settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"), pytest.raises(RuleBroken, match=word):
        api.store(data, name="x.pdf")
    assert kept(folder) == []
    assert not Document.objects.exists()


def test_a_file_beyond_the_limit_of_its_kind_is_refused(folder, monkeypatch):
    monkeypatch.setattr(rules, "LIMIT", 10)
    with pytest.raises(RuleBroken):
        api.store(PDF, name="x.pdf")
    monkeypatch.setattr(rules, "TABLE_LIMIT", 5)
    with pytest.raises(RuleBroken):
        api.store(b"a,b\n1,2\n", name="x.csv")
    assert kept(folder) == []


def test_a_table_among_papers_is_no_roster(town, folder, monkeypatch):  # noqa: F811
    monkeypatch.setattr(rules, "LIMIT", 5)
    with pytest.raises(RuleBroken):
        api.attach(town.hill, b"a,b\n1,2\n", name="x.csv", by=town.city_org)
    assert kept(folder) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.FILES = tmp_path / "file"
    with pytest.raises(RuleBroken):
        api.store(PDF, name="x.pdf")


def test_a_kill_between_writing_and_renaming_leaves_no_half_file(folder):
    """A process is really killed after its bytes are written aside and before they are renamed; the sweep removes what it left."""
    code = f"""
        import os, signal, django
        django.setup()
        from django.conf import settings
        from pathlib import Path
        settings.FILES = Path({str(folder)!r})
        from niangjia.files import actions
        actions.os.fsync = lambda number: os.kill(os.getpid(), signal.SIGKILL)
        actions.store({PDF!r}, name="a.pdf")
    """
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], env={**os.environ, "DJANGO_SETTINGS_MODULE": "niangjia.config.settings"}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    left = kept(folder)
    assert len(left) == 1
    assert left[0].startswith("incoming/")
    assert not Document.objects.exists()
    assert actions.sweep(older=3600) == 0, "what is young may still be being written"
    assert actions.sweep(older=0) == 1
    assert kept(folder) == []
    assert api.store(PDF, name="a.pdf").size == len(PDF)


# ---------- papers ----------


@pytest.fixture
def paper(town, monkeypatch):  # noqa: F811
    monkeypatch.setitem(GUARDS, "unions.union", "unions.view")
    return api.attach(town.hill, PDF, name="../批复.pdf", purpose="approval", by=town.city_org)


def test_a_paper_stands_where_its_thing_stands(town, paper):  # noqa: F811
    assert (paper.name, paper.kind, paper.thing_id) == ("批复.pdf", "unions.union", town.hill.pk)
    assert (paper.union_id, paper.township_id, paper.county_id) == (town.hill.pk, town.hill.pk, town.north.pk)
    assert list(api.papers(town.hill)) == [paper]
    assert list(api.papers(town.fort)) == []


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("hill_chair", 200),
        ("north_rights", 200),
        ("city_org", 200),
        ("fort_chair", 404),
        ("south_rights", 404),
        ("system", 404),
        ("nobody", 404),
    ],
)
def test_a_paper_opens_for_who_may_see_its_thing(town, as_, paper, who, answer):  # noqa: F811
    response = as_(getattr(town, who)).get(paper.get_absolute_url())
    assert response.status_code == answer
    if answer == 200:
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_papers_of_a_kind_without_a_guard_open_for_nobody(town, as_):  # noqa: F811
    body = Paper(kind="unions.body")
    assert body.kind not in GUARDS
    from niangjia.unions.models import Body

    thing = Body.objects.create(union=town.hill, kind="WOMEN", since="2012-01-01")
    thing.union_id, thing.township_id, thing.county_id = town.hill.pk, town.hill.pk, town.north.pk
    lost = api.attach(thing, PDF, name="x.pdf", by=None)
    assert as_(town.leader).get(lost.get_absolute_url()).status_code == 404


def test_a_stranger_is_sent_to_the_gate(client, paper):
    assert client.get(paper.get_absolute_url()).status_code == 302


def test_no_address_takes_a_digest(client, paper):
    assert client.get(f"/files/{paper.document.digest}/").status_code == 404


def test_a_paper_taken_off_opens_no_more_and_its_line_stays(town, as_, paper):  # noqa: F811
    api.take_off(paper, by=town.hill_chair)
    assert as_(town.hill_chair).get(paper.get_absolute_url()).status_code == 404
    assert list(api.papers(town.hill)) == []
    assert [line.gone_by for line in api.taken_off(town.hill)] == [town.hill_chair]


def test_a_file_that_was_lost_is_a_sentence(town, as_, paper, folder):  # noqa: F811
    (folder / paper.document.digest[:2] / paper.document.digest[2:]).unlink()
    assert as_(town.hill_chair).get(paper.get_absolute_url()).status_code == 422


def test_an_opening_is_noted(town, as_, paper):  # noqa: F811
    from niangjia.access.models import SeenLog

    as_(town.hill_chair).get(paper.get_absolute_url())
    assert SeenLog.objects.filter(kind="files.paper", thing_id=paper.pk, user=town.hill_chair, act="opened").count() == 1


def test_the_app_answers_at_its_address(paper):
    assert reverse("files:paper", args=[paper.uuid]).startswith("/files/")
    assert django_settings.FILES
