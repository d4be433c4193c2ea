"""Words and numbers of three languages: pure functions on text, standard library only."""
