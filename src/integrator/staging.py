"""A folder is made beside its place and put there when whole; what a killed process left there goes with the next.

Whoever makes a folder holds a lock on it that ends with the process, however it ends. So what is locked by nobody and
has the name and the content of ours is left over, and no clock or number of a process is asked.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

with suppress(ImportError):  # another system: nothing is locked there, and nothing left over is removed
    import fcntl

_CAN_LOCK = "fcntl" in globals()

_CONTENT = "run"
_OURS = r"-(?:new|old)-[a-z0-9_]{8}"
"""How our names end: as `tempfile` draws them."""


def put(out: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a new folder, then put it in place of `out`; a failure leaves `out` as it was.

    Until then nobody else may look into it; afterwards it has the rights that the system gives to new folders (umask).
    Raises OSError and what `fill` raises.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _held(out, "-new-") as made:
        content = made / _CONTENT
        content.mkdir()
        fill(content)
        _swap(content, out)
    _remove_left_over(out)


def _swap(made: Path, out: Path) -> None:
    if not out.exists():
        made.rename(out)
        return
    with _held(out, "-old-") as old:
        out.rename(old / _CONTENT)
        try:
            made.rename(out)
        except BaseException:
            (old / _CONTENT).rename(out)
            raise


@contextmanager
def _held(out: Path, sign: str) -> Iterator[Path]:
    """A folder of our own beside `out`, locked while we live and gone afterwards."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}{sign}", dir=out.parent))
        lock = _lock(made)
        if made.is_dir():  # else another process found it before it was locked
            break
        _release(lock)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _release(lock)


def _remove_left_over(out: Path) -> None:
    """Remove the folders of ended processes that were to become `out`; what cannot be locked or removed stays."""
    for path in out.parent.glob(f".{_escaped(out.name)}-*"):
        if not re.fullmatch(re.escape(f".{out.name}") + _OURS, path.name) or not _is_own_folder(path):
            continue
        lock = _lock(path)
        if lock is not None:
            shutil.rmtree(path, ignore_errors=True)
            _release(lock)


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def _is_own_folder(path: Path) -> bool:
    """Whether it is a folder, no link, of this user alone, as `tempfile` makes it, with our content only."""
    with suppress(OSError):
        status = path.lstat()
        is_private = status.st_uid == os.getuid() and not status.st_mode & 0o077
        return is_private and stat.S_ISDIR(status.st_mode) and {one.name for one in path.iterdir()} <= {_CONTENT}
    return False


def _lock(folder: Path) -> int | None:
    """The lock of a folder, None when another process has it or the file system knows no locks."""
    if not _CAN_LOCK:
        return None
    handle = -1
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle >= 0:
            os.close(handle)
        return None
    return handle


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
