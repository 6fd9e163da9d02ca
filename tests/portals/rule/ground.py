"""What every rule portal stands on: five content systems, a home page, a desk and service pages."""

from tests.portals.draw import Draw
from tests.portals.site import Site, SitePage


def start(d: Draw, extra: str = "", *, row: str = "", about: bool = True, desk: bool = True) -> Site:
    """A portal with home, desk, service pages and news. `extra` goes into the page of the first service, `row` beside it on the desk."""
    shell = d.pick(_dotnetnuke, _joomla, _drupal, _liferay, _tables)
    urls = {
        _dotnetnuke: ("/Default.aspx?tabid={n}", "/news/ID/{n}/categoryId/19/"),
        _joomla: ("/index.php?option=com_content&view=article&id={n}&Itemid=151", "/index.php/news/{n}"),
        _drupal: ("/node/{n}", "/fa/news/{n}" if d.fa else "/en/news/{n}"),
        _liferay: ("/web/guest/service-{n}", "/web/guest/news/-/asset_publisher/{n}"),
        _tables: ("/khadamat.aspx?id={n}", "/shownews.aspx?id={n}"),
    }[shell]
    site = Site(d, shell, lambda n: urls[1].format(n=n))
    base = d.number(20, 60)
    site.service_url = urls[0].format(n=base)
    _home(site, d)
    rows = []
    for number, matter in enumerate(d.matters):
        url = urls[0].format(n=base + number)
        title, text = (matter.title, matter.about) if d.fa else (matter.en, matter.about_en)
        papers = "".join(f"<li>{paper}</li>" for paper in (matter.papers if d.fa else matter.papers_en))
        head = d.pick("مدارک لازم", "مدارک مورد نیاز") if d.fa else "Required documents"
        body = f"<p>{text}</p>" if about else ""
        if number == 0:
            body += extra
        if about:
            body += f"<h3>{head}</h3><ul>{papers}</ul>"
        site.page(url, title, body)
        rows.append((url, title, row if number == 0 else ""))
    if desk:
        site.desk_url = urls[0].format(n=base + 9)
        caption = d.pick("میز خدمت", "خدمات الکترونیک", "میز خدمت الکترونیکی") if d.fa else "Services"
        cells = "".join(
            f'<tr><td>{i}</td><td><a href="{u}">{t}</a></td><td>{more}</td></tr>'
            for i, (u, t, more) in enumerate(rows, 1)
        )
        site.page(
            site.desk_url,
            caption,
            f'<table class="table"><tr><th>{"ردیف" if d.fa else "No."}</th><th>{"عنوان خدمت" if d.fa else "Service"}</th><th></th></tr>{cells}</table>',
            menu=caption,
        )
    else:
        site.menu_extra += [(t, u) for u, t, _ in rows]
    site.noise()
    return site


def _home(site: Site, d: Draw) -> None:
    text = (
        d.pick(
            f"به درگاه {site.name} خوش آمدید.",
            f"این درگاه برای اطلاع‌رسانی و ارائه خدمات {site.name} راه‌اندازی شده است.",
        )
        if d.fa
        else d.pick(f"Welcome to the portal of {site.name}.", f"News and services of {site.name}.")
    )
    site.page("/", site.name, f"<p>{text}</p>")


def _menu(site: Site, start_tag: str, end_tag: str, link_class: str = "") -> str:
    home = "صفحه اصلی" if site.draw.fa else "Home"
    entries = [(home, "/"), *((p.menu, p.url) for p in site.pages if p.menu), *site.menu_extra]
    mark = f' class="{link_class}"' if link_class else ""
    return "".join(f'{start_tag}<a{mark} href="{url}">{text}</a>{end_tag}' for text, url in entries)


def _footer(site: Site) -> str:
    links = [*((p.footer, p.url) for p in site.pages if p.footer), *site.footer_extra]
    rights = "تمامی حقوق این درگاه محفوظ است." if site.draw.fa else "All rights reserved."
    return " | ".join(f'<a href="{url}">{text}</a>' for text, url in links) + f"<p>{rights} {site.credit}</p>"


def _newslist(site: Site, page: SitePage) -> str:
    if page.url != "/":
        return ""
    items = "".join(f'<li><a href="{p.url}">{p.title}</a></li>' for p in site.pages if p.news)
    return f'<div class="latest"><h2>{"تازه‌ترین خبرها" if site.draw.fa else "Latest news"}</h2><ul>{items}</ul></div>'


