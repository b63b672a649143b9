"""What a user orders, and how it is carried out, from the source to the built book: the one door for every face."""

from translate.pipeline.glossaries import NO_GLOSSARY
from translate.pipeline.order.carrying import carry_out, quoted
from translate.pipeline.order.kept import again
from translate.pipeline.order.values import NO_SHEET, Order, Result

__all__ = ["NO_GLOSSARY", "NO_SHEET", "Order", "Result", "again", "carry_out", "quoted"]
