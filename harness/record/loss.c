/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/loss.h"

#include <ctype.h>
#include <string.h>
#include "record/ejection.h"

/* A check that this program does not know may be called anything. */
static const char *failed_check(const struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds && r->proof[i].check != PROOF_OTHER)
			return proof_name(&r->proof[i]);
	return NULL;
}

static const char *ejection_word(const struct ejection *e)
{
	const char *known = exit_kind_reason(e->kind);

	if (!known && e->kind >= EXIT_ERROR)
		known = exit_kind_reason(EXIT_ERROR);
	return known ?: "not known";
}

const char *loss_word(const struct record *r)
{
	switch (r->status) {
	case STATUS_OK:
		return NULL;
	case STATUS_EJECTED:
		return ejection_word(&r->ejection);
	case STATUS_VOID:
		return failed_check(r) ?: (r->ejection.kind ? "went out" : "not proven");
	default:
		return r->ejection.kind ? "went out by itself" : "failed";
	}
}

static const char *past_number(const char *at)
{
	while (isdigit((unsigned char)*at) || *at == '.')
		at++;
	return at;
}

static bool same_but_numbers(const char *a, const char *b)
{
	while (*a && *b) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			a = past_number(a);
			b = past_number(b);
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return *a == *b;
}

/* The word tells it all. */
static bool is_told(const struct record *r)
{
	return r->status == STATUS_EJECTED || (r->status == STATUS_VOID && failed_check(r));
}

bool loss_is_same(const struct record *a, const struct record *b)
{
	if (a->status != b->status || a->status == STATUS_OK || strcmp(loss_word(a), loss_word(b)) != 0)
		return false;
	return (is_told(a) && is_told(b)) || same_but_numbers(a->why ?: "", b->why ?: "");
}
