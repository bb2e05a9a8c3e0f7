"""Signing in through the office's identity provider: a real one, on loopback."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.entrance.oidc_server import Provider, another_key, identity_provider
from tests.factories import people
from wolong.entrance import urls as without_a_provider
from wolong.entrance.oidc.adapter import unbind_identity
from wolong.entrance.oidc.configuration import Oidc, WrongOidcSetting, from_environment
from wolong.ground.ledger.models import Entry
from wolong.ground.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
START = "/account/oidc/login/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    running.tell, running.key, running.discovered = lambda claims: claims, None, {}
    running.knows("s-1", preferred_username="zhangsan", name="张某")
    settings.ROOT_URLCONF = "tests.entrance.oidc_urls"
    settings.OIDC = Oidc(running.issuer, "wolong", "a secret", "机关统一认证", "preferred_username")
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.as_providers()
    return running


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Failed sign-ins of an earlier test are none of this one's."""
    cache.clear()


@pytest.fixture
def person() -> Person:
    return people.person("inspector", people.section(), account="zhangsan")


def there(client: Client, query: str = "") -> str:
    """Where the button leads."""
    answer = client.get(START + query)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def back(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    assert parts.path == "/account/oidc/callback/"
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(client: Client, provider: Provider, subject: str = "s-1") -> Any:
    return back(client, provider.consent(there(client), subject))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_signs_in_and_out_again(provider: Provider, person: Person) -> None:
    client, before = Client(), provider.verified
    assert "用机关统一认证登录" in client.get("/account/login/").content.decode()
    answer = back(client, provider.consent(there(client, "?next=/inbox/"), "s-1"))
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert provider.verified == before + 1  # the code went with its PKCE verifier
    assert client.get("/inbox/").status_code == 200
    assert [entry.sentence for entry in Entry.objects.order_by("pk")] == ["绑定机关统一认证的身份", "通过统一登录进入"]
    assert {entry.actor_id for entry in Entry.objects.all()} == {person.pk}
    client.post("/account/logout/")
    assert not is_in(client)
    assert client.get("/inbox/").status_code == 302


def test_what_is_asked_of_the_provider_holds_state_nonce_and_challenge(provider: Provider) -> None:
    first, second = (
        parse_qs(urlsplit(there(Client(), "?scope=email&auth_params=prompt%3Dnone")).query) for _ in range(2)
    )
    assert set(first["scope"][0].split()) == {"openid", "profile"}  # an address chooses nothing
    assert "prompt" not in first
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(first[name][0]) >= 16


def test_the_second_time_goes_by_the_identity_and_nothing_of_the_person_is_copied(
    provider: Provider, person: Person
) -> None:
    sign_in(Client(), provider)
    provider.knows("s-1", preferred_username="somebody.else", name="张某")
    client = Client()
    sign_in(client, provider)
    assert client.session["_auth_user_id"] == str(person.pk)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data, account.user) == ("s-1", {}, person)


def test_the_letters_of_an_account_may_be_large_or_small(provider: Provider, person: Person) -> None:
    provider.knows("s-2", preferred_username=" ZhangSan ")
    client = Client()
    sign_in(client, provider, "s-2")
    assert is_in(client)


@pytest.mark.parametrize(
    "claims", [{"preferred_username": "nobody"}, {}, {"preferred_username": ""}, {"preferred_username": 7}]
)
def test_an_unknown_account_is_told_whom_to_ask_and_nobody_is_made(
    provider: Provider, person: Person, claims: dict[str, Any]
) -> None:
    provider.knows("s-3", **claims)
    client, count = Client(), Person.objects.count()
    answer = sign_in(client, provider, "s-3")
    assert answer.status_code == 403
    assert "没有您的账号，请找管理员" in answer.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == count
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_disabled_person_stays_out(provider: Provider, person: Person, when: str) -> None:
    if when == "after":
        sign_in(Client(), provider)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "账号已停用" in answer.content.decode()
    assert not is_in(client)


def test_another_identity_of_the_same_name_does_not_get_the_account(provider: Provider, person: Person) -> None:
    sign_in(Client(), provider)
    provider.knows("s-9", preferred_username="zhangsan")
    client = Client()
    answer = sign_in(client, provider, "s-9")
    assert answer.status_code == 403
    assert "已经绑定另一个身份" in answer.content.decode()
    assert not is_in(client)
    assert unbind_identity(person=person, at=timezone.now())
    assert not unbind_identity(person=person, at=timezone.now())
    sign_in(client, provider, "s-9")
    assert is_in(client)


