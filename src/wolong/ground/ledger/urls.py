"""The trail."""

from django.urls import path

from wolong.ground.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.HeadPage.as_view(), name="list"),
    path("entries/", views.EntryList.as_view(), name="entries"),
    path("verify/", views.VerifyPage.as_view(), name="verify"),
    path("head.txt", views.HeadText.as_view(), name="head_text"),
]
