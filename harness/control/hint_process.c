/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hint_process.h"

#include <stdbool.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_of(const struct hint_process *kept, const struct hint_peer *p)
{
	return kept->pid && kept->pid == p->cred.pid && kept->order < p->order &&
	       !pidfd_send_signal(kept->pidfd, 0, NULL, 0);
}

int hint_process_of(struct hint_process *kept, const struct hint_peer *p)
{
	socklen_t len = sizeof(kept->pidfd);

	if (is_of(kept, p))
		return kept->pidfd;
	hint_process_end(kept);
	/* One that we can't name has the id 0, and none of its threads could be named either. */
	if (p->cred.pid <= 0 || getsockopt(p->fd, SOL_SOCKET, SO_PEERPIDFD, &kept->pidfd, &len))
		return -1;
	kept->pid = p->cred.pid;
	kept->order = p->order;
	return kept->pidfd;
}

void hint_process_end(struct hint_process *kept)
{
	if (kept->pid)
		close(kept->pidfd);
	kept->pid = 0;
}
