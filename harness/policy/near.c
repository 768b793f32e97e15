/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/near.h"

#include <linux/types.h>
#include <stdlib.h>
#include "control_abi.h"
#include "groups_abi.h"
#include "util/mem.h"

static uint32_t first_group(const struct topology *t, enum scxb_layout layout)
{
	return scxb_first_group(layout, t->nr_l3, t->nr_nodes, t->nr_cores);
}

int near_groups(const struct topology *t)
{
	return first_group(t, SCXB_NR_LAYOUTS);
}

struct list {
	uint32_t *entry;
	int nr;
};

static void add_once(struct list *list, uint32_t group)
{
	for (int i = 0; i < list->nr; i++)
		if (list->entry[i] == group)
			return;
	list->entry[list->nr++] = group;
}

static void fill_row(const struct topology *t, const int *l3, uint32_t *row)
{
	uint32_t first_node = first_group(t, SCXB_LAYOUT_NODE), machine = first_group(t, SCXB_LAYOUT_MACHINE),
		 first_core = first_group(t, SCXB_LAYOUT_CORE);
	struct list l3s = { .entry = row }, nodes = { .entry = row + first_node },
		    cores = { .entry = row + first_core };

	row[machine] = machine;
	for (int i = 0; i < t->nr_l3; i++) {
		add_once(&l3s, l3[i]);
		for (int k = 0; k < t->nr_cpus; k++) {
			if (t->cpu[k].l3 != l3[i])
				continue;
			add_once(&nodes, first_node + t->cpu[k].node);
			add_once(&cores, first_core + t->cpu[k].core);
		}
	}
}

uint32_t *near_rows(const struct topology *t)
{
	uint32_t *rows = mem_zalloc((size_t)t->nr_l3 * near_groups(t), sizeof(*rows));

	for (int i = 0; i < t->nr_l3; i++)
		fill_row(t, t->near + i * t->nr_l3, rows + i * near_groups(t));
	return rows;
}
