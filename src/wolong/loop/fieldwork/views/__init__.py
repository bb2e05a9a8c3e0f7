"""The pages of fieldwork: phone width for whoever walks, desk width for whoever reads."""
