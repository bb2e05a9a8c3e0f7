"""How somebody looks at a list comes in; that it may be kept, and for whom, is decided; their own views go out to the list."""
