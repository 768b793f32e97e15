/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/preflight.h"
#include <errno.h>
#include <libgen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "policy/policy.h"
#include "util/fs.h"
#include "util/mem.h"

static void set_unknown(struct preflight_item *item, const char *why)
{
	item->good = true;
	item->limit[0] = '\0';
	snprintf(item->found, sizeof(item->found), "unknown: %s", why);
}

/* "0.20 0.18 0.12 2/345 6789": load averages, running and all tasks, the latest process. */
static void look_at_load(const struct preflight_limits *l, struct preflight_item *load,
			 struct preflight_item *running)
{
	unsigned nr = 0;
	double one = 0;
	char *text;

	load->what = "load";
	running->what = "running";
	snprintf(load->limit, sizeof(load->limit), "at most %.2f", l->load);
	snprintf(running->limit, sizeof(running->limit), "at most %u", l->running);
	if (fs_read_line(fs_sys("/proc/loadavg"), &text) || sscanf(text, "%lf %*f %*f %u/", &one, &nr) != 2) {
		set_unknown(load, "/proc/loadavg can't be read");
		set_unknown(running, "/proc/loadavg can't be read");
	} else {
		nr -= nr > 0; /* ourselves */
		load->good = one <= l->load;
		running->good = nr <= l->running;
		snprintf(load->found, sizeof(load->found), "%.2f in the last minute", one);
		snprintf(running->found, sizeof(running->found), "%u other tasks", nr);
	}
	free(text);
}

static void look_at_scheduler(struct preflight_item *item)
{
	struct scx_state s;

	scx_state_read(&s);
	item->what = "sched_ext";
	item->good = s.present && !strcmp(s.state, "disabled");
	if (!s.present)
		snprintf(item->found, sizeof(item->found), "this kernel has none: see 'scxbench doctor'");
	else if (item->good)
		snprintf(item->found, sizeof(item->found), "no scheduler is active");
	else
		snprintf(item->found, sizeof(item->found), "scheduler '%.60s' is active: stop it first",
			 s.ops);
}

static void look_at_heat(const struct preflight_limits *l, struct preflight_item *item)
{
	double celsius = preflight_celsius();

	item->what = "temperature";
	snprintf(item->limit, sizeof(item->limit), "at most %.0f C", l->celsius);
	if (isnan(celsius)) {
		set_unknown(item, "this machine shows no CPU sensor");
		return;
	}
	item->good = celsius <= l->celsius;
	snprintf(item->found, sizeof(item->found), "%.1f C", celsius);
}

/* Free bytes at dir or at the nearest directory above it that exists. */
static int free_bytes(const char *dir, uint64_t *bytes)
{
	char *path = mem_strdup(dir), *up = path;
	struct statvfs st;
	int err;

	while ((err = statvfs(up, &st) ? -errno : 0) == -ENOENT && strcmp(up, "/") && strcmp(up, "."))
		up = dirname(up);
	free(path);
	if (!err)
		*bytes = (uint64_t)st.f_bavail * st.f_frsize;
	return err;
}

static void look_at_disk(const struct preflight_limits *l, struct preflight_item *item)
{
	uint64_t bytes;
	int err = free_bytes(l->results, &bytes);

	item->what = "free disk";
	snprintf(item->limit, sizeof(item->limit), "at least %.0f MB", l->free_bytes / 1e6);
	item->good = !err && bytes >= l->free_bytes;
	if (err)
		snprintf(item->found, sizeof(item->found), "%.100s: %s", l->results, strerror(-err));
	else
		snprintf(item->found, sizeof(item->found), "%.0f MB for %.100s", bytes / 1e6, l->results);
}

bool preflight(const struct preflight_limits *limits, struct preflight_item item[PREFLIGHT_ITEMS])
{
	bool good = true;

	memset(item, 0, PREFLIGHT_ITEMS * sizeof(*item));
	look_at_load(limits, &item[0], &item[1]);
	look_at_scheduler(&item[2]);
	look_at_heat(limits, &item[3]);
	look_at_disk(limits, &item[4]);
	for (int i = 0; i < PREFLIGHT_ITEMS; i++)
		good &= item[i].good;
	return good;
}
