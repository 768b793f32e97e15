/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/queues.h"

#include <bpf/bpf.h>
#include <unistd.h>
#include "control/target.h"
#include "policy/find.h"
#include "util/mem.h"

bool queues_read(const struct found *f, struct scxb_owned *queue)
{
	int fd = find_map(f, SCXB_OWNED_MAP, SCXB_OWNED * sizeof(*queue));
	__u32 key = 0;
	bool read = fd >= 0 && !bpf_map_lookup_elem(fd, &key, queue);

	if (fd >= 0)
		close(fd);
	return read;
}

bool queue_is_used(const struct scxb_owned *q)
{
	const struct target t = { .kind = TARGET_QUEUE, .owner = q->owner };

	return q->waiting || (q->owner && target_exists(&t));
}

char *queue_owner(const struct scxb_owned *q)
{
	return q->owner ? owner_text(q->owner) : mem_strdup("all others");
}

const char *queue_order(const struct scxb_owned *q)
{
	return q->order == SCXB_ORDER_PRIORITY ? "priority" : "arrival";
}
