/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/findings.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

void findings_add(struct findings *f, enum finding_level level, const char *cure, const char *fmt, ...)
{
	struct finding *last;
	va_list ap;

	f->finding = mem_grow(f->finding, f->nr, sizeof(*f->finding));
	last = &f->finding[f->nr++];
	*last = (struct finding){ .level = level, .cure = mem_strdup(cure) };
	va_start(ap, fmt);
	if (vasprintf(&last->what, fmt, ap) < 0)
		abort();
	va_end(ap);
}

enum finding_level findings_worst(const struct findings *f)
{
	enum finding_level worst = FINDING_OK;

	for (size_t i = 0; i < f->nr; i++)
		if (f->finding[i].level > worst)
			worst = f->finding[i].level;
	return worst;
}

int findings_refuse(const struct findings *f, enum finding_level level)
{
	int err = 0;

	for (size_t i = 0; i < f->nr; i++)
		if (f->finding[i].level >= level)
			err = log_err(-CAUSE_CANT, "%s: %s", f->finding[i].what, f->finding[i].cure);
	return err;
}

void findings_free(struct findings *f)
{
	for (size_t i = 0; i < f->nr; i++) {
		free(f->finding[i].what);
		free(f->finding[i].cure);
	}
	free(f->finding);
	*f = (struct findings){ 0 };
}
