"""The house rules that a machine can hold: who imports whom, how long things are, what every module says of itself."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "translate"
ROWS = [
    {"document", "languages", "errors", "sites"},
    {"decoder", "difference", "glossary", "ledger", "models", "settings", "spoken", "style"},
    {"checks", "prompts"},
    {"formats", "wiki", "aligner", "chunker", "prescan", "translator", "checker", "proofreader", "assembler", "report", "store", "exchange", "trial", "memory", "assessor", "learner"},
    {"pipeline"},
    {"cli", "web", "mcp"},
]
ROW = {name: number for number, row in enumerate(ROWS) for name in row}
SAME_ROW = {
    ("translator", "chunker"): "a translation is asked for in the chunker's pieces",
    ("glossary", "decoder"): "a glossary's table is in some encoding",
    ("models", "settings"): "fetched models and profiles lie in the user's folders",
    ("trial", "translator"): "a trial asks as the translator asks",
    ("trial", "chunker"): "a trial asks as the translator asks",
    ("trial", "checker"): "a trial is judged as drafts are",
    ("assembler", "formats"): "the assembler drives a format's writer",
    ("cli", "web"): "the desk is opened by a command",
    ("languages", "errors"): "a wrong tag is an error of ours",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path):
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "translate":
            names = node.module.split(".")[1:2] or [alias.name for alias in node.names]
            yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("translate."))


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) not in ("__init__", "__main__")], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_lower_rows_only(path):
    mine = part(path)
    assert mine in ROW, f"{mine} has no row: say in tests/test_house.py where it belongs"

    wrong = [other for other in imports(path) if other in ROW and other != mine and ROW[other] >= ROW[mine] and (mine, other) not in SAME_ROW]

    assert [] == wrong


def inside(folder):
    """What each module or folder of ``folder`` imports of the others there, by name."""
    whole = ".".join(("translate", *folder.relative_to(PACKAGE).parts))
    out = {}
    for path in folder.rglob("*.py"):
        mine = path.relative_to(folder).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{whole}."):
                rest = node.module[len(whole) + 1 :].split(".")[0]
                out.setdefault(mine, set()).update({rest} if rest else {alias.name for alias in node.names})
    return {mine: (others & out.keys()) - {mine} for mine, others in out.items() if mine != "__init__"}


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES} - {PACKAGE}), ids=lambda folder: str(folder.relative_to(PACKAGE)))
def test_the_modules_and_folders_of_a_package_do_not_import_in_circles(folder):
    left = inside(folder)
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}

    assert {} == left


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_and_is_not_too_long(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    long = [
        f"{node.name}: {node.end_lineno - node.lineno} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno > 60
    ]

    assert ast.get_docstring(tree)
    assert text.count("\n") <= 450
    assert [] == long


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_public_function_and_class_says_what_it_promises(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = []
    for node in ast.walk(tree):
        for child in getattr(node, "body", []) if isinstance(node, ast.Module | ast.ClassDef) else []:
            named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if named and not child.name.startswith("_") and not ast.get_docstring(child):
                silent.append(child.name)

    assert [] == silent


def test_errors_are_caught_by_name_only():
    wide = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") in ("Exception",)):
                wide.append(f"{path.name}:{node.lineno}")

    assert [] == wide


def test_nothing_is_called_by_a_name_that_says_nothing():
    assert [] == [path.name for path in MODULES if re.fullmatch(r"(utils?|helpers?|common|managers?|core|misc)\.py", path.name)]
