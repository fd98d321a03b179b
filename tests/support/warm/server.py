"""Import a client's libraries once, and answer each client's process by a copy of this one.

    python server.py ADDRESS SECONDS MODULE...

Importing takes two to three seconds of a processor, and a failing command hardly more than that.
What a copy is given is what the process that asked was given: its streams, folder and environment.
"""

import contextlib
import importlib
import json
import os
import signal
import socket
import sys


def main(address: str, seconds: str, *modules: str) -> None:
    """Serve until ended."""
    from codegen_fi.sources import child

    # Some libraries read these when they are imported.
    os.environ.update(child._environment(float(seconds)))
    importlib.import_module("codegen_fi.sources.clients.__main__")
    for name in modules:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, reap)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        while True:
            asked, _ = server.accept()
            if os.fork() == 0:
                server.close()
                answer(asked)
            asked.close()


def reap(*_: object) -> None:
    """Let go of the copies that have ended; what they took is counted as this process's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def answer(asked: socket.socket) -> None:
    """Become the process that asked."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    size, streams, _, _ = socket.recv_fds(asked, 8, 3)
    told = bytearray()
    while len(told) < int.from_bytes(size, "big"):
        told += asked.recv(1 << 16)
    given = json.loads(told)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(given["folder"])
    os.environ.clear()
    os.environ.update(given["environment"])
    code = 1
    with contextlib.suppress(SystemExit):
        try:
            sys.modules["codegen_fi.sources.clients.__main__"].main()
            code = 0
        except Exception:  # noqa: BLE001 - as Python ends
            sys.excepthook(*sys.exc_info())
    asked.sendall(bytes([code]))
    os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
