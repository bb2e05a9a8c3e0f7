"""The announced calendar comes in; working days and rest days are decided; deadlines go out."""
