"""Who says what: cues, sources and contents joined; voices and chains."""
