'use strict';
(function () {
  const root = document.getElementById('root');
  const element = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };
  const outlet = element('main', 'x-outlet');

  async function json(address, options) {
    const answer = await fetch(address, options);
    return answer.json();
  }

  async function show(path) {
    const page = await json('/api/page?path=' + encodeURIComponent(path));
    document.title = page.title + ' | مرکز ملی نشان کیفیت زعفران';
    outlet.replaceChildren();
    if (page.crumb) outlet.append(element('div', 'x-crumb', 'خانه / ' + page.crumb + ' / ' + page.title));
    outlet.append(element('h1', 'x-title', page.title));
    const body = element('section', 'x-body');
    body.innerHTML = page.html;
    outlet.append(body);
  }

  function go(event) {
    const link = event.target.closest('a');
    if (!link || link.origin !== location.origin) return;
    event.preventDefault();
    history.pushState(null, '', link.pathname);
    show(link.pathname);
    scrollTo(0, 0);
  }

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const answer = await json('/api/forms/' + form.dataset.form, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    const notice = form.querySelector('.x-notice') || form.appendChild(element('p', 'x-notice'));
    notice.textContent = answer.message;
  }

  async function start() {
    const site = await json('/api/site');
    const bar = element('header', 'x-bar');
    const brand = element('a', 'x-brand', site.name);
    brand.href = '/';
    const menu = element('nav', 'x-menu');
    for (const item of site.menu) {
      const link = element('a', 'x-link', item.text);
      link.href = item.to;
      menu.append(link);
    }
    bar.append(brand, menu);
    root.replaceChildren(bar, outlet, element('footer', 'x-foot', 'مرکز تماس: ' + site.phone + ' — کوه‌سرخ، بلوار زعفران، پلاک ۴'));
    root.addEventListener('click', go);
    root.addEventListener('submit', send);
    addEventListener('popstate', () => show(location.pathname));
    await show(location.pathname);
  }

  start();
})();
