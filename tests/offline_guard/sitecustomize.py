"""Watches a Python process and its children: each address off the loopback goes to the file ``OFFLINE_LOG``, refused.

Example: ``socket.getaddrinfo example.com`` 是日志中的一行，表示程序曾试图外连。
"""

import ctypes
import ipaddress
import os
import platform
import struct
import sys
from pathlib import Path

LOOPBACK_NAMES = {"localhost", ""}
CONNECTING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
RESOLVING = {"socket.getaddrinfo", "socket.gethostbyname"}
SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def is_loopback(host):
    """Return whether ``host`` (a name, an address, or None for this machine) stays on this machine."""
    name = (host.decode() if isinstance(host, bytes) else host) or ""
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def watch(event, args):
    """Refuse and write down any event that names a host off the loopback."""
    if event in CONNECTING:
        # sendto and sendmsg carry the address last; a tuple is an Internet address, anything else is local.
        address = args[-1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in RESOLVING:
        host = args[0]
    else:
        return
    if not is_loopback(host):
        with Path(os.environ["OFFLINE_LOG"]).open("a", encoding="utf-8") as log:
            log.write(f"{event} {host}\n")
        raise OSError(f"offline test: {event} {host}")


def forbid_internet_sockets():
    """Let the kernel refuse Internet sockets, native code's included; return whether it agreed.

    A seccomp filter of classic BPF: socket(AF_INET or AF_INET6, …) returns EACCES, everything else passes.
    """
    if sys.platform != "linux" or platform.machine() not in SOCKET_CALL:
        return False
    architecture, call = SOCKET_CALL[platform.machine()]
    load, equal, give = 0x20, 0x15, 0x06
    program = [
        (load, 0, 0, 4),
        (equal, 0, 5, architecture),
        (load, 0, 0, 0),
        (equal, 0, 3, call),
        (load, 0, 0, 16),
        (equal, 2, 0, 2),
        (equal, 1, 0, 10),
        (give, 0, 0, 0x7FFF0000),
        (give, 0, 0, 0x00050000 | 13),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code)
    filter_ = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    holder = ctypes.create_string_buffer(filter_)
    if libc.prctl(38, 1, 0, 0, 0):
        return False
    return libc.prctl(22, 2, ctypes.addressof(holder), 0, 0) == 0


if "OFFLINE_LOG" in os.environ:
    sys.addaudithook(watch)
    if os.environ.get("OFFLINE_KERNEL"):
        forbid_internet_sockets()
