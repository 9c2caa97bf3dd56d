"""Pictures of an event: written anew without what a camera adds, seen by whoever sees the event, sent once, and erased with it."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from niangjia.files.models import Document, Paper
from niangjia.files.queries import place
from niangjia.kit.dates import moved_to, now
from niangjia.kit.errors import RuleBroken
from niangjia.kit.pictures import LONGEST, cleaned
from niangjia.rights import actions
from niangjia.rights.actions.forgetting import forget_told
from niangjia.rights.models import Event, Picture

DEVICE, MODEL, TURNED = "示例相机".encode(), 0x0110, 0x0112


def photo(width=1200, height=900, kind="JPEG", name="IMG_20261130_示例工甲.jpg", colour="red"):
    """A picture as a phone sends it: it says on which device it was taken, and that it lies on its side."""
    facts = Image.Exif()
    facts[MODEL], facts[TURNED] = DEVICE, 6
    sink = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(sink, kind, **({"exif": facts} if kind == "JPEG" else {}))
    return SimpleUploadedFile(name, sink.getvalue(), "image/jpeg")


def reported(town, *pictures, **more):
    return actions.report(
        town.firm, actions.Facts("甲织造有限公司（示例）", "E06", 46, **more), by=town.grassroots_chair, pictures=pictures
    )


def test_nothing_of_the_camera_is_left_and_it_stands_upright():
    sent = photo(4000, 3000)
    assert DEVICE in sent.read()
    sent.seek(0)
    made = cleaned(sent)
    assert DEVICE not in made
    with Image.open(io.BytesIO(made)) as picture:
        assert (len(picture.getexif()), picture.format, picture.size) == (0, "JPEG", (LONGEST * 3 // 4, LONGEST))


@pytest.mark.parametrize(
    ("sent", "why"),
    [(b"%PDF-1.7 no picture", "kind"), (b"", "kind"), (b"GIF89a" + bytes(40), "kind")],
)
def test_what_is_no_picture_is_told(sent, why):
    with pytest.raises(ValueError, match=why):
        cleaned(io.BytesIO(sent))


def test_too_many_too_large_or_broken_and_nothing_is_reported(town):
    with pytest.raises(RuleBroken, match="最多附5张"):
        reported(town, *[photo() for _n in range(6)])
    with pytest.raises(RuleBroken, match="第2张照片不是"):
        reported(town, photo(), SimpleUploadedFile("a.jpg", b"%PDF-1.7"))
    large = photo()
    large.size = 16 * 2**20
    with pytest.raises(RuleBroken, match="第1张照片超过15 MB"):
        reported(town, large)
    assert (Event.objects.count(), Picture.objects.count(), Paper.objects.count()) == (0, 0, 0)


def test_it_opens_to_whoever_sees_the_event_under_a_name_that_says_nobody(town, client):
    event = reported(town, photo(), photo(colour="blue"))
    url = reverse("rights:picture", args=[event.uuid, event.pictures.first().uuid])
    assert [one.name for one in Paper.objects.order_by("pk")] == [f"{event.reference}-1.jpg", f"{event.reference}-2.jpg"]
    for who, status in ((town.grassroots_chair, 200), (town.city_rights, 200), (town.other_county, 404), (town.firm_finance, 404)):
        client.force_login(who)
        answer = client.get(url)
        assert (who.username, answer.status_code) == (who.username, status)
    client.force_login(town.city_rights)
    answer = client.get(url)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    page = client.get(event.get_absolute_url()).content.decode()
    assert page.count(f'src="{url}"') == 1
    assert Paper.objects.first().get_absolute_url() not in page  # not once more among the papers


def test_a_report_that_comes_twice_lays_its_pictures_once(town):
    key, facts = uuid4(), actions.Facts("甲", "E06", 46)
    for fresh in (True, False):
        made, new = actions.report_kept(town.firm, facts, key, by=town.grassroots_chair, pictures=[photo()])
        assert (new, made.pictures.count()) == (fresh, 1)


def test_by_the_form_without_script_and_with_a_follow_up(town, client):
    client.force_login(town.grassroots_chair)
    said = {"firm": "甲", "kind": "E06", "affected": "46", "behaviour": "NONE", "channel": "PATROL", "written": "1"}
    page = client.post(reverse("rights:report"), said | {"pictures": [photo(), SimpleUploadedFile("b.jpg", b"%PDF-1.7")]})
    assert (page.status_code, Event.objects.count()) == (422, 0)
    client.post(reverse("rights:report"), said | {"pictures": [photo(), photo(kind="PNG")]})
    event = Event.objects.get()
    assert event.pictures.count() == 2
    client.post(reverse("rights:followups", args=[event.uuid]), {"text": "又拍一张。", "pictures": [photo(colour="green")]})
    assert event.pictures.count() == 3
    assert Paper.objects.order_by("-pk")[0].name == f"{event.reference}-3.jpg"


def test_a_kept_report_was_known_when_it_was_written(town, client):
    client.force_login(town.grassroots_chair)
    said = {"firm": "甲", "kind": "E06", "affected": "46", "behaviour": "NONE", "channel": "PATROL", "key": str(uuid4())}
    before = now() - timedelta(hours=5)
    client.post(reverse("rights:report"), said | {"written": str(int(before.timestamp() * 1000))})
    assert abs(Event.objects.get().known_at - before) < timedelta(seconds=1)


def test_they_are_erased_with_the_event_and_its_papers_stay(town):
    event = reported(town, photo())
    actions.draw(event, "event_first", by=town.grassroots_chair)
    digest = event.pictures.get().paper.document.digest
    assert place(digest).exists()
    actions.dismiss(event, reason="没有此事。", by=town.township_rights)
    with moved_to(now() + timedelta(days=4 * 366)):
        assert forget_told() == 1
    assert (event.pictures.count(), Paper.objects.count(), Document.objects.filter(digest=digest).exists()) == (0, 2, False)
