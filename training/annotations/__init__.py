"""Standoff annotations made for this project; GUIDE.md says how. Loaded by `evals.current_events`."""
