"""Source: functions of the registries as Python text that needs nothing but NumPy."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np


def source(function: Callable[..., Any]) -> str:
    """The function without annotations, after the functions and constants that it needs."""
    return "\n\n\n".join(map(ast.unparse, _with_needs(function)))


def called(function: Callable[..., Any], arguments: str) -> str:
    """The expression that calls it: the body of a lambda, which has to name its parameters like the arguments."""
    if isinstance(function, np.ufunc):
        sign = _SIGNS.get(function.__name__)
        return f" {sign} ".join(arguments.split(", ")) if sign else f"np.{function.__name__}({arguments})"
    if function.__name__ != "<lambda>":
        return f"{function.__name__}({arguments})"
    module = ast.parse(inspect.getsource(sys.modules[function.__module__]))
    line = function.__code__.co_firstlineno
    (found,) = [node for node in ast.walk(module) if isinstance(node, ast.Lambda) and node.lineno == line]
    return ast.unparse(found.body)


def returning(function: Callable[..., Any], name: str) -> str:
    """A function f(…, out) that writes into its last argument, as one that returns a new array, under this name."""
    if isinstance(function, np.ufunc):
        return f"def {name}(z):\n    return np.{function.__name__}(z)"
    *needs, definition = _with_needs(function)
    assert isinstance(definition, ast.FunctionDef)
    definition.name = name
    out = definition.args.args.pop().arg
    begin = ast.parse(f"{out} = np.empty_like({definition.args.args[0].arg})").body
    at = 1 if ast.get_docstring(definition) else 0
    definition.body[at:at] = [*needs, *begin]
    return ast.unparse(ast.fix_missing_locations(definition))


_SIGNS = {"subtract": "-", "add": "+", "multiply": "*", "divide": "/"}


def _with_needs(function: Callable[..., Any]) -> list[ast.stmt]:
    definition = _definition(function)
    names = {node.id for node in ast.walk(definition) if isinstance(node, ast.Name)}
    values = getattr(function, "__globals__", {})
    needs: dict[str, ast.stmt] = {}
    for name in sorted(names & values.keys() - {"np", definition.name}):
        if isinstance(values[name], FunctionType):
            needs |= {ast.unparse(needed): needed for needed in _with_needs(values[name])}
        else:
            text = f"{name} = {_literal(values[name])}"
            needs[text] = ast.parse(text).body[0]
    return [*needs.values(), definition]


def _definition(function: Callable[..., Any]) -> ast.FunctionDef:
    definition = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.returns = None
    for argument in definition.args.args:
        argument.annotation = None
    return definition


def _literal(value: object) -> str:
    if isinstance(value, np.ufunc):
        return f"np.{value.__name__}"
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r}, {value.dtype.char!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(entry)}" for key, entry in value.items()) + "}"
    return repr(value)
