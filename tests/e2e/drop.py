"""Drops files on the window of another program, as a file manager would: by the XDND protocol, version 5, over libX11.

Usage: python3 drop.py FILE [FILE...]   The largest window that takes drops gets them, in its middle.
Exit status 0: the window took them; 1: it did not, and standard error says why. Needs DISPLAY and nothing but Python and libX11.
"""

import ctypes as c
import sys
import time
from pathlib import Path

X = c.CDLL("libX11.so.6")
Window, Atom, Time = c.c_ulong, c.c_ulong, c.c_ulong


class ClientMessage(c.Structure):
    _fields_ = [("type", c.c_int), ("serial", c.c_ulong), ("send_event", c.c_int), ("display", c.c_void_p), ("window", Window),
                ("message_type", Atom), ("format", c.c_int), ("data", c.c_long * 5)]


class SelectionRequest(c.Structure):
    _fields_ = [("type", c.c_int), ("serial", c.c_ulong), ("send_event", c.c_int), ("display", c.c_void_p), ("owner", Window),
                ("requestor", Window), ("selection", Atom), ("target", Atom), ("property", Atom), ("time", Time)]


class Selection(c.Structure):
    _fields_ = [("type", c.c_int), ("serial", c.c_ulong), ("send_event", c.c_int), ("display", c.c_void_p), ("requestor", Window),
                ("selection", Atom), ("target", Atom), ("property", Atom), ("time", Time)]


class Event(c.Union):
    _fields_ = [("type", c.c_int), ("client", ClientMessage), ("request", SelectionRequest), ("selection", Selection), ("pad", c.c_long * 24)]


CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31
REPLACE, ATOM_ATOM, NOW = 0, 4, 0

X.XOpenDisplay.restype = c.c_void_p
X.XDefaultRootWindow.restype = X.XCreateSimpleWindow.restype = Window
X.XInternAtom.restype = Atom
for name, kinds in {
    "XDefaultRootWindow": [c.c_void_p], "XInternAtom": [c.c_void_p, c.c_char_p, c.c_int],
    "XCreateSimpleWindow": [c.c_void_p, Window, c.c_int, c.c_int, c.c_uint, c.c_uint, c.c_uint, c.c_ulong, c.c_ulong],
    "XSetSelectionOwner": [c.c_void_p, Atom, Window, Time], "XSendEvent": [c.c_void_p, Window, c.c_int, c.c_long, c.POINTER(Event)],
    "XFlush": [c.c_void_p], "XPending": [c.c_void_p], "XNextEvent": [c.c_void_p, c.POINTER(Event)], "XFree": [c.c_void_p],
    "XChangeProperty": [c.c_void_p, Window, Atom, Atom, c.c_int, c.c_int, c.c_char_p, c.c_int],
    "XQueryTree": [c.c_void_p, Window, c.POINTER(Window), c.POINTER(Window), c.POINTER(c.POINTER(Window)), c.POINTER(c.c_uint)],
    "XGetGeometry": [c.c_void_p, Window, c.POINTER(Window)] + [c.POINTER(c.c_int)] * 2 + [c.POINTER(c.c_uint)] * 4,
    "XTranslateCoordinates": [c.c_void_p, Window, Window, c.c_int, c.c_int, c.POINTER(c.c_int), c.POINTER(c.c_int), c.POINTER(Window)],
    "XListProperties": [c.c_void_p, Window, c.POINTER(c.c_int)],
}.items():
    getattr(X, name).argtypes = kinds
X.XListProperties.restype = c.POINTER(Atom)


class Drag:
    def __init__(self, files):
        self.display = X.XOpenDisplay(None) or sys.exit("there is no display")
        self.root = X.XDefaultRootWindow(self.display)
        self.data = "".join(f"{Path(file).resolve().as_uri()}\r\n" for file in files).encode()
        self.source = X.XCreateSimpleWindow(self.display, self.root, 0, 0, 1, 1, 0, 0, 0)
        self.list = self.atom("text/uri-list")
        self.heard = []
        X.XSetSelectionOwner(self.display, self.atom("XdndSelection"), self.source, NOW)

    def atom(self, name):
        return X.XInternAtom(self.display, name.encode(), 0)

    def drop(self):
        target, width, height = max(self.takers(self.root), key=lambda found: found[1] * found[2], default=(0, 0, 0))
        if not target:
            sys.exit("no window takes drops")
        x, y, child = c.c_int(), c.c_int(), Window()
        X.XTranslateCoordinates(self.display, target, self.root, width // 2, height // 2, c.byref(x), c.byref(y), c.byref(child))
        copy = self.atom("XdndActionCopy")
        self.tell(target, "XdndEnter", 5 << 24, self.list, 0, 0)
        for step in range(8):  # a hand moves before it lets go
            self.tell(target, "XdndPosition", 0, (x.value + step) << 16 | y.value, NOW, copy)
            self.answer(0.15)
        if "XdndStatus" not in self.heard:
            sys.exit("the window does not answer a drag")
        self.tell(target, "XdndDrop", 0, NOW, 0, 0)
        self.answer(5, until="XdndFinished")
        if "XdndFinished" not in self.heard:
            sys.exit("the window did not take the drop")

    def takers(self, window):
        """Windows below this one that say that they take drops, with their sizes."""
        count, aware = c.c_int(), self.atom("XdndAware")
        found = X.XListProperties(self.display, window, c.byref(count))
        if found and aware in found[: count.value]:
            size = [c.c_uint() for _ in range(4)]
            root, at = Window(), [c.c_int(), c.c_int()]
            X.XGetGeometry(self.display, window, c.byref(root), *map(c.byref, at), *map(c.byref, size))
            yield window, size[0].value, size[1].value
        root, parent, children, many = Window(), Window(), c.POINTER(Window)(), c.c_uint()
        X.XQueryTree(self.display, window, c.byref(root), c.byref(parent), c.byref(children), c.byref(many))
        for child in children[: many.value] if many.value else []:
            yield from self.takers(child)

    def tell(self, target, message, *data):
        event = Event()
        event.client = ClientMessage(CLIENT_MESSAGE, 0, 1, self.display, target, self.atom(message), 32, (c.c_long * 5)(self.source, *data))
        X.XSendEvent(self.display, target, 0, 0, c.byref(event))
        X.XFlush(self.display)

    def answer(self, seconds, until=None):
        """Hands out the list of files to whoever asks, and notes what the window says, for so long."""
        end, names = time.monotonic() + seconds, {self.atom(name): name for name in ("XdndStatus", "XdndFinished")}
        while time.monotonic() < end and until not in self.heard:
            if not X.XPending(self.display):
                time.sleep(0.01)
                continue
            event = Event()
            X.XNextEvent(self.display, c.byref(event))
            if event.type == CLIENT_MESSAGE:
                self.heard.append(names.get(event.client.message_type))
            elif event.type == SELECTION_REQUEST:
                self.give(event.request)

    def give(self, asked):
        known = asked.target == self.list
        if known:
            X.XChangeProperty(self.display, asked.requestor, asked.property, asked.target, 8, REPLACE, self.data, len(self.data))
        event = Event()
        told = asked.property if known else 0
        event.selection = Selection(SELECTION_NOTIFY, 0, 1, self.display, asked.requestor, asked.selection, asked.target, told, asked.time)
        X.XSendEvent(self.display, asked.requestor, 0, 0, c.byref(event))
        X.XFlush(self.display)


Drag(sys.argv[1:]).drop()
