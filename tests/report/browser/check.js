// SPDX-License-Identifier: GPL-2.0-or-later
// Runs in the page. Returns what is wrong with it, its links, and the numbers of its matrix.
(() => {
	const faults = [];
	const all = (selector, from = document) => [...from.querySelectorAll(selector)];
	const told = (e) => `<${e.tagName.toLowerCase()}> "${(e.textContent || e.outerHTML).trim().slice(0, 60)}"`;
	const want = (ok, text) => { if (!ok) faults.push(text); };

	for (const d of all("details"))
		d.open = true;

	// The document
	want(document.documentElement.lang === "en", "no language");
	want(document.title.length > 8, "no title");
	want(all("meta[name=viewport]").length === 1, "no viewport");
	want(all("h1").length === 1, "not exactly one h1");
	want(all("main#main").length === 1, "not exactly one main");
	want(all("nav").every((n) => n.getAttribute("aria-label")), "a nav without a name");
	want(!all("script[src], link, iframe, object, embed, form, base").length, "an element that a page here never has");
	want(all("script").length <= 1, "more than one script");
	want(all("*").every((e) => e.getAttributeNames().every((a) => !a.startsWith("on"))), "a handler");
	let level = 0;
	for (const h of all("h1, h2, h3, h4, h5, h6")) {
		const is = Number(h.tagName[1]);
		want(is <= level + 1, `h${is} after h${level}: ${told(h)}`);
		want(h.textContent.trim(), "an empty heading");
		level = is;
	}
	const ids = all("[id]").map((e) => e.id);
	want(new Set(ids).size === ids.length, "an id twice");

	// The skip link comes first and is seen when it has the focus.
	const first = document.querySelector("a[href], [tabindex]");
	if (all("header").length) {
		want(first && first.className === "skip", "the first stop is not the skip link");
		first.focus();
		want(first.getBoundingClientRect().left >= 0, "the focused skip link is not seen");
		first.blur();
	}

	// Tables, pictures, links, boxes
	for (const t of all("table")) {
		want(t.caption && t.caption.textContent.trim(), `a table without caption: ${told(t)}`);
		want(all("th", t).every((th) => th.scope), `a head without scope: ${told(t)}`);
		want(all("th", t).every((th) => th.textContent.trim()), `an empty head: ${told(t)}`);
		want(all("thead th", t).length, `a table without heads: ${told(t)}`);
		const wide = (row) => [...row.cells].reduce((n, c) => n + c.colSpan, 0);
		const rows = [...t.rows].map(wide);
		want(rows.every((n) => n === rows[0]), `rows of different width: ${told(t)}`);
		const columns = t.querySelectorAll("thead tr:last-child th");
		want(t.tBodies.length && [...t.tBodies].every((b) => b.rows.length) || !columns.length,
			`a table without rows: ${told(t)}`);
	}
	for (const i of all("img"))
		want(i.alt.trim() && i.complete && i.naturalWidth, `a picture without text or content: ${i.alt}`);
	for (const s of all("svg"))
		want(s.getAttribute("role") === "img" && (s.getAttribute("aria-label") || s.querySelector("title")),
			"a drawing without text");
	for (const a of all("a"))
		want(a.textContent.trim() && a.getAttribute("href"), `a link without text or target: ${told(a)}`);

	// Width: what is too wide scrolls in a box of its own, which a keyboard reaches.
	const page = document.documentElement;
	want(page.scrollWidth <= innerWidth, `the page scrolls sideways: ${page.scrollWidth} > ${innerWidth}: ` +
		all("body *").filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"))
			.slice(0, 3).map(told).join(", "));
	for (const e of all("body *"))
		if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
			want(e.tabIndex >= 0 && e.getAttribute("role") && e.getAttribute("aria-label"),
				`a box that only a mouse scrolls, or without a name: ${told(e)}`);

	// Contrast (WCAG 2.1 AA) of every text that is seen.
	const parse = (c) => { const n = c.match(/[\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
	const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3]));
	const paper = (e) => {
		const layers = [];
		for (; e; e = e.parentElement)
			layers.unshift(parse(getComputedStyle(e).backgroundColor));
		const base = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
		return layers.reduce((under, layer) => over(layer, under), base);
	};
	const light = (c) => {
		const [r, g, b] = c.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const seen = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n = walker.nextNode(); n; n = walker.nextNode()) {
		const e = n.parentElement, style = getComputedStyle(e);
		if (!n.textContent.trim() || !e.getClientRects().length || e.closest("svg"))
			continue;
		const ground = paper(e), ink = over(parse(style.color), ground);
		const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b);
		const size = parseFloat(style.fontSize), bold = style.fontWeight >= 700;
		const least = size >= 24 || bold && size >= 18.66 ? 3 : 4.5;
		const ratio = (bright + 0.05) / (dark + 0.05);
		const key = `${ink}/${ground}/${least}`;
		if (ratio < least && !seen.has(key))
			faults.push(`contrast ${ratio.toFixed(2)} < ${least}: ${told(e)}`);
		seen.add(key);
	}

	const matrix = all("table").find((t) => t.caption && t.caption.textContent.startsWith("Ratio to fair"));
	return JSON.stringify({
		faults,
		links: all("a[href]").map((a) => a.href),
		ids,
		text: document.body.innerText,
		matrix: matrix ? [...matrix.tBodies[0].rows].map((r) => [...r.cells].slice(1).map((c) => c.innerText)) : null,
	});
})()
