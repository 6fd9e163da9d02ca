"""Agency nojoom: a Drupal-like portal in Persian and English, with node addresses and language prefixes."""

from demo.book import Section
from demo.site import Request, Response, Site, redirect


class DrupalSite(Site):
    """Middling portal; its English half is thin and partly out of date."""

    agency = "nojoom"
    style = "drupal"
    has_sitemap = True
    robots = "User-agent: *\nCrawl-delay: 0.1\nDisallow: /fa/search/\nDisallow: /en/search/\nDisallow: /user/\n"

    def respond(self, request: Request) -> Response:
        """As every portal; the bare host leads to the Persian half."""
        if request.path == "/":
            return redirect("/fa")
        return super().respond(request)

    def twin(self, section: Section) -> str:
        """The same page in the other language, or that language's home."""
        language, _, rest = section.path.removeprefix("/").partition("/")
        other = "en" if language == "fa" else "fa"
        path = f"/{other}/{rest}".rstrip("/")
        return path if path in self.sections else f"/{other}"
