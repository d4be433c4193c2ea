"""Loaded by every Python process of the test before anything else: writes down what the process asks of the system.

Whoever opens a connection is stopped. Lines of the log: kind, tab, what.
"""

import os
import sys
from pathlib import Path

_LOG = os.open(os.environ["WATCHED_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_CANARY = os.environ["WATCHED_CANARY"]
_NETWORK = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request", "http.client.connect", "ftplib.connect",
    "smtplib.connect", "webbrowser.open",
}  # fmt: skip
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_PLACES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod", "sqlite3.connect"}


def _note(kind: str, what: object) -> None:
    os.write(_LOG, f"{kind}\t{what}\n".encode(errors="replace"))


def _place(path: object) -> str:
    given = Path(os.fsdecode(path))
    return str(given.parent.resolve() / given.name)


def _see(event: str, given: tuple) -> None:
    if event in _NETWORK:
        _note("network", (event, given[1:] if event.startswith("socket.") else given))
        raise PermissionError(f"no network at run time: {event}")
    if event in _PROGRAMS:
        _note("program", given[0])
    elif event == "pickle.find_class":
        _note("pickle", given)
    elif event == "compile":
        source = given[0]
        if source is not None and _CANARY in (
            source.decode(errors="replace") if isinstance(source, bytes) else str(source)
        ):
            _note("code", source)
    elif event == "open":
        path, mode, flags = given
        if isinstance(path, str | bytes) and (set(mode or "") & set("wax+") or (flags or 0) & _WRITING):
            _note("write", _place(path))
    elif event in _PLACES:
        for path in given[: 2 if event == "os.rename" else 1]:
            if isinstance(path, str | bytes):
                _note("write", _place(path))


sys.addaudithook(_see)
_note("seen", os.getpid())
