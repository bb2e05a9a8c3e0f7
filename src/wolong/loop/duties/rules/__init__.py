"""What is decided about duties: who does and checks, what changes, and how far supervision has got."""
