/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/proof.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static const char *const check_names[NR_PROOF_CHECKS] = {
#define NAME(id, name) [PROOF_##id] = (name),
	PROOF_CHECKS(NAME)
};

struct proof proof_named(const char *name, const char *found, bool holds)
{
	struct proof p = { .found = mem_strdup(found), .holds = holds };

	for (int c = PROOF_OTHER + 1; c < NR_PROOF_CHECKS && name; c++)
		if (!strcmp(name, check_names[c]))
			p.check = (enum proof_check)c;
	if (p.check == PROOF_OTHER)
		p.name = mem_strdup(name);
	return p;
}

const char *proof_name(const struct proof *p)
{
	return p->check == PROOF_OTHER ? p->name : check_names[p->check];
}

char *proof_line(const struct proof *p)
{
	return mem_printf("%s: %s", proof_name(p), p->found);
}

void proof_free(struct proof *p)
{
	free(p->name);
	free(p->found);
}

bool proof_is_of_custody(const struct proof *p)
{
	return p->check >= PROOF_CUSTODY_BALANCED && p->check <= PROOF_CUSTODY_AUDITED;
}

bool proof_is_check(const struct proof *p)
{
	return p->check != PROOF_UNSET;
}

const char *proof_semantics_name(bool exact)
{
	return exact ? "exact" : "inferred";
}

bool proof_semantics(const struct proof *p)
{
	return p->check != PROOF_CUSTODY_SEMANTICS ||
	       (p->found && !strcmp(p->found, proof_semantics_name(true)));
}
