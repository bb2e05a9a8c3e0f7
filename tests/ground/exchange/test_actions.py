"""A command is carried out once; what is refused leaves nothing behind."""

import pytest

from tests.factories.people import person
from wolong.ground.exchange.actions import KeyTaken, answer_once
from wolong.ground.exchange.models import Arrival
from wolong.ground.lifecycle import Refused
from wolong.ground.workdays.queries import now

pytestmark = pytest.mark.django_db


def refuse() -> bytes:
    raise Refused("不行。")


def test_the_first_answer_is_given_again_and_the_deed_done_once() -> None:
    done, who = [], person()

    def deed() -> bytes:
        done.append(1)
        return b"\x00answer"

    given = {"key": "k", "fingerprint": "f", "status": 201, "deed": deed, "by": who}
    first, is_replay = answer_once(**given, at=now())
    second, is_again = answer_once(**{**given, "status": 200}, at=now())
    assert (is_replay, is_again, len(done)) == (False, True, 1)
    assert (bytes(second.answer), second.status, second.arrived_at) == (b"\x00answer", 201, first.arrived_at)
    with pytest.raises(KeyTaken):
        answer_once(**{**given, "fingerprint": "g"}, at=now())
    answer_once(**{**given, "by": person()}, at=now())
    assert len(done) == 2


def test_what_is_refused_may_be_tried_again() -> None:
    given = {"key": "k", "fingerprint": "f", "status": 201, "by": person(), "at": now()}
    with pytest.raises(Refused, match="不行"):
        answer_once(**given, deed=refuse)
    assert not Arrival.objects.exists()
    assert answer_once(**given, deed=lambda: b"now")[1] is False