def _head(site: Site, page: SitePage, more: str = "") -> str:
    lang = 'lang="fa" dir="rtl"' if site.draw.fa else 'lang="en"'
    title = site.name if page.url == "/" else f"{page.title} - {site.name}"
    return f'<!DOCTYPE html><html {lang}><head><meta charset="utf-8"><title>{title}</title>{more}</head>'


def _dotnetnuke(site: Site, page: SitePage) -> str:
    crumb = f'<span id="dnn_dnnBREADCRUMB_lblBreadCrumb"><a href="/" class="SkinObject">{site.name}</a> &gt; {page.title}</span>'
    return f"""{_head(site, page, '<meta name="GENERATOR" content="DotNetNuke">')}<body id="Body"><form method="post" action="{page.url}" id="Form" enctype="multipart/form-data">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTE2">
<div id="dnn_header"><a href="/" title="{site.name}"><img src="/Portals/0/logo.png" alt="{site.name}"></a></div>
<div id="dnn_menu"><ul class="dnnMenu">{_menu(site, "<li>", "</li>")}</ul></div>{crumb}
<div id="dnn_ContentPane" class="contentpane"><div class="DnnModule"><h1 class="Head">{page.title}</h1><div class="Normal">{_unnested(page.body)}</div></div></div>
{_newslist(site, page)}<div id="dnn_FooterPane" class="footer">{_footer(site)}</div></form></body></html>"""


def _unnested(body: str) -> str:
    """Inside the one form of a WebForms page a form of its own is only a panel."""
    return body.replace("<form", '<div class="panel"').replace("</form>", "</div>")


def _joomla(site: Site, page: SitePage) -> str:
    return f"""{_head(site, page, '<meta name="generator" content="Joomla! - Open Source Content Management">')}<body class="site com_content">
<header><h2 class="site-title"><a href="/">{site.name}</a></h2></header>
<nav class="navigation"><ul class="nav menu">{_menu(site, '<li class="item">', "</li>")}</ul></nav>
<main id="content"><div class="item-page" itemscope><div class="page-header"><h1>{page.title}</h1></div><div itemprop="articleBody">{page.body}</div></div></main>
<div id="aside">{_newslist(site, page)}</div><footer class="footer">{_footer(site)}</footer></body></html>"""


def _drupal(site: Site, page: SitePage) -> str:
    skip = "پرش به محتوای اصلی" if site.draw.fa else "Skip to main content"
    return f"""{_head(site, page, '<meta name="Generator" content="Drupal 9">')}<body class="path-node"><a href="#main-content" class="visually-hidden">{skip}</a>
<header role="banner" class="region region-header"><div class="site-name">{site.name}</div></header>
<nav role="navigation" class="block-menu"><ul class="menu">{_menu(site, '<li class="menu-item">', "</li>")}</ul></nav>
<main role="main"><a id="main-content"></a><div class="region-content"><h1 class="page-title"><span class="field--name-title">{page.title}</span></h1>
<article class="node"><div class="node__content field--name-body">{page.body}</div></article></div></main>{_newslist(site, page)}
<footer class="site-footer">{_footer(site)}</footer></body></html>"""


def _liferay(site: Site, page: SitePage) -> str:
    return f"""{_head(site, page)}<body class="controls-visible yui3-skin-sam signed-out"><div id="wrapper"><header id="banner"><a class="logo" href="/"><img src="/image/layout_set_logo" alt="{site.name}"></a></header>
<nav id="navigation"><ul role="menubar">{_menu(site, '<li role="presentation">', "</li>")}</ul></nav>
<div id="content"><div class="portlet-column"><section class="portlet"><header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">{page.title}</span></h1></header>
<div class="portlet-content"><div class="journal-content-article">{page.body}</div></div></section>{_newslist(site, page)}</div></div>
<footer id="footer">{_footer(site)}</footer></div></body></html>"""


def _tables(site: Site, page: SitePage) -> str:
    return f"""{_head(site, page)}<body topmargin="0"><table width="990" align="center" cellpadding="0"><tr><td colspan="2" class="top"><img src="images/header.jpg" alt="{site.name}" width="990" height="140"></td></tr>
<tr><td valign="top" width="190" class="rightmenu"><table class="menu">{_menu(site, "<tr><td>", "</td></tr>", "mnu")}</table></td>
<td valign="top" width="800"><table width="100%"><tr><td class="titr"><b><font size="3">{page.title}</font></b></td></tr><tr><td class="matn">{page.body}{_newslist(site, page)}</td></tr></table></td></tr>
<tr><td colspan="2" class="foot">{_footer(site)}</td></tr></table></body></html>"""
