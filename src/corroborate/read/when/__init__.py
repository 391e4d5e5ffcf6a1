"""Times as intervals of days."""
