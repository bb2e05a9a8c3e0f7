"""Addresses of the rectification room."""

from django.urls import path

from wolong.loop.rectification.views import deadline, lists, notice, order, systemic, verbs

app_name = "rectification"
urlpatterns = [
    path("", lists.OrderList.as_view(), name="list"),
    path("findings/<int:pk>/issue/", verbs.IssuePage.as_view(), name="issue"),
    path("systemic/", systemic.SystemicList.as_view(), name="systemics"),
    path("systemic/<int:pk>/", systemic.SystemicPage.as_view(), name="systemic"),
    path("systemic/<int:pk>/report/", systemic.ReportPage.as_view(), name="report_systemic"),
    path("systemic/<int:pk>/verify/", systemic.VerifyPage.as_view(), name="verify_systemic"),
    path("<int:pk>/", order.OrderPage.as_view(), name="order"),
    path("<int:pk>/notice.pdf", notice.NoticePaper.as_view(), name="notice"),
    path("<int:pk>/receive/", verbs.ReceivePage.as_view(), name="receive"),
    path("<int:pk>/answer/", verbs.AnswerPage.as_view(), name="answer"),
    path("<int:pk>/accept/", verbs.AcceptPage.as_view(), name="accept"),
    path("<int:pk>/return/", verbs.ReturnPage.as_view(), name="give_back"),
    path("<int:pk>/follow-up/", verbs.FollowUpPage.as_view(), name="follow_up"),
    path("<int:pk>/watch/", verbs.WatchPage.as_view(), name="watch"),
    path("<int:pk>/remind/", verbs.RemindPage.as_view(), name="remind"),
    path("<int:pk>/extension/ask/", deadline.AskPage.as_view(), name="ask_extension"),
    path("<int:pk>/extension/decide/", deadline.DecidePage.as_view(), name="decide_extension"),
]
