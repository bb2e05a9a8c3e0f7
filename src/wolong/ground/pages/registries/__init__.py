"""What a lower page shows of higher rooms: each registry is filled in the higher room's `apps.ready()`."""
