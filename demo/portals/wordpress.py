"""Agency qanat: a WordPress-like portal with percent-encoded Persian slugs, search by `?s=` and short links by `?p=`."""

from demo.book import Section
from demo.site import Request, Response, Site, redirect


class WordPressSite(Site):
    """Good portal: desk, tracking, managers and results are all published."""

    agency = "qanat"
    style = "wordpress"
    has_sitemap = True
    robots = "User-agent: *\nDisallow: /wp-admin/\nDisallow: /?s=\nCrawl-delay: 0.1\nSitemap: {qanat}/sitemap.xml\n"

    def find(self, request: Request) -> Section | None:
        """A page; the home address with `?s=` is the search page."""
        if request.path == "/" and "s" in request.query:
            return self.sections["/جستجو/"]
        return super().find(request)

    def respond(self, request: Request) -> Response:
        """As every portal, and short links and forgotten final slashes lead to the page."""
        if request.path == "/" and (number := request.query.get("p")):
            target = next((s.path for s in self.sections.values() if s.fields.get("id") == number), None)
            return redirect(target, 301) if target else self.not_found(request)
        if request.path not in self.sections and request.path + "/" in self.sections:
            return redirect(request.path + "/", 301)
        return super().respond(request)
