"""Findings come in; who must put them right by when, and whether they did, is decided; closed orders go out."""
