"""Agency naghshe: an old portal of frames in windows-1256, whose character set is named only inside the page."""

from demo.book import Section
from demo.site import Request, Response, Site

_OLD_LETTERS = str.maketrans("ی۰۱۲۳۴۵۶۷۸۹", "ي0123456789")  # the code page has no Persian yeh and no Persian digits


class FramesSite(Site):
    """Poor portal: little content, none of it current."""

    style = "frames"
    encoding = "cp1256"
    robots = "User-agent: *\nDisallow:\n"

    def find(self, request: Request) -> Section | None:
        """A page; the bare host is the frameset."""
        return self.sections.get("/index.htm") if request.path == "/" else super().find(request)

    def render(self, section: Section, request: Request) -> str:
        """The page in letters that the code page has."""
        return super().render(section, request).translate(_OLD_LETTERS)

    def show(self, section: Section, request: Request, *, status: int | None = None) -> Response:
        """As every portal, but the header says nothing of the encoding."""
        answer = super().show(section, request, status=status)
        return Response(answer.body, answer.status, "text/html")
