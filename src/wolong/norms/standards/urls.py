"""Addresses of the standards room."""

from django.urls import path

from wolong.norms.standards.views import acts, lists, proposals, reading, record, scoring, scoring_row

app_name = "standards"
urlpatterns = [
    path("", lists.StandardList.as_view(), name="list"),
    path("draft/", acts.DraftPage.as_view(), name="draft"),
    path("draft/many/", acts.DraftManyPage.as_view(), name="draft_many"),
    path("try/", acts.TryPage.as_view(), name="try"),
    path("sheets/", scoring.SheetList.as_view(), name="sheets"),
    path("sheets/bring/", scoring.BringPage.as_view(), name="bring_sheet"),
    path("sheets/<int:pk>/", scoring.SheetPage.as_view(), name="sheet"),
    path("sheets/<int:pk>/tab/", scoring.ChooseTabPage.as_view(), name="choose_tab"),
    path("sheets/<int:pk>/confirm/", scoring.ConfirmClearPage.as_view(), name="confirm_sheet"),
    path("sheets/<int:pk>/draft/", scoring.DraftSheetPage.as_view(), name="draft_sheet"),
    path("sheets/<int:pk>/drop/", scoring.DropPage.as_view(), name="drop_sheet"),
    path("sheets/<int:pk>/original.xlsx", scoring.SheetFile.as_view(), name="sheet_file"),
    path("sheets/rows/<int:pk>/", scoring_row.RowPage.as_view(), name="sheet_row"),
    path("sheets/rows/<int:pk>/leave-out/", scoring_row.LeaveOutPage.as_view(), name="leave_out_row"),
    path("sheets/rows/<int:pk>/split/", scoring_row.SplitPage.as_view(), name="split_row"),
    path("<int:pk>/", reading.StandardPage.as_view(), name="standard"),
    path("editions/<int:pk>/", reading.EditionPage.as_view(), name="edition"),
    path("editions/<int:pk>/text/", reading.EditionText.as_view(), name="text"),
    path("editions/<int:pk>/compare/", reading.ComparePage.as_view(), name="compare"),
    path("editions/<int:pk>/revise/", acts.RevisePage.as_view(), name="revise"),
    path("editions/<int:pk>/approve/", acts.ApprovePage.as_view(), name="approve"),
    path("editions/<int:pk>/force/", acts.ForcePage.as_view(), name="force"),
    path("editions/<int:pk>/abolish/", acts.AbolishPage.as_view(), name="abolish"),
    path("proposals/", proposals.ProposalList.as_view(), name="proposals"),
    path("proposals/<int:pk>/", proposals.ProposalPage.as_view(), name="proposal"),
    path("proposals/<int:pk>/decide/", proposals.DecidePage.as_view(), name="decide_proposal"),
    path("proposals/<int:pk>/draft/", proposals.FromProposalPage.as_view(), name="draft_proposal"),
    path("clauses/<int:pk>/record/", record.ClauseRecord.as_view(), name="record"),
    path("clauses/<int:pk>/propose/", proposals.ProposePage.as_view(), name="propose"),
    path("clauses/<int:pk>/", reading.ClausePage.as_view(), name="clause"),
]
