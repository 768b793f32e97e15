/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record of top, from a file: every look of one that is taken can be shown, in every view and as JSON. */
#include "fuzz.h"
#include "top/top_record.h"

#include <stdlib.h>
#include "top/top.h"
#include "util/utf8.h"

static const struct top_size size = { 24, 80, true };

static void show_views(struct top_data *d, struct top_look *look)
{
	struct top_screen screen = { .look = look };

	for (int view = 0; view < NR_VIEWS; view++) {
		struct top_line *line;

		look->view = view;
		line = top_page(&screen, d);
		for (int y = 0; y < size.lines; y++)
			fuzz_holds(utf8_width(line[y].text) <= size.columns);
		top_page_free(line, size.lines);
	}
	json_decref(top_json(d));
}

static void show_look(const struct top_replay *replay, size_t i, struct top_history *history)
{
	struct top_look look = { .sort = i % NR_SORTS, .reverse = i % 2 };
	struct top_data d = { .topology = &replay->topology, .look = &look, .where = "a look", .size = size };
	struct monitor_shot before = { 0 }, now;
	struct monitor_rates r;

	if (i)
		fuzz_holds(!top_replay_look(replay, i - 1, &before));
	fuzz_holds(!top_replay_look(replay, i, &now));
	monitor_rates(i ? &before : NULL, &now, &r);
	top_history_add(history, &r, true);
	top_arrange(&r, &look);
	d.rates = &r;
	d.past = top_past(history, history->nr);
	show_views(&d, &look);
	monitor_rates_free(&r);
	monitor_shot_free(&now);
	monitor_shot_free(&before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_of_it)
{
	struct top_history history = { 0 };
	struct top_replay replay;

	if (!top_replay_open(&replay, fuzz_file("top", data, size_of_it)))
		for (size_t i = 0; i < replay.nr; i++)
			show_look(&replay, i, &history);
	free(history.point);
	top_replay_free(&replay);
	return 0;
}
