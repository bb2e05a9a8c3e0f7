"""What rooms want to show comes in; it is decided how a page is laid out; the frame, lists, details and forms go out."""
