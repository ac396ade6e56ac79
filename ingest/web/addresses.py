"""Which web addresses may be asked at all: the public web, and what the operator allows besides.

Everybody who can write a link on a blog, or answer for a host name, could otherwise make this
machine ask its own neighbours. The IP addresses themselves are judged, never names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from ingest.web.fetched import PermanentError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What `ipaddress` calls global though it is not the public web: multicast, the relays of 6to4
# (RFC 7526) and the ranges that carry another address within (NAT64, RFC 6052 and 8215; 6to4,
# RFC 3056; Teredo and others of RFC 2928), and the newer blocks for documentation and segment
# routing (RFC 9637, 9602).
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "224.0.0.0/4",
        "192.88.99.0/24",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "ff00::/8",
    )
)
# The unicast addresses that are given out (RFC 4291, IANA): all else is no public IPv6 address.
_GIVEN_OUT = IPv6Network("2000::/3")
_LONGEST_HOST = 253  # RFC 1035
# Below 1024 other services listen, which would take our request for theirs.
_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024
# The forms of numbers that systems read as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1.
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
_DOTTED = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts and networks that may be asked though they are not public."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, entries: Iterable[str]) -> Allowed:
        """From host names, IP addresses and networks; raises ValueError with what is neither."""
        names, networks = set(), []
        for entry in filter(None, (entry.strip().lower() for entry in entries)):
            try:
                networks.append(ip_network(entry))
            except ValueError:
                if not re.fullmatch(r"(?=.*[a-z])[a-z0-9.-]+", entry):
                    raise ValueError(f"{entry!r} is no host name, address or network") from None
                names.add(entry.rstrip("."))
        return cls(frozenset(names), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        """Whether ``host``, which is at ``address``, may be asked."""
        named = host.lower().rstrip(".") in self.names
        return named or is_public(address) or self._holds(address)

    def trusts(self, host: str) -> bool:
        """Whether the operator named ``host`` itself, or the address that it is."""
        try:
            return self._holds(ip_address(host))
        except ValueError:
            return host.lower().rstrip(".") in self.names

    def _holds(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public web, in a form that can hide no other."""
    if isinstance(address, IPv6Address) and (address not in _GIVEN_OUT or address.scope_id):
        return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


def check(url: str) -> None:
    """Raise `PermanentError` unless ``url`` is a plain address of a web page."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if (
        not 0 < len(host) <= _LONGEST_HOST
        or parts.scheme not in ("http", "https")
        or not url.isprintable()
        or " " in url
    ):
        raise PermanentError(f"{shown(url)!r} is not an http or https address of a page.")
    if "@" in parts.netloc:
        raise PermanentError(
            f"The address of {host} carries a user name, which hides where it leads; leave it out."
        )
    if _ENDS_IN_NUMBER.search(host) and not _is_dotted(host):
        raise PermanentError(f"{host!r} is a number in the place of a host name.")
    if port is not None and port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
        raise PermanentError(f"Port {port} of {host} is not one of a web server.")


def shown(url: str) -> str:
    """``url`` as it may be printed: without user name and query, where secrets stand."""
    plain = re.sub(r"//[^/?#]*@", "//", ascii(url)[1:-1])
    return re.sub(r"[?#].*", "?…", plain)[:200]


def addresses(found: Iterable[str]) -> list[Address]:
    """The IP addresses that a resolver printed, each once, in its order."""
    return [ip_address(printed) for printed in dict.fromkeys(found)]


def _is_dotted(host: str) -> bool:
    """Whether ``host`` is an IPv4 address as everybody writes it."""
    try:
        return _DOTTED.fullmatch(host) is not None and bool(IPv4Address(host))
    except ValueError:
        return False
