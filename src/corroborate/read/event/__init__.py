"""What happened: triggers, their arguments, modes and types."""
