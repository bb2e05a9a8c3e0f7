"""What was found comes in; points, a score, a grade and a suggested payment per contract and quarter go out, for anyone to recompute."""
