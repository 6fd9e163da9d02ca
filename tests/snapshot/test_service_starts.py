"""Where services begin: controls without an address, what a parent offers, and what is no start."""

from snapshot.models import ClickStep
from snapshot.portal import service_starts
from tests.factories import PORTAL, page, service, snapshot_of

TITLE = "صدور پروانه شکار"
FORM = (
    "<main><h1>درخواست پروانه</h1><form method=post><label>نام <input name=a></label>"
    "<label>شماره سلاح <input name=b></label><button>ثبت درخواست</button></form></main>"
)
HOME = page("/", f"<nav><a href='/s'>{TITLE}</a></nav><main><p>درگاه</p></main>")


def _sheet(more: str) -> str:
    return f"<html><title>{TITLE}</title><main><h1>{TITLE}</h1><p>برای شکار در فصل مجاز است.</p>{more}</main></html>"


def test_page_that_the_visit_clicked_its_way_to_is_the_start() -> None:
    way = [ClickStep(url=f"{PORTAL}s", how="click", text="ثبت درخواست")]
    snapshot = snapshot_of(
        HOME,
        page("/s", _sheet("<a href=\"javascript:__doPostBack('b','')\">ثبت درخواست</a>")),
        page("/Default.aspx", FORM, path=way),
        services=[service("s1", TITLE, url="/s")],
    )
    (start,) = service_starts(snapshot, snapshot.services[0])
    assert (start.kind, start.target is not None and start.target.url) == ("form", f"{PORTAL}Default.aspx")


def test_control_that_nobody_pressed_is_unread() -> None:
    sheet = _sheet("<a href=\"javascript:__doPostBack('b','')\">ثبت درخواست</a>")
    snapshot = snapshot_of(HOME, page("/s", sheet), services=[service("s1", TITLE, url="/s")])
    (start,) = service_starts(snapshot, snapshot.services[0])
    assert (start.kind, start.living, start.cause) == ("unread", False, "missing_artefact")


def test_sub_service_begins_where_its_parent_does() -> None:
    services = [service("p", TITLE, url="/s"), service("c", "پروانه شکار: پرندگان مهاجر", parent="p")]
    snapshot = snapshot_of(
        HOME, page("/s", _sheet("<a href='/f'>ثبت درخواست</a>")), page("/f", FORM), services=services
    )
    assert [start.kind for start in service_starts(snapshot, services[1])] == ["form"]


def test_complaint_tracking_and_search_forms_begin_nothing() -> None:
    forms = (
        "<h2>شکایت از خدمت</h2><form method=post><textarea name=t></textarea><button>ثبت شکایت</button></form>"
        "<h2>پیگیری درخواست</h2><form method=post><label>کد رهگیری <input name=code></label>"
        "<button>پیگیری</button></form><form><input name=q type=search><button>جستجو</button></form>"
    )
    snapshot = snapshot_of(HOME, page("/s", _sheet(forms)), services=[service("s1", TITLE, url="/s")])
    assert service_starts(snapshot, snapshot.services[0]) == ()
