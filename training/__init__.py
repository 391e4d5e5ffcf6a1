"""How the encoder is trained. Nothing here is needed, or installed, for reading."""
