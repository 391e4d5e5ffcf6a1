"""How many, of whom, and what was done to them; the victims who are named."""
