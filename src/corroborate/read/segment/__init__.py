"""The parts of a page, embedded posts, and where sentences start."""
