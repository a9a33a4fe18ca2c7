"""Who could reach an address."""

from __future__ import annotations


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it; names other than localhost are not trusted."""
    import ipaddress

    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
