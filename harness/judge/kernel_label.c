/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/kernel_label.h"

#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "util/mem.h"

/* "7.3.4" of "7.3.4+deb13-cloud-amd64". */
static char *short_name(const struct store_run *run)
{
	const char *kernel = run_env(&run->run, ENV_KERNEL);
	size_t len = kernel ? strspn(kernel, "0123456789.-rc") : 0;

	if (!kernel)
		return mem_strdup(run->run.id);
	/* The flavour of "6.1.0-50-cloud-amd64" begins with a letter of "rc". */
	while (len && !strchr("0123456789", kernel[len - 1]))
		len--;
	return len ? mem_printf("%.*s", (int)len, kernel) : mem_strdup(*kernel ? kernel : run->run.id);
}

static bool is_taken(char *const *label, size_t before, const char *name)
{
	for (size_t i = 0; i < before; i++)
		if (!strcmp(label[i], name))
			return true;
	return false;
}

char **kernel_labels(const struct store_run *run, size_t nr)
{
	char **label = mem_zalloc(nr + 1, sizeof(*label));

	for (size_t i = 0; i < nr; i++) {
		char *name = short_name(&run[i]);

		if (is_taken(label, i, name)) {
			const char *kernel = run_env(&run[i].run, ENV_KERNEL);

			free(name);
			name = mem_printf("%s, run %zu", kernel ? kernel : run[i].run.id, i + 1);
		}
		label[i] = name;
	}
	return label;
}

void kernel_labels_free(char **label)
{
	for (char **name = label; name && *name; name++)
		free(*name);
	free(label);
}
