"""What is decided about editions, columns and changes, without a database."""
