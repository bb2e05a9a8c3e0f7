"""Addresses of the desk; those of the public stand in `public_urls`."""

from django.urls import path

from wolong.loop.notices.views import lists, notice, verbs

app_name = "notices"
urlpatterns = [
    path("", lists.NoticeList.as_view(), name="list"),
    path("windows/", lists.WindowList.as_view(), name="windows"),
    path("windows/set/", verbs.SetWindowPage.as_view(), name="set_window"),
    path("draft/note/", verbs.DraftNotePage.as_view(), name="draft_note"),
    path("draft/thing/", verbs.DraftThingPage.as_view(), name="draft_thing"),
    path("<int:pk>/", notice.NoticePage.as_view(), name="notice"),
    path("<int:pk>/revise/", verbs.RevisePage.as_view(), name="revise"),
    path("<int:pk>/submit/", verbs.SubmitPage.as_view(), name="submit"),
    path("<int:pk>/mark/", verbs.MarkPage.as_view(), name="mark"),
    path("<int:pk>/lift/", verbs.LiftPage.as_view(), name="lift"),
    path("<int:pk>/approve/", verbs.ApprovePage.as_view(), name="approve"),
    path("<int:pk>/return/", verbs.ReturnPage.as_view(), name="give_back"),
    path("<int:pk>/withdraw/", verbs.WithdrawPage.as_view(), name="withdraw"),
    path("<int:pk>/answer/", verbs.AnswerPage.as_view(), name="answer"),
]
