/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libscxbench-ctl: errnos and silence in place of causes and messages. */
#include "control/scxbench-ctl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "control/control.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

struct scxbench_ctl {
	struct control *control;
};

static int errno_of(int err)
{
	switch (-err) {
	case 0:
		return 0;
	case CAUSE_NO_POLICY:
		return -ESRCH;
	case CAUSE_CANT:
		return geteuid() ? -EPERM : -ENOTSUP;
	case CAUSE_USAGE:
		return -EINVAL;
	case CAUSE_NOT_FOUND:
		return -ENOENT;
	default:
		return -EIO;
	}
}

int scxbench_ctl_open(struct scxbench_ctl **ctl)
{
	struct control *c;
	int err;

	log_silence();
	err = control_open(&c);
	*ctl = err ? NULL : mem_zalloc(1, sizeof(**ctl));
	if (!err)
		(*ctl)->control = c;
	return errno_of(err);
}

void scxbench_ctl_close(struct scxbench_ctl *ctl)
{
	if (ctl)
		control_close(ctl->control);
	free(ctl);
}

int scxbench_ctl_is_current(const struct scxbench_ctl *ctl)
{
	return control_is_current(ctl->control);
}

const char *scxbench_ctl_policy(const struct scxbench_ctl *ctl)
{
	return control_policy(ctl->control);
}

int scxbench_ctl_apply(struct scxbench_ctl *ctl, const struct scxbench_ctl_change *list, size_t nr,
		       size_t *at)
{
	struct control_change *change = mem_zalloc(nr + 1, sizeof(*change));
	size_t i = 0;
	int err = 0;

	for (; i < nr; i++) {
		err = target_parse(list[i].target, &change[i].target);
		if (err)
			break;
		change[i].words = (char *const *)list[i].words;
	}
	if (!err)
		err = control_apply(ctl->control, change, nr, &i);
	if (at)
		*at = i;
	free(change);
	return errno_of(err);
}

int scxbench_ctl_set(struct scxbench_ctl *ctl, const char *target, const char *const *words)
{
	return scxbench_ctl_apply(ctl, &(struct scxbench_ctl_change){ target, words }, 1, NULL);
}

int scxbench_ctl_reset(struct scxbench_ctl *ctl, const char *target)
{
	struct target t;
	int err = target_parse(target, &t);

	return errno_of(err ? err : control_reset(ctl->control, &t));
}

static int key_of(const struct control_key *keys, const char *name)
{
	for (int i = 0; keys[i].name; i++)
		if (!strcmp(keys[i].name, name))
			return i;
	return log_err(-CAUSE_USAGE, "there is no '%s' to set", name);
}

static bool is_set(const struct control *c, const struct target *t, int key, uint64_t *value)
{
	struct scxb_setting s;
	__u64 param;
	bool is;

	if (t->kind == TARGET_POLICY) {
		is = control_param(c, key, &param);
		*value = param;
		return is;
	}
	is = control_get(c, t, &s) && s.set & 1U << key;
	*value = is ? s.value[key] : 0;
	return is;
}

int scxbench_ctl_get(const struct scxbench_ctl *ctl, const char *target, const char *key, uint64_t *value)
{
	struct target t;
	int err = target_parse(target, &t), nr;

	if (err)
		return errno_of(err);
	nr = key_of(control_keys(t.kind), key);
	if (nr < 0)
		return errno_of(nr);
	return is_set(ctl->control, &t, nr, value)
		       ? 0
		       : errno_of(log_err(-CAUSE_NOT_FOUND, "no %s is set for %s", key, target));
}

const char *scxbench_ctl_error(void)
{
	return log_last_err();
}
