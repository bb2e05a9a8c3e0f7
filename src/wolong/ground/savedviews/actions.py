"""The verbs on one's own views: keep, rename, throw away, open a list with one. They change nothing but how one looks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions import choose_opening_view
from wolong.ground.people.models import Person
from wolong.ground.savedviews import rules
from wolong.ground.savedviews.models import SavedView
from wolong.ground.savedviews.queries import views_of


class NameTaken(Refused):
    """There is a view of this name: it is written over only when the person says so."""


@transaction.atomic
def save_view(*, list_name: str, name: str, address: str, replace: bool, by: Person, at: datetime) -> SavedView:
    """Keep how a list looks now under a name; `address` is the query of the list.

    Refuses a name that is empty, too long or can't be read, a name that is taken unless `replace`, and one view too many.
    """
    name, query = _checked_name(name), rules.kept_query(address)
    if len(query) > rules.LONGEST_QUERY:
        raise Refused(_("筛选条件太多，一个视图存不下。请减少几个再保存。"))
    own = _locked_views(by, list_name)
    known = own.get(name)
    if known is not None and not replace:
        raise NameTaken(_("已经有一个叫“%(name)s”的视图。换个名字，或者勾选覆盖它。") % {"name": name})
    if known is None and len(own) >= rules.MOST_PER_LIST:
        raise Refused(
            _("一个列表最多存 %(most)d 个视图。请先删掉不用的，或者覆盖一个。") % {"most": rules.MOST_PER_LIST}
        )
    view = known or SavedView(person=by, list_name=list_name, name=name)
    view.query, view.saved_at = query, at
    view.save()
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: Person) -> SavedView:
    """Call a view something else. One's own only; refuses the name of another view of the same list."""
    _require_own(view, by)
    name = _checked_name(name)
    known = _locked_views(by, view.list_name).get(name)
    if known is not None and known != view:
        raise NameTaken(_("已经有一个叫“%(name)s”的视图。") % {"name": name})
    view.name = name
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: Person) -> None:
    """Throw a view away; a list that opened with it opens plainly again. One's own only."""
    _require_own(view, by)
    if by.opening_views.get(view.list_name) == view.pk:
        choose_opening_view(person=by, list_name=view.list_name, view=None)
    view.delete()


def open_with(*, view: SavedView, by: Person) -> None:
    """Let the list open with this view from now on. One's own only."""
    _require_own(view, by)
    choose_opening_view(person=by, list_name=view.list_name, view=view.pk)


def open_plainly(*, view: SavedView, by: Person) -> None:
    """Let the list open as it is for everybody. One's own only."""
    _require_own(view, by)
    choose_opening_view(person=by, list_name=view.list_name, view=None)


def _checked_name(name: str) -> str:
    name = rules.tidy_name(name)
    if fault := rules.fault_of_name(name):
        raise Refused(fault)
    return name


def _locked_views(person: Person, list_name: str) -> dict[str, SavedView]:
    """A person's views of a list by name; whoever saves in two windows at once waits here, so that no limit is passed."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return {view.name: view for view in views_of(person, list_name)}


def _require_own(view: SavedView, by: Person) -> None:
    if view.person_id != by.pk:
        raise Refused(_("这是别人的视图。"))
