"""The pure part: which words are hidden, what a content by value looks like, until when a company may answer."""
