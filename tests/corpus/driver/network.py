"""No network while the official packages run: they report their use as soon as they are imported."""

import socket


def refuse_network():
    """Let every name lookup fail at once."""

    def no_lookup(host, *args, **kwargs):
        raise socket.gaierror("no network while the corpus is made")

    socket.getaddrinfo = no_lookup
