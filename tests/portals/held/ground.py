"""What every held-back portal stands on: five other content systems and their own ways to list services."""

from tests.portals.draw import Draw
from tests.portals.site import Site, SitePage


def start(d: Draw, extra: str = "", *, card: str = "", about: bool = True, desk: bool = True) -> Site:
    """A portal with home, list of services, service pages and news. `extra` ends the first service's page, `card` stands on its card."""
    shell = d.pick(_wordpress, _mvc, _sharepoint, _duran, _soup)
    urls = {
        _wordpress: ("/khadamat/{s}/", "/{n}-khabar/"),
        _mvc: ("/Service/Detail/{n}", "/Home/NewsDetail?newsId={n}"),
        _sharepoint: ("/Pages/service{n}.aspx", "/news/Pages/item{n}.aspx"),
        _duran: ("/fa-IR/Main/{n}/page/service", "/fa-IR/Main/{n}/news/view"),
        _soup: ("/services/{n}", "/news/{n}"),
    }[shell]
    site = Site(d, shell, lambda n: urls[1].format(n=n))
    base = d.number(3000, 4000)
    text = (
        f"{site.name} در خدمت مردم است. برای دریافت خدمت یا تماس با ما از فهرست بالای صفحه استفاده کنید."
        if d.fa
        else f"{site.name} serves the public. Use the menu to find a service or to reach us."
    )
    site.page("/", site.name, f"<div>{text}</div>")
    cards = []
    for number, matter in enumerate(d.matters):
        url = urls[0].format(n=base + number, s=f"kh-{base + number}")
        title, lead = (matter.title, matter.about) if d.fa else (matter.en, matter.about_en)
        label = d.pick("چه مدارکی لازم است؟", "مدارک") if d.fa else "What you need"
        papers = d.pick("، ", "؛ ").join(matter.papers) if d.fa else ", ".join(matter.papers_en)
        body = f"<div class='lead'>{lead}</div><dl><dt>{label}</dt><dd>{papers}</dd></dl>" if about else ""
        site.page(url, title, body + (extra if number == 0 else ""))
        cards.append(
            f'<div class="col"><div class="service-card"><h3><a href="{url}">{title}</a></h3>{card if number == 0 else ""}</div></div>'
        )
        if number == 0:
            site.service_url = url
        if not desk:
            site.menu_extra.append((title, url))
    if desk:
        caption = (
            d.pick("پیشخوان خدمات", "خدمات غیرحضوری", "فهرست خدمات", "درگاه خدمات")
            if d.fa
            else d.pick("Our services", "Online services")
        )
        site.desk_url = urls[0].format(n=base + 50, s="")
        site.page(site.desk_url, caption, f'<div class="row">{"".join(cards)}</div>', menu=caption)
    site.noise()
    return site


def _links(site: Site, template: str) -> str:
    entries = [
        ("خانه" if site.draw.fa else "Home", "/"),
        *((p.menu, p.url) for p in site.pages if p.menu),
        *site.menu_extra,
    ]
    return "".join(template.format(url=url, text=text) for text, url in entries)


def _bottom(site: Site, template: str) -> str:
    links = [*((p.footer, p.url) for p in site.pages if p.footer), *site.footer_extra]
    note = "کلیه حقوق مادی و معنوی متعلق به این سازمان است" if site.draw.fa else "© the organisation"
    return (
        "".join(template.format(url=url, text=text) for text, url in links)
        + f"<div>{note}</div><div>{site.credit}</div>"
    )


def _teasers(site: Site, page: SitePage) -> str:
    if page.url != "/":
        return ""
    cards = "".join(
        f'<div class="post"><a href="{p.url}"><span>{p.title}</span></a></div>' for p in site.pages if p.news
    )
    return f'<section class="posts"><div class="section-title">{"اخبار" if site.draw.fa else "News"}</div>{cards}</section>'


def _top(site: Site, page: SitePage, more: str = "") -> str:
    lang = 'dir="rtl" lang="fa-IR"' if site.draw.fa else 'lang="en-GB"'
    title = (
        f"{site.name} | {'صفحه نخست' if site.draw.fa else 'Home'}" if page.url == "/" else f"{page.title} | {site.name}"
    )
    return f'<!doctype html><html {lang}><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{more}</head>'


