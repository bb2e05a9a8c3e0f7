"""The order list, the order page as drawn, and a page for each verb."""
