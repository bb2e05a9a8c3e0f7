"""What half a year says, in figures and in sentences. Pure."""
