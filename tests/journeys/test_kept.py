"""A report on a phone with a bad line: kept encrypted, sent once, never doubled, gone when she signs out.

The line is a real one that is cut, and the browser is killed as a phone kills it; a network that is only said to be away would not show whether an
answer that was lost makes two events.
"""

from __future__ import annotations

import os
import signal
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from PIL import Image

from niangjia.files.queries import open_
from niangjia.kit.pictures import LONGEST
from niangjia.rights.models import Event
from niangjia.rights.tests.test_pictures import DEVICE, photo
from tests.chromium import CHROMIUM
from tests.journeys.conftest import press, read, tongue
from tests.journeys.line import Line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORT = "/rights/events/report/"
SECRET = "工人堵在厂门口要上月工资"
NAMES = "indexedDB.databases().then(found => found.map(one => one.name))"
ROWS = """new Promise(done => { const asked = indexedDB.open("niangjia"); asked.onsuccess = () => {
  const base = asked.result; if (!base.objectStoreNames.contains("reports")) { base.close(); done([]); return; }
  const all = base.transaction("reports").objectStore("reports").getAll();
  all.onsuccess = () => { base.close(); done(all.result.map(row => row.state)); } } })"""
KEY = """new Promise(done => { const asked = indexedDB.open("niangjia"); asked.onsuccess = () => {
  const all = asked.result.transaction("keys").objectStore("keys").getAll();
  all.onsuccess = async () => { asked.result.close(); const { key } = all.result[0];
    done([key.extractable, await crypto.subtle.exportKey("raw", key).then(() => "given out", () => "held")]); } } })"""


@pytest.fixture
def line(live_server):
    made = Line(live_server.url)
    yield made
    made.close()


