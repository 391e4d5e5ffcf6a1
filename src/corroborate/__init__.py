"""Corroborate: who claims what, on whose word, and how many independent mouths stand behind it."""
