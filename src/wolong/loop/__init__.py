"""The mission in order: duties, plans, fieldwork, findings, rectification, appraisal, analysis."""
