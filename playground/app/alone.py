"""Alone: methods of a session that no other thread may interrupt. Files are made in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar


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
