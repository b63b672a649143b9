"""A run over a work, from the first reading to the last proof: what is to do, what it will take, one paid request after another, each reply judged and on disk."""
