"""Agency honar: a Liferay-like portal, and its service desk as another product on a host of its own."""

from demo.book import Section
from demo.site import Request, Response, Site, redirect


class LiferaySite(Site):
    """Middling portal: addresses below /web/guest/, texts as /-/slug, old layout ids that redirect."""

    style = "liferay"
    robots = "User-agent: *\nDisallow: /c/portal/login\nDisallow: /group/\n"

    def respond(self, request: Request) -> Response:
        """As every portal; the bare host leads to the guest home, and an old layout id to its page."""
        if request.path == "/":
            return redirect("/web/guest/home")
        if request.path == "/c/portal/layout":
            return redirect(
                "/web/guest/" + {"21": "managers", "22": "chart"}.get(request.query.get("p_l_id", ""), "home"), 301
            )
        return super().respond(request)


class DeskSite(Site):
    """The fund's service desk: a small application whose requests lie behind the national sign-on."""

    style = "desk"

    def find(self, request: Request) -> Section | None:
        """A page of the desk; the bare host is its home."""
        return self.sections.get("/index") if request.path == "/" else super().find(request)
