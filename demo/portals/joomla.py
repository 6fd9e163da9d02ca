"""Agency sepidrud: a Joomla-like portal, all pages through index.php with an article id and a print view of each."""

from demo.book import Section
from demo.site import Request, Response, Site


class JoomlaSite(Site):
    """Poor portal in edition 1, rebuilt in edition 2. Articles answer to any Itemid, as the real system does."""

    style = "joomla"
    robots = "User-agent: *\nDisallow: /administrator/\nDisallow: /cache/\n"

    def find(self, request: Request) -> Section | None:
        """The home page, or the article whose id is asked for."""
        if request.path not in {"/", "/index.php"}:
            return super().find(request)
        if not request.query or "searchword" in request.form:
            return self.sections["/"]
        return self.sections.get("/article/" + request.query.get("id", "").split(":", maxsplit=1)[0])

    def render(self, section: Section, request: Request) -> str:
        """The page in its template, or bare for the print view."""
        if request.query.get("tmpl") == "component":
            section = Section(section.path, section.title, section.body, {**section.fields, "layout": "print"})
        return super().render(section, request)

    def respond(self, request: Request) -> Response:
        """As every portal; the internal names of articles are not addresses."""
        if request.path.startswith("/article/"):
            return self.not_found(request)
        return super().respond(request)
