from translate.errors import SourceError
from translate.formats.parse import Tree


def mend(data: bytes, document: str, why: str) -> tuple[Tree, str]:
    raise SourceError(f"{document}: {why}")
