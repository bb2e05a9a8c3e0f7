"""A command of another system comes in with its key; whether it came before is decided; one answer goes out, however often it is asked."""
