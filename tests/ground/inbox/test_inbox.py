"""Each is told once, reads only their own, and a message leads nowhere outside."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.inbox import MessageFactory
from tests.factories.people import PersonFactory
from wolong.ground.inbox.actions import mark_read, tell
from wolong.ground.inbox.models import Message
from wolong.ground.inbox.queries import messages_of, unread
from wolong.ground.questions import counted

pytestmark = pytest.mark.django_db


def _tell(people, key="order:1:issued") -> int:
    return tell(people=people, sentence="整改通知单等您签收", url="/orders/1/", key=key, at=timezone.now())


def test_the_same_key_reaches_a_person_once() -> None:
    one, two = PersonFactory(), PersonFactory()
    assert _tell([one, one]) == 1
    assert _tell([one, two]) == 1
    assert _tell([one, two]) == 0
    assert _tell([one], key="order:1:overdue") == 1
    assert Message.objects.count() == 3


def test_nobody_is_told_nothing() -> None:
    assert _tell([]) == 0


def test_it_takes_two_queries_for_any_number_of_people(django_assert_max_num_queries) -> None:
    people = [PersonFactory() for _ in range(20)]
    with django_assert_max_num_queries(4):
        assert _tell(people) == 20


def test_reading_is_ones_own() -> None:
    one, two = PersonFactory(), PersonFactory()
    _tell([one, two])
    other = messages_of(two).get()
    assert mark_read(person=one, messages=[other.pk], at=timezone.now()) == 0
    assert tuple(counted([unread(one), unread(two)], 9)) == (1, 1)
    assert mark_read(person=one, at=timezone.now()) == 1
    assert tuple(counted([unread(one), unread(two)], 9)) == (0, 1)


@pytest.fixture
def reader(client: Client):
    reader = PersonFactory()
    client.force_login(reader)
    return reader


def test_the_list_shows_ones_own_and_marks_them_read(client: Client, reader) -> None:
    mine, other = MessageFactory(recipient=reader), MessageFactory()
    page = client.get(reverse("inbox:list")).content.decode()
    assert mine.sentence in page
    assert other.sentence not in page
    client.post(reverse("inbox:list"), {"bulk": "read", "pick": [mine.pk, other.pk]})
    assert Message.objects.get(pk=mine.pk).read_at
    assert not Message.objects.get(pk=other.pk).read_at
    MessageFactory(recipient=reader)
    client.post(reverse("inbox:read_all"))
    assert counted([unread(reader)], 9) == [0]
    assert client.get(reverse("inbox:read_all")).status_code == 405


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("/orders/1/", "/orders/1/"),
        ("", "/inbox/"),
        ("https://evil.example/", "/inbox/"),
        ("//evil.example/", "/inbox/"),
    ],
)
def test_opening_a_message_notes_it_and_goes_on_inside_the_house(
    client: Client, reader, url: str, leads_to: str
) -> None:
    message = MessageFactory(recipient=reader, url=url)
    answer = client.get(reverse("inbox:message", args=[message.pk]))
    assert answer["Location"] == leads_to
    assert Message.objects.get().read_at
    assert client.get(reverse("inbox:message", args=[MessageFactory().pk])).status_code == 404
