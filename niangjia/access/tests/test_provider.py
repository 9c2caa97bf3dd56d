"""The contract of signing in through a provider, against one that listens: who is let in, who is not, and what the log says of it."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from niangjia.access import actions
from niangjia.access.models import Binding, SeenLog, User
from niangjia.access.tests.providers import Idp
from niangjia.access.tests.test_gate import PASSWORD, SECRET, code
from niangjia.kit.dates import moved_to, now
from niangjia.kit.errors import Overtaken, RuleBroken

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(params=["RS256", "ES256"], scope="module")
def listening(request):
    one = Idp(request.param)
    yield one
    one.stop()


@pytest.fixture
def idp(listening, settings):
    cache.clear()
    listening.lies, listening.more, listening.sign, listening.down, listening.subject = {}, {}, None, False, "emp-10086"
    settings.OIDC = {
        "issuer": listening.issuer,
        "client": "niangjia",
        "secret": listening.secret,
        "name": "统一身份认证",
        "trusts": ["mfa"],
    }
    return listening


@pytest.fixture
def person():
    made = User(username="s1", name="沈雨桐", email="emp-10086@example.test")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def bound(idp, person):
    return actions.bind(person, idp.issuer, idp.subject, why="", by=person)


def through(client, idp, onto=""):
    """To the provider and back; what the house then answers."""
    there = client.get(reverse("provider:enter"), {"next": onto} if onto else {})
    assert there.status_code == 302
    return client.get(idp.authorize(there.headers["Location"]), headers=ENGLISH)


def inside(client):
    return client.session.get("_auth_user_id")


def last():
    line = SeenLog.objects.order_by("-pk")[0]
    return line.act, line.why


def test_without_settings_nothing_is_shown_and_nothing_answers(client, person):
    assert "provider" not in client.get("/account/login/").content.decode()
    for name in ("enter", "callback", "left"):
        assert client.get(reverse(f"provider:{name}")).status_code == 404
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("provider:own")).status_code == 404


def test_the_door_shows_the_provider_by_its_name(client, idp):
    text = client.get("/account/login/?next=/desk/").content.decode()
    assert "统一身份认证" in text


def test_whose_account_is_bound_comes_in_and_the_log_says_how(client, idp, person, bound):
    answer = through(client, idp, "/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert inside(client) == str(person.pk)
    assert last() == ("signed-in", "provider")
    assert UserSession.objects.filter(user=person).count() == 1


def test_the_way_bears_state_nonce_and_a_challenge_and_no_scope_of_ours_beyond_openid(client, idp):
    there = client.get(reverse("provider:enter"), {"scope": "email", "auth_params": "prompt=none"}).headers["Location"]
    assert "scope=openid&" in there
    assert "prompt" not in there
    assert all(word in there for word in ("state=", "nonce=", "code_challenge="))


def test_another_site_is_no_place_to_go_on_to(client, idp, bound):
    assert through(client, idp, "https://evil.example/").headers["Location"] == "/"


def test_a_secret_that_is_posted_works_too(client, idp, person, bound):
    idp.more = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    through(client, idp)
    assert inside(client) == str(person.pk)


def test_an_unknown_subject_is_told_its_sign_and_makes_no_account(client, idp, person):
    """Not by her e-mail address either, which is the same here and there."""
    idp.lies = {"email": person.email, "email_verified": True, "preferred_username": person.username}
    many = User.objects.count()
    answer = through(client, idp)
    assert answer.status_code == 403
    assert "emp-10086" in answer.content.decode()
    assert inside(client) is None
    assert User.objects.count() == many
    assert last() == ("refused", "provider unbound")


def test_a_closed_account_stays_closed(client, idp, person, bound):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert through(client, idp).headers["Location"] == reverse("account_inactive")
    assert inside(client) is None
    assert last() == ("refused", "provider closed")


@pytest.mark.parametrize(
    ("lies", "word"),
    [({"nonce": "another"}, "nonce"), ({"nonce": None}, "nonce"), ({"iss": "https://other.example"}, "issuer"), ({"aud": "another"}, "audience"),
     ({"aud": ["niangjia", "another"]}, "audience"), ({"azp": "another"}, "audience"), ({"exp": 1}, "expired"), ({"exp": None}, "signature"),
     ({"iat": None}, "signature"), ({"sub": None}, "signature"), ({"sub": ""}, "subject"), ({"sub": "x" * 256}, "subject")],
)  # fmt: skip
def test_what_does_not_fit_proves_nothing(client, idp, bound, lies, word):
    idp.lies = lies
    assert through(client, idp).status_code == 403
    assert inside(client) is None
    assert last() == ("refused", f"provider {word}")


def forged_by_another_key(idp):
    other = Idp(idp.kind)
    other.stop()
    return lambda claims: jwt.encode(claims, other.key, idp.kind, {"kid": idp.kid})


def unsigned(_idp):
    return lambda claims: jwt.encode(claims, None, "none")


def signed_with_what_everybody_knows(idp):
    """The public key, or our own secret, taken as the key of a hash."""
    return lambda claims: jwt.encode(claims, "x" * 32 + idp.secret, "HS256", {"kid": idp.kid})


def of_an_unknown_key(idp):
    return lambda claims: jwt.encode(claims, idp.key, idp.kind, {"kid": "nobody"})


def no_token(_idp):
    return lambda claims: "no token"


@pytest.mark.parametrize("how", [forged_by_another_key, unsigned, signed_with_what_everybody_knows, of_an_unknown_key, no_token])
def test_what_the_provider_has_not_signed_proves_nothing(client, idp, bound, how):
    idp.sign = how(idp)
    assert through(client, idp).status_code == 403
    assert inside(client) is None
    assert last() == ("refused", "provider signature")


def test_a_new_key_of_the_provider_is_asked_for_once(client, idp, person, bound):
    through(client, idp)
    client.logout()
    idp.turn_keys()
    through(client, idp)
    assert inside(client) == str(person.pk)


def test_a_wrong_state_and_a_way_begun_elsewhere_lead_nowhere(client, idp, bound):
    url = idp.authorize(client.get(reverse("provider:enter")).headers["Location"])
    stranger = Client()
    assert stranger.get(url).status_code == 403  # another browser: whoever sends her own way to somebody else
    assert client.get(url.replace("state=", "state=x")).status_code == 403
    assert client.get(url.partition("&state=")[0]).status_code == 403
    assert inside(client) is None
    assert inside(stranger) is None
    assert last() == ("refused", "provider state")


def test_a_way_is_gone_once_and_not_after_ten_minutes(client, idp, bound):
    url = idp.authorize(client.get(reverse("provider:enter")).headers["Location"])
    assert client.get(url).status_code == 302
    client.logout()
    assert client.get(url).status_code == 403
    late = idp.authorize(client.get(reverse("provider:enter")).headers["Location"])
    with moved_to(now() + timedelta(minutes=11)):
        assert client.get(late).status_code == 403
    assert inside(client) is None


def test_a_token_from_another_way_is_caught_by_its_nonce(client, idp, bound):
    kept = []
    idp.sign = lambda claims: kept.append(jwt.encode(claims, idp.key, idp.kind, {"kid": idp.kid})) or kept[0]
    through(client, idp)
    client.logout()
    assert through(client, idp).status_code == 403
    assert last() == ("refused", "provider nonce")


def test_a_code_of_somebody_else_fails_for_want_of_the_verifier(client, idp, bound):
    stolen = idp.authorize(Client().get(reverse("provider:enter")).headers["Location"]).partition("code=")[2].partition("&")[0]
    mine = idp.authorize(client.get(reverse("provider:enter")).headers["Location"])
    answer = client.get(mine.replace(mine.partition("code=")[2].partition("&")[0], stolen))
    assert answer.status_code == 403
    assert last() == ("refused", "provider code")


def test_who_turns_back_there_is_told_so_here(client, idp):
    state = idp.authorize(client.get(reverse("provider:enter")).headers["Location"]).partition("state=")[2]
    assert client.get(reverse("provider:callback"), {"error": "access_denied", "state": state}).status_code == 403
    assert last() == ("refused", "provider refused")


def test_an_answer_that_names_another_issuer_is_not_taken(client, idp, bound):
    url = idp.authorize(client.get(reverse("provider:enter")).headers["Location"])
    assert client.get(f"{url}&iss=https://other.example").status_code == 403
    assert inside(client) is None


@pytest.mark.parametrize(
    "more", [{"issuer": "https://other.example"}, {"token_endpoint": "http://other.example/token"}, {"jwks_uri": None}]
)
def test_a_provider_that_speaks_for_another_is_not_gone_to(client, idp, more):
    idp.more = more
    assert client.get(reverse("provider:enter")).status_code == 503


def test_a_provider_that_is_down_leaves_the_door_of_the_password_open(client, idp, person):
    idp.down = True
    assert client.get("/account/login/").status_code == 200
    assert client.get(reverse("provider:enter")).status_code == 503
    client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    assert inside(client) == str(person.pk)


def test_the_second_factor_of_the_house_is_asked_all_the_same(client, idp, person, bound):
    totp.TOTP.activate(person, SECRET)
    assert through(client, idp).headers["Location"] == "/account/2fa/authenticate/"
    assert inside(client) is None
    client.post("/account/2fa/authenticate/", {"code": code()})
    assert inside(client) == str(person.pk)


@pytest.mark.parametrize(
    ("said", "trusted"), [({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True), ({"amr": ["pwd"]}, False), ({"amr": "mfa"}, False)]
)
def test_a_second_factor_that_is_trusted_is_not_asked_twice(client, idp, person, bound, said, trusted, settings):
    settings.SECOND_FACTOR = True
    idp.lies = said
    through(client, idp)
    assert inside(client) == str(person.pk)
    answer = client.get("/desk/")
    assert (answer.headers.get("Location") == reverse("mfa_activate_totp")) is not trusted
    client.logout()
    totp.TOTP.activate(person, SECRET)
    through(client, idp)
    assert (inside(client) is not None) is trusted


def test_nothing_is_trusted_that_no_setting_names(client, idp, person, bound, settings):
    settings.OIDC = settings.OIDC | {"trusts": []}
    idp.lies = {"amr": ["mfa"]}
    Authenticator.objects.all().delete()
    totp.TOTP.activate(person, SECRET)
    through(client, idp)
    assert inside(client) is None


def certain(client, person):
    client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_a_person_binds_her_own_account_after_her_password_and_undoes_it(client, idp, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    own = reverse("provider:own")
    assert client.get(own, headers=ENGLISH).status_code == 200
    assert client.post(own).headers["Location"].startswith(reverse("account_reauthenticate"))
    certain(client, person)
    onward = client.post(own).content.decode()
    url = onward.partition(f'href="{idp.issuer}')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(idp.authorize(idp.issuer + url)).headers["Location"] == own
    made = Binding.objects.get(ended_at=None)
    assert (made.user, made.made_by, made.subject) == (person, person, "emp-10086")
    assert last()[0] == "provider bound"
    assert "emp-10086" in client.get(own).content.decode()
    assert client.post(own).headers["Location"] == own
    assert not Binding.objects.filter(ended_at=None).exists()
    client.logout()
    assert through(client, idp).status_code == 403


def test_whoever_sits_there_meanwhile_is_not_bound(client, idp, person):
    certain(client, person)
    onward = client.post(reverse("provider:own")).content.decode()
    url = onward.partition(f'href="{idp.issuer}')[2].partition('"')[0].replace("&amp;", "&")
    other = User.objects.create_user("s2", PASSWORD, name="陆青")
    session = client.session
    kept = session["provider-ways"]
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["provider-ways"] = kept
    session.save()
    assert client.get(idp.authorize(idp.issuer + url)).status_code == 403
    assert not Binding.objects.exists()


def test_one_account_is_one_subject(idp, person, bound):
    other = User.objects.create_user("s2", PASSWORD, name="陆青")
    with pytest.raises(RuleBroken):
        actions.bind(other, idp.issuer, idp.subject, why="", by=other)
    with pytest.raises(RuleBroken):
        actions.bind(person, idp.issuer, "emp-2", why="", by=person)
    with pytest.raises(RuleBroken):
        actions.bind(User.objects.create(username="m", name="周敏华", kind="MEMBER"), idp.issuer, "emp-3", why="", by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Binding.objects.create(user=other, issuer=idp.issuer, subject=idp.subject, made_at=now(), made_by=other)
    actions.unbind(bound, why="", by=person)
    with pytest.raises(Overtaken):
        actions.unbind(bound, why="", by=person)
    assert actions.bind(other, idp.issuer, idp.subject, why="", by=other)


def test_the_security_administrator_confirms_and_undoes(town, as_, idp, person):
    there = reverse("access:account-binding", args=[person.uuid])
    assert as_(town.system).get(there).status_code == 403
    client = as_(town.security)
    assert there in client.get(reverse("access:account", args=[person.uuid])).content.decode()
    assert client.get(there, headers=ENGLISH).status_code == 200
    assert client.post(there, {"subject": ""}).status_code == 422
    assert client.post(there, {"subject": idp.subject, "why": "当面核对工号"}).status_code == 303
    assert last() == ("provider bound", "当面核对工号")
    assert client.post(reverse("access:account-binding", args=[town.leader.uuid]), {"subject": idp.subject, "why": "误"}).status_code == 422
    browser = Client()
    through(browser, idp)
    assert inside(browser) == str(person.pk)
    assert client.get(there).status_code == 200
    assert client.post(there, {"why": "调离"}).status_code == 303
    assert browser.get("/account/2fa/").status_code == 302  # her sessions have ended
    mine = reverse("access:account-binding", args=[town.security.uuid])
    assert client.post(mine, {"subject": "emp-9", "why": "自己"}).status_code == 422


def test_a_new_password_undoes_the_binding(town, idp, person, bound):
    actions.new_password(person, why="疑似被盗", by=town.security)
    assert not Binding.objects.filter(ended_at=None).exists()


def test_signing_out_offers_to_sign_out_there_too(client, idp, person, bound):
    through(client, idp)
    left = client.post("/account/logout/").headers["Location"]
    assert left == reverse("provider:left")
    assert f"{idp.issuer}/leave?client_id=niangjia" in client.get(left, headers=ENGLISH).content.decode()
    idp.more = {"end_session_endpoint": None}
    cache.clear()
    assert client.get(left).status_code == 200
    client.post("/account/login/", {"login": person.username, "password": PASSWORD})
    assert client.post("/account/logout/").headers["Location"] == "/"


def test_the_log_reads_in_words(town, as_, idp, client):
    through(Client(), idp)
    text = as_(town.auditlog).get(reverse("access:log"), headers=ENGLISH).content.decode()
    assert "through the provider: bound to no account" in text


def test_only_so_many_ways_are_begun(client, idp, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"provider": "1/m/ip"}
    assert [client.get(reverse("provider:enter")).status_code for _n in range(2)] == [302, 429]
    assert client.get(reverse("provider:callback")).status_code == 429
