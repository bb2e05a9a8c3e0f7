// A figure of the page as a PNG for a report or a slide: what is seen is composed into one SVG (drawings as they are,
// words where they stand), drawn on a white sheet at twice its size, and handed over as a download. Nothing leaves the machine.
const SVG = "http://www.w3.org/2000/svg";
const SCALE = 2;
const MARGIN = 24;
const TITLE_PX = 20;
const SOURCE_PX = 14;
const LEFT_OUT = "header, details, button, form, .wl-home-sec, .wl-script, .wl-sr, [hidden]";
const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "transform"];
const LETTERS = ["font-family", "font-size", "font-weight"];

const element = (name, attributes = {}, text = "") => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
};

// A drawing with its colours written into it, since the sheet knows no stylesheet; percentages stay what they are.
function drawn(svg) {
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true);
  const originals = [...svg.querySelectorAll("*")];
  const copies = [...copy.querySelectorAll("*")];
  originals.forEach((original, place) => {
    const style = getComputedStyle(original);
    if (style.display === "none" || original.localName === "title") return copies[place].remove();
    for (const name of [...PAINT, ...(original.localName === "text" ? [...LETTERS, "text-anchor"] : [])]) {
      const value = style.getPropertyValue(name);
      const says = value !== "none" || name === "fill" || name === "stroke";
      if (value && says) copies[place].setAttribute(name, value);
    }
  });
  const style = getComputedStyle(svg);
  const { fill, stroke } = style;
  const own = { x: box.x, y: box.y, width: box.width, height: box.height, overflow: "visible", fill, stroke };
  for (const [key, value] of Object.entries(own)) copy.setAttribute(key, value);
  return { node: copy, box };
}

// The lines of a piece of text as the browser broke them; what is cut off on the page is cut off here too.
function* lines(text) {
  const cutter = text.parentElement.closest(".wl-cut");
  const edge = cutter && cutter.scrollWidth > cutter.clientWidth ? cutter.getBoundingClientRect().right : Infinity;
  const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
  const range = document.createRange();
  let line = null;
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const box = range.getClientRects()[0];
    if (!box || !box.width || (!line && !text.data[at].trim())) continue;
    if (line && Math.abs(line.top - box.top) > 2) {
      yield line;
      line = null;
    }
    line ??= { words: "", left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    if (box.right > edge - size) {
      line.words += "…";
      break;
    }
    line.words += text.data[at];
    line.right = box.right;
  }
  if (line?.words.trim()) yield line;
}

function worded(text) {
  const style = getComputedStyle(text.parentElement);
  const size = parseFloat(style.fontSize);
  return [...lines(text)].map((line) => {
    const at = { x: line.left, y: (line.top + line.bottom) / 2 + size * 0.36, fill: style.color };
    for (const name of LETTERS) at[name] = style.getPropertyValue(name);
    return { node: element("text", at, line.words), box: line };
  });
}

function backed(node) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.backgroundColor === "rgba(0, 0, 0, 0)" || !box.width || !box.height) return [];
  const rx = style.borderTopLeftRadius.endsWith("%") ? box.height / 2 : parseFloat(style.borderTopLeftRadius);
  const at = { x: box.x, y: box.y, width: box.width, height: box.height, rx, fill: style.backgroundColor };
  return [{ node: element("rect", at), box }];
}

function pieces(figure) {
  const found = [];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return found.push(...worded(node));
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT) || getComputedStyle(node).display === "none") return;
    if (node.localName === "svg") return found.push(drawn(node));
    if (!node.matches("[data-figure], .wl-panel")) found.push(...backed(node));
    for (const child of node.childNodes) visit(child);
  };
  visit(figure);
  return found;
}

function widthOf(words, size, family) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${size}px ${family}`;
  return pen.measureText(words).width;
}

function compose(figure, heading, source) {
  const parts = pieces(figure);
  const left = Math.min(...parts.map(({ box }) => box.left));
  const top = Math.min(...parts.map(({ box }) => box.top));
  const family = getComputedStyle(figure).fontFamily;
  const right = Math.max(...parts.map(({ box }) => box.right));
  const inner = Math.max(right - left, widthOf(heading, TITLE_PX, family), widthOf(source, SOURCE_PX, family));
  const tall = Math.max(...parts.map(({ box }) => box.bottom)) - top;
  const below = MARGIN + TITLE_PX + 16;
  const width = Math.ceil(inner + 2 * MARGIN);
  const height = Math.ceil(below + tall + 20 + SOURCE_PX + MARGIN);
  const sheet = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const ink = getComputedStyle(document.documentElement);
  const word = (size, y, colour, words) =>
    element("text", { x: MARGIN, y, "font-family": family, "font-size": size, fill: ink.getPropertyValue(colour) }, words);
  const title = word(TITLE_PX, MARGIN + TITLE_PX * 0.86, "--wl-ink", heading);
  title.setAttribute("font-weight", 600);
  sheet.append(element("rect", { width, height, fill: "#ffffff" }), title);
  sheet.append(word(SOURCE_PX, height - MARGIN, "--wl-ink-2", source));
  const hatch = drawn(document.querySelector("#wl-hatch").ownerSVGElement).node.querySelector("defs");
  const field = element("g", { transform: `translate(${MARGIN - left} ${below - top})` });
  field.append(...parts.map(({ node }) => node));
  sheet.append(hatch, field);
  return { sheet, width, height };
}

// A picture is for paper: whatever the screen's theme, it is drawn by day. Nothing is painted in between.
function byDay(work) {
  const root = document.documentElement;
  const before = root.dataset.bsTheme;
  root.dataset.bsTheme = "light";
  try {
    return work();
  } finally {
    if (before === undefined) delete root.dataset.bsTheme;
    else root.dataset.bsTheme = before;
  }
}

export async function save(button) {
  const figure = button.closest("[data-figure], .wl-panel");
  const heading = figure.querySelector("h2, h3").textContent.trim();
  const { sheet, width, height } = byDay(() => compose(figure, heading, button.dataset.source));
  const picture = new Image(width * SCALE, height * SCALE);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(sheet))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const bytes = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = `${heading.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