LIES = {
    "another issuer": lambda claims: {**claims, "iss": "https://evil.example"},
    "another audience": lambda claims: {**claims, "aud": "another"},
    "another party": lambda claims: {**claims, "azp": "another"},
    "expired": lambda claims: {**claims, "exp": int(time.time()) - 60},
    "of the future": lambda claims: {**claims, "nbf": int(time.time()) + 600},
    "another nonce": lambda claims: {**claims, "nonce": "0" * 64},
    "without a nonce": lambda claims: {k: v for k, v in claims.items() if k != "nonce"},
    "without an end": lambda claims: {k: v for k, v in claims.items() if k != "exp"},
    "without a subject": lambda claims: {k: v for k, v in claims.items() if k != "sub"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_fit_lets_nobody_in(provider: Provider, person: Person, lie: str) -> None:
    provider.tell = LIES[lie]
    client = Client()
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "没有登录成功" in answer.content.decode()
    assert not is_in(client)
    assert not Entry.objects.exists()


def test_a_token_signed_by_somebody_else_lets_nobody_in(provider: Provider, person: Person) -> None:
    provider.key = another_key()
    client = Client()
    assert sign_in(client, provider).status_code == 403
    assert not is_in(client)


def test_a_discovered_issuer_that_is_another_is_not_gone_to(provider: Provider) -> None:
    provider.discovered = {"issuer": "https://evil.example"}
    answer = Client().get(START)
    assert answer.status_code in {403, 503}
    assert "Location" not in answer


def test_a_state_that_is_not_ours_or_was_used_lets_nobody_in(provider: Provider, person: Person) -> None:
    client = Client()
    address = provider.consent(there(client), "s-1")
    assert back(Client(), address).status_code == 403  # another browser's
    assert back(client, address.replace("state=", "state=x")).status_code == 403
    assert back(client, address).status_code == 302
    client.logout()
    assert back(client, address).status_code == 403  # a second time
    assert not is_in(client)


def test_whoever_declines_over_there_is_told_so(provider: Provider) -> None:
    client = Client()
    address = provider.consent(there(client), "s-1", action="deny")
    query = urlsplit(there(client)).query
    state = parse_qs(query)["state"][0]
    answer = client.get(f"/account/oidc/callback/?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "您在机关统一认证里取消了" in answer.content.decode()
    assert "error=access_denied" in address


def test_a_provider_that_does_not_answer_is_said(provider: Provider, settings: Any) -> None:
    settings.OIDC = Oidc("http://127.0.0.1:9", "wolong", "s", "机关统一认证", "preferred_username")
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.as_providers()
    answer = Client().get(START)
    assert answer.status_code == 503
    assert "机关统一认证现在连不上" in answer.content.decode()


def test_the_password_still_locks_and_still_works(provider: Provider, person: Person) -> None:
    client = Client()
    form = {"login": "zhangsan", "password": "wrong"}
    for _ in range(5):
        client.post("/account/login/", form)
    client.post("/account/login/", {**form, "password": people.PASSWORD})
    assert not is_in(client)
    other = Client()
    sign_in(other, provider)  # who is known over there need not guess
    assert is_in(other)


def test_signing_in_by_password_is_written_down_too(person: Person) -> None:
    client = Client()
    assert client.post("/account/login/", {"login": "zhangsan", "password": people.PASSWORD}).status_code == 302
    entry = Entry.objects.get(verb="sign_in")
    assert (entry.sentence, entry.actor_id) == ("登录", person.pk)


def test_who_comes_from_there_is_not_asked_to_change_a_password(provider: Provider, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(must_change_password=True)
    client = Client()
    sign_in(client, provider)
    assert client.get("/inbox/").status_code == 200


def test_without_a_setting_there_is_no_button_and_no_address() -> None:
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert "统一" not in page
    assert "oidc" not in page
    for address in (START, "/account/oidc/callback/?code=1&state=2", "/account/oidc/login/callback/"):
        assert client.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", args=["oidc"], urlconf=without_a_provider)


def test_the_settings_are_read_from_the_environment(tmp_path: Path) -> None:
    assert from_environment({}) is None
    path = tmp_path / "secret"
    path.write_text("from a file\n")
    given = {"WOLONG_OIDC_ISSUER": "https://id.example/realms/x/", "WOLONG_OIDC_CLIENT_ID": "wolong"}
    found = from_environment({**given, "WOLONG_OIDC_CLIENT_SECRET_FILE": str(path), "WOLONG_OIDC_CLAIM": "uid"})
    assert found == Oidc("https://id.example/realms/x", "wolong", "from a file", "单位统一登录", "uid")
    for wrong in (
        given,
        {**given, "WOLONG_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "none")},
        {**given, "WOLONG_OIDC_ISSUER": "id.example"},
        {"WOLONG_OIDC_ISSUER": "https://id.example"},
    ):
        with pytest.raises(WrongOidcSetting):
            from_environment(wrong)
