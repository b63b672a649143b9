"""Numbers, by language: in figures and in words, what multiplies and divides them, and their units."""
