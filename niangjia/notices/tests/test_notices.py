"""Messages: one insert for many, read by their reader alone, marked by a post, mailed by a job of the same transaction."""

from __future__ import annotations

import socketserver
import threading
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.access.models import User
from niangjia.kit.dates import now
from niangjia.notices import actions, jobs
from niangjia.notices.api import TEMPLATES, Template, receipts, tell, unread
from niangjia.notices.models import Message
from niangjia.notices.wording import words_of
from tests.town import as_, town  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _template(monkeypatch):
    monkeypatch.setitem(TEMPLATES, "test-arrived", Template("%(number)s has arrived", "Confirm it by %(until)s."))


FACTS = {"number": "YJ-2015-000713", "until": date(2015, 10, 12)}


def told(user: User, **more) -> Message:
    tell([user], "test-arrived", facts=FACTS, **more)
    return Message.objects.get(to=user)


def test_many_are_told_in_one_insert(town):  # noqa: F811
    people = [town.hill_chair, town.fort_chair, town.market_chair, town.hill_chair]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        tell(people, "test-arrived", facts=FACTS)
    assert len([q for q in asked if q["sql"].startswith("INSERT")]) == 1
    assert Message.objects.count() == 3, "nobody is told twice"


def test_a_fact_that_was_forgotten_fails_where_it_was_forgotten(town):  # noqa: F811
    with pytest.raises(KeyError):
        tell([town.hill_chair], "test-arrived", facts={"number": "1"})
    with pytest.raises(ValueError, match="declared"):
        tell([town.hill_chair], "no-such", facts={})


def test_the_words_are_made_in_the_readers_language(town):  # noqa: F811
    one = told(town.hill_chair)
    with translation.override("en"):
        assert words_of(one).text == "Confirm it by 12 Oct 2015."
    with translation.override("zh-hans"):
        assert "2015年10月12日" in words_of(one).text


def test_a_word_of_the_house_is_told_in_the_readers_language(town):  # noqa: F811
    with translation.override("zh-hans"):
        tell([town.hill_chair], "test-arrived", facts={"number": gettext_lazy("Urgent"), "until": ""})
    one = Message.objects.get()
    with translation.override("en"):
        assert words_of(one).title == "Urgent has arrived"
    assert one.facts["number"] == {"words": "Urgent"}


def test_opening_only_reads_and_the_post_marks(town, as_):  # noqa: F811
    one, client = told(town.hill_chair, url="/unions/"), as_(town.hill_chair)
    assert client.get(one.get_absolute_url()).status_code == 200
    one.refresh_from_db()
    assert one.read_at is None
    assert unread(town.hill_chair) == 1
    assert client.post(f"{one.get_absolute_url()}read/").status_code == 303
    one.refresh_from_db()
    first = one.read_at
    assert first is not None
    client.post(f"{one.get_absolute_url()}read/")
    one.refresh_from_db()
    assert one.read_at == first, "the first reading counts"
    assert unread(town.hill_chair) == 0


def test_old_page_and_answer_make_the_fresh_page(town, as_):  # noqa: F811
    """The swap test: what htmx puts into the old page is what a fresh page shows."""
    one, client = told(town.hill_chair), as_(town.hill_chair)
    assert 'hx-trigger="load"' in client.get(one.get_absolute_url()).content.decode()
    answer = client.post(f"{one.get_absolute_url()}read/", headers={"HX-Request": "true"}).content.decode().strip()
    assert answer.startswith('<div id="letter"')
    assert answer in client.get(one.get_absolute_url()).content.decode()


def test_a_receipt_is_kept_and_the_sender_can_see_it(town, as_):  # noqa: F811
    tell([town.hill_chair, town.fort_chair], "test-arrived", facts=FACTS, url="/x/", receipt=True)
    one = Message.objects.get(to=town.hill_chair)
    client = as_(town.hill_chair)
    client.post("/messages/read/")
    one.refresh_from_db()
    assert one.read_at is None, "what asks for a receipt is not marked in a lot"
    client.post(f"{one.get_absolute_url()}receipt/")
    assert [(line.to.name, line.noted_at is not None) for line in receipts("test-arrived", "/x/")] == [("蒋煤山", True), ("韩泗安", False)]


@pytest.mark.parametrize("path", ["", "read/", "receipt/"])
def test_a_message_is_its_readers_and_nobody_elses(town, as_, path):  # noqa: F811
    one = told(town.hill_chair)
    client = as_(town.leader)
    answer = client.post(one.get_absolute_url() + path) if path else client.get(one.get_absolute_url())
    assert answer.status_code == 404
    one.refresh_from_db()
    assert one.read_at is None


