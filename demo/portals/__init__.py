"""The eight portals, each in another style of web building, and the loopback address of each host."""

from collections.abc import Mapping

from demo.portals.webforms import WebFormsSite
from demo.portals.wordpress import WordPressSite
from demo.site import SiteMaker

SITES: Mapping[str, SiteMaker] = {
    "qanat": WordPressSite,
    "abrah": WebFormsSite,
}

HOSTS: Mapping[str, str] = {
    "qanat": "127.0.1.1",
    "abrah": "127.0.1.2",
}
