"""Half a year of findings comes in; why they happened is asked of people; orders to mend a system and revisions of clauses go out."""
