"""The seam to language models: one folder, one file per way to reach one.

``open_model`` turns what ``--model`` says into a ``Model``; the values that cross the seam stand in ``translate.models.seam``.
"""
