"""Addresses, signatures, waiting times."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.subscriptions.rules.addresses import fault_of_address, is_forbidden
from wolong.loop.subscriptions.rules.signing import headers, new_secret, signature
from wolong.loop.subscriptions.rules.waiting import WAITS, is_to_pause, next_try, rest_until

WHEN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "https://oa.example.gov.cn/hooks/wolong",
        "http://10.3.4.5:8080/x?y=1",
        "https://[2001:db8::1]/",
        "http://198.51.100.7",
    ],
)
def test_an_address_of_another_machine_may_be_sent_to(address: str) -> None:
    assert fault_of_address(address, local_allowed=False) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/", "http://LOCALHOST.:80/", "http://a.localhost/", "http://127.0.0.1/", "http://127.9.9.9/",
        "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/",
        "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/", "http://[fe80::1]/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_this_very_machine_and_its_link_are_refused_unless_allowed(address: str) -> None:
    assert "所在的机器" in fault_of_address(address, local_allowed=False)
    assert fault_of_address(address, local_allowed=True) == ""


@pytest.mark.parametrize(
    "address",
    [
        "", "oa.example.gov.cn/x", "ftp://oa.example.gov.cn/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x",
        "https://who:word@oa.example.gov.cn/", "https://oa.example.gov.cn:99999/", "https://oa.example.gov.cn:0/",
        "http://oa.example.gov.cn/\r\nX-Evil: 1", "http://oa example/", "http://机关.example/", "http://[::1", "http://" + "x" * 500,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(address: str) -> None:
    assert fault_of_address(address, local_allowed=True)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    assert isinstance(fault_of_address(text, local_allowed=False), str)


def test_private_networks_are_the_rule_in_an_office_and_allowed() -> None:
    assert not any(is_forbidden(ip) for ip in ("10.200.1.7", "172.16.9.9", "192.168.77.77", "fd00::7"))


def test_a_signature_is_the_hmac_over_id_time_and_body() -> None:
    secret = new_secret()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, b"m1.1700000000.{}", hashlib.sha256).digest()).decode()
    assert signature(secret, message="m1", timestamp=1700000000, body="{}") == f"v1,{wanted}"
    assert len(key) == 32


def test_two_secrets_give_two_signatures() -> None:
    found = headers([new_secret(), new_secret()], message="m", timestamp=1, body="")
    assert len(set(found["webhook-signature"].split())) == 2
    assert set(found) == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_each_wait_is_longer_and_the_last_is_a_day() -> None:
    assert list(WAITS) == sorted(set(WAITS))
    assert (WAITS[0], WAITS[-1]) == (timedelta(minutes=1), timedelta(hours=24))
    assert next_try(1, at=WHEN) == WHEN + timedelta(minutes=1)
    assert next_try(len(WAITS), at=WHEN) == WHEN + timedelta(hours=24)
    assert next_try(len(WAITS) + 1, at=WHEN) is None


def test_a_receiver_never_rests_longer_than_an_hour_and_pauses_after_three_days() -> None:
    assert rest_until(1, at=WHEN) == WHEN + timedelta(minutes=1)
    assert rest_until(99, at=WHEN) == WHEN + timedelta(hours=1)
    assert not is_to_pause(None, at=WHEN)
    assert not is_to_pause(WHEN - timedelta(days=3) + timedelta(seconds=1), at=WHEN)
    assert is_to_pause(WHEN - timedelta(days=3), at=WHEN)
