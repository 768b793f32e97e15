/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "top/top_record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "top/top_frame.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/owner.h"
#include "util/version.h"

static json_t *head_json(const struct topology *t)
{
	json_t *cpus = json_array();

	for (int i = 0; i < t->nr_cpus; i++)
		json_array_append_new(cpus, json_pack("[iii]", t->cpu[i].cpu, t->cpu[i].l3, t->cpu[i].node));
	return json_pack("{si ss ss so}", "schema", TOP_RECORD_SCHEMA, "record", "top", "scxbench",
			 version_text(), "cpus", cpus);
}

static int write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno != EINTR)
			return -errno;
		text += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int record_line(struct top_record *r, const char *text, size_t len)
{
	int err = write_all(r->fd, text, len);

	if (!err) {
		r->size += len;
		return 0;
	}
	/* What is there of the line would not be damage, but is of no use. */
	if (ftruncate(r->fd, (off_t)r->size))
		log_warn("%s ends with a part of a look", r->path);
	return log_err(cause_of_file(err), "can't write %s: %s", r->path, strerror(-err));
}

/* Takes ownership of the object. */
static int record_json(struct top_record *r, json_t *object)
{
	char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
	size_t len = text ? strlen(text) : 0;
	int err = 0;

	json_decref(object);
	if (!text)
		return log_err(-ENOMEM, "a look can't be made into text");
	text[len++] = '\n'; /* in the place of the NUL */
	if (r->size + len > TOP_RECORD_BYTES) {
		r->full = true;
		log_warn("%s has %d MiB: the record ends here, and top goes on", r->path, TOP_RECORD_MIB);
	} else {
		err = record_line(r, text, len);
	}
	free(text);
	return err;
}

int top_record_begin(struct top_record *r, const char *path, const struct topology *t)
{
	*r = (struct top_record){ .path = path };
	r->fd = owner_create(path, O_WRONLY | O_EXCL, 0644);
	if (r->fd < 0 && errno == EEXIST)
		return log_err(-CAUSE_EXISTS, "%s exists and is not overwritten: name another file", path);
	if (r->fd < 0)
		return log_err(cause_if_named(-errno), "can't write %s: %s", path, strerror(errno));
	return record_json(r, head_json(t));
}

int top_record_add(struct top_record *r, const struct monitor_shot *shot)
{
	return !r->path || r->full ? 0 : record_json(r, frame_json(shot));
}

void top_record_end(struct top_record *r)
{
	if (r->path && r->fd >= 0)
		close(r->fd);
	*r = (struct top_record){ 0 };
}
