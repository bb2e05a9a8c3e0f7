"""What the trail is asked: the history of a thing, and whether it still holds."""

from django.db.models import Model, QuerySet

from wolong.ground.ledger.models import Entry


def history_of(subject: Model) -> QuerySet[Entry]:
    """Everything that was written about one thing, oldest first."""
    return Entry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")
