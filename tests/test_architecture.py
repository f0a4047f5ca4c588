"""The house stands as drawn: imports go downwards only, in no circle, and heavy libraries stay off the query path."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("corpus", "index", "qa", "eval", "ui")
HEAVY = {
    *("fastapi", "gradio", "milvus_lite", "pandas", "pymilvus", "scipy"),
    *("sentence_transformers", "spacy", "torch", "transformers"),
}
# A class of torch's cannot be written without torch: these modules are themselves what is imported where it is used.
HEAVY_OURS = {
    "index.encoders.use_module",
    "eval.training.frames.operation_network",
    "eval.training.frames.ranking",
    "eval.training.pieces.fitting",
    "eval.training.tables.fitting_all",
    "eval.training.tables.fitting_asked",
    "eval.training.tables.fitting_columns",
    "eval.training.tables.fitting_namings",
    "eval.training.tables.fitting_ranker",
    "eval.training.cross.fitting",
    "eval.training.cross.torch_network",
    "eval.training.cross.trained",
}
HOMES = {
    **dict.fromkeys(("sudachipy", "faiss", "sentence_transformers"), "index"),
    **dict.fromkeys(("gradio", "fastapi", "typer"), "ui"),
}


def _modules() -> dict[str, Path]:
    """Every module of the house by its dotted name."""
    found = {}
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each imported name, and whether it is imported with the module rather than inside a function."""
    inner = {
        id(node)
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(f)
    }
    inner |= {id(node) for node in ast.walk(tree) if _is_type_checking(node) for node in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                deep = f"{node.module}.{alias.name}"
                yield (deep if deep in MODULES else str(node.module)), id(node) not in inner


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_its_own_floor_and_those_below(name: str) -> None:
    floor = FLOORS.index(name.partition(".")[0])
    for imported, _ in _imports(_parsed(MODULES[name])):
        top = imported.partition(".")[0]
        if top in FLOORS:
            assert FLOORS.index(top) <= floor, f"{name} imports upward: {imported}"
            assert imported != "eval", "`import eval` would shadow the builtin; write `from eval.x import …`"


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {
        name: {i for i, at_import in _imports(_parsed(path)) if at_import and i in MODULES}
        for name, path in MODULES.items()
    }
    # A package's __init__ names its own parts; that is its purpose, and no circle of ideas.
    graph = {name: {i for i in found if not name.startswith(f"{i}.")} for name, found in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize(
    "name", sorted(n for n in MODULES if not n.startswith("ui.") and n not in HEAVY_OURS)
)
def test_heavy_libraries_are_imported_where_they_are_used(name: str) -> None:
    early = {imported for imported, at_import in _imports(_parsed(MODULES[name])) if at_import}
    loaded = {i for i in early if i.partition(".")[0] in HEAVY or i.startswith(tuple(HEAVY_OURS))}
    assert not loaded, f"{name} loads {loaded} when imported"


def test_only_the_adapters_know_the_foreign_libraries() -> None:
    """The rest of the house never sees their types: each library has one home."""
    for name, path in MODULES.items():
        for imported, _ in _imports(_parsed(path)):
            home = HOMES.get(imported.partition(".")[0])
            assert home in (None, name.partition(".")[0]), f"{name} imports {imported}"


def test_milvus_is_known_to_one_package() -> None:
    users = {
        n
        for n, path in MODULES.items()
        if any(i.partition(".")[0] in ("pymilvus", "milvus_lite") for i, _ in _imports(_parsed(path)))
    }
    assert users
    assert {user.rpartition(".")[0] for user in users} == {"index.milvus"}


def test_sudachi_is_known_to_one_file() -> None:
    users = {
        n
        for n, path in MODULES.items()
        if any(i.partition(".")[0] == "sudachipy" for i, _ in _imports(_parsed(path)))
    }
    assert users == {"index.tokenizer"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "国際連携課の仕事は何ですか"],
        ["ask", "--json", "予算はいくらですか"],
        ["search", "姉妹都市", "--json"],
    ],
)
def test_a_cold_ask_loads_none_of_the_heavy_libraries(built_home: Path, arguments: list[str]) -> None:
    code = (
        "import json, sys\nfrom ui.cli import main\nsys.argv = ['madoguchi', '--home', sys.argv[1], *sys.argv[2:]]\n"
        "try:\n    main()\nfinally:\n    sys.stderr.write(json.dumps(sorted({n.partition('.')[0] for n in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(built_home), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert not set(json.loads(done.stderr)) & HEAVY
