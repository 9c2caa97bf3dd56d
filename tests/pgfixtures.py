"""The tests' databases and whom they connect as, and the guards against undefined template variables and forms without their token.

One template database is migrated by the owner; every worker has a copy, and a test that commits gets a new copy after
it (`tests.standing`). Tests connect as the application's role; what that role may not do, `with owner():` does.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import sys
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.template import Context
from django.template.base import Template
from django.template.defaulttags import CsrfTokenNode

from tests.pgtest import TEMPLATE
from tests.standing import PLACES, once

LINKS: weakref.WeakSet[BaseDatabaseWrapper] = weakref.WeakSet()


def linked(connection: BaseDatabaseWrapper, **_facts: object) -> None:
    """Remember every connection that is made."""
    LINKS.add(connection)


connection_created.connect(linked)


def hang_up() -> None:
    """Close this thread's connections: it has two of one name once a browser was driven, since its driver's loop counts as another place."""
    for link in list(LINKS):
        if link._thread_ident == threading.get_ident():
            link.close()


def act_as(role: str) -> None:
    """Let Django's connection act as a role from now on, within a transaction too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Act as the owner for a while. After an error inside a transaction, its rollback gives the old role back by itself."""
    from django.db import DatabaseError

    act_as("niangjia_owner")
    try:
        yield
    except BaseException:
        with contextlib.suppress(DatabaseError):
            act_as("niangjia_app")
        raise
    act_as("niangjia_app")


@pytest.fixture
def owner() -> Callable[[], contextlib.AbstractContextManager[None]]:
    """`with owner():` acts as the role that owns the tables, to set up what the application may not write."""
    return as_owner


def migrate() -> None:
    """Fill the template, once in a run: whoever comes first."""
    from django.core.management import call_command
    from django.db import connection

    with once("migrated") as first:
        if first:
            connection.settings_dict["NAME"] = TEMPLATE
            with as_owner():
                call_command("migrate", verbosity=0, interactive=False)
            connection.close()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Instead of pytest-django's own: this worker's copy of a template, reached as the application."""
    from django.db import connection
    from django.test import TransactionTestCase

    # The session is the superuser's and acts as a role, so that a test may change roles within one transaction.
    connection.settings_dict["USER"] = "postgres"
    connection.settings_dict["OPTIONS"] = {"options": "-c role=niangjia_app"}

    def renewed(self: TransactionTestCase) -> None:
        hang_up()
        PLACES.renew()

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        migrate()
        PLACES.open()
        patch.setattr(TransactionTestCase, "_fixture_teardown", renewed)
        yield
        PLACES.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Which of the worker's databases a test lives in is settled before anything is laid out."""
    PLACES.want(item)


class Undefined(logging.Handler):
    """A variable that a template does not know fails the test, also inside `{% if a and b %}`, which swallows lesser exceptions.

    A component may be included without the arguments that its first line shows with a default.
    """

    def emit(self, record: logging.LogRecord) -> None:
        if not str(record.msg).startswith("Exception while resolving variable") or not isinstance(record.args, tuple):
            return
        name, template = str(record.args[0]), innermost()
        if template is not None and name in optional(template):
            return
        pytest.fail(f"a template asked for something undefined: {name} in {template.name if template else record.args[1]}")


def innermost() -> Template | None:
    """The template that is being rendered: an included one is known only to the stack."""
    frame = sys._getframe()
    while frame is not None:
        if isinstance(held := frame.f_locals.get("self"), Template):
            return held
        frame = frame.f_back
    return None


@functools.cache
def optional(template: Template) -> frozenset[str]:
    """The arguments with a default in the first line of a component, such as `{# head(title, text="") … #}`."""
    if not str(template.name).startswith("ui/"):
        return frozenset()
    head = template.source.split("\n", 1)[0].split("): ", 1)[0]
    return frozenset(re.findall(r"(\w+)=", head))


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A test begins in the house's language, whatever language the last reader of its worker's thread asked for."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A test begins with an empty cache: what a list came to is kept for a minute, and another test's town has the same numbers."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _no_form_without_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that is rendered where the request is not known (`include … only`) has no token: browsers are refused, and the client of tests is not."""
    plain = CsrfTokenNode.render

    def render(node: CsrfTokenNode, context: Context) -> str:
        if not context.get("csrf_token"):
            held = innermost()
            pytest.fail(f"a form that is sent lacks its token: {held.name if held else 'a template'} was included without the request")
        return str(plain(node, context))

    monkeypatch.setattr(CsrfTokenNode, "render", render)


@pytest.fixture(autouse=True)
def _no_undefined_variables(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("ignore_template_errors"):
        yield
        return
    logger, handler = logging.getLogger("django.template"), Undefined()
    level, passes = logger.level, logger.propagate
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = passes
