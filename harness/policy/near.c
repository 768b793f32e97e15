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

/* The CPUs by L3 group: those of group g are order[start[g]] to order[start[g + 1] - 1], ascending. */
struct members {
	int *order, *start;
};

static struct members find_members(const struct topology *t)
{
	struct members m = { mem_zalloc(t->nr_cpus, sizeof(*m.order)),
			     mem_zalloc(t->nr_l3 + 2, sizeof(*m.start)) };

	for (int i = 0; i < t->nr_cpus; i++)
		m.start[t->cpu[i].l3 + 2]++;
	for (int g = 0; g < t->nr_l3; g++)
		m.start[g + 2] += m.start[g + 1];
	for (int i = 0; i < t->nr_cpus; i++)
		m.order[m.start[t->cpu[i].l3 + 1]++] = i;
	return m;
}

/* What one row has so far of a layout: groups that are in it are marked with the row's number. */
struct list {
	uint32_t *mark, *next;
	uint32_t first, row;
};

static void list_begin(struct list *list, uint32_t *row)
{
	list->next = row + list->first;
	list->row++;
}

static void add_once(struct list *list, int group)
{
	if (list->mark[group] == list->row)
		return;
	list->mark[group] = list->row;
	*list->next++ = list->first + group;
}

static void add_cpus(const struct topology_cpu *cpu, const int *order, int nr, struct list list[2])
{
	for (int i = 0; i < nr; i++) {
		add_once(&list[0], cpu[order[i]].node);
		add_once(&list[1], cpu[order[i]].core);
	}
}

/* list: of the nodes, of the cores */
static void fill_rows(const struct topology *t, struct list list[2], uint32_t *rows)
{
	struct members m = find_members(t);
	uint32_t machine = first_group(t, SCXB_LAYOUT_MACHINE);

	for (int i = 0; i < t->nr_l3; i++) {
		uint32_t *row = rows + (size_t)i * near_groups(t);
		const int *l3 = t->near + (size_t)i * t->nr_l3;

		row[machine] = machine;
		list_begin(&list[0], row);
		list_begin(&list[1], row);
		for (int k = 0; k < t->nr_l3; k++) {
			row[k] = l3[k];
			add_cpus(t->cpu, m.order + m.start[l3[k]], m.start[l3[k] + 1] - m.start[l3[k]], list);
		}
	}
	free(m.order);
	free(m.start);
}

uint32_t *near_rows(const struct topology *t)
{
	uint32_t *rows = mem_zalloc((size_t)t->nr_l3 * near_groups(t), sizeof(*rows));
	struct list list[] = { { .mark = mem_zalloc(t->nr_nodes, sizeof(uint32_t)),
				 .first = first_group(t, SCXB_LAYOUT_NODE) },
			       { .mark = mem_zalloc(t->nr_cores, sizeof(uint32_t)),
				 .first = first_group(t, SCXB_LAYOUT_CORE) } };

	fill_rows(t, list, rows);
	free(list[0].mark);
	free(list[1].mark);
	return rows;
}
