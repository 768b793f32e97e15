/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "text/link.h"
#include "util/fs.h"
#include "util/log.h"

enum { OPT_HTML = 256 };

static const struct argp_option rows[] = {
	{ "html", OPT_HTML, NULL, 0, "a page for a browser, in one file", 0 },
	{ "output", 'o', "FILE", 0, "where the page goes (default: stdout)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct html *html = state->input;

	switch (key) {
	case OPT_HTML:
		return html->wanted = true, 0;
	case 'o':
		return html->output = arg, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp options_html = { .options = rows, .parser = take_option };

int html_check(const struct html *html, bool other_form)
{
	if (html->output && !html->wanted)
		return log_err(-CAUSE_USAGE, "--output is where a page goes: add --html");
	if (html->wanted && other_form)
		return log_err(-CAUSE_USAGE, "--html, --json and --csv: choose one");
	return 0;
}

char *html_command(const struct call *call, const char *a, const char *b)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	fputs("scxbench", f);
	for (int i = 0; i < call->argc; i++) {
		int place = i - (call->argc - call->nr_words); /* words come last */

		fputc(' ', f);
		bench_put_word(f, place == 0 ? a : place == 1 ? b : call->argv[i]);
	}
	fclose(f);
	return text;
}

int html_put(const struct html *html, char *page)
{
	int err = 0;

	if (!html->output)
		printf("%s", page);
	else
		err = fs_save_named(html->output, page);
	if (!err && html->output)
		link_print(html->output);
	free(page);
	return err;
}
