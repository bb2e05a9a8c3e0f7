"""People, units, and one's own account."""

from django.urls import path

from wolong.ground.people.views import account, grants, organizations, persons

app_name = "people"
urlpatterns = [
    path("", persons.PersonList.as_view(), name="list"),
    path("add/", persons.AddPersonPage.as_view(), name="add_person"),
    path("<int:pk>/", persons.PersonPage.as_view(), name="person"),
    path("<int:pk>/change/", persons.ChangePersonPage.as_view(), name="change_person"),
    path("<int:pk>/deactivate/", persons.DeactivatePage.as_view(), name="deactivate"),
    path("<int:pk>/activate/", persons.ActivatePage.as_view(), name="activate"),
    path("<int:pk>/password/", persons.PasswordPage.as_view(), name="password"),
    path("<int:pk>/grant/", grants.GrantPage.as_view(), name="grant"),
    path("<int:pk>/leave/", grants.LeavePage.as_view(), name="leave"),
    path("grants/<int:pk>/end/", grants.EndGrantPage.as_view(), name="end_grant"),
    path("leaves/<int:pk>/withdraw/", grants.WithdrawLeavePage.as_view(), name="withdraw_leave"),
    path("organizations/", organizations.OrganizationList.as_view(), name="organizations"),
    path("organizations/add/", organizations.AddOrganizationPage.as_view(), name="add_organization"),
    path("organizations/<int:pk>/", organizations.OrganizationPage.as_view(), name="organization"),
    path("organizations/<int:pk>/change/", organizations.ChangeOrganizationPage.as_view(), name="change_organization"),
    path("me/", account.AccountPage.as_view(), name="account"),
    path("me/leave/", account.MyLeavePage.as_view(), name="my_leave"),
    path("me/tokens/make/", account.MakeTokenPage.as_view(), name="make_token"),
    path("me/tokens/<int:pk>/revoke/", account.RevokeTokenPage.as_view(), name="revoke_token"),
]
