"""Failed observations come in; severity, responsibility and repetition are judged; findings go out."""
