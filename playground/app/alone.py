"""Alone: methods of a session that no other thread may interrupt, as files are made in a thread of their own; and those
that viewers take turns with.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

TURN = Lock()


class Locked(Protocol):
    lock: RLock


Self = TypeVar("Self", bound=Locked)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def alone(method: Callable[Concatenate[Self, Arguments], Result]) -> Callable[Concatenate[Self, Arguments], Result]:
    """The method, which waits until no other of this object's is under way."""

    @wraps(method)
    def waiting(self: Self, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with self.lock:
            return method(self, *args, **kwargs)

    return waiting


def in_turn(method: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The method, which waits until no other such is under way, of whatever object.

    NumPy lets go of Python's lock at each step: threads that take it from each other so often lose half of their time.
    """

    @wraps(method)
    def waiting(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        with TURN:
            return method(*args, **kwargs)

    return waiting
