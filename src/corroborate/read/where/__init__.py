"""Places: their names, their relations, and which of the gazetteer they are."""
