/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides whether the run needs the auditor. If it does, every sample bears its cost, those of fair and of
 * our own policies too, and the run says so.
 */
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "collect/audit.h"
#include "collect/env.h"
#include "record/env_key.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

static const struct policy_spec *first_foreign(struct bench *b)
{
	const struct policy_spec *first = NULL;

	for (unsigned i = 0; i < b->nr_policies; i++) {
		b->foreign[i] = policy_is_foreign(&b->policy[i]);
		if (b->foreign[i] && !first)
			first = &b->policy[i];
	}
	return first;
}

static void describe_audit(struct run *run, const struct policy_spec *foreign, const char *object)
{
	char *why = mem_printf("on for every sample, because policy %s does not count its own time",
			       foreign->text);

	env_add(run, ENV_AUDIT, why);
	env_add_hash(run, ENV_HASH_AUDIT, object);
	free(why);
}

int bench_audit(struct bench *b)
{
	const struct policy_spec *foreign = first_foreign(b);
	char *object;
	int err = 0;

	if (b->kind->exact) {
		env_add(&b->run, ENV_AUDIT, "off: its instructions would be counted");
		return 0;
	}
	b->audited = foreign;
	if (!foreign) {
		env_add(&b->run, ENV_AUDIT, "off: no policy of this run needs it");
		return 0;
	}
	object = audit_object(b->home);
	if (fs_exists(object))
		describe_audit(&b->run, foreign, object);
	else
		err = log_err(-CAUSE_CANT, "policy %s can't be proven without %s: run 'make build'",
			      foreign->text, object);
	free(object);
	return err;
}
