"""The proxy: ends TLS as every host, hands requests to the dispatch, delivers well or badly."""

import os
import socket
import ssl
import struct
import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

from loopback.dispatch import Dispatch
from loopback.messages import Answer
from loopback.tls import Authority


class Proxy(ThreadingHTTPServer):
    """A server on a free loopback port; closing it ends every connection and joins every thread."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, dispatch: Dispatch, authority: Authority) -> None:
        self.dispatch, self.authority = dispatch, authority
        self.closing = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def keep(self, line: socket.socket) -> None:
        """Remember an open connection."""
        with self._lock:
            self._open.add(line)

    def drop(self, line: socket.socket) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.discard(line)

    def close(self) -> None:
        """Stop, also while clients hold connections or wait for an answer that never comes."""
        self.closing.set()
        self.shutdown()
        with self._lock:
            for line in self._open:
                end(line)
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Take a client that went away for what it is; show everything else."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def end(line: socket.socket) -> None:
    """Shut a connection below TLS, so that a thread reading from it wakes up."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Proxy
    host: str | None = None

    def log_message(self, *_: Any) -> None:
        """Stay silent; the dispatch keeps the log."""

    def setup(self) -> None:
        super().setup()
        self.server.keep(self.connection)

    def finish(self) -> None:
        self.server.drop(self.connection)
        with suppress(OSError):
            super().finish()

    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0]
        self.close_connection = True
        if status := self.server.dispatch.faults.refusal(host):
            self.server.dispatch.refuse(host, status, "connection refused")
            self.send_error(status)
            return
        self.send_response(200, "Connection established")
        self.end_headers()
        self.server.drop(self.connection)
        context = self.server.authority.context(host)
        with context.wrap_socket(
            self.connection, server_side=True, do_handshake_on_connect=False
        ) as line:
            self._secure(line, host)

    def _secure(self, line: ssl.SSLSocket, host: str) -> None:
        self.server.keep(line)
        try:
            line.do_handshake()
            kind = type("_Secure", (_Handler,), {"host": host, "do_CONNECT": None})
            kind(line, self.client_address, self.server)
        except OSError as problem:
            self.server.dispatch.refuse(host, 0, f"TLS: {type(problem).__name__}")
        finally:
            self.server.drop(line)

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self._chunks() if self._is_chunked() else self.rfile.read(size)
        target = urlsplit(self.path)
        host = self.host or target.hostname or self.headers.get("Host", "").partition(":")[0]
        headers = {name.lower(): value for name, value in self.headers.items()}
        dispatch = self.server.dispatch
        answer = dispatch.answer(self.command, host, self.path, headers, body)
        _DELIVER[answer.delivery](self, answer)

    do_GET = do_POST = do_PUT = do_HEAD = do_PATCH = do_DELETE = _answer  # noqa: N815

    def _is_chunked(self) -> bool:
        return self.headers.get("Transfer-Encoding", "").lower() == "chunked"

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _whole(self, answer: Answer) -> None:
        self._head(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _half(self, answer: Answer) -> None:
        self._head(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body[: len(answer.body) // 2])
        self._cut()

    def _slow(self, answer: Answer) -> None:
        self._head(answer)
        for position in range(len(answer.body)):
            if self.server.closing.wait(1.0):
                break
            self.wfile.write(answer.body[position : position + 1])
        else:
            return
        self._cut()

    def _hang(self, _: Answer) -> None:
        self.server.closing.wait()
        self.close_connection = True

    def _reset(self, _: Answer) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        # The files made from the socket would keep it open; the bare descriptor closes at once.
        os.close(self.connection.detach())

    def _cut(self) -> None:
        self.close_connection = True
        end(self.connection)


_DELIVER = {
    "whole": _Handler._whole,
    "half": _Handler._half,
    "slow": _Handler._slow,
    "hang": _Handler._hang,
    "reset": _Handler._reset,
}
