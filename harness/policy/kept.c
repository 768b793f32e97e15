/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/kept.h"
#include <bpf/bpf.h>
#include <stdlib.h>
#include <string.h>
#include "policy/exit_watch.h"
#include "policy/print.h"
#include "policy/reset.h"
#include "util/log.h"
#include "util/mem.h"

/* A user's object may keep what no map shows, and its parent's maps would have to be put back too. */
static bool is_of_this_build(const struct policy_spec *spec, const char *home)
{
	char *object = spec->object && !spec->parent ? policy_object(home, spec->name) : NULL;
	bool ours = object && !strcmp(object, spec->object);

	free(object);
	return ours;
}

void kept_note(struct policy *p, const struct policy_spec *spec, const struct policy_setup *setup)
{
	if (!setup->kept || !is_of_this_build(spec, setup->kept->home))
		return;
	p->reset = reset_of(p->obj);
	p->kept = setup->kept;
	p->spec = spec;
	p->detail = setup->detail;
}

struct policy *kept_take(const struct policy_spec *spec, const struct policy_setup *setup)
{
	struct policy_kept *k = setup->kept;

	for (unsigned i = 0; k && i < k->nr; i++) {
		struct policy *p = k->policy[i];

		if (p->spec != spec || p->detail != setup->detail)
			continue;
		k->policy[i] = k->policy[--k->nr];
		p->log_path = mem_strdup(setup->log_path);
		return p;
	}
	return NULL;
}

void policy_keep(struct policy *p)
{
	p->keep = p->reset && !p->failed && !p->lost;
}

bool kept_rest(struct policy *p)
{
	const char *stays;

	if (!p->keep)
		return false;
	p->keep = false;
	stays = reset_maps(p->reset);
	if (stays) {
		log_warn("policy %s is loaded again for its next sample: map %s can't be reset", p->name,
			 stays);
		return false;
	}
	print_end(p->log_path, false);
	free(p->log_path);
	p->log_path = NULL;
	p->out_at = 0;
	p->kept->policy = mem_grow(p->kept->policy, p->kept->nr, sizeof(struct policy *));
	p->kept->policy[p->kept->nr++] = p;
	return true;
}

void policy_kept_free(struct policy_kept *k)
{
	for (unsigned i = 0; i < k->nr; i++)
		policy_unload(k->policy[i]);
	free(k->policy);
	exit_watch_end(k->exits);
	*k = (struct policy_kept){ 0 };
}

static unsigned first_prog(const struct policy *p)
{
	struct bpf_prog_info info = { 0 };
	struct bpf_program *prog;
	__u32 len = sizeof(info);

	bpf_object__for_each_program (prog, p->obj)
		if (bpf_program__fd(prog) >= 0 &&
		    !bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len))
			break;
	return info.id;
}

/* At the first attach the maps are what was just read of them: no program has run since. */
void kept_prove(struct policy *p, struct record *r)
{
	bool again = p->attaches++;
	const char *differs = p->reset && again ? reset_differs(p->reset) : NULL;

	if (differs)
		record_prove(r, false, PROOF_BEFORE_ATTACH_MAPS, "not map %s", differs);
	else if (p->reset)
		record_prove(r, true, PROOF_BEFORE_ATTACH_MAPS, "%s, attach %u of program %u",
			     again ? "all" : "loaded for it", p->attaches, first_prog(p));
}
