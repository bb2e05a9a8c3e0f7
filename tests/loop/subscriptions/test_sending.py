"""One POST to a foreign machine, as foreign machines are."""

import socket
import time

import pytest

from tests.loop.subscriptions.servers import Listener, endless, listening, raw
from wolong.loop.subscriptions.sending import MOST_READ, post

SIGNED = {"webhook-id": "m1"}


def send(address: str, *, local_allowed: bool = True, seconds: float = 1.0):
    return post(address, '{"a":"整改"}', SIGNED, local_allowed=local_allowed, seconds=seconds)


def test_the_body_arrives_letter_by_letter_with_its_headers(listener: Listener) -> None:
    answer = send(listener.address)
    assert (answer.status, answer.text, answer.fault, answer.is_taken) == (200, "ok", "", True)
    (came,) = listener.requests
    assert (came.path, came.body) == ("/hooks?from=wolong", '{"a":"整改"}')
    assert came.headers["webhook-id"] == "m1"


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_a_refusal_is_said(status: int) -> None:
    with listening(status=status, answer=b"no") as refusing:
        answer = send(refusing.address)
    assert (answer.status, answer.is_taken) == (status, False)
    assert str(status) in answer.fault


def test_a_redirect_is_not_followed(listener: Listener) -> None:
    with listening(status=307, answer_headers={"Location": listener.address}) as elsewhere:
        answer = send(elsewhere.address)
    assert "不跟随" in answer.fault
    assert not answer.is_taken
    assert listener.requests == []


# Long after any deadline here, and long before the other side lets go: a busy machine is no failure.
HANGS = 15


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"])
@pytest.mark.parametrize("drip", [b"", b" "])
def test_whoever_hangs_or_drips_is_left_after_the_deadline(begin: bytes, drip: bytes) -> None:
    with raw(begin, drip) as address:
        began = time.monotonic()
        answer = send(address, seconds=0.6)
    assert time.monotonic() - began < HANGS
    assert not answer.is_taken or answer.text.strip() == ""
    assert answer.duration_ms < HANGS * 1000


def test_nothing_listens_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    answer = send(f"http://127.0.0.1:{port}/")
    assert answer.status is None
    assert "连接不上" in answer.fault


def test_of_a_hundred_megabytes_the_first_kilobyte_is_read() -> None:
    with endless() as address:
        began = time.monotonic()
        answer = send(address, seconds=5)
    assert answer.is_taken
    assert len(answer.text) == MOST_READ
    assert time.monotonic() - began < HANGS


def test_an_answer_that_is_no_text_and_one_that_is_no_http() -> None:
    with listening(answer=b"\xff\x00\xfe") as strange:
        assert "\x00" not in send(strange.address).text
    with raw(b"SSH-2.0-OpenSSH_9.2\r\n") as address:
        assert not send(address).is_taken


def test_plain_http_behind_an_https_address_is_a_failure_and_no_crash(listener: Listener) -> None:
    answer = send(listener.address.replace("http:", "https:"))
    assert answer.status is None
    assert answer.fault


def test_a_name_that_turns_out_to_be_this_machine_is_not_sent_to(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", listener.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: here)
    answer = send(f"http://rebound.example.gov.cn:{listener.port}/", local_allowed=False)
    assert "没有发送" in answer.fault
    assert listener.requests == []


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "找不到主机" in send("http://nowhere.example.gov.cn/").fault
