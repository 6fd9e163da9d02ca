// Serialises the shown document and maps its elements. Runs in a world of its own, so page scripts cannot meddle.
// An element in a closed tab, accordion, menu or window counts as seen, at the place of the control that opens it.
// Returns JSON: {html, url, page_width, page_height, elements: [[path, x, y, width, height, visible], ...]}.
(() => {
  const MARK = "data-shown-element";
  const LIMIT = %LIMIT%;
  const WANT_LAYOUT = %LAYOUT%;
  const FIRST = new Set(["A", "AREA", "BUTTON", "INPUT", "SELECT", "TEXTAREA", "LABEL", "H1", "H2", "H3", "H4", "H5", "H6",
    "IMG", "FORM", "SUMMARY", "LEGEND", "CAPTION", "IFRAME"]);
  const BLOCKS = new Set(["TABLE", "TR", "TD", "TH", "LI", "P", "DIV", "DL", "DT", "DD", "OL", "UL", "SECTION", "ARTICLE",
    "MAIN", "NAV", "HEADER", "FOOTER", "ASIDE", "DETAILS", "FIELDSET", "FIGURE", "FIGCAPTION", "BLOCKQUOTE", "ADDRESS",
    "SVG", "CANVAS", "VIDEO", "OBJECT", "EMBED", "TBODY", "THEAD", "PRE", "TIME"]);
  const NEVER = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "LINK", "META", "BR", "HR", "OPTION", "OPTGROUP"]);
  const root = document.documentElement;

  const doctype = () => {
    const type = document.doctype;
    if (!type) return "";
    const identifiers = type.publicId ? ` PUBLIC "${type.publicId}"` + (type.systemId ? ` "${type.systemId}"` : "")
      : type.systemId ? ` SYSTEM "${type.systemId}"` : "";
    return `<!DOCTYPE ${type.name}${identifiers}>`;
  };

  // Elements of the live page get a number; what a parser makes of the written document decides the paths.
  const originals = [];
  const copy = root.cloneNode(true);
  if (WANT_LAYOUT) {
    const live = root.getElementsByTagName("*");
    const copied = copy.getElementsByTagName("*");
    if (live.length === copied.length) {
      for (let i = 0; i < live.length; i++) {
        originals.push(live[i]);
        copied[i].setAttribute(MARK, String(i));
      }
    }
  }
  // No script is run when the document is read again, so a noscript would open up and move what stands after it.
  for (const hidden of copy.querySelectorAll("noscript")) hidden.textContent = "";

  let parsed;
  try {
    parsed = new DOMParser().parseFromString(doctype() + copy.outerHTML, "text/html").documentElement;
  } catch {
    parsed = copy;
  }
  const paths = new Map();
  const stack = [[parsed, "html"]];
  while (stack.length) {
    const [parent, path] = stack.pop();
    let position = 0;
    for (const child of parent.children) {
      position += 1;
      const name = child.localName;
      const own = parent === parsed && (name === "body" || name === "head")
        ? `${path} > ${name}` : `${path} > ${name}:nth-child(${position})`;
      const mark = child.getAttribute(MARK);
      if (mark !== null) {
        if (!paths.has(mark)) paths.set(mark, own);
        child.removeAttribute(MARK);
      }
      if (name !== "svg") stack.push([child, own]);
      else for (const inner of child.querySelectorAll(`[${MARK}]`)) inner.removeAttribute(MARK);
    }
  }
  const html = doctype() + parsed.outerHTML;
  const scroller = document.scrollingElement || root;
  const pageWidth = Math.max(scroller.scrollWidth, root.clientWidth);
  const pageHeight = Math.max(scroller.scrollHeight, root.clientHeight);
  if (!WANT_LAYOUT) {
    return JSON.stringify({ html, url: location.href, page_width: pageWidth, page_height: pageHeight, elements: [] });
  }

  const rtl = getComputedStyle(root).direction === "rtl"
    || (document.body && getComputedStyle(document.body).direction === "rtl");
  const left = rtl ? root.clientWidth - pageWidth : 0;
  const right = left + pageWidth;
  const styles = new Map();
  const styleOf = (element) => {
    let style = styles.get(element);
    if (!style) styles.set(element, style = getComputedStyle(element));
    return style;
  };
  const onPage = (box) => box && box.width > 1 && box.height > 1
    && box.x + box.width > left && box.x < right && box.y + box.height > 0 && box.y < pageHeight;
  const pageBox = (rect) => ({ x: rect.x + scrollX, y: rect.y + scrollY, width: rect.width, height: rect.height });
  const common = (a, b) => {
    const x = Math.max(a.x, b.x), y = Math.max(a.y, b.y);
    const width = Math.min(a.x + a.width, b.x + b.width) - x, height = Math.min(a.y + a.height, b.y + b.height) - y;
    return width > 0 && height > 0 ? { x, y, width, height } : null;
  };
  const union = (boxes) => boxes.reduce((a, b) => {
    const x = Math.min(a.x, b.x), y = Math.min(a.y, b.y);
    return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
  });
  const boxOf = (element, depth) => {
    const box = pageBox(element.getBoundingClientRect());
    if ((box.width > 1 && box.height > 1) || depth > 3) return box;
    // An inline link around floating or positioned content has no box of its own.
    const inner = [...element.children].slice(0, 20).map((child) => boxOf(child, depth + 1))
      .filter((found) => found.width > 1 && found.height > 1);
    return inner.length ? union(inner) : box;
  };
  const ownText = (element) => {
    for (const node of element.childNodes) {
      if (node.nodeType === 3 && node.nodeValue.trim()) return node;
    }
    return null;
  };
  const textBox = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return pageBox(range.getBoundingClientRect());
  };

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const colour = (value) => {
    if (colours.has(value)) return colours.get(value);
    const numbers = /^rgba?\(([^)]+)\)$/.exec(value);
    let parts = numbers && numbers[1].split(/[\s,/]+/).map(Number);
    if (!parts || parts.some(Number.isNaN)) {
      if (!canvas) return [0, 0, 0, 1];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = value;
      canvas.fillRect(0, 0, 1, 1);
      parts = [...canvas.getImageData(0, 0, 1, 1).data];
      parts[3] /= 255;
    }
    if (parts.length < 4) parts[3] = 1;
    colours.set(value, parts);
    return parts;
  };
  const luminance = (parts) => {
    const [r, g, b] = parts.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const painted = (style) => style.backgroundImage !== "none" || colour(style.backgroundColor)[3] > 0.5;
  const PICTURES = new Set(["IMG", "VIDEO", "CANVAS", "SVG", "PICTURE", "OBJECT", "IFRAME"]);
  let looks = 0;
  // What lies behind a text need not be its ancestor: a caption over a picture is placed there.
  const paintedBehind = (element, box) => {
    if (looks++ > 150) return true;
    scrollTo(0, Math.max(0, box.y - innerHeight / 2));
    const x = box.x + box.width / 2 - scrollX, y = box.y + box.height / 2 - scrollY;
    const pile = document.elementsFromPoint(x, y);
    const from = pile.indexOf(element);
    for (const behind of pile.slice(from + 1)) {
      if (behind === root || behind === document.body) break;
      if (behind.contains(element)) continue;
      if (PICTURES.has(behind.tagName.toUpperCase()) || painted(getComputedStyle(behind))) return true;
    }
    return from === -1 && pile.length === 0;
  };
  const readable = (element, box) => {
    const style = styleOf(element);
    const clipped = style.webkitBackgroundClip === "text" || style.backgroundClip === "text";
    if (clipped || (style.textShadow && style.textShadow !== "none")) return true;
    const ink = colour(style.webkitTextFillColor || style.color);
    if (ink[3] < 0.1) return false;
    for (let at = element; at; at = at.parentElement) {
      const behind = styleOf(at);
      if (behind.backgroundImage !== "none") return true;
      const ground = colour(behind.backgroundColor);
      if (ground[3] > 0.5) return ratio(ink, ground) >= 1.15 || paintedBehind(element, box);
    }
    return ratio(ink, [255, 255, 255]) >= 1.15 || paintedBehind(element, box);
  };
  const clippedAway = (style) => {
    if (style.clipPath && /^inset\((5\d|[6-9]\d|100)%/.test(style.clipPath)) return true;
    const clip = /^rect\(([^)]+)\)$/.exec(style.clip || "");
    if (!clip) return false;
    const [top, rightEdge, bottom, leftEdge] = clip[1].split(/[\s,]+/).map((part) => parseFloat(part));
    return bottom - top <= 1 && rightEdge - leftEdge <= 1;
  };
  const shownPart = (element, box) => {
    let part = box;
    let positioned = styleOf(element).position;
    for (let at = element; at && at !== root; at = at.parentElement) {
      const style = styleOf(at);
      if (clippedAway(style) || Number(style.opacity) < 0.05) return null;
      if (at === element || at === document.body) continue;
      const cuts = /hidden|clip|auto|scroll/.test(style.overflowX + style.overflowY);
      const holds = positioned === "fixed" ? false : positioned === "absolute" ? style.position !== "static" : true;
      if (cuts && holds && style.display !== "contents" && style.display !== "inline") {
        const frame = pageBox(at.getBoundingClientRect());
        if (/hidden|clip/.test(style.overflowX + style.overflowY)) part = common(part, frame);
        else if (frame.width <= 1 || frame.height <= 1) part = null;
        else part = frame;
        if (!part || part.width <= 1 || part.height <= 1) return null;
      }
      if (positioned !== "absolute" || style.position !== "static") positioned = style.position;
    }
    return part;
  };
  const visible = (element, box, text) => {
    if (box.width <= 1 || box.height <= 1) return false;
    const style = styleOf(element);
    if (style.visibility !== "visible") return false;
    if (style.display !== "contents" && !element.checkVisibility()) return false;
    const part = shownPart(element, box);
    if (!onPage(part)) return false;
    if (element.tagName === "IMG" && element.complete && !element.naturalWidth && !element.alt) return false;
    if (text) {
      if (parseFloat(style.fontSize) < 1) return false;
      const words = textBox(text);
      if (words.width <= 1 || words.height <= 1 || !onPage(shownPart(element, words))) return !!element.querySelector("img, svg, input");
      return readable(element, words);
    }
    return true;
  };

%REACH%
  const seenAt = (element, text) => {
    const box = boxOf(element, 0);
    // What a box of its own scrolls away lies beyond the page: it is shown where that box is.
    if (visible(element, box, text)) return [onPage(box) ? box : shownPart(element, box), true];
    if (element.tagName === "INPUT" && element.type === "hidden") return [box, false];
    const control = opener(element);
    return control ? [boxOf(control, 0), true] : [box, false];
  };

  const [top, side] = [scrollY, scrollX];
  const chosen = { first: [], texts: [], blocks: [] };
  originals.forEach((element, index) => {
    const path = paths.get(String(index));
    const name = element.tagName.toUpperCase();
    if (!path || NEVER.has(name) || !path.startsWith("html > body")) return;
    const text = ownText(element);
    const group = FIRST.has(name) ? "first" : text ? "texts" : BLOCKS.has(name) || element.hasAttribute("onclick")
      || element.hasAttribute("role") ? "blocks" : null;
    if (group) chosen[group].push([index, path, element, text]);
  });
  const elements = [...chosen.first, ...chosen.texts, ...chosen.blocks].slice(0, LIMIT).sort((a, b) => a[0] - b[0])
    .map(([, path, element, text]) => {
      const [box, seen] = seenAt(element, text);
      const short = (value) => Math.round(value * 10) / 10;
      return [path, short(box.x), short(box.y), short(box.width), short(box.height), seen];
    });
  scrollTo(side, top);
  return JSON.stringify({ html, url: location.href, page_width: pageWidth, page_height: pageHeight, elements });
})()
