"""What other systems and calendars subscribe to."""

from django.urls import path

from wolong.loop.subscriptions.views import calendar, receivers, verbs

app_name = "subscriptions"
urlpatterns = [
    path("", receivers.ReceiverList.as_view(), name="list"),
    path("register/", verbs.RegisterPage.as_view(), name="register"),
    path("<int:pk>/", receivers.ReceiverPage.as_view(), name="receiver"),
    path("<int:pk>/log/", receivers.DeliveryLog.as_view(), name="log"),
    path("<int:pk>/change/", verbs.ChangePage.as_view(), name="change"),
    path("<int:pk>/secret/", verbs.SecretPage.as_view(), name="secret"),
    path("<int:pk>/off/", verbs.SwitchOffPage.as_view(), name="switch_off"),
    path("<int:pk>/on/", verbs.SwitchOnPage.as_view(), name="switch_on"),
    path("<int:pk>/ping/", verbs.PingPage.as_view(), name="ping"),
    path("<int:pk>/resume/", verbs.ResumePage.as_view(), name="resume"),
    path("deliveries/<int:pk>/", receivers.DeliveryPage.as_view(), name="delivery"),
    path("deliveries/<int:pk>/again/", verbs.SendAgainPage.as_view(), name="send_again"),
    path("calendar/make/", calendar.MakeCalendarPage.as_view(), name="make_calendar"),
    path("calendar/off/", calendar.SwitchOffCalendarPage.as_view(), name="switch_off_calendar"),
    path("calendar/<slug:token>.ics", calendar.CalendarFeed.as_view(), name="calendar"),
]
