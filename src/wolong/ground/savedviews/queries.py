"""Questions about saved views: each person is answered about their own."""

from django.db.models import QuerySet

from wolong.ground.people.models import Person
from wolong.ground.savedviews.models import SavedView


def views_of(person: Person, list_name: str | None = None) -> QuerySet[SavedView]:
    """A person's views, of one list or of all, in the order they were kept."""
    own = SavedView.objects.filter(person=person)
    return own if list_name is None else own.filter(list_name=list_name)


def opening_address(person: Person, list_name: str) -> str:
    """Where a list opens for a person who chose a view to open with; it asks nothing for all others."""
    key = person.opening_views.get(list_name)
    view = views_of(person, list_name).filter(pk=key).first() if key is not None else None
    return view.get_absolute_url() if view is not None else ""
