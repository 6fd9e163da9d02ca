"""Agency zaferan: a script-only application. Every address answers with the same empty shell; content comes as JSON."""

import json

from demo.book import Section
from demo.site import Request, Response, Site


class SpaSite(Site):
    """Good portal in edition 1; in edition 2 a new version of the application lost part of it."""

    style = "spa"

    def respond(self, request: Request) -> Response:
        """JSON below /api/, files as they are, and the shell for every other address, known or not."""
        if request.path == "/api/page":
            return self._page(request)
        if request.path == "/api/site":
            return self._json({"name": "مرکز ملی نشان کیفیت زعفران", "menu": self._menu(), "phone": "051-91003300"})
        if request.path.startswith("/api/"):
            return self._json(
                {"found": False, "message": "موردی با این کد یافت نشد."}, 404 if request.method == "GET" else 200
            )
        if request.path == "/robots.txt" or request.path.endswith((".png", ".css", ".js")):
            return super().respond(request)
        return Response((self.folder / "shell.html").read_bytes())

    def _page(self, request: Request) -> Response:
        section = self.sections.get(request.query.get("path", "/"))
        if section is None:
            return self._json(
                {"title": "صفحه مورد نظر یافت نشد", "html": "<p>نشانی درخواستی در این سامانه وجود ندارد.</p>"}
            )
        html = self.fragment(section.body, page=section, request=request, asked={})
        return self._json({"title": section.title, "html": html, "crumb": section.fields.get("crumb", "")})

    def _menu(self) -> list[dict[str, str]]:
        def entry(section: Section) -> dict[str, str]:
            return {"to": section.path, "text": section.fields["menu"]}

        return [entry(s) for s in self.sections.values() if "menu" in s.fields]

    @staticmethod
    def _json(value: object, status: int = 200) -> Response:
        return Response(json.dumps(value, ensure_ascii=False).encode(), status, "application/json; charset=utf-8")
