"""What is looked after: places, equipment, contracts."""
