"""The login-path probe in a real visit: an address of the portal that sends visitors on to the national sign-on."""

from pathlib import Path

from config.models import Service
from config.vocabulary import Label
from crawler.orders import Sealed
from crawler.process import run_visits
from snapshot.models import VisitPlan
from snapshot.objects import FolderSource
from snapshot.reader import Snapshot
from tests.crawler.portal_server import Portal, Reply, page
from tests.crawler.visiting import order, settings

SIGN_ON = "https://sso.my.gov.ir/oauth2/authorize?response_type=code&client_id=hunt&redirect_uri=https://hunt.example/b"
TITLE = "صدور پروانه شکار"


def test_redirect_to_the_sign_on_is_read_and_own_login_is_told(tmp_path: Path) -> None:
    start = Reply(
        f"<!doctype html><html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
        "<p>این پروانه برای شکار در فصل مجاز صادر می‌شود و یک سال اعتبار دارد.</p>"
        '<a href="/auth?to=1">ورود از طریق دولت من</a> <a href="/own">ورود به سامانه</a></main></body></html>'
    )
    own = Reply(
        "<main><h1>ورود</h1><form method=post><input name=u><input type=password name=p><button>ورود</button></form>"
    )
    routes = {
        "/": page(("/permit", TITLE), title="Wildlife"),
        "/permit": start,
        "/auth?to=1": Reply(status=302, headers={"Location": SIGN_ON}),
        "/own": own,
    }
    with Portal("127.0.0.38", routes).running() as portal:
        service = Service(id="s1", agency="wild", title_fa=TITLE, url=f"{portal.url}permit")
        wanted = order(tmp_path, "wild", portal.url, services=[service], max_pages=2)
        plan = VisitPlan(labels=(Label.SERVICE_INFO,), probes=("login-path",))
        wanted = wanted.model_copy(update={"visit": wanted.visit.model_copy(update={"plan": plan})})
        results = run_visits([wanted], settings(tmp_path), cited_pages=lambda _: (), on_event=lambda _: None)
    assert isinstance(results["wild"], Sealed)
    probe = Snapshot(FolderSource(wanted.folder)).probe("login-path")
    assert probe is not None
    assert probe.status == "done", probe
    entries = {entry["text"]: entry for entry in probe.data["entries"]}
    sign_on = entries["ورود از طریق دولت من"]
    assert (sign_on["final_url"], sign_on["final_host"], sign_on["national"]) == (SIGN_ON, "sso.my.gov.ir", True)
    assert (sign_on["authorize"], sign_on["client_id"], sign_on["redirect_uri_host"]) == (
        "/oauth2/authorize", "hunt", "hunt.example",
    )  # fmt: skip
    assert sign_on["hops"] == [f"{portal.url}auth?to=1"]
    assert (entries["ورود به سامانه"]["password_fields"], entries["ورود به سامانه"]["national"]) == (1, False)
    assert portal.paths.count("/auth?to=1") <= 1
