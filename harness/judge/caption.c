/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/caption.h"

#include <stdlib.h>
#include "record/env_key.h"
#include "record/role.h"
#include "text/buf.h"
#include "text/utc.h"

const char *caption_mark(const struct run *run)
{
	return run_is_exact(run) ? "INSTRUCTIONS, NOT TIME" : run->emulated ? "EMULATED" : "";
}

const char *caption_warning(const struct run *run)
{
	if (run_is_exact(run))
		return "Instructions, counted exactly: they say nothing of caches, of waiting or of time.";
	return run->emulated ? "Measured under emulation: ratios only, never speed." : NULL;
}

char *caption_marks(const struct compare *c)
{
	const struct {
		bool holds;
		const char *word;
	} marks[] = {
		{ *caption_mark(&c->run->run), caption_mark(&c->run->run) },
		{ compare_is_demo(c), "DEMONSTRATION" },
		{ compare_goes_on(c), "INTERIM" },
		{ compare_is_partial(c) && !compare_goes_on(c), "INCOMPLETE" },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (marks[i].holds)
			buf_printf(&b, "%s%s", b.len ? " " : "", marks[i].word);
	return buf_take(&b);
}

/* Between two parts, none before the first. */
static void put_part(struct buf *b, const char *between, const char *before, const char *text)
{
	if (text)
		buf_printf(b, "%s%s%s", b->len ? between : "", before, text);
}

static void put_hardware(struct buf *b, const struct run *run)
{
	const char *cpus = run_env_known(run, ENV_CPU_ONLINE);

	put_part(b, "", "", run_env_known(run, ENV_CPU));
	if (cpus)
		buf_printf(b, "%s%s %s", b->len ? ", " : "", cpus, atoi(cpus) == 1 ? "CPU" : "CPUs");
}

char *caption_hardware(const struct run *run)
{
	struct buf b = { 0 };

	put_hardware(&b, run);
	return buf_take(&b);
}

static void put_size(struct buf *b, const struct compare *c)
{
	const struct run *run = &c->run->run;

	buf_printf(b, "%u block%s", run->blocks, run->blocks == 1 ? "" : "s");
	if (c->boot)
		buf_printf(b, " over %u boots", run->restarts);
	if (compare_is_partial(c))
		buf_printf(b, ", %u of %u samples", compare_taken(c), run->planned);
}

char *caption_machine(const struct run *run)
{
	struct buf b = { 0 };
	char day[11] = "";

	if (run->started_ns > 0)
		utc_day(run->started_ns, day);
	put_hardware(&b, run);
	put_part(&b, ", ", "host ", run->host);
	put_part(&b, "; ", "Linux ", run_env_known(run, ENV_KERNEL));
	put_part(&b, "; ", "", *day ? day : NULL);
	return buf_take(&b);
}

char *caption_origin(const struct compare *c)
{
	char *machine = caption_machine(&c->run->run);
	struct buf b = { 0 }, size = { 0 };

	put_part(&b, "", "", machine);
	put_part(&b, "; ", "run ", c->run->run.id);
	put_size(&size, c);
	put_part(&b, "; ", "", size.text);
	free(size.text);
	free(machine);
	return buf_take(&b);
}
