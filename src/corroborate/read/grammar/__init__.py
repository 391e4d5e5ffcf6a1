"""What the other parts ask of words and trees."""
