"""Every regular expression of the house: those kept in modules, and those written where they are used."""

import ast
import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType

FLOORS = ("corpus", "index", "qa", "eval", "ui")
_CALLS = frozenset({"compile", "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"})
_UNKNOWN = "市"
"""Stands for what only a call knows, a name of the question say."""


class _Names(dict[str, object]):
    """A module's names; those of a function, unknown here, are a word."""

    def __missing__(self, name: str) -> object:
        return _UNKNOWN


def house_modules() -> list[ModuleType]:
    """Import and return every module of the five floors, but those that start a program when imported."""
    names = [
        module.name
        for floor in FLOORS
        for module in pkgutil.walk_packages(importlib.import_module(floor).__path__, f"{floor}.")
    ]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def house_patterns() -> dict[re.Pattern[str], str]:
    """Return every pattern with the place where it was found."""
    found: dict[re.Pattern[str], str] = {}
    for module in house_modules():
        for pattern in (*_kept(module), *_written(module)):
            if isinstance(pattern.pattern, str):
                found.setdefault(pattern, module.__name__)
    return found


def _kept(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """Yield the patterns reachable from the module's own names: containers, classes, closures, defaults."""
    seen: set[int] = set()
    waiting: list[object] = [value for name, value in vars(module).items() if not name.startswith("__")]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, re.Pattern):
            yield thing
        else:
            waiting += _inside(thing, module)


def _inside(thing: object, module: ModuleType) -> list[object]:
    if isinstance(thing, Mapping):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, list | tuple | set | frozenset):
        return list(thing)
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args, *thing.keywords.values()]
    if isinstance(thing, property):
        return [thing.fget]
    thing = inspect.unwrap(thing) if callable(thing) else thing
    if isinstance(thing, FunctionType):
        cells = [cell.cell_contents for cell in thing.__closure__ or () if not _is_empty(cell)]
        return [*cells, *(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values()]
    if isinstance(thing, type):
        return list(vars(thing).values()) if thing.__module__ == module.__name__ else []
    own = type(thing).__module__.split(".")[0] in FLOORS
    slots = [getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ())] if own else []
    return [*slots, *getattr(thing, "__dict__", {}).values()] if own else []


def _is_empty(cell: object) -> bool:
    try:
        cell.cell_contents  # type: ignore[attr-defined] # noqa: B018
    except ValueError:
        return True
    return False


def _written(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """Yield what is handed to `re` anywhere in the module's source; unknown names are taken for a word."""
    tree = ast.parse(inspect.getsource(module))
    names = _Names(vars(module))
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.func.attr in _CALLS
            and call.args
        ):
            written = _evaluated(call.args[0], names)
            if written is not None:
                yield re.compile(written)


def _evaluated(expression: ast.expr, names: _Names) -> str | None:
    """Return the pattern that an expression writes; its parts that only a call knows become a word."""
    if isinstance(expression, ast.JoinedStr):
        return "".join(_evaluated(part, names) or "" for part in expression.values)
    if isinstance(expression, ast.FormattedValue):
        return _evaluated(expression.value, names) or _UNKNOWN
    code = compile(ast.Expression(expression), "<pattern>", "eval")
    try:
        value = eval(code, {"__builtins__": __builtins__}, names)  # noqa: S307 - the house's own source
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return None
    return value if isinstance(value, str) else None
