"""What every room stands on: people, ledger, workdays, files, papers, inbox, pages."""