class Phone:
    """A browser with a memory of its own, which can be killed and opened again."""

    def __init__(self, browser, line, folder: Path, language: str = "zh-CN") -> None:
        self.kind, self.line, self.folder, self.language = browser.browser_type, line, folder, language
        self.begin()

    def begin(self) -> None:
        self.context = self.kind.launch_persistent_context(
            self.folder, **CHROMIUM, viewport={"width": 360, "height": 740},
            locale=self.language, base_url=self.line.url,
        )  # fmt: skip

    def sign_in(self, user) -> None:
        """A session of hers, as the door gives it."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.line.url, "expires": time.time() + 9999}])  # fmt: skip

    def open(self, path: str = REPORT):
        page = self.context.new_page()
        page.goto(path)
        return page

    def kill(self) -> None:
        """Killed with -9, with all that belongs to it, and no other browser."""
        mine = f"--user-data-dir={self.folder}"
        for one in Path("/proc").glob("[0-9]*"):
            try:
                if mine in (one / "cmdline").read_text():
                    os.kill(int(one.name), signal.SIGKILL)
            except OSError:
                continue
        time.sleep(0.5)
        (self.folder / "SingletonLock").unlink(missing_ok=True)

    def end(self) -> None:
        self.context.close()


@pytest.fixture
def phone(browser, line, town, tmp_path):
    made = Phone(browser, line, tmp_path / "phone")
    made.sign_in(town.firm_chair)
    yield made
    made.end()


def filled(page, affected="46") -> None:
    """What is known at the gate."""
    page.select_option("select[name=kind]", "E06")
    page.fill("input[name=affected]", affected)
    page.fill("textarea[name=demands]", SECRET)


def shows(page, what: str, timeout: int = 15000) -> None:
    """Where the report stands, as the page says it."""
    page.locator(f"#kept [data-say={what}]:not([hidden])").wait_for(timeout=timeout)


def worker_ready(page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")


def test_written_without_a_network_and_killed_it_is_sent_once(town, phone, line):
    say = tongue("zh")
    page = phone.open()
    worker_ready(page)
    assert page.evaluate(KEY) == [False, "held"]
    line.cut()
    page.goto(REPORT)
    assert say("Without a network. Write it down now; it is sent when there is one.") in read(page)
    assert town.firm_chair.name not in page.content()
    assert page.input_value("input[name=firm]") == ""
    page.fill("input[name=firm]", town.firm_unit.name)
    filled(page)
    shows(page, "draft")
    phone.kill()
    written = [path for path in phone.folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in (SECRET.encode(), SECRET.encode("utf-16-le")))]  # fmt: skip
    assert written == []

    phone.begin()
    page = phone.open()
    shows(page, "draft")
    assert page.input_value("textarea[name=demands]") == SECRET
    press(page, say("Report it"))
    shows(page, "waiting")
    phone.kill()
    assert Event.objects.count() == 0

    phone.begin()
    line.up, line.deaf = True, True  # the first answer is lost after the house has taken the report
    phone.sign_in(town.firm_chair)  # what is killed within seconds forgets its session, and not the report
    page = phone.open()
    page.evaluate("dispatchEvent(new Event('online'))")
    shows(page, "sent")
    event = Event.objects.get()
    assert page.locator("#kept [data-number]").inner_text() == event.reference
    assert (Event.objects.count(), event.affected, event.demands, event.desk) == (1, 46, SECRET, town.hill)
    assert line.deaf is False


def test_a_picture_taken_without_a_network_is_kept_sealed_and_sent_once_with_the_report(town, phone, line):
    say = tongue("zh")
    page = phone.open()
    worker_ready(page)
    line.cut()
    page.goto(REPORT)
    page.fill("input[name=firm]", town.firm_unit.name)
    filled(page)
    taken = photo(3000, 2000)
    page.set_input_files("input[name=pictures]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": taken.read()})
    page.locator("#pictures canvas").wait_for()
    shows(page, "draft")
    phone.kill()
    assert [path for path in phone.folder.rglob("*") if path.is_file() and DEVICE in path.read_bytes()] == []

    phone.begin()
    page = phone.open()
    shows(page, "draft")
    assert page.locator("#pictures canvas").count() == 1
    press(page, say("Report it"))
    shows(page, "waiting")
    line.up, line.deaf = True, True  # the first answer is lost after the house has taken the report
    phone.sign_in(town.firm_chair)
    page.reload()
    page.evaluate("dispatchEvent(new Event('online'))")
    shows(page, "sent", timeout=45000)
    event = Event.objects.get()
    assert (Event.objects.count(), event.pictures.count(), line.deaf) == (1, 1, False)
    with open_(event.pictures.get().paper.document.digest) as kept:
        data = kept.read()
    assert DEVICE not in data
    with Image.open(BytesIO(data)) as picture:
        assert max(picture.size) == LONGEST
        assert picture.height > picture.width  # it lay on its side, and stands upright
    assert page.locator("#pictures").is_hidden()


def test_without_a_safe_store_the_house_makes_pictures_smaller_itself(town, phone):
    phone.context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page = phone.open()
    shows(page, "plain")
    filled(page)
    page.set_input_files("input[name=pictures]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo(2400, 1600).read()})
    page.locator(".n-send button.btn-primary").click()
    page.wait_for_url("**/rights/events/*-*/")
    assert page.locator(".n-pictures img").count() == Event.objects.get().pictures.count() == 1


def test_a_session_that_ended_and_two_tabs_make_one_event(town, phone, line):
    first = phone.open()
    filled(first)
    shows(first, "draft")
    second = phone.open()
    shows(second, "draft")
    assert second.input_value("textarea[name=demands]") == SECRET
    Session.objects.all().delete()
    first.locator(".n-send button.btn-primary").click()
    shows(first, "door")
    assert Event.objects.count() == 0
    phone.sign_in(town.firm_chair)
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    shows(first, "sent")
    shows(second, "sent")
    assert second.input_value("textarea[name=demands]") == ""
    assert (Event.objects.count(), line.posts) == (1, 1)


@pytest.mark.parametrize("leaves", [True, False])
def test_who_signs_out_or_comes_after_her_leaves_nothing(town, phone, leaves):
    page = phone.open()
    worker_ready(page)
    filled(page)
    shows(page, "draft")
    assert page.evaluate(NAMES) == ["niangjia"]
    assert page.evaluate(ROWS) == ["draft"]
    other = phone.open("/account/logout/" if leaves else "/desk/")
    if leaves:
        other.locator("main button[type=submit], .n-gate button[type=submit]").first.click()
    else:
        phone.sign_in(town.city_rights)
        other.goto("/desk/")
    other.wait_for_load_state()
    assert other.evaluate(NAMES) == []
    assert other.evaluate("caches.keys()") == []
    assert other.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    shows(page, "gone")
    page.fill("textarea[name=demands]", "还想写")
    page.wait_for_timeout(600)
    assert page.evaluate(NAMES) == []
    page.reload()
    assert SECRET not in page.content()


def test_a_browser_that_cannot_keep_safely_says_so_and_sends_as_forms_do(town, phone):
    phone.context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page = phone.open()
    shows(page, "plain")
    filled(page)
    page.locator(".n-send button.btn-primary").click()
    page.wait_for_url("**/rights/events/*-*/")
    assert Event.objects.get().sent_key is None


def test_without_locks_a_lease_in_the_store_does_the_same(town, phone, line):
    phone.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    first, second = phone.open(), phone.open()
    filled(first)
    shows(first, "draft")
    line.cut()
    first.locator(".n-send button.btn-primary").click()
    shows(first, "waiting")
    line.up = True
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    shows(first, "sent")
    assert (Event.objects.count(), line.posts) == (1, 1)


def test_what_is_missing_is_asked_for_and_then_it_is_sent_once(town, phone):
    page = phone.open()
    page.fill("textarea[name=demands]", SECRET)
    page.locator(".n-send button.btn-primary").click()
    page.locator("[data-answered]").wait_for()
    assert page.input_value("textarea[name=demands]") == SECRET
    page.fill("input[name=affected]", "12")
    page.locator(".n-send button.btn-primary").click()
    page.wait_for_url("**/rights/events/*-*/")
    assert (Event.objects.get().affected, Event.objects.count()) == (12, 1)
    assert Event.objects.get().sent_key is not None
    page.goto(REPORT)
    assert page.input_value("textarea[name=demands]") == ""
