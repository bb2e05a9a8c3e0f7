"""What rooms want to show comes in; how a page is laid out is decided; frame, lists, details and forms go out."""
