"""Standard texts come in; which edition rules on a day is decided; clauses and requirements with fingerprints go out."""
