"""What was found, put in front of people and programs: one module per format."""
