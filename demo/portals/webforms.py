"""Agency abrah: an ASP.NET WebForms-like portal whose menus post back; some pages have no address of their own."""

from base64 import b64encode

from demo.book import Section
from demo.site import Request, Site

_MENU = "ctl00$MainMenu$"
_BODY = "ctl00$Body$"


class WebFormsSite(Site):
    """Middling portal: a section `/~name` answers only to the postback of the menu item of that name."""

    style = "webforms"
    robots = "User-agent: *\nDisallow: /Admin/\nDisallow: /Print.aspx\n"

    def find(self, request: Request) -> Section | None:
        """The page of a postback, else the page of the address; names of pages without an address are not addresses."""
        fields = {**request.query, **request.form}
        target = fields.get("__EVENTTARGET", "")
        if target.startswith(_MENU) and request.path.endswith(".aspx"):
            return self.sections.get("/~" + target.removeprefix(_MENU))
        button = next((name.removeprefix(_BODY) for name in request.form if name.startswith(_BODY + "btn")), None)
        if button is not None and (answer := self.sections.get(f"/~{button}")):
            return answer
        if request.path.startswith("/~"):
            return None
        if request.path == "/":
            return self.sections["/Default.aspx"]
        return super().find(request)

    def view_state(self, section: Section) -> str:
        """An opaque hidden field, as the real framework prints on every page."""
        return b64encode(f"abrah|{self.stage.edition}|{section.path}".encode() * 6).decode()