def _wordpress(site: Site, page: SitePage) -> str:
    entry = '<li class="menu-item menu-item-type-post_type"><a href="{url}">{text}</a></li>'
    return f"""{_top(site, page, '<link rel="stylesheet" href="/wp-content/themes/dolat/style.css"><meta name="generator" content="WordPress 6.2">')}<body class="page-template-default wp-embed-responsive">
<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">{site.name}</a></p><nav id="site-navigation"><ul id="primary-menu">{_links(site, entry)}</ul></nav></header>
<div id="primary"><article class="page type-page hentry"><header class="entry-header"><h1 class="entry-title">{page.title}</h1></header><div class="entry-content">{page.body}</div></article>{_teasers(site, page)}</div>
<footer id="colophon">{_bottom(site, '<li><a href="{url}">{text}</a></li>')}</footer></body></html>"""


def _mvc(site: Site, page: SitePage) -> str:
    crumb = f'<ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">{"خانه" if site.draw.fa else "Home"}</a></li><li class="breadcrumb-item active">{page.title}</li></ol>'
    return f"""{_top(site, page, '<link href="/Content/bootstrap.min.css" rel="stylesheet">')}<body><div class="navbar navbar-expand-lg"><a class="navbar-brand" href="/">{site.name}</a>
<ul class="navbar-nav">{_links(site, '<li class="nav-item"><a class="nav-link" href="{url}">{text}</a></li>')}</ul></div>
<div class="container body-content">{crumb}<h2>{page.title}</h2><hr>{page.body}{_teasers(site, page)}<hr><footer>{_bottom(site, '<a class="btn-link" href="{url}">{text}</a>')}</footer></div></body></html>"""


def _sharepoint(site: Site, page: SitePage) -> str:
    return f"""{_top(site, page, '<meta name="GENERATOR" content="Microsoft SharePoint">')}<body><div id="s4-workspace"><div id="s4-titlerow"><span class="ms-siteicon"><a href="/"><img src="/_layouts/15/images/siteIcon.png" alt="{site.name}"></a></span><span id="sitename">{site.name}</span></div>
<div class="ms-core-navigation" role="navigation"><ul class="root static">{_links(site, '<li class="static"><a class="static menu-item" href="{url}"><span class="menu-item-text">{text}</span></a></li>')}</ul></div>
<div id="contentBox" role="main"><h1 id="pageTitle">{page.title}</h1><div class="ms-rte-layoutszone-inner"><div class="ms-rtestate-field">{page.body}</div></div>{_teasers(site, page)}</div>
<div id="s4-footer">{_bottom(site, '<span><a href="{url}">{text}</a></span>')}</div></div></body></html>"""


def _duran(site: Site, page: SitePage) -> str:
    return f"""{_top(site, page)}<body class="skin-main"><div class="top-strip">{site.name}</div><div class="megamenu"><ul>{_links(site, '<li><a href="{url}"><i class="icon"></i>{text}</a></li>')}</ul></div>
<div class="main-body"><div class="module-box"><div class="module-title"><h2>{page.title}</h2></div><div class="module-body">{page.body}</div></div>{_teasers(site, page)}</div>
<div class="bottom-strip">{_bottom(site, '<div class="quick"><a href="{url}">{text}</a></div>')}<span>گروه دورانV6.1.9.0</span></div></body></html>"""


def _soup(site: Site, page: SitePage) -> str:
    return f"""{_top(site, page)}<body><div id="__next"><div class="css-1x"><div class="css-brand"><a href="/">{site.name}</a></div><div role="navigation" class="css-nav">{_links(site, '<a class="css-link" href="{url}"><div>{text}</div></a>')}</div></div>
<div class="css-page"><div class="css-title" role="heading" aria-level="1">{page.title}</div><div class="css-body">{page.body}</div>{_teasers(site, page)}</div>
<div class="css-bottom">{_bottom(site, '<a class="css-foot" href="{url}"><div>{text}</div></a>')}</div></div></body></html>"""
