"""What is decided about places without looking anything up: the tree, and the rows of a sheet."""
