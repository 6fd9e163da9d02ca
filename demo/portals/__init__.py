"""The eight portals, each in another style of web building, and the loopback address of each host."""

from collections.abc import Mapping

from demo.portals.drupal import DrupalSite
from demo.portals.frames import FramesSite
from demo.portals.joomla import JoomlaSite
from demo.portals.liferay import DeskSite, LiferaySite
from demo.portals.municipal import MunicipalSite
from demo.portals.spa import SpaSite
from demo.portals.webforms import WebFormsSite
from demo.portals.wordpress import WordPressSite
from demo.site import SiteMaker

SITES: Mapping[str, SiteMaker] = {
    "qanat": WordPressSite,
    "abrah": WebFormsSite,
    "zaferan": SpaSite,
    "honar": LiferaySite,
    "honar-desk": DeskSite,
    "sepidrud": JoomlaSite,
    "nojoom": DrupalSite,
    "naghshe": FramesSite,
    "niloofar": MunicipalSite,
}
"""Who serves which host: agency ids, and `honar-desk`, the service desk of honar on a host of its own."""

HOSTS: Mapping[str, str] = {
    "qanat": "127.0.1.1",
    "abrah": "127.0.1.2",
    "zaferan": "127.0.1.3",
    "honar": "127.0.1.4",
    "honar-desk": "127.0.1.14",
    "sepidrud": "127.0.1.5",
    "nojoom": "127.0.1.6",
    "naghshe": "127.0.1.7",
    "niloofar": "127.0.1.8",
}
