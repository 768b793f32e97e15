/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filters and sorts the list of runs. Without it the list is whole, the newest run first. */
(() => {
	const table = document.querySelector("main table"), body = table && table.tBodies[0];

	if (!body)
		return;
	const rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
	const say = document.createElement("output"), find = document.createElement("input");
	const label = document.createElement("label"), line = document.createElement("p");

	/* One for all comparisons: making it is most of the work of one. */
	const compare = new Intl.Collator("en", { numeric: true }).compare;

	const filter = () => {
		const words = find.value.toLowerCase().split(/\s+/);
		let shown = 0;

		for (const row of rows) {
			const text = row.textContent.toLowerCase();

			row.hidden = !words.every((word) => text.includes(word));
			shown += !row.hidden;
		}
		say.textContent = ` ${shown} of ${rows.length} runs`;
	};

	const sort = (column) => {
		const down = heads[column].getAttribute("aria-sort") === "ascending";
		const order = (a, b) => compare(a.cells[column].textContent.trim(), b.cells[column].textContent.trim());

		for (const head of heads)
			head.removeAttribute("aria-sort");
		heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
		body.append(...rows.sort((a, b) => down ? order(b, a) : order(a, b)));
	};

	heads.forEach((head, column) => {
		const button = document.createElement("button");

		button.type = "button";
		button.append(...head.childNodes);
		button.addEventListener("click", () => sort(column));
		head.append(button);
	});
	find.type = "search";
	find.addEventListener("input", filter);
	label.append("Only runs with ", find);
	line.className = "tools";
	line.append(label, say);
	table.parentElement.before(line);
	filter();
})();
