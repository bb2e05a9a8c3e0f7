"""What happened comes in, by value; nothing is decided; an append-only, sealed trail goes out."""
