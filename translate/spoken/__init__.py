"""Our own sentences in the languages that our pages speak: the words of a page, and what the core says in English told in another language.

The report and the desk both stand on it. The core itself speaks English, and knows nothing of this.
"""
