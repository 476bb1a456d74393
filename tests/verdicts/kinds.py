"""The list of what is tried: each way of changing or preparing a signed file, by kind."""

from dataclasses import dataclass
from typing import Callable

#: What most ways are tried on.
USUAL = ("plain", "certified-2", "packed", "ours")
EVERY = ("plain", "certified-1", "certified-2", "certified-3", "packed", "ours")
#: Files whose cross-references are tables.
TABLES = ("plain", "certified-2", "ours")


@dataclass
class Way:
    kind: str
    name: str
    #: In the words of the table.
    what: str
    make: Callable
    on: tuple
    #: The files on which an honest program does this, so that a verdict of "changed" would be a false alarm.
    honest: tuple


WAYS: list[Way] = []


def way(kind: str, what: str, on: tuple = USUAL, honest: bool | tuple = False):
    """Notes a function from a signed file to a changed one; None where the file has nothing to change."""

    def note(make):
        WAYS.append(Way(kind, make.__name__.strip("_").replace("_", "-"), what, make, on, on if honest is True else honest or ()))
        return make

    return note
