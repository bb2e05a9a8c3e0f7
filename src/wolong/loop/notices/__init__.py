"""What somebody proposes to make public comes in; whether it may be seen, and without which words, is decided; public pages go out."""
