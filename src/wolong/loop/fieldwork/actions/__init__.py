"""The verbs of fieldwork: begin a visit, note what is seen, submit it once."""

from wolong.loop.fieldwork.actions.observing import confirm_rest, keep_photos, observe
from wolong.loop.fieldwork.actions.visiting import start_visit, submit_visit

__all__ = ["confirm_rest", "keep_photos", "observe", "start_visit", "submit_visit"]
