"""Sign-in through the office's own identity provider (OpenID Connect): it says who somebody is, Wolong whether they may come in."""