def test_the_inbox_lists_ones_own_in_a_fixed_number_of_queries(town, as_):  # noqa: F811
    client = as_(town.hill_chair)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/messages/").status_code == 200
        return len(asked)

    told(town.fort_chair)
    tell([town.hill_chair], "test-arrived", facts=FACTS)
    few = queries()
    for _ in range(60):
        tell([town.hill_chair], "test-arrived", facts=FACTS, urgent=True)
    assert queries() == few
    body = client.get("/messages/").content.decode()
    assert body.count("<tr>") == 51, "fifty and the head"
    assert 'href="?after=' in body
    assert client.get("/messages/?v=unread").status_code == client.get("/messages/?v=receipt").status_code == 200
    assert client.get("/messages/?after=nonsense").status_code == 200
    client.post("/messages/read/")
    assert unread(town.hill_chair) == 0
    assert unread(town.fort_chair) == 1


# ---------- e-mail ----------


def test_what_is_undone_is_never_mailed(town):  # noqa: F811
    User.objects.filter(pk=town.hill_chair.pk).update(email="hill@example.com")
    town.hill_chair.refresh_from_db()
    with transaction.atomic():
        tell([town.hill_chair], "test-arrived", facts=FACTS)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="notices.mail").exists()
    tell([town.hill_chair, town.fort_chair], "test-arrived", facts=FACTS)
    [job] = ProcrastinateJob.objects.filter(task_name="notices.mail")
    assert job.args == {"messages": [Message.objects.get(to=town.hill_chair).pk]}, "who has no address has no e-mail"


def test_an_email_carries_the_title_in_the_readers_language_and_not_the_text(town):  # noqa: F811
    User.objects.filter(pk=town.hill_chair.pk).update(email="hill@example.com", language="en")
    town.hill_chair.refresh_from_db()
    one = told(town.hill_chair, urgent=True)
    jobs.mail([one.pk])
    jobs.mail([one.pk])
    [letter] = mail.outbox
    assert letter.subject == "Urgent: YJ-2015-000713 has arrived"
    assert "Confirm it" not in letter.body
    one.refresh_from_db()
    assert one.mailed_at is not None


def test_a_mail_server_that_is_away_is_noted_and_tried_again(town, settings):  # noqa: F811
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    User.objects.filter(pk=town.hill_chair.pk).update(email="hill@example.com")
    town.hill_chair.refresh_from_db()
    one = told(town.hill_chair)
    with pytest.raises(jobs.MailHeldUp):
        jobs.mail([one.pk])
    one.refresh_from_db()
    assert one.mailed_at is None
    assert one.mail_fault


class Post(socketserver.StreamRequestHandler):
    """The least of an SMTP server: it takes one letter after another."""

    def handle(self):
        self.wfile.write(b"220 post\r\n")
        letter, inside = [], False
        for line in self.rfile:
            if inside:
                if line == b".\r\n":
                    self.server.letters.append(b"".join(letter))
                    letter, inside = [], False
                    self.wfile.write(b"250 kept\r\n")
                else:
                    letter.append(line)
            elif line.upper().startswith(b"DATA"):
                inside = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


def by_fake(one):
    """The letter as the fake at the edge keeps it."""
    assert actions.letter(one, get_connection("django.core.mail.backends.locmem.EmailBackend")).send() == 1
    return mail.outbox[-1].message().as_bytes()


def by_wire(one):
    """The letter as it really goes over the wire."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.letters, server.daemon_threads = [], True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        link = get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host="127.0.0.1",
            port=server.server_address[1],
            username="",
            password="",
            use_tls=False,
        )
        assert actions.letter(one, link).send() == 1
        server.shutdown()
        thread.join(5)
        return server.letters[0]


@pytest.mark.parametrize("send", [by_fake, by_wire])
def test_the_fake_post_keeps_the_contract_of_the_real_one(town, send):  # noqa: F811
    user = town.hill_chair
    user.email = "hill@example.com"
    one = Message.objects.create(
        to=user, what="test-arrived", facts={"number": "YJ\r\nBcc: x@example.com", "until": ""}, at=now(), urgent=True
    )
    got = message_from_bytes(send(one))
    assert got["To"] == "hill@example.com"
    assert "Bcc" not in got, "a fact cannot become a header"
    assert "YJ Bcc" in str(make_header(decode_header(got["Subject"])))
    assert user.name in got.get_payload(decode=True).decode()
