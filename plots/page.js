/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hides and shows policies and workloads of a run's page, and enlarges pictures. Without it all is shown. */
(() => {
	const all = (selector, from = document) => [...from.querySelectorAll(selector)];
	/* What a cell is called, without its small print. */
	const own = (cell) => cell.firstChild ? cell.firstChild.textContent.trim() : "";
	const make = (name, text, to) => {
		const e = document.createElement(name);

		e.append(text);
		to.append(e);
		return e;
	};
	const matrix = document.querySelector("#ratio-to-the-baseline").parentElement.querySelector("table");

	const policy = (name, off) => {
		for (const table of all("main table")) {
			const heads = [...table.tHead.rows[0].cells], columns = heads.map(own);

			for (const row of table.rows) {
				const cells = [...row.cells];

				if (cells.length === heads.length)
					cells.forEach((c, i) => i && columns[i] === name && c.classList.toggle("off-policy", off));
				if (row.parentElement !== table.tHead && cells[0].tagName === "TH" && own(cells[0]) === name)
					row.classList.toggle("off-policy", off);
			}
		}
	};
	const workload = (name, off) => {
		for (const row of matrix.tBodies[0].rows)
			if (own(row.cells[0]) === name)
				row.classList.toggle("off-workload", off);
		for (const e of all("[data-workload]"))
			if (e.dataset.workload === name)
				e.classList.toggle("off-workload", off);
	};

	const choose = (title, names, hide, to) => {
		const set = make("fieldset", "", to), boxes = [];
		const every = (on) => boxes.forEach((box) => {
			box.checked = on;
			box.dispatchEvent(new Event("change"));
		});

		make("legend", title, set);
		for (const name of names) {
			const label = make("label", "", set), box = make("input", "", label);

			box.type = "checkbox";
			box.checked = true;
			box.addEventListener("change", () => hide(name, !box.checked));
			label.append(" ", name);
			boxes.push(box);
		}
		for (const [word, on] of [["all", true], ["none", false]]) {
			const button = make("button", word, set);

			button.type = "button";
			button.setAttribute("aria-label", `${title}: ${word}`);
			button.addEventListener("click", () => every(on));
		}
	};

	const tools = document.createElement("details"), works = [...matrix.tBodies[0].rows].slice(1);

	tools.className = "tools";
	make("summary", "Show only some policies and workloads", tools);
	choose("Policies", [...matrix.tHead.rows[0].cells].slice(1).map(own), policy, tools);
	choose("Workloads", works.map((row) => own(row.cells[0])), workload, tools);
	make("p", "Pictures show all policies.", tools);
	matrix.parentElement.before(tools);

	for (const picture of all("figure > picture")) {
		const figure = picture.parentElement, button = document.createElement("button");

		button.type = "button";
		button.className = "zoom";
		button.textContent = "Enlarge";
		button.setAttribute("aria-pressed", "false");
		button.setAttribute("aria-label", `Enlarge: ${picture.querySelector("img").alt.slice(0, 60)}`);
		button.addEventListener("click", () => {
			const large = figure.classList.toggle("large");

			button.setAttribute("aria-pressed", large);
			figure.toggleAttribute("tabindex", large);
			if (large)
				figure.tabIndex = 0;
		});
		picture.before(button);
	}

	/* A place that is linked to may be folded away. */
	const reveal = () => {
		let e = document.getElementById(decodeURIComponent(location.hash.slice(1)));

		for (; e; e = e.parentElement)
			if (e.tagName === "DETAILS")
				e.open = true;
	};

	addEventListener("hashchange", reveal);
	reveal();
})();
