/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * steer TARGET KEY VALUE   sets it by libscxbench-ctl and reads it back: prints the policy and the value.
 * Then a list of changes of which one is bad, which leaves it as it is, and a reset. Exit: 1 and a message.
 */
#if __has_include("control/scxbench-ctl.h")
#include "control/scxbench-ctl.h"
#else
#include <scxbench-ctl.h>
#endif
#include <inttypes.h>
#include <stdio.h>

static int fail(const char *what, int err)
{
	fprintf(stderr, "%s: %d: %s\n", what, err, scxbench_ctl_error());
	return 1;
}

static int steer(struct scxbench_ctl *ctl, char **arg)
{
	char word[128];
	const char *words[] = { word, NULL }, *bad[] = { "nosuch=1", NULL };
	const struct scxbench_ctl_change list[] = { { arg[0], NULL }, { arg[0], bad } };
	uint64_t value;
	size_t at;
	int err;

	snprintf(word, sizeof(word), "%s=%s", arg[1], arg[2]);
	err = scxbench_ctl_set(ctl, arg[0], words);
	if (err)
		return fail("set", err);
	if (!scxbench_ctl_apply(ctl, list, 2, &at) || at != 1)
		return fail("apply", 0);
	err = scxbench_ctl_get(ctl, arg[0], arg[1], &value);
	if (err)
		return fail("get", err);
	printf("%s %" PRIu64 "\n", scxbench_ctl_policy(ctl), value);
	err = scxbench_ctl_reset(ctl, arg[0]);
	if (err || !scxbench_ctl_is_current(ctl))
		return fail("reset", err);
	return scxbench_ctl_get(ctl, arg[0], arg[1], &value) ? 0 : fail("it is still set", 0);
}

int main(int argc, char **argv)
{
	struct scxbench_ctl *ctl;
	int err;

	if (argc != 4)
		return 2;
	err = scxbench_ctl_open(&ctl);
	if (err)
		return fail("open", err);
	err = steer(ctl, argv + 1);
	scxbench_ctl_close(ctl);
	return err;
}
