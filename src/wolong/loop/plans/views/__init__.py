"""The pages of plans: months, rounds, draws."""
