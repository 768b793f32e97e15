/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/below.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/ops.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define SCX "/sys/kernel/sched_ext/"
#define FORM "sched_ext_ops_cid"

static int check_form(const struct policy *p)
{
	char *type = ops_type(p);
	int err = 0;

	if (strcmp(type, FORM))
		err = log_err(-CAUSE_USAGE,
			      "%s is a struct %s: only a struct " FORM
			      " can be above or below another policy",
			      p->name, type);
	free(type);
	return err;
}

/* libbpf has the op's program there, or NULL. */
static bool has_op(const struct policy *p, const char *op)
{
	size_t size;
	void *const *prog = ops_member(p, op, &size);

	return prog && size >= sizeof(*prog) && *prog;
}

int below_check(const struct policy *child, const struct policy *parent)
{
	int err = check_form(child);

	if (!err)
		err = check_form(parent);
	if (!err && !has_op(parent, "sub_attach"))
		err = log_err(-CAUSE_USAGE, "%s takes no policy below it: it has no ops.sub_attach()",
			      parent->name);
	return err;
}

int below_set(struct policy *child, uint64_t cgroup_id)
{
	size_t size;
	void *member = ops_member(child, "sub_cgroup_id", &size);

	if (!cgroup_id)
		return log_err(-CAUSE_USAGE, "%s: only a bench has a cgroup to which it can be attached",
			       child->name);
	if (!member || size < sizeof(cgroup_id))
		return log_err(-CAUSE_USAGE, "%s has no sub_cgroup_id: compile it against Linux 7.3",
			       child->name);
	memcpy(member, &cgroup_id, sizeof(cgroup_id));
	child->cgroup = cgroup_id;
	return 0;
}

char *policy_file(const struct policy *p, const char *name)
{
	return p->parent ? mem_printf(SCX "root/sub/sub-%" PRIu64 "/%s", p->cgroup, name)
			 : mem_printf(SCX "root/%s", name);
}

const struct policy *policy_parent(const struct policy *p)
{
	return p->parent;
}

bool below_is_in(const struct policy *child, char *found, size_t len)
{
	char *path = policy_file(child, "ops"), *line = NULL;

	snprintf(found, len, "%s", fs_read_line(fs_sys("%s", path), &line) ? "none" : line);
	free(line);
	free(path);
	return !strcmp(found, child->ops);
}
